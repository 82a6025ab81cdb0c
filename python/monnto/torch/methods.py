"""Methods and properties of Tensors: torch's functions, casts, and those that end in _."""

from __future__ import annotations

from monnto import _engine
from monnto.torch import (
    creation,
    elementwise,
    generators,
    indexing,
    ordering,
    products,
    reductions,
    shapes,
)
from monnto.torch.arguments import filled
from monnto.torch.dtypes import NAMES, Size, cpu

T = _engine.tensors
N = T.natives

# Functions of torch that are no methods of its tensors.
_ONLY_FUNCTIONS = frozenset(
    "where cat concat concatenate stack hstack vstack row_stack column_stack meshgrid "
    "cartesian_prod broadcast_tensors einsum tensordot cdist one_hot std_mean "
    "var_mean tensor as_tensor from_numpy zeros ones empty full arange linspace logspace eye "
    "scalar_tensor tril_indices triu_indices zeros_like ones_like empty_like full_like "
    "set_default_dtype get_default_dtype bucketize searchsorted block_diag combinations dstack "
    "pairwise_distance solve".split()
)
# In-place twins, made of the function of that name.
_WITH_IN_PLACE_TWIN = (
    "abs absolute neg negative sign sgn floor ceil trunc fix round square reciprocal sqrt rsqrt exp "
    "exp2 expm1 log log2 log10 log1p sin cos tan sinh cosh tanh asin acos atan arcsin arccos arctan "
    "asinh acosh atanh sigmoid erf erfc logit frac relu nan_to_num clamp clip clamp_min clamp_max "
    "lerp addcmul addcdiv pow logical_not logical_and logical_or logical_xor bitwise_not "
    "bitwise_and bitwise_or bitwise_xor eq ne lt le gt ge atan2 copysign fmod cumsum cumprod tril "
    "triu addmm addmv addr baddbmm softmax heaviside deg2rad rad2deg".split()
)


def _in_place(function):
    def method(self, *args, **kwargs):
        return filled(self, function(self, *args, **kwargs))

    method.__name__ = method.__qualname__ = f"{function.__name__}_"
    return method


def add_(self, other, *, alpha=1):
    self += other if alpha == 1 else T.multiply(other, alpha)
    return self


def sub_(self, other, *, alpha=1):
    self -= other if alpha == 1 else T.multiply(other, alpha)
    return self


def mul_(self, other):
    self *= other
    return self


def div_(self, other, *, rounding_mode=None):
    if rounding_mode is not None:
        return filled(self, elementwise.div(self, other, rounding_mode=rounding_mode))
    self /= other
    return self


def floor_divide_(self, other):
    self //= other
    return self


def remainder_(self, other):
    self %= other
    return self


def fill_(self, value):
    self[...] = value
    return self


def zero_(self):
    self[...] = 0
    return self


def copy_(self, src, non_blocking=False):
    self[...] = src
    return self


def squeeze_(self, dim=None):
    return _reshaped(self, shapes.squeeze(self, dim).shape)


def unsqueeze_(self, dim):
    return _reshaped(self, shapes.unsqueeze(self, dim).shape)


def transpose_(self, dim0, dim1):
    """The very same tensor with its axes exchanged."""
    return _set(self, shapes.transpose(self, dim0, dim1))


def t_(self):
    return _set(self, shapes.t(self))


def _set(self, value):
    copied = T.copy(value)  # before its source is written to
    _reshaped(self, copied.shape)
    return filled(self, copied)


def where(self, condition, other):
    return elementwise.where(condition, self, other)


def is_nonzero(self) -> bool:
    return bool(self)


def is_signed(self) -> bool:
    return self.dtype.is_signed


def is_same_size(self, other) -> bool:
    return size(self) == size(other)


def resize_(self, *sizes):
    return _reshaped(self, sizes)


def _reshaped(self, shape):
    # NumPy's way to give the very same array another shape.
    _SHAPE.__set__(self, tuple(shape))
    return self


def _cast(name: str):
    kind = NAMES[name]

    def method(self, memory_format=None):
        return T.cast(self, kind)

    method.__name__ = method.__qualname__ = name
    return method


def to(self, *args, dtype=None, device=None, copy=False, non_blocking=False, memory_format=None):
    """As another dtype; where it lives is the engine's business."""
    for argument in args:
        if isinstance(argument, _engine.Array):
            dtype = argument.dtype
        elif hasattr(argument, "is_floating_point"):
            dtype = argument.dtype if hasattr(argument, "dim") else argument
    made = self if dtype is None else T.cast(self, dtype)
    return T.copy(made) if copy and made is self else made


def type_(self, dtype=None, non_blocking=False):
    """As that dtype, or the name of the own one: ``'torch.FloatTensor'``."""
    if dtype is None:
        return f"torch.{_TENSOR_NAMES.get(str(self.dtype), 'Tensor')}"
    if isinstance(dtype, str):
        names = {f"torch.{name}": kind for kind, name in _TENSOR_NAMES.items()}
        dtype = NAMES[names.get(dtype, dtype).removeprefix("torch.")]
    return T.cast(self, dtype)


_TENSOR_NAMES = {
    f"torch.{kind}": name
    for kind, name in (
        *(("float32", "FloatTensor"), ("float64", "DoubleTensor"), ("float16", "HalfTensor")),
        *(("int64", "LongTensor"), ("int32", "IntTensor"), ("int16", "ShortTensor")),
        *(("int8", "CharTensor"), ("uint8", "ByteTensor"), ("bool", "BoolTensor")),
        ("bfloat16", "BFloat16Tensor"),
    )
}


def itself(self, *args, **kwargs):
    """Devices, gradients and layouts change nothing here."""
    return self


def size(self, dim=None):
    return Size(_SHAPE.__get__(self)) if dim is None else _SHAPE.__get__(self)[dim]


def dim(self) -> int:
    return _RANK.__get__(self)


def numel(self) -> int:
    return _COUNT.__get__(self)


def stride(self, dim=None):
    steps = tuple(step // self.itemsize for step in _STRIDES.__get__(self))
    return steps if dim is None else steps[dim]


def numpy(self, *, force=False):
    """An ndarray on the same memory."""
    return self.to_numpy()


def tolist(self):
    return self.to_numpy().tolist()


def item(self):
    if self.numel() != 1:
        raise ValueError(f"item: one element is needed, the tensor has {self.numel()}")
    return _ITEM(self)


def is_floating_point(self) -> bool:
    return self.dtype.is_floating_point


def is_contiguous(self, memory_format=None) -> bool:
    """Whether the elements lie in C order, one after the other."""
    expected = 1
    for extent, step in reversed(list(zip(_SHAPE.__get__(self), stride(self), strict=True))):
        if extent > 1 and step != expected:
            return False
        expected *= extent
    return True


def contiguous(self, memory_format=None):
    return self if is_contiguous(self) else T.copy(self)


def apply_(self, function):
    """A Python function for each element, in place."""
    return filled(
        self, creation.tensor([function(v) for v in self.flatten().tolist()]).view(self.shape)
    )


def type_as(self, other):
    return T.cast(self, other.dtype)


def backward(self, *args, **kwargs):
    raise RuntimeError("backward: monnto keeps no gradients")


def _format(self, specification: str) -> str:
    return (
        format(item(self), specification)
        if self.dim() == 0
        else str(self).__format__(specification)
    )


def _reduce(self, protocol):
    return _tensor_from, (self.to_numpy().copy(),)


def _tensor_from(values):
    return T.tensor_of(_engine.asarray(values))


def _foreign(cls, function, types, args=(), kwargs=None):
    from monnto.torch.foreign import torch_function

    return torch_function(function, args, kwargs or {})


# NumPy's properties of the same memory, which torch's names hide.
_SHAPE, _RANK, _COUNT, _STRIDES, _ITEM = (
    _engine.Array.__dict__[name] for name in ("shape", "ndim", "size", "strides", "item")
)
_CASTS = "float double half bfloat16 int long short bool".split()


def _methods() -> dict:
    functions = {}
    for module in (elementwise, reductions, ordering, shapes, products, indexing, creation):
        functions |= module.FUNCTIONS
    found = {name: f for name, f in functions.items() if name not in _ONLY_FUNCTIONS}
    found |= {f"{name}_": _in_place(functions[name]) for name in _WITH_IN_PLACE_TWIN}
    for name in "less less_equal greater greater_equal not_equal float_power hypot xlogy".split():
        found[f"{name}_"] = _in_place(functions[name])
    found |= indexing.METHODS | creation.METHODS
    found |= {name: _cast(name) for name in _CASTS}
    found |= {"byte": _cast_as("uint8"), "char": _cast_as("int8")}
    for f in (add_, sub_, mul_, div_, floor_divide_, remainder_, fill_, zero_, copy_, squeeze_):
        found[f.__name__] = f
    for f in (unsqueeze_, resize_, to, size, dim, numel, stride, numpy, tolist, item, apply_):
        found[f.__name__] = f
    for f in (is_floating_point, is_contiguous, contiguous, type_as, backward):
        found[f.__name__] = f
    for f in (transpose_, t_, where, is_nonzero, is_signed, is_same_size):
        found[f.__name__] = f
    found |= {"swapaxes_": transpose_, "swapdims_": transpose_, "to_dense": itself}
    for name in "uniform_ normal_ bernoulli_ random_ exponential_".split():
        found[name] = getattr(generators, name)
    for name in "cpu cuda detach detach_ requires_grad_ pin_memory share_memory_ coalesce".split():
        found[name] = itself
    found |= {"multiply_": mul_, "subtract_": sub_, "divide_": div_, "true_divide_": div_}
    found |= {"bernoulli": generators.bernoulli, "multinomial": generators.multinomial}
    found |= {"type": type_, "ndimension": dim, "nelement": numel, "clone": creation.clone}
    found |= {"element_size": lambda self: self.itemsize, "is_complex": lambda self: False}
    found |= {"data_ptr": lambda self: self.to_numpy().ctypes.data}
    found |= {"get_device": lambda self: -1, "masked_fill": elementwise.masked_fill}
    found |= {"is_set_to": lambda self, other: self is other, "storage_offset": lambda self: 0}
    found |= {"__format__": _format, "__reduce_ex__": _reduce}
    found["__torch_function__"] = classmethod(_foreign)
    return found


def _cast_as(name: str):
    kind = NAMES[name]
    return lambda self, memory_format=None: T.cast(self, kind)


def _properties() -> dict:
    return {
        "shape": property(lambda self: Size(_SHAPE.__get__(self))),
        "ndim": _RANK,
        "device": property(lambda self: cpu["device"]),
        "data": property(itself, lambda self, value: copy_(self, value)),
        "T": property(lambda self: N.transpose(self)),
        "mT": property(lambda self: N.swapaxes(self, -1, -2)),
        "H": property(lambda self: N.transpose(self)),
        "grad": property(lambda self: None),
        "requires_grad": property(lambda self: False, lambda self, value: None),
        "is_leaf": property(lambda self: True),
        "is_cuda": property(lambda self: False),
        "is_sparse": property(lambda self: False),
        "layout": property(lambda self: "torch.strided"),
    }


METHODS = _methods()
T.install({**METHODS, **_properties()})
