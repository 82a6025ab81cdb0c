"""What NumPy's functions do with sparse matrices.

Elementwise functions work on the synapses that exist. Where the function does not give 0 for 0
(exp, cos, a comparison with a negative number) the dense matrix would have other numbers in its
empty places: that is said once.
"""

from __future__ import annotations

import warnings

_told = set()


def apply_ufunc(kind, ufunc, method, inputs, options):
    """__array_ufunc__ of SparseMatrix (`kind`)."""
    import numpy as np

    out = options.pop("out", None)
    if method == "reduce" and ufunc is np.add and out is None:
        return inputs[0].sum(options.get("axis", 0))
    if method != "__call__" or ufunc.nout != 1:
        raise TypeError(
            f"np.{ufunc.__name__}.{method} of a sparse matrix: np.asarray(W) gives a dense one"
        )
    if ufunc is np.matmul:
        left, right = inputs
        return left.dot(right) if isinstance(left, kind) else right.rdot(left)
    first = next(i for i in (*inputs, *(out or ())) if isinstance(i, kind))
    result = ufunc(*map(first.at_synapses, inputs), **options)
    _tell_of_gaps(ufunc, inputs, kind)
    if out is None:
        return first._like(result)
    if not isinstance(out[0], kind):
        raise TypeError("out: a sparse result needs a sparse matrix, or np.asarray(W) as input")
    out[0][:] = first._like(result)
    return out[0]


def _tell_of_gaps(ufunc, inputs, kind) -> None:
    import numpy as np

    if ufunc.__name__ in _told or any(np.ndim(i) and not isinstance(i, kind) for i in inputs):
        return
    with np.errstate(all="ignore"):
        at_gaps = ufunc(*(0.0 if isinstance(i, kind) else i for i in inputs))
    if at_gaps != 0:
        _told.add(ufunc.__name__)
        warnings.warn(
            f"np.{ufunc.__name__} of a sparse matrix works on the synapses that exist; a dense "
            f"matrix would have {at_gaps} in the other places (np.asarray(W) gives one)",
            stacklevel=4,
        )


def apply_function(matrix, function, arguments, options):
    """__array_function__ of SparseMatrix."""
    handler = _FUNCTIONS.get(function.__name__)
    if handler is None or function.__module__ not in ("numpy", "numpy.linalg"):
        raise TypeError(
            f"np.{function.__name__} does not know sparse matrices; np.asarray(W) gives a dense one"
        )
    return handler(matrix, *arguments, **options)


def _reduction(name):
    def run(_matrix, a, axis=None, **options):
        if any(value is not None for value in options.values()):
            raise TypeError(f"np.{name} of a sparse matrix takes an axis and nothing else")
        if axis is None:
            return getattr(a, name)()
        return getattr(a, name)(axis)

    return run


def _dot(matrix, a, b, out=None):
    if out is not None:
        raise TypeError("np.dot of a sparse matrix: out= is not supported")
    return a.dot(b) if isinstance(a, type(matrix)) else b.rdot(a)


def _clip(_matrix, a, a_min=None, a_max=None, out=None, **names):
    low, high = names.get("min", a_min), names.get("max", a_max)
    return a.clip(low, high, out=out)


def _where(matrix, condition, a, b):
    import numpy as np

    kind = type(matrix)
    first = next(x for x in (a, b, condition) if isinstance(x, kind))
    return first._like(np.where(*(first.at_synapses(x) for x in (condition, a, b))))


def _same(value):
    def run(_matrix, a, **options):
        import numpy as np

        dtype = np.dtype(options.get("dtype") or a.dtype)
        return a._like(dtype.type(value))

    return run


def _count_nonzero(_matrix, a, axis=None):
    counted = (a != 0).astype("int64")
    return int(counted.sum()) if axis is None else counted.sum(axis)


def _allclose(_matrix, a, b, **options):
    import numpy as np

    return np.allclose(np.asarray(a), np.asarray(b), **options)


def _array_equal(_matrix, a, b, **options):
    import numpy as np

    return np.array_equal(np.asarray(a), np.asarray(b), **options)


_FUNCTIONS = {
    **{name: _reduction(name) for name in ("sum", "mean", "min", "max", "any", "all")},
    "amin": _reduction("min"),
    "amax": _reduction("max"),
    "dot": _dot,
    "clip": _clip,
    "where": _where,
    "copy": lambda _matrix, a, **options: a.copy(),
    "transpose": lambda _matrix, a, axes=None: a.T,
    "shape": lambda _matrix, a: a.shape,
    "ndim": lambda _matrix, a: a.ndim,
    "size": lambda _matrix, a, axis=None: a.size if axis is None else a.shape[axis],
    "zeros_like": _same(0),
    "ones_like": _same(1),
    "count_nonzero": _count_nonzero,
    "allclose": _allclose,
    "array_equal": _array_equal,
}
