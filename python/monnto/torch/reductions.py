"""torch's reductions: std divides by n - 1, max over a dim is a pair, sums of integers are int64."""

from __future__ import annotations

import builtins
import math
from collections import namedtuple

from monnto import _engine
from monnto.torch.arguments import UnsuitableDtype, deliver, over, pair_of
from monnto.torch.dtypes import NAMES

T = _engine.tensors
N = T.natives


Max, Min = map(pair_of, ("max", "min"))


def sum_dtype(a, dtype):
    return dtype if dtype is not None or a.dtype.is_floating_point else NAMES["int64"]


def require_float(name: str, a, dtype):
    """The tensor in the dtype that a mean is taken in."""
    if dtype is not None:
        a = T.cast(a, dtype)
    if not a.dtype.is_floating_point:
        raise UnsuitableDtype(
            f"{name}: the tensor is {a.dtype}; it needs floating point numbers: a.float().{name}()"
        )
    return a


def sum(input, dim=None, keepdim=False, *, dtype=None, axis=None, keepdims=False, out=None):
    a = T.tensor_of(input)
    result = N.sum(a, over(dim, axis), sum_dtype(a, dtype), None, keepdim or keepdims)
    return deliver(result, out)


def nansum(input, dim=None, keepdim=False, *, dtype=None, axis=None, out=None):
    a = T.tensor_of(input)
    return deliver(N.nansum(a, over(dim, axis), sum_dtype(a, dtype), None, keepdim), out)


def prod(input, dim=None, keepdim=False, *, dtype=None, axis=None, out=None):
    a = T.tensor_of(input)
    return deliver(N.prod(a, over(dim, axis), sum_dtype(a, dtype), None, keepdim), out)


def mean(input, dim=None, keepdim=False, *, dtype=None, axis=None, keepdims=False, out=None):
    a = require_float("mean", T.tensor_of(input), dtype)
    return deliver(N.mean(a, over(dim, axis), None, None, keepdim or keepdims), out)


def nanmean(input, dim=None, keepdim=False, *, dtype=None, axis=None, out=None):
    a = require_float("nanmean", T.tensor_of(input), dtype)
    return deliver(N.nanmean(a, over(dim, axis), None, None, keepdim), out)


def _spread(name: str, reduce):
    def function(
        input, dim=None, unbiased=True, keepdim=False, *, correction=None, axis=None, out=None
    ):
        if isinstance(dim, builtins.bool):  # std(unbiased)
            dim, unbiased = None, dim
        freedom = (1 if unbiased else 0) if correction is None else correction
        a = require_float(name, T.tensor_of(input), None)
        return deliver(reduce(a, over(dim, axis), None, None, freedom, keepdim), out)

    function.__name__ = function.__qualname__ = name
    return function


std = _spread("std", N.std)
var = _spread("var", N.var)


def std_mean(input, dim=None, unbiased=True, keepdim=False, *, correction=None):
    if isinstance(dim, builtins.bool):
        dim, unbiased = None, dim
    return std(input, dim, unbiased, keepdim, correction=correction), mean(input, dim, keepdim)


def var_mean(input, dim=None, unbiased=True, keepdim=False, *, correction=None):
    if isinstance(dim, builtins.bool):
        dim, unbiased = None, dim
    return var(input, dim, unbiased, keepdim, correction=correction), mean(input, dim, keepdim)


def _extremum(name: str, reduce, find, elementwise, pair):
    def function(input, dim=None, keepdim=False, *, other=None, axis=None, out=None):
        other = dim if hasattr(dim, "dtype") and dim.dim() > 0 else other
        if other is not None:
            return deliver(elementwise(input, other), out)
        a, along = T.tensor_of(input), over(dim, axis)
        if along is None:
            return deliver(reduce(a), out)
        return pair(reduce(a, along, None, keepdim), find(a, along, None, keepdim))

    function.__name__ = function.__qualname__ = name
    return function


max = _extremum("max", N.max, N.argmax, T.maximum, Max)
min = _extremum("min", N.min, N.argmin, T.minimum, Min)


def amax(input, dim=(), keepdim=False, *, axis=None, out=None):
    return deliver(N.max(T.tensor_of(input), over(dim, axis), None, keepdim), out)


def amin(input, dim=(), keepdim=False, *, axis=None, out=None):
    return deliver(N.min(T.tensor_of(input), over(dim, axis), None, keepdim), out)


def aminmax(input, *, dim=None, keepdim=False):
    return namedtuple("aminmax", ("min", "max"))(
        amin(input, () if dim is None else dim, keepdim),
        amax(input, () if dim is None else dim, keepdim),
    )


def argmax(input, dim=None, keepdim=False, *, axis=None):
    return N.argmax(T.tensor_of(input), over(dim, axis), None, keepdim)


def argmin(input, dim=None, keepdim=False, *, axis=None):
    return N.argmin(T.tensor_of(input), over(dim, axis), None, keepdim)


def any(input, dim=None, keepdim=False, *, axis=None, out=None):
    return deliver(N.any(T.tensor_of(input), over(dim, axis), None, keepdim), out)


def all(input, dim=None, keepdim=False, *, axis=None, out=None):
    return deliver(N.all(T.tensor_of(input), over(dim, axis), None, keepdim), out)


def count_nonzero(input, dim=None):
    return N.count_nonzero(T.tensor_of(input), over(dim, None))


def quantile(input, q, dim=None, keepdim=False, *, interpolation="linear", out=None):
    a = require_float("quantile", T.tensor_of(input), None)
    level = q if isinstance(q, float) else T.tensor_of(q)
    result = N.quantile(a, level, dim, method=interpolation, keepdims=keepdim)
    return deliver(T.cast(result, a.dtype), out)


def norm(input, p="fro", dim=None, keepdim=False, out=None, dtype=None):
    """The p-norm of all elements, or along `dim`."""
    a = require_float("norm", T.tensor_of(input), dtype)
    size = T.absolute(a)
    axes = over(dim, None)
    if p in ("fro", None, 2, 2.0):
        result = T.sqrt(N.sum(T.square(a), axes, None, None, keepdim))
    elif p == math.inf:
        result = N.max(size, axes, None, keepdim)
    elif p == -math.inf:
        result = N.min(size, axes, None, keepdim)
    elif p == 0:
        result = T.cast(N.sum(T.not_equal(a, 0), axes, None, None, keepdim), a.dtype)
    elif p == 1:
        result = N.sum(size, axes, None, None, keepdim)
    else:
        result = T.power(N.sum(T.power(size, p), axes, None, None, keepdim), 1.0 / p)
    return deliver(result, out)


def pairwise_distance(x1, x2, p=2.0, eps=1e-6, keepdim=False):
    return norm(T.add(T.subtract(x1, x2), eps), p, -1, keepdim)


def dist(input, other, p=2):
    return norm(T.subtract(input, other), p)


def logsumexp(input, dim, keepdim=False, *, out=None):
    a = T.tensor_of(input)
    axes = over(dim, None)
    top = N.max(a, axes, None, True)
    top = N.where(T.isfinite(top), top, T.cast(0.0, a.dtype))
    total = T.log(N.sum(T.exp(T.subtract(a, top)), axes, None, None, True))
    result = T.add(total, top)
    return deliver(result if keepdim else N.squeeze(result, axes), out)


def softmax(input, dim=-1, dtype=None):
    a = require_float("softmax", T.tensor_of(input), dtype)
    powers = T.exp(T.subtract(a, N.max(a, dim, None, True)))
    return T.divide(powers, N.sum(powers, dim, None, None, True))


def log_softmax(input, dim=-1, dtype=None):
    a = require_float("log_softmax", T.tensor_of(input), dtype)
    return T.subtract(a, logsumexp(a, dim, True))


FUNCTIONS = {
    name: value
    for name, value in list(globals().items())
    if callable(value)
    and getattr(value, "__module__", "") == __name__
    and name[0] != "_"
    and name not in ("sum_dtype", "require_float")
}
FUNCTIONS.update(special_softmax=softmax)
