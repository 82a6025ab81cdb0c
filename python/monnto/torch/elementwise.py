"""torch's functions that go element by element."""

from __future__ import annotations

import builtins
import math

from monnto import _engine
from monnto.torch.arguments import UnsuitableDtype, deliver
from monnto.torch.dtypes import NAMES

T = _engine.tensors
N = T.natives

# torch's name: the engine's.
UNARY = {
    **{
        name: name
        for name in (
            "absolute sign floor ceil trunc square reciprocal sqrt exp exp2 expm1 log log2 log10 "
            "log1p sin cos tan sinh cosh tanh arcsin arccos arctan arcsinh arccosh arctanh sigmoid "
            "erf isnan isinf isfinite signbit logical_not negative"
        ).split()
    },
    **{"abs": "absolute", "neg": "negative", "asin": "arcsin", "acos": "arccos"},
    **{"atan": "arctan", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh"},
    **{"sgn": "sign", "fix": "trunc", "bitwise_not": "invert", "special_expit": "sigmoid"},
}
BINARY = {
    **{
        name: name
        for name in (
            "multiply remainder fmod maximum minimum fmax fmin arctan2 hypot copysign logaddexp "
            "floor_divide logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor "
            "less less_equal greater greater_equal not_equal"
        ).split()
    },
    **{"mul": "multiply", "atan2": "arctan2", "eq": "equal", "ne": "not_equal", "lt": "less"},
    **{"le": "less_equal", "gt": "greater", "ge": "greater_equal", "pow": "power"},
    **{"true_divide": "divide", "bitwise_left_shift": "left_shift"},
    **{"bitwise_right_shift": "right_shift", "float_power": "power"},
}


def _unary(name: str, operation):
    def function(input, *, out=None):
        return operation(input) if out is None else deliver(operation(input), out)

    function.__name__ = function.__qualname__ = name
    return function


def _binary(name: str, operation):
    def function(input, other, *, out=None):
        return operation(input, other) if out is None else deliver(operation(input, other), out)

    function.__name__ = function.__qualname__ = name
    return function


FUNCTIONS = {
    **{name: _unary(name, getattr(T, ours)) for name, ours in UNARY.items()},
    **{name: _binary(name, getattr(T, ours)) for name, ours in BINARY.items()},
}


def pow(input, exponent, *, out=None):
    _refuse_negative_power(input, exponent)
    return deliver(T.power(input, exponent), out)


def _refuse_negative_power(base, exponent) -> None:
    is_negative = isinstance(exponent, int) and exponent < 0
    if is_negative and not getattr(getattr(base, "dtype", None), "is_floating_point", True):
        raise UnsuitableDtype("pow: integers to negative integer powers are not allowed")


def float_power(input, exponent, *, out=None):
    return deliver(T.power(T.cast(input, NAMES["double"]), exponent), out)


def add(input, other, *, alpha=1, out=None):
    return deliver(T.add(input, other if alpha == 1 else T.multiply(other, alpha)), out)


def sub(input, other, *, alpha=1, out=None):
    return deliver(T.subtract(input, other if alpha == 1 else T.multiply(other, alpha)), out)


def rsub(input, other, *, alpha=1):
    return sub(other, input, alpha=alpha)


def div(input, other, *, rounding_mode=None, out=None):
    if rounding_mode == "floor":
        return deliver(T.floor_divide(input, other), out)
    quotient = T.divide(input, other)
    if rounding_mode == "trunc":
        quotient = T.cast(T.trunc(quotient), T.result_type(input, other))
    return deliver(quotient, out)


def round(input, *, decimals=0, out=None):
    if not T.tensor_of(input).dtype.is_floating_point:
        return deliver(T.copy(input), out)
    return deliver(N.round(T.tensor_of(input), decimals), out)


def clamp(input, min=None, max=None, *, out=None):
    """Between `min` and `max`; a bound that is None does not bind."""
    if min is None and max is None:
        raise ValueError("clamp: at least one of min and max must not be None")
    result = T.tensor_of(input)
    if min is not None:
        result = T.maximum(result, min)
    if max is not None:
        result = T.minimum(result, max)
    return deliver(result, out)


def clamp_min(input, min):
    return T.maximum(input, min)


def clamp_max(input, max):
    return T.minimum(input, max)


def where(condition, input=None, other=None, *, out=None):
    """``where(c)`` is ``nonzero(c, as_tuple=True)``; otherwise one or the other by condition."""
    if input is None and other is None:
        return N.nonzero(T.tensor_of(condition))
    kind = T.result_type(input, other)
    chosen = N.where(T.tensor_of(condition), T.cast(input, kind), T.cast(other, kind))
    return deliver(chosen, out)


def lerp(input, end, weight, *, out=None):
    return deliver(T.add(input, T.multiply(weight, T.subtract(end, input))), out)


def addcmul(input, tensor1, tensor2, *, value=1, out=None):
    return add(input, T.multiply(tensor1, tensor2), alpha=value, out=out)


def addcdiv(input, tensor1, tensor2, *, value=1, out=None):
    return add(input, T.divide(tensor1, tensor2), alpha=value, out=out)


def rsqrt(input, *, out=None):
    return deliver(T.reciprocal(T.sqrt(input)), out)


def frac(input, *, out=None):
    return deliver(T.subtract(input, T.trunc(input)), out)


def erfc(input, *, out=None):
    return deliver(T.subtract(1.0, T.erf(input)), out)


def logit(input, eps=None, *, out=None):
    p = T.tensor_of(input) if eps is None else clamp(input, eps, 1 - eps)
    return deliver(T.log(T.divide(p, T.subtract(1, p))), out)


def relu(input):
    return T.maximum(input, 0)


def heaviside(input, values, *, out=None):
    """0 below zero, 1 above, `values` at zero."""
    steps = T.cast(T.greater(input, 0), T.tensor_of(input).dtype)
    return deliver(where(T.equal(input, 0), values, steps), out)


def nan_to_num(input, nan=0.0, posinf=None, neginf=None, *, out=None):
    from monnto.torch.dtypes import finfo

    a = T.tensor_of(input)
    if not a.dtype.is_floating_point:
        return deliver(T.copy(a), out)
    top = finfo(a.dtype).max
    result = where(T.isnan(a), nan, a)
    result = where(T.equal(a, math.inf), top if posinf is None else posinf, result)
    return deliver(where(T.equal(a, -math.inf), -top if neginf is None else neginf, result), out)


def xlogy(input, other):
    return where(T.equal(input, 0), T.multiply(input, 0.0), T.multiply(input, T.log(other)))


def positive(input):
    return T.tensor_of(input)


def deg2rad(input):
    return T.multiply(input, math.pi / 180)


def rad2deg(input):
    return T.multiply(input, 180 / math.pi)


def isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    return N.isclose(T.tensor_of(input), T.tensor_of(other), rtol, atol, equal_nan)


def allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False) -> bool:
    return N.allclose(T.tensor_of(input), T.tensor_of(other), rtol, atol, equal_nan)


def equal(input, other) -> builtins.bool:
    """Whether both have the same shape and elements: one bool, unlike `eq`."""
    return N.array_equal(T.tensor_of(input), T.tensor_of(other))


def isin(elements, test_elements, *, assume_unique=False, invert=False):
    return N.isin(T.tensor_of(elements), T.tensor_of(test_elements), invert=invert)


def masked_fill(input, mask, value):
    a = T.tensor_of(input)
    return N.where(T.tensor_of(mask), T.cast(value, a.dtype), a)


def masked_select(input, mask, *, out=None):
    a, chosen = T.tensor_of(input), T.tensor_of(mask)
    if a.shape != chosen.shape:
        a, chosen = broadcast_tensors(a, chosen)
    return deliver(a[chosen], out)


def broadcast_tensors(*tensors):
    import numpy as np

    shape = np.broadcast_shapes(*(tuple(a.shape) for a in tensors))
    return tuple(N.broadcast_to(T.tensor_of(a), shape) for a in tensors)


FUNCTIONS.update(
    {
        f.__name__: f
        for f in (
            *(pow, float_power, add, sub, rsub, div, round, clamp, clamp_min, clamp_max, where),
            *(lerp, addcmul, addcdiv, rsqrt, frac, erfc, logit, relu, heaviside, nan_to_num),
            *(
                xlogy,
                positive,
                deg2rad,
                rad2deg,
                isclose,
                allclose,
                equal,
                isin,
                masked_fill,
                masked_select,
            ),
            broadcast_tensors,
        )
    }
)
FUNCTIONS.update(clip=clamp, subtract=sub, divide=div, arctan2=FUNCTIONS["atan2"])
