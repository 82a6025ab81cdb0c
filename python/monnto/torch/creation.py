"""torch's functions that make tensors."""

from __future__ import annotations

import math
import numbers

from monnto import _engine
from monnto.torch.arguments import sizes_of
from monnto.torch.dtypes import NAMES

T = _engine.tensors
N = T.natives
_default = {"dtype": NAMES["float32"]}


def get_default_dtype():
    return _default["dtype"]


def set_default_dtype(dtype) -> None:
    """Only float32: arrays of a network take its dtype from its settings."""
    if str(dtype) != "torch.float32":
        raise ValueError(f"default dtype {dtype}: float32 is the one there is; give dtype=")


def tensor(data, *, dtype=None, device=None, requires_grad=False, pin_memory=False):
    """A copy of the data; Python's floats become float32, its integers int64."""
    made = T.copy(data)
    if dtype is None and _is_of_python(data) and made.dtype.is_floating_point:
        dtype = get_default_dtype()
    return made if dtype is None else T.cast(made, dtype)


def constructed(*arguments, device=None):
    """``torch.Tensor([1, 2])`` is float32 whatever it holds, ``torch.Tensor(2, 3)`` a shape."""
    if arguments and all(isinstance(argument, int) for argument in arguments):
        return zeros(*arguments)
    return tensor(*(arguments or ((),)), dtype=get_default_dtype())


def _is_of_python(data) -> bool:
    if isinstance(data, (list, tuple)):
        return not data or all(_is_of_python(item) for item in data)
    return isinstance(data, numbers.Number) and not hasattr(data, "dtype")


def as_tensor(data, dtype=None, device=None):
    """The data itself where it is an array already."""
    if hasattr(data, "dtype"):
        made = T.tensor_of(data)
        return made if dtype is None else T.cast(made, dtype)
    return tensor(data, dtype=dtype)


def from_numpy(ndarray):
    """A tensor on the memory of an ndarray."""
    return T.tensor_of(_engine.asarray(ndarray))


def _kind(dtype):
    return _default["dtype"] if dtype is None else dtype


def zeros(*size, out=None, dtype=None, device=None, requires_grad=False, **named):
    return T.full(sizes_of(size, named), 0, _kind(dtype))


def ones(*size, out=None, dtype=None, device=None, requires_grad=False, **named):
    return T.full(sizes_of(size, named), 1, _kind(dtype))


def empty(*size, out=None, dtype=None, device=None, requires_grad=False, **named):
    named.pop("pin_memory", None)
    return zeros(*size, dtype=dtype, **named)


def full(size, fill_value, *, out=None, dtype=None, device=None, requires_grad=False):
    """Bool and integer values give bool and int64, as in torch."""
    if dtype is None:
        dtype = tensor(fill_value).dtype
    return T.full(sizes_of((size,)), fill_value, dtype)


def _like(make):
    def function(input, *args, dtype=None, device=None, **ignored):
        return make(tuple(input.shape), *args, dtype=input.dtype if dtype is None else dtype)

    function.__name__ = function.__qualname__ = f"{make.__name__}_like"
    return function


zeros_like, ones_like, empty_like, full_like = map(_like, (zeros, ones, empty, full))


def arange(start, end=None, step=1, *, out=None, dtype=None, device=None, requires_grad=False):
    """start, start + step, ... below end; float32 where one of them is a float."""
    if end is None:
        start, end = 0, start
    start, end, step = (v.item() if hasattr(v, "item") else v for v in (start, end, step))
    is_float = any(isinstance(v, float) for v in (start, end, step))
    made = T.tensor_of(N.arange(start, end, step))
    kind = dtype or (get_default_dtype() if is_float else NAMES["int64"])
    return T.cast(made, kind)


def linspace(start, end, steps, *, out=None, dtype=None, device=None, requires_grad=False):
    return T.cast(N.linspace(float(start), float(end), int(steps)), _kind(dtype))


def logspace(start, end, steps, base=10.0, *, dtype=None, device=None, requires_grad=False):
    exponents = N.linspace(float(start), float(end), int(steps))
    return T.cast(T.power(T.tensor_of(math.e), T.multiply(exponents, math.log(base))), _kind(dtype))


def eye(n, m=None, *, out=None, dtype=None, device=None, requires_grad=False):
    return N.eye(int(n), -1 if m is None else int(m), 0, _kind(dtype))


def scalar_tensor(value, *, dtype=None, device=None):
    return tensor(value, dtype=_kind(dtype))


def tril_indices(row, col, offset=0, *, dtype=None, device=None):
    import numpy as np

    return T.tensor_of(np.stack(np.tril_indices(row, offset, col)))


def triu_indices(row, col, offset=0, *, dtype=None, device=None):
    import numpy as np

    return T.tensor_of(np.stack(np.triu_indices(row, offset, col)))


def clone(input, *, memory_format=None):
    return T.copy(input)


FUNCTIONS = {
    name: value
    for name, value in list(globals().items())
    if callable(value) and getattr(value, "__module__", "") == __name__ and name[0] != "_"
}
del FUNCTIONS["constructed"]


# Methods that make tensors of the same dtype.


def new_tensor(self, data, *, dtype=None, device=None, requires_grad=False):
    return tensor(data, dtype=self.dtype if dtype is None else dtype)


def new_full(self, size, fill_value, *, dtype=None, device=None, requires_grad=False):
    return full(size, fill_value, dtype=self.dtype if dtype is None else dtype)


def _new(make):
    def method(self, *size, dtype=None, device=None, requires_grad=False, **named):
        return make(*size, dtype=self.dtype if dtype is None else dtype, **named)

    return method


METHODS = {
    "new_tensor": new_tensor,
    "new_full": new_full,
    **{f"new_{make.__name__}": _new(make) for make in (zeros, ones, empty)},
}
