"""How torch's functions take their arguments."""

from __future__ import annotations

from collections import namedtuple

from monnto import _engine

T = _engine.tensors


class UnsuitableDtype(_engine.TypeMismatch, RuntimeError):
    """A function that is not defined for that dtype."""


def sizes_of(sizes, named=None) -> tuple:
    """``f(2, 3)``, ``f((2, 3))`` and ``f(size=(2, 3))`` mean the same."""
    if named:
        if set(named) != {"size"} or sizes:
            unknown = next((name for name in named if name != "size"), "size")
            raise TypeError(f"unexpected keyword or size given twice: '{unknown}'")
        sizes = (named["size"],)
    if len(sizes) == 1 and not _is_index(sizes[0]):
        sizes = tuple(sizes[0])
    return tuple(int(extent) for extent in sizes)


def _is_index(value) -> bool:
    return hasattr(value, "__index__") and (not hasattr(value, "dim") or value.dim() == 0)


def over(dim, axis):
    """The axes of a reduction; torch takes NumPy's name too, and () as all."""
    dim = axis if dim is None else dim
    if isinstance(dim, (tuple, list)):
        return tuple(int(d) for d in dim) or None
    return dim


def filled(target, value):
    """`target`, after `value` was written to it."""
    return T.assign(target, T.cast(value, target.dtype))


def deliver(result, out):
    """`result`, or `out` after the result was written to it."""
    return result if out is None else filled(out, result)


def pair_of(name: str):
    """The type of what torch gives as (values, indices)."""
    return namedtuple(name, ("values", "indices"))


def position(dim: int, rank: int) -> int:
    """A dim counted from the front."""
    if not -max(rank, 1) <= dim < max(rank, 1):
        raise _engine.AxisOutOfRange(f"dim {dim} is out of range for {rank} dimensions")
    return dim % max(rank, 1)
