"""torch's functions that order, count and find: pairs of values and indices where torch has them."""

from __future__ import annotations

import builtins

from monnto import _engine
from monnto.torch.arguments import deliver, pair_of, position
from monnto.torch.dtypes import NAMES
from monnto.torch.reductions import require_float, sum_dtype

T = _engine.tensors
N = T.natives

Median, Mode, Sorted, TopK, KthValue, CumMax, CumMin = map(
    pair_of, "median mode sort topk kthvalue cummax cummin".split()
)


def _along(input, dim):
    """A tensor with at least one dimension, and a dim of it counted from the front."""
    a = T.tensor_of(input)
    if a.dim() == 0:
        a = T.reshape(a, (1,))
    return a, position(-1 if dim is None else dim, a.dim())


def _at(ordered, order, place: int, dim: int, keepdim: builtins.bool, pair):
    values, indices = (N.take(part, place, dim) for part in (ordered, order))
    if keepdim:
        values, indices = (N.expand_dims(part, dim) for part in (values, indices))
    return pair(values, indices)


def median(input, dim=None, keepdim=False):
    """The lower of the two in the middle."""
    if dim is None:
        flat = T.reshape(input, (-1,))
        return N.sort(flat)[(flat.numel() - 1) // 2].clone()
    return kthvalue(input, (T.tensor_of(input).size(dim) + 1) // 2, dim, keepdim, pair=Median)


def kthvalue(input, k, dim=-1, keepdim=False, *, pair=KthValue):
    """The k-th smallest, counted from 1."""
    a, dim = _along(input, dim)
    return _at(N.sort(a, dim), N.argsort(a, dim), k - 1, dim, keepdim, pair)


def mode(input, dim=-1, keepdim=False):
    """The most frequent value, the smallest of several, and its last place."""
    import numpy as np

    a, dim = _along(input, dim)
    rows = np.moveaxis(np.asarray(a), dim, -1)
    values = np.empty(rows.shape[:-1], rows.dtype)
    indices = np.empty(rows.shape[:-1], np.int64)
    for at in np.ndindex(rows.shape[:-1]):
        found, counts = np.unique(rows[at], return_counts=True)
        values[at] = found[counts.argmax()]
        indices[at] = np.flatnonzero(rows[at] == values[at])[-1]
    if keepdim:
        values, indices = np.expand_dims(values, dim), np.expand_dims(indices, dim)
    return Mode(T.tensor_of(values), T.tensor_of(indices))


# Along a dim.


def cumsum(input, dim, *, dtype=None, out=None):
    a = T.tensor_of(input)
    return deliver(N.cumsum(a, dim, sum_dtype(a, dtype)), out)


def cumprod(input, dim, *, dtype=None, out=None):
    a = T.tensor_of(input)
    return deliver(N.cumprod(a, dim, sum_dtype(a, dtype)), out)


def _running_extremum(name: str, is_better, pair):
    def function(input, dim):
        import numpy as np

        a, dim = _along(input, dim)
        rows = np.moveaxis(np.asarray(a), dim, 0)
        values, places = rows.copy(), np.zeros(rows.shape, np.int64)
        for i in range(1, len(rows)):
            wins = is_better(rows[i], values[i - 1])
            values[i] = np.where(wins, rows[i], values[i - 1])
            places[i] = np.where(wins, i, places[i - 1])
        return pair(*(T.tensor_of(np.moveaxis(part, 0, dim).copy()) for part in (values, places)))

    function.__name__ = function.__qualname__ = name
    return function


cummax = _running_extremum("cummax", lambda new, old: new >= old, CumMax)
cummin = _running_extremum("cummin", lambda new, old: new <= old, CumMin)


def diff(input, n=1, dim=-1, prepend=None, append=None):
    parts = [part for part in (prepend, input, append) if part is not None]
    a = parts[0] if len(parts) == 1 else N.concatenate([T.tensor_of(p) for p in parts], dim)
    return N.diff(T.tensor_of(a), n, dim)


def sort(input, dim=-1, descending=False, stable=False, *, out=None):
    a, dim = _along(input, dim)
    order = _order(a, dim, descending)
    return Sorted(N.take_along_axis(a, order, dim), order)


def _order(a, dim: int, descending):
    if not descending:
        return N.argsort(a, dim)
    # Read from behind and turned round, so that equal elements keep their order.
    return T.subtract(a.size(dim) - 1, N.flip(N.argsort(N.flip(a, dim), dim), dim))


def argsort(input, dim=-1, descending=False, stable=False):
    a, dim = _along(input, dim)
    return _order(a, dim, descending)


def msort(input):
    return N.sort(T.tensor_of(input), 0)


def topk(input, k, dim=-1, largest=True, sorted=True):
    a, dim = _along(input, dim)
    order = _order(a, dim, largest)
    chosen = order[(slice(None),) * dim + (slice(0, int(k)),)]
    return TopK(N.take_along_axis(a, chosen, dim), chosen)


def trapezoid(y, x=None, *, dx=1.0, dim=-1):
    return N.trapezoid(T.tensor_of(y), None if x is None else T.tensor_of(x), dx, dim)


# Counting and sets.


def bincount(input, weights=None, minlength=0):
    a = T.tensor_of(input)
    if weights is None:
        return N.bincount(a, None, minlength)
    return N.bincount(a, T.tensor_of(weights), minlength)


def histc(input, bins=100, min=0, max=0):
    """Counts in equal bins between `min` and `max`, or over the range of the data where equal."""
    a = T.reshape(require_float("histc", T.tensor_of(input), None), (-1,))
    low, high = float(min), float(max)
    if low == high:
        low, high = (N.min(a).item(), N.max(a).item()) if a.numel() else (0.0, 1.0)
    if low == high:
        low, high = low - 1, high + 1
    inside = a[T.logical_and(T.greater_equal(a, low), T.less_equal(a, high))]
    return T.cast(N.histogram(inside, bins, (low, high))[0], a.dtype)


def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    a = T.tensor_of(input)
    if not (return_inverse or return_counts or dim is not None):
        return N.unique(a)
    import numpy as np

    found = np.unique(
        np.asarray(a), return_inverse=return_inverse, return_counts=return_counts, axis=dim
    )
    parts = [T.tensor_of(part) for part in found]
    if return_inverse and dim is None:
        parts[1] = T.reshape(parts[1], a.shape)
    return tuple(parts)


def unique_consecutive(input, return_inverse=False, return_counts=False):
    """Runs of equal elements as one."""
    flat = T.reshape(input, (-1,))
    changes = T.cast(T.not_equal(flat[1:], flat[:-1]), NAMES["int64"])
    places = N.concatenate([T.full((1,), 0, NAMES["int64"]), N.cumsum(changes, 0)])
    starts = N.concatenate([T.full((1,), 0, NAMES["int64"]), N.flatnonzero(changes) + 1])
    found = [flat[starts]]
    if return_inverse:
        found.append(T.reshape(places, T.tensor_of(input).shape))
    if return_counts:
        found.append(N.bincount(places))
    return found[0] if len(found) == 1 else tuple(found)


def searchsorted(sorted_sequence, input, *, right=False, side=None, out_int32=False):
    edges = T.tensor_of(sorted_sequence)
    side = side or ("right" if right else "left")
    found = N.searchsorted(edges, T.tensor_of(input), side)
    return T.cast(found, NAMES["int32" if out_int32 else "int64"])


def bucketize(input, boundaries, *, right=False, out_int32=False):
    return searchsorted(boundaries, input, right=right, out_int32=out_int32)


def nonzero(input, *, out=None, as_tuple=False):
    """Indices as rows of an (n, dimensions) tensor."""
    a = T.tensor_of(input)
    return N.nonzero(a) if as_tuple else N.argwhere(a)


def argwhere(input):
    return N.argwhere(T.tensor_of(input))


FUNCTIONS = {
    name: value
    for name, value in list(globals().items())
    if callable(value) and getattr(value, "__module__", "") == __name__ and name[0].islower()
}
FUNCTIONS.update(trapz=trapezoid)
