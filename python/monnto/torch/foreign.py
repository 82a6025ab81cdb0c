"""The real torch, where it is installed: its tensors are memory of somebody else (S7)."""

from __future__ import annotations

import sys

from monnto import _engine
from monnto.torch import dtypes

T = _engine.tensors
_connected = []


def real_torch():
    """torch itself where the program has imported it, else None."""
    module = sys.modules.get("torch")
    return module if module is not None and hasattr(module, "_C") else None


def connect() -> None:
    """From now on torch's tensors are understood, and Tensors show torch's dtypes."""
    torch = real_torch()
    if torch is None or _connected:
        return
    _connected.append(torch)
    for name in dtypes.BY_NAME:
        if hasattr(torch, name):
            dtypes.show_as(name, getattr(torch, name))
    dtypes.cpu["device"] = torch.device("cpu")
    T.set_foreign(torch.Tensor, _memory_of)


def draw_seed() -> int:
    """A seed from torch's generator, or from the stand-in's where torch is not there."""
    torch = real_torch()
    if torch is not None:
        return int(torch.randint(0, 2**32, (1,)).item())
    from monnto.torch import generators

    return int(generators.stream(None).integers(0, 2**32))


def _memory_of(tensor):
    return tensor.detach().cpu().numpy()


def torch_function(function, args, kwargs):
    """torch's own function on Tensors: ours of that name, or torch's on the same memory."""
    import monnto.torch as ours

    connect()
    written = getattr(function, "__name__", "")
    name = written.strip("_")
    own = _OPERATORS.get(name) or ours.FUNCTIONS.get(name) or ours.METHODS.get(name)
    if own is not None and not _changes_theirs(written, args, kwargs):
        try:
            return own(*args, **kwargs)
        except TypeError:  # options that only torch knows
            pass
    result = function(*_unwrapped(args), **_unwrapped(kwargs))
    return args[0] if args and result is args[0] else _wrapped(result)


def _changes_theirs(name: str, args, kwargs) -> bool:
    """Whether a tensor of torch's is written to, which only torch may do."""
    is_in_place = name in _IN_PLACE or (name.endswith("_") and not name.endswith("__"))
    target = args[0] if is_in_place and args else kwargs.get("out")
    return isinstance(target, real_torch().Tensor) and not isinstance(target, _engine.Tensor)


def _unwrapped(value):
    if isinstance(value, _engine.Tensor):
        return real_torch().from_numpy(value.to_numpy())
    if isinstance(value, (list, tuple)):
        return type(value)(map(_unwrapped, value))
    if isinstance(value, dict):
        return {key: _unwrapped(item) for key, item in value.items()}
    return value


def _wrapped(value):
    if isinstance(value, real_torch().Tensor):
        return value if value.is_complex() or value.is_sparse else T.tensor_of(value)
    if type(value) in (list, tuple):
        return type(value)(map(_wrapped, value))
    return value


_IN_PLACE = frozenset(
    f"__i{name}__"
    for name in "add sub mul truediv div floordiv mod pow and or xor lshift rshift".split()
)
# The operators of torch's tensors with one of ours on the right.
_OPERATORS = {
    "rsub": lambda a, b: T.subtract(b, a),
    "rtruediv": lambda a, b: T.divide(b, a),
    "rdiv": lambda a, b: T.divide(b, a),
    "rfloordiv": lambda a, b: T.floor_divide(b, a),
    "rmod": lambda a, b: T.remainder(b, a),
    "rpow": lambda a, b: T.power(b, a),
    "rmatmul": lambda a, b: T.matmul(b, a),
    "and": T.bitwise_and,
    "or": T.bitwise_or,
    "xor": T.bitwise_xor,
    "truediv": T.divide,
    "floordiv": T.floor_divide,
    "mod": T.remainder,
    "radd": T.add,
    "rmul": T.multiply,
}


def torch_or_stand_in():
    """torch where it is installed, otherwise `monnto.torch`."""
    try:
        import torch
    except ImportError:
        import monnto.torch

        return monnto.torch
    connect()
    return torch
