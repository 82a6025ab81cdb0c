"""NumPy's functions on Arrays against NumPy: dtype, shape and values (S13), view or copy left aside."""

import os
import warnings

import numpy as np
import pytest

from monnto import Array, Scalar, array

IS_OLD = np.__version__.startswith("1.")
if IS_OLD:  # the oracle promotes as NumPy 2 does (NEP 50), but not everywhere
    np._set_promotion_state("weak")

DTYPES = ["bool", "int8", "uint8", "int32", "int64", "uint64", "float32", "float64"]
NUMBERS = [d for d in DTYPES if d != "bool"]
SHAPES = [(), (1,), (7,), (3, 4), (2, 3, 4), (0,), (3, 0)]


def sample(dtype, shape, seed=0):
    rng = np.random.default_rng([seed, len(shape), *shape])
    values = rng.integers(0, 5, shape)
    if dtype == "bool":
        return np.asarray(values > 2)
    if dtype.startswith("u"):
        return np.asarray(values).astype(dtype)
    if dtype.startswith("f"):
        return np.asarray(rng.normal(0, 2, shape)).astype(dtype)
    return np.asarray(values - 2).astype(dtype)


def exactly(ours, theirs):
    if isinstance(theirs, (tuple, list)):
        assert type(ours) is type(theirs) and len(ours) == len(theirs)
        for a, b in zip(ours, theirs, strict=True):
            exactly(a, b)
        return
    if isinstance(theirs, np.ndarray) and theirs.ndim > 0:
        assert type(ours) is Array
    if isinstance(theirs, np.generic):
        assert type(ours) is Scalar or isinstance(ours, np.generic)
    assert np.asarray(ours).dtype == np.asarray(theirs).dtype
    assert np.shape(ours) == np.shape(theirs)
    np.testing.assert_array_equal(np.asarray(ours), np.asarray(theirs))


def closely(ours, theirs, ulps=4):
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    assert ours.dtype == theirs.dtype
    assert ours.shape == theirs.shape
    if ours.dtype.kind != "f":
        np.testing.assert_array_equal(ours, theirs)
        return
    eps = np.finfo(ours.dtype).eps
    np.testing.assert_allclose(ours, theirs, rtol=ulps * eps, atol=ulps * np.finfo(ours.dtype).tiny)


def summed(ours, theirs):
    """Sums may be added in another order: n eps sum|x|, here generously for small n."""
    closely_or_small = (
        64 * np.finfo(np.asarray(theirs).dtype).eps if np.asarray(theirs).dtype.kind == "f" else 0
    )
    assert np.asarray(ours).dtype == np.asarray(theirs).dtype
    assert np.shape(ours) == np.shape(theirs)
    np.testing.assert_allclose(
        np.asarray(ours), np.asarray(theirs), rtol=closely_or_small, atol=closely_or_small * 50
    )


def both(function, *hosts, check=exactly):
    """Run on ndarrays and on Arrays; where NumPy raises, so must we."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            theirs = function(*(h.copy() if isinstance(h, np.ndarray) else h for h in hosts))
        except Exception as error:  # noqa: BLE001
            with pytest.raises(Exception) as caught:
                function(*(array(h) if isinstance(h, np.ndarray) else h for h in hosts))
            kinds = (TypeError, ValueError, IndexError, OverflowError, ZeroDivisionError)
            assert [isinstance(error, k) for k in kinds] == [
                isinstance(caught.value, k) for k in kinds
            ], (
                error,
                caught.value,
            )
            return
        ours = function(*(array(h) if isinstance(h, np.ndarray) else h for h in hosts))
    check(ours, theirs)


EXACT_UNARY = """absolute sign floor ceil trunc rint square reciprocal sqrt isnan isinf isfinite signbit
    logical_not invert negative positive conjugate fabs""".split()
CLOSE_UNARY = """cbrt exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctan sinh cosh tanh
    arcsinh arccosh arctanh degrees radians""".split()
EXACT_BINARY = """add subtract multiply divide floor_divide remainder fmod maximum minimum fmax fmin
    copysign logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor left_shift right_shift
    equal not_equal less less_equal greater greater_equal heaviside gcd""".split()
CLOSE_BINARY = "power arctan2 hypot logaddexp float_power".split()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", EXACT_UNARY)
def test_s13_unary_functions_are_bit_exact(name, dtype):
    if name in ("floor", "ceil", "trunc") and IS_OLD and not dtype.startswith("f"):
        pytest.skip("NumPy 1 returns float64 here, NumPy 2 the integers")
    for shape in SHAPES:
        both(getattr(np, name), sample(dtype, shape))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", CLOSE_UNARY)
def test_s13_elementary_functions_are_within_ulps(name, dtype):
    for shape in [(7,), (3, 4)]:
        both(getattr(np, name), sample(dtype, shape), check=closely)


@pytest.mark.parametrize("left", DTYPES)
@pytest.mark.parametrize("name", EXACT_BINARY)
def test_s13_binary_functions_are_bit_exact(name, left):
    for right in DTYPES:
        both(getattr(np, name), sample(left, (3, 4), 1), sample(right, (3, 4), 2))
    both(getattr(np, name), sample(left, (3, 4), 1), sample(left, (4,), 2))
    both(getattr(np, name), sample(left, (3, 1), 1), sample(left, (1, 4), 2))
    both(getattr(np, name), sample(left, (3, 4), 1), sample(left, (), 2))
    both(getattr(np, name), sample(left, (3, 4), 1), sample(left, (3,), 2))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", EXACT_BINARY)
def test_s13_weak_and_strong_numbers_promote_as_nep_50_says(name, dtype):
    comparisons = ("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")
    if IS_OLD and name in comparisons and dtype in ("int8", "uint8", "uint64"):
        pytest.skip("NumPy 1 raises where NumPy 2 compares the numbers themselves")
    for number in (
        True,
        2,
        0,
        -1,
        300,
        1.5,
        np.float32(1.5),
        np.float64(0.5),
        np.int8(3),
        np.uint64(7),
        np.bool_(True),
    ):
        both(getattr(np, name), sample(dtype, (7,)), number)
        both(getattr(np, name), number, sample(dtype, (7,)))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", CLOSE_BINARY)
def test_s13_other_binary_functions_are_within_ulps(name, dtype):
    if name == "power" and dtype.startswith("int"):
        return  # negative integer powers raise in NumPy; see the operator's own test
    both(
        getattr(np, name), np.abs(sample(dtype, (3, 4), 1)), sample(dtype, (3, 4), 2), check=closely
    )
    both(getattr(np, name), np.abs(sample(dtype, (7,), 1)), 1.5, check=closely)


REDUCTIONS = {
    "sum": summed,
    "prod": summed,
    "mean": summed,
    "std": summed,
    "var": summed,
    "min": exactly,
    "max": exactly,
    "any": exactly,
    "all": exactly,
    "argmin": exactly,
    "argmax": exactly,
    "ptp": exactly,
    "median": summed,
    "count_nonzero": exactly,
    "nansum": summed,
    "nanmean": summed,
    "nanmin": exactly,
    "nanmax": exactly,
    "nanstd": summed,
    "average": summed,
}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", REDUCTIONS)
def test_s13_reductions(name, dtype):
    function = getattr(np, name)
    for shape in [(7,), (3, 4), (2, 3, 4), (1,), (0,)]:
        host = sample(dtype, shape)
        both(function, host, check=REDUCTIONS[name])
        for axis in range(-1, len(shape)):
            both(lambda x, axis=axis: function(x, axis=axis), host, check=REDUCTIONS[name])
        both(lambda x: function(x, axis=0, keepdims=True), host, check=REDUCTIONS[name])
        if len(shape) == 3 and name not in ("argmin", "argmax"):
            both(lambda x: function(x, axis=(0, 2)), host, check=REDUCTIONS[name])
        both(lambda x: function(x, axis=5), host)


@pytest.mark.parametrize("dtype", NUMBERS)
def test_s13_reductions_take_their_options(dtype):
    host, mask = sample(dtype, (3, 4)), sample("bool", (3, 4), 9)
    both(lambda x: x.sum(dtype=np.float32), host, check=summed)
    both(lambda x: x.mean(axis=1, dtype=np.float64), host, check=summed)
    both(lambda x: np.std(x, ddof=1), host, check=summed)
    both(lambda x: x.var(axis=0, ddof=1, keepdims=True), host, check=summed)
    both(lambda x, m: np.sum(x, where=m, initial=2), host, mask, check=summed)
    both(lambda x: np.max(x, initial=3), host)
    if not (IS_OLD and dtype == "float32"):  # NumPy 1 gives float64
        for q in (50, [0, 25, 99.5], np.array([10.0, 20.0])):
            both(lambda x, q=q: np.percentile(x, q), host, check=summed)
        both(lambda x: np.percentile(x, 30, axis=0), host, check=summed)
        both(lambda x: np.quantile(x, 0.3, axis=1, keepdims=True), host, check=summed)
        both(lambda x: np.percentile(x, 30, method="nearest"), host)
    out = np.zeros(3)

    def into(x):
        target = type(x)(out) if type(x) is Array else out.copy()
        result = np.sum(x, axis=1, dtype=float, out=target)
        assert result is target
        return target

    both(into, host, check=summed)


SHAPING = {
    "reshape": lambda x: x.reshape(-1, 2),
    "reshape tuple": lambda x: np.reshape(x, (2, -1)),
    "reshape F": lambda x: x.reshape((2, -1), order="F"),
    "ravel": lambda x: x.ravel(),
    "ravel F": lambda x: x.ravel("F"),
    "flatten": lambda x: x.flatten(),
    "T": lambda x: x.T,
    "transpose": lambda x: np.transpose(x),
    "transpose axes": lambda x: x.transpose(*range(x.ndim)[::-1]),
    "swapaxes": lambda x: x.swapaxes(0, -1),
    "moveaxis": lambda x: np.moveaxis(x, 0, -1),
    "expand_dims": lambda x: np.expand_dims(x, 1),
    "squeeze": lambda x: np.squeeze(x[None]),
    "broadcast_to": lambda x: np.broadcast_to(x, (2, *x.shape)),
    "flip": lambda x: np.flip(x),
    "flip axis": lambda x: np.flip(x, 0),
    "fliplr": np.fliplr,
    "flipud": np.flipud,
    "rot90": np.rot90,
    "diagonal": lambda x: x.diagonal(),
    "diag": np.diag,
    "tril": np.tril,
    "triu": lambda x: np.triu(x, 1),
    "trace": np.trace,
    "concatenate": lambda x: np.concatenate([x, x], axis=1),
    "concatenate flat": lambda x: np.concatenate([x, x], axis=None),
    "stack": lambda x: np.stack([x, x]),
    "stack last": lambda x: np.stack((x, x, x), axis=-1),
    "vstack": lambda x: np.vstack([x, x]),
    "hstack": lambda x: np.hstack((x, x)),
    "dstack": lambda x: np.dstack((x, x)),
    "column_stack": lambda x: np.column_stack((x, x)),
    "tile": lambda x: np.tile(x, (2, 1)),
    "repeat": lambda x: np.repeat(x, 3),
    "repeat axis": lambda x: x.repeat(2, axis=0),
    "roll": lambda x: np.roll(x, 2),
    "roll axis": lambda x: np.roll(x, -1, axis=0),
    "append": lambda x: np.append(x, 3),
    "pad": lambda x: np.pad(x, 2),
    "pad edge": lambda x: np.pad(x, 1, mode="edge"),
    "split": lambda x: np.split(x, 1),
    "array_split": lambda x: np.array_split(x, 2),
    "split at": lambda x: np.split(x, [1, 2]),
    "atleast_1d": np.atleast_1d,
    "atleast_2d": np.atleast_2d,
    "atleast_3d": np.atleast_3d,
    "insert": lambda x: np.insert(x, 1, 0),
    "delete": lambda x: np.delete(x, 0, axis=0),
    "rollaxis": lambda x: np.rollaxis(x, 0, 1),
    "resize": lambda x: np.resize(x, (3, 5)),
    "shape": np.shape,
    "ndim": np.ndim,
    "size": np.size,
    "zeros_like": np.zeros_like,
    "ones_like": lambda x: np.ones_like(x, dtype=np.float32),
    "full_like": lambda x: np.full_like(x, 3),
    "copy": np.copy,
    "iterate": lambda x: list(x),
    "meshgrid": lambda x: tuple(np.meshgrid(x[0], x[0])),
    "strides": lambda x: x.strides,
    "nbytes": lambda x: (x.nbytes, x.itemsize, x.size, x.ndim, x.shape),
    "tolist": lambda x: x.tolist(),
    "tobytes": lambda x: x.tobytes(),
    "real": lambda x: x.real + x.imag,
    "flat": lambda x: np.array(list(x.flat)).sum(),
}


@pytest.mark.parametrize("dtype", ["bool", "int32", "float32", "float64"])
@pytest.mark.parametrize("name", SHAPING)
def test_s13_shaping(name, dtype):
    for shape in [(3, 4), (1, 6), (2, 2)]:
        check = (
            (lambda a, b: a == b or pytest.fail(f"{a} != {b}"))
            if name in {"strides", "nbytes", "shape", "tolist", "tobytes", "ndim", "size"}
            else exactly
        )
        both(SHAPING[name], sample(dtype, shape), check=summed if name == "trace" else check)


ORDERING = {
    "sort": lambda x: np.sort(x),
    "sort axis": lambda x: np.sort(x, axis=0),
    "sort flat": lambda x: np.sort(x, axis=None),
    "argsort": lambda x: np.argsort(x, kind="stable"),
    "argsort axis": lambda x: x.argsort(axis=0, kind="stable"),
    "partition": lambda x: np.partition(x, 1).min(),
    "unique": lambda x: np.unique(x),
    "unique all": lambda x: np.unique(
        x.ravel(), return_index=True, return_inverse=True, return_counts=True
    ),
    "nonzero": lambda x: np.nonzero(x),
    "where one": lambda x: np.where(x),
    "flatnonzero": np.flatnonzero,
    "argwhere": np.argwhere,
    "cumsum": np.cumsum,
    "cumsum axis": lambda x: x.cumsum(axis=0),
    "cumprod": np.cumprod,
    "diff": np.diff,
    "diff twice": lambda x: np.diff(x, n=2, axis=0),
    "ediff1d": np.ediff1d,
    "searchsorted": lambda x: np.searchsorted(np.sort(x, axis=None), x),
    "searchsorted right": lambda x: np.sort(x, axis=None).searchsorted(1, side="right"),
    "isin": lambda x: np.isin(x, [1, 2]),
    "digitize": lambda x: np.digitize(x, np.array([0.0, 1.0, 2.0])),
    "take": lambda x: np.take(x, [0, 1]),
    "take axis": lambda x: x.take(np.array([1, 0]), axis=0),
    "take wrap": lambda x: np.take(x, [5, -7], mode="wrap"),
    "take_along_axis": lambda x: np.take_along_axis(
        x, np.argsort(x, axis=0, kind="stable"), axis=0
    ),
    "compress": lambda x: x.compress([True, False], axis=0),
    "compress function": lambda x: np.compress([True, False, True], x),
    "choose": lambda x: np.choose([0, 1], [x[0, :2], x[1, :2]]),
    "where": lambda x: np.where(x > 1, x, 0),
    "where arrays": lambda x: np.where(x > 1, x, x.T.T),
    "clip": lambda x: np.clip(x, 0, 2),
    "clip method": lambda x: x.clip(min=1),
    "clip array": lambda x: np.clip(x, x[0], 3),
    "round": lambda x: np.round(x, 1),
    "round method": lambda x: x.round(),
    "around tens": lambda x: np.around(x, -1),
    "isclose": lambda x: np.isclose(x, x + 1e-9),
    "maximum at": lambda x: np.maximum.reduce(x),
    "add reduce": lambda x: np.add.reduce(x, axis=1),
    "multiply outer": lambda x: np.multiply.outer(x[0], x[1]),
    "add accumulate": lambda x: np.add.accumulate(x),
    "maximum accumulate": lambda x: np.maximum.accumulate(x, axis=1),
    "logical_and reduce": lambda x: np.logical_and.reduce(x),
    "setdiff1d": lambda x: np.setdiff1d(x, [1]),
    "union1d": lambda x: np.union1d(x, [1]),
    "intersect1d": lambda x: np.intersect1d(x, [1, 2]),
    "select": lambda x: np.select([x > 1, x > 0], [x, x * 2], 5),
    "piecewise": lambda x: np.piecewise(x, [x > 1], [1, 0]),
    "nan_to_num": np.nan_to_num,
    "count bool": lambda x: (x > 0).sum(axis=0),
    "divmod": lambda x: divmod(x, 2),
    "modf": lambda x: np.modf(x.astype(float)),
    "astype": lambda x: x.astype("int16"),
    "astype str": lambda x: x.astype(np.float32).astype(int),
    "view": lambda x: x.view(),
    "byteswap": lambda x: x.byteswap(),
    "apply_along_axis": lambda x: np.apply_along_axis(np.sum, 0, x),
    "lexsort": lambda x: np.lexsort((x[0], x[1])),
    "item": lambda x: np.asarray(x[0, 0].item()),
}


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "float32", "float64"])
@pytest.mark.parametrize("name", ORDERING)
def test_s13_ordering_selecting_and_the_rest(name, dtype):
    if IS_OLD and name in ("where", "select"):
        pytest.skip("weak numbers are strong in these functions of NumPy 1")
    for shape in [(3, 4), (2, 5)]:
        close = name in {
            "cumsum",
            "cumsum axis",
            "cumprod",
            "round",
            "add reduce",
            "add accumulate",
        }
        both(ORDERING[name], sample(dtype, shape), check=summed if close else exactly)


PRODUCTS = {
    "dot": lambda w, v, s: w.dot(v),
    "dot reversed": lambda w, v, s: s.dot(w),
    "matmul": lambda w, v, s: w @ v,
    "matmul left": lambda w, v, s: s @ w,
    "matmul square": lambda w, v, s: w @ w.T,
    "matmul transposed": lambda w, v, s: w.T @ s,
    "np.matmul": lambda w, v, s: np.matmul(w, v),
    "vector": lambda w, v, s: v @ v,
    "inner": lambda w, v, s: np.inner(w, v),
    "outer": lambda w, v, s: np.outer(s, v),
    "vdot": lambda w, v, s: np.vdot(v, v),
    "tensordot": lambda w, v, s: np.tensordot(w, w.T, 1),
    "tensordot axes": lambda w, v, s: np.tensordot(w, w, axes=([0], [0])),
    "kron": lambda w, v, s: np.kron(s, v),
    "einsum": lambda w, v, s: np.einsum("ij,j->i", w, v),
    "convolve": lambda w, v, s: np.convolve(v, s),
    "correlate": lambda w, v, s: np.correlate(v, s, mode="full"),
    "cov": lambda w, v, s: np.cov(w),
    "corrcoef": lambda w, v, s: np.corrcoef(w + np.arange(4)),
    "mismatch": lambda w, v, s: w @ s,
    "number": lambda w, v, s: w @ 3,
    "norm": lambda w, v, s: np.linalg.norm(w),
    "interp": lambda w, v, s: np.interp(v, np.array([0.0, 1, 2]), np.array([0.0, 10, 5])),
    "trapezoid": lambda w, v, s: getattr(np, "trapezoid", getattr(np, "trapz", None))(w, dx=0.5),
    "gradient": lambda w, v, s: np.gradient(v),
    "batched": lambda w, v, s: np.stack([w, w]) @ v,
    "average": lambda w, v, s: np.average(w, axis=1, weights=np.arange(4) + 1),
    "polyval": lambda w, v, s: np.polyval([1, 2, 3], v),
    "cross": lambda w, v, s: np.cross(s, s + 1),
}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", PRODUCTS)
def test_s13_products_and_what_is_built_on_them(name, dtype):
    both(
        PRODUCTS[name],
        sample(dtype, (3, 4)),
        sample(dtype, (4,), 1),
        sample(dtype, (3,), 2),
        check=summed,
    )


HISTOGRAMS = {
    "histogram": lambda x: np.histogram(x),
    "bins": lambda x: np.histogram(x, bins=4, range=(-1, 3)),
    "edges": lambda x: np.histogram(x, [0.0, 1.0, 3.0]),
    "density": lambda x: np.histogram(x, 3, density=True),
    "2d": lambda x: np.histogram2d(x, x, 3),
    "bincount": lambda x: np.bincount(np.abs(x).astype(int)),
    "bincount weights": lambda x: np.bincount(np.abs(x).astype(int), x, 7),
}


@pytest.mark.parametrize("dtype", NUMBERS)
@pytest.mark.parametrize("name", HISTOGRAMS)
def test_s13_histograms(name, dtype):
    if IS_OLD and name == "bins":
        pytest.skip("NumPy 1 refuses a range of ints under NEP 50")

    def check(ours, theirs):
        if isinstance(theirs, tuple):
            for a, b in zip(ours, theirs, strict=True):
                summed(a, b)
        else:
            summed(ours, theirs)

    both(HISTOGRAMS[name], sample(dtype, (50,)), check=check)


def fresh(x):
    return type(x)(x) if type(x) is Array else x.copy()


UFUNC_OPTIONS = {
    "out": lambda x, y: np.add(x, y, out=fresh(x)),
    "out positional": lambda x, y: np.maximum(x, y, fresh(x)),
    "out tuple": lambda x, y: np.multiply(x, 2, out=(fresh(x),)),
    "out is an input": lambda x, y: np.subtract(x, y, x),
    "out broadcasts": lambda x, y: np.add(x[0], 1, out=fresh(x)),
    "out too small": lambda x, y: np.add(x, 1, out=fresh(x[0])),
    "out of another kind": lambda x, y: np.divide(x, y, out=fresh(x).astype(int)),
    "where": lambda x, y: np.divide(x, y, out=np.zeros_like(x, dtype=float), where=y != 0),
    "where alone": lambda x, y: np.add(x, y, where=x == x),
    "where broadcasts": lambda x, y: np.add(
        x, y, out=fresh(x), where=np.array([True, False, True, False])
    ),
    "dtype": lambda x, y: np.add(x, y, dtype=np.float64),
    "casting": lambda x, y: np.add(x, 1.5, out=fresh(x), casting="unsafe"),
    "clip out": lambda x, y: np.clip(x, 0, 1, out=x),
    "exp into itself": lambda x, y: np.negative(x, x),
    "reduce keepdims": lambda x, y: np.add.reduce(x, axis=0, keepdims=True),
    "reduce all": lambda x, y: np.maximum.reduce(x, axis=None),
    "reduce where": lambda x, y: np.add.reduce(x, where=x > 0),
    "reduce out": lambda x, y: np.add.reduce(x, out=fresh(x[0]), dtype=x.dtype),
    "reduce initial": lambda x, y: np.maximum.reduce(x, initial=1),
    "reduceat": lambda x, y: np.add.reduceat(x, [0, 2], axis=1),
    "at": lambda x, y: (np.add.at(x, ([0, 0], [1, 1]), 2), x)[1],
    "at subtract": lambda x, y: (np.subtract.at(x, (0, 1), 1), x)[1],
    "at maximum": lambda x, y: (np.maximum.at(x, (slice(None), 0), 3), x)[1],
    "outer": lambda x, y: np.subtract.outer(x[0], y[0]),
    "outer compare": lambda x, y: np.less.outer(x, y[0]),
    "list": lambda x, y: np.add(x, [1, 2, 3, 4]),
    "divmod": lambda x, y: np.divmod(x, 3),
    "frexp": lambda x, y: np.frexp(x.astype(float)),
    "dot number": lambda x, y: x.dot(2),
    "number dot": lambda x, y: np.dot(3, x),
    "complex": lambda x, y: (x * 1j).imag,
    "string": lambda x, y: x + "a",
    "nested": lambda x, y: np.array([[x[0, 0], 1], [2, x[1, 1]]], dtype=float) + x[:2, :2],
    "copyto": lambda x, y: (np.copyto(x, y, where=x > 0), x)[1],
    "copyto cast": lambda x, y: (np.copyto(x, 1.5), x)[1],
    "putmask": lambda x, y: (np.putmask(x, x > 0, [7]), x)[1],
    "put_along_axis": lambda x, y: (np.put_along_axis(x, np.array([[0], [1], [0]]), 5, axis=1), x)[
        1
    ],
    "fill_diagonal": lambda x, y: (np.fill_diagonal(x, 1), x)[1],
    "sort in place": lambda x, y: (x.sort(axis=0), x)[1],
    "fill": lambda x, y: (x.fill(3), x)[1],
    "fill fraction": lambda x, y: (x.fill(1.5), x)[1],
    "flat": lambda x, y: (x.flat.__setitem__(slice(0, 3), 9), x)[1],
    "shape": lambda x, y: (setattr(x, "shape", (4, 3)), x)[1],
    "shape of a view": lambda x, y: (v := x[1:], setattr(v, "shape", (8,)), v)[2],
    "augmented": lambda x, y: (x.__iadd__(y), x)[1],
    "augmented kind": lambda x, y: (x.__itruediv__(y), x)[1],
    "augmented view": lambda x, y: (x[1:].__imul__(3), x)[1],
    "power": lambda x, y: x**2 + np.abs(y) ** 0.5,
    "power three": lambda x, y: x**3,
    "reflected": lambda x, y: 10 - x + 2 * y - (x >= 1),
    "int power": lambda x, y: 2 ** np.abs(y),
    "shift": lambda x, y: x << 1,
    "matmul in place": lambda x, y: (x[:, :3].__imatmul__(np.eye(3).astype(x.dtype)), x)[1],
}


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "float32", "float64"])
@pytest.mark.parametrize("name", UFUNC_OPTIONS)
def test_s13_options_of_ufuncs_and_changes_in_place(name, dtype):
    both(UFUNC_OPTIONS[name], sample(dtype, (3, 4)), sample(dtype, (3, 4), 1), check=summed)


INDICES = [
    0, -1, slice(1, 3), slice(None, None, -1), slice(None, None, 2), None, ..., (0, 1), (slice(None), 0), (0, ...),
    (..., 0), (None, 0), [0, 2], [[0, 1], [1, 0]], [True, False, True], ([0, 1], [1, 2]), (slice(1), [0, 1]),
    ([0, 1], slice(None), None), (slice(None), [True, False, True, False]), (0, [1, 2]), ([2], 0), (), [],
    (np.array([0, 1])[:, None], np.array([0, 2])), np.array(1), (1, slice(None, None, -2)), 3, (0, 9), "a", 1.0,
    np.zeros((3, 4), bool), np.ones((3, 4), bool), True, False, (slice(None), slice(None), None), (0, 0, 0),
]  # fmt: skip


@pytest.mark.parametrize("index", INDICES, ids=repr)
def test_s6_indexing_reads_and_writes_as_numpy(index):
    for dtype in ("float64", "int32", "bool"):
        both(lambda x: x[index], sample(dtype, (3, 4)))

        def write(x, value):
            x[index] = value
            return x

        for value in (1, 2.5, np.array(3)):
            both(lambda x, value=value: write(x, value), sample(dtype, (3, 4)))

        def add(x):
            x[index] += 1
            return x

        both(add, sample(dtype, (3, 4)))


def test_s13_the_oracle_is_the_version_that_was_asked_for():
    assert os.environ.get("MONNTO_EXPECT_NUMPY", np.__version__) in np.__version__
