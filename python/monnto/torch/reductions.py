"""torch's reductions: std divides by n - 1, max over a dim is a pair, sums of integers are int64."""

from __future__ import annotations

import builtins
import math
from collections import namedtuple

from monnto import _engine
from monnto.torch.arguments import UnsuitableDtype, deliver, over, position
from monnto.torch.dtypes import NAMES

T = _engine.tensors
N = T.natives


def _pair(name: str):
    return namedtuple(name, ("values", "indices"))


Max, Min, Median, Mode, Sorted, TopK, KthValue, CumMax, CumMin = map(
    _pair, "max min median mode sort topk kthvalue cummax cummin".split()
)


def _sum_dtype(a, dtype):
    return dtype if dtype is not None or a.dtype.is_floating_point else NAMES["int64"]


def _require_float(name: str, a, dtype):
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
    result = N.sum(a, over(dim, axis), _sum_dtype(a, dtype), None, keepdim or keepdims)
    return deliver(result, out)


def nansum(input, dim=None, keepdim=False, *, dtype=None, axis=None, out=None):
    a = T.tensor_of(input)
    return deliver(N.nansum(a, over(dim, axis), _sum_dtype(a, dtype), None, keepdim), out)


def prod(input, dim=None, keepdim=False, *, dtype=None, axis=None, out=None):
    a = T.tensor_of(input)
    return deliver(N.prod(a, over(dim, axis), _sum_dtype(a, dtype), None, keepdim), out)


def mean(input, dim=None, keepdim=False, *, dtype=None, axis=None, keepdims=False, out=None):
    a = _require_float("mean", T.tensor_of(input), dtype)
    return deliver(N.mean(a, over(dim, axis), None, None, keepdim or keepdims), out)


def nanmean(input, dim=None, keepdim=False, *, dtype=None, axis=None, out=None):
    a = _require_float("nanmean", T.tensor_of(input), dtype)
    return deliver(N.nanmean(a, over(dim, axis), None, None, keepdim), out)


def _spread(name: str, reduce):
    def function(
        input, dim=None, unbiased=True, keepdim=False, *, correction=None, axis=None, out=None
    ):
        if isinstance(dim, builtins.bool):  # std(unbiased)
            dim, unbiased = None, dim
        freedom = (1 if unbiased else 0) if correction is None else correction
        a = _require_float(name, T.tensor_of(input), None)
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


def quantile(input, q, dim=None, keepdim=False, *, interpolation="linear", out=None):
    a = _require_float("quantile", T.tensor_of(input), None)
    level = q if isinstance(q, float) else T.tensor_of(q)
    result = N.quantile(a, level, dim, method=interpolation, keepdims=keepdim)
    return deliver(T.cast(result, a.dtype), out)


def norm(input, p="fro", dim=None, keepdim=False, out=None, dtype=None):
    """The p-norm of all elements, or along `dim`."""
    a = _require_float("norm", T.tensor_of(input), dtype)
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
    a = _require_float("softmax", T.tensor_of(input), dtype)
    powers = T.exp(T.subtract(a, N.max(a, dim, None, True)))
    return T.divide(powers, N.sum(powers, dim, None, None, True))


def log_softmax(input, dim=-1, dtype=None):
    a = _require_float("log_softmax", T.tensor_of(input), dtype)
    return T.subtract(a, logsumexp(a, dim, True))


# Along a dim.


def cumsum(input, dim, *, dtype=None, out=None):
    a = T.tensor_of(input)
    return deliver(N.cumsum(a, dim, _sum_dtype(a, dtype)), out)


def cumprod(input, dim, *, dtype=None, out=None):
    a = T.tensor_of(input)
    return deliver(N.cumprod(a, dim, _sum_dtype(a, dtype)), out)


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
    a = T.reshape(_require_float("histc", T.tensor_of(input), None), (-1,))
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
FUNCTIONS.update(trapz=trapezoid, special_softmax=softmax)
