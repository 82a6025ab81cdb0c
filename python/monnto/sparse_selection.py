"""Parts of sparse matrices: ``W[:, spike]``, ``W[3]``, ``W[np.ix_(a, b)]``, ``W[W < 0]``."""

from __future__ import annotations

import operator

from monnto import _engine
from monnto.arrays import asarray

_sparse = _engine.sparse


class SparseSelection:
    """Some rows or columns of a sparse matrix, on the way to being summed or changed.

    ``W[:, spike].sum(axis=1)`` adds up; ``W[:, spike] *= 0.9`` changes the synapses that exist
    there. ``np.asarray(W[:, spike])`` is the dense part.
    """

    __slots__ = ("_axis", "_chosen", "_key", "_matrix", "_values", "_vector")
    __array_priority__ = 1001
    __array_ufunc__ = None  # operators of ndarrays defer to the ones here

    def __init__(self, matrix, key, chosen, values=None, axis=None, vector=None):
        self._matrix = matrix
        self._key = key
        self._chosen = chosen  # one truth value per synapse
        self._values = matrix.values if values is None else values
        self._axis, self._vector = axis, vector  # where one axis alone is selected from

    def sum(self, axis=None):
        """As of the dense part."""
        if axis is None:
            return self._kept().sum()
        axis %= 2
        if axis == self._axis:
            along_targets = self._matrix._side_is_target(axis)
            return _sparse.product(self._matrix.pattern, self._values, self._vector, along_targets)
        sums = self._kept().sum(axis)
        other = self._key[1 - axis]
        return sums if isinstance(other, slice) and other == slice(None) else sums[_flat(other)]

    def _kept(self):
        import numpy as np

        values = asarray(self._values)
        return self._matrix._like(np.where(self._chosen, values, values.dtype.type(0)))

    def __array__(self, dtype=None, copy=None):
        import numpy as np

        whole = np.asarray(self._matrix._like(self._values).to_dense())
        return np.asarray(whole[tuple(map(_host_index, self._key))], dtype=dtype)

    def __array_function__(self, function, types, arguments, options):
        if function.__name__ == "sum" and arguments and arguments[0] is self:
            return self.sum(*arguments[1:], **options)
        import numpy as np

        plain = [np.asarray(a) if isinstance(a, SparseSelection) else a for a in arguments]
        return function(*plain, **options)

    @property
    def shape(self):
        return self.__array__().shape

    def _with(self, function, other):
        if isinstance(other, SparseSelection):
            operand = other._values
        else:
            operand = self._matrix.at_synapses(self._stretched(other))
        values = function(self._values, operand)
        return SparseSelection(
            self._matrix, self._key, self._chosen, values, self._axis, self._vector
        )

    def _stretched(self, other):
        """What has one element per selected row or column, as one per row or column."""
        if not getattr(other, "ndim", 0) or self._axis is None or not hasattr(other, "shape"):
            return other
        import numpy as np

        axis = self._axis
        extent = other.shape[axis - 2] if other.ndim == 2 or axis == 1 else 1
        if extent in (1, self._matrix.shape[axis]):
            return other
        shape = list(other.shape)
        shape[axis - 2] = self._matrix.shape[axis]
        stretched = np.zeros(shape, dtype=other.dtype)
        index = [slice(None)] * other.ndim
        index[axis - 2] = _host_index(self._key[axis])
        stretched[tuple(index)] = np.asarray(other)
        return asarray(stretched)


for _name in "add sub mul truediv floordiv mod pow".split():
    _function = getattr(operator, _name)
    setattr(SparseSelection, f"__{_name}__", lambda s, o, _f=_function: s._with(_f, o))
    setattr(
        SparseSelection,
        f"__r{_name}__",
        lambda s, o, _f=_function: s._with(lambda a, b: _f(b, a), o),
    )
    # `W[:, s] *= x` is W[:, s] = W[:, s] * x: nothing is written before that assignment.
    setattr(SparseSelection, f"__i{_name}__", lambda s, o, _f=_function: s._with(_f, o))


def select(matrix, key):
    """What `matrix[key]` gives."""
    chosen = _condition(matrix, key)
    if chosen is not None:
        return asarray(matrix.own_values())[chosen]
    rows, columns = _pair(key)
    for axis, item in enumerate((rows, columns)):
        if _is_number(item):
            return _line(matrix, axis, item)[columns if axis == 0 else rows]
    chosen, axis, vector = _chosen(matrix, rows, columns)
    return SparseSelection(matrix, (rows, columns), chosen, None, axis, vector)


def write(matrix, key, value):
    """`matrix[key] = value`, for the synapses that exist."""
    import numpy as np

    values = matrix.own_values()
    if isinstance(value, SparseSelection):
        values[...] = np.where(value._chosen, asarray(value._values), values)
        return
    chosen = _condition(matrix, key)
    if chosen is None:
        rows, columns = _pair(key)
        if _is_all(rows) and _is_all(columns):
            values[...] = matrix.at_synapses(value)
            return
        chosen = _chosen(matrix, rows, columns)[0]
    elif getattr(value, "ndim", 0) == 1:
        values[chosen] = value  # one for each synapse that the condition holds for
        return
    if not getattr(value, "ndim", 0):
        values[chosen] = value
        return
    whole = np.zeros(matrix.shape, dtype=np.asarray(value).dtype)
    whole[tuple(map(_host_index, _pair(key)))] = np.asarray(value)
    values[...] = np.where(chosen, matrix.at_synapses(asarray(whole)), values)


def _condition(matrix, key):
    """One truth value per synapse, where the key is a truth value for each place."""
    if isinstance(key, type(matrix)) or getattr(key, "shape", None) == matrix.shape:
        condition = matrix.at_synapses(key)
        if condition.dtype != bool:
            raise IndexError("an index of a matrix's shape must be of truth values")
        return condition
    return None


def _pair(key):
    key = key if isinstance(key, tuple) else (key,)
    if any(item is None for item in key):
        raise IndexError("a sparse matrix has two axes; np.asarray(W) gives a dense one")
    if any(item is Ellipsis for item in key):
        at = next(i for i, item in enumerate(key) if item is Ellipsis)
        missing = 2 - (len(key) - 1)
        key = (*key[:at], *[slice(None)] * missing, *key[at + 1 :])
    if len(key) > 2:
        raise IndexError(f"too many indices for a sparse matrix: 2 axes, {len(key)} indices")
    return (*key, slice(None))[:2]


def _is_number(item) -> bool:
    return getattr(item, "ndim", 0) == 0 and hasattr(item, "__index__") and item is not True


def _is_all(item) -> bool:
    return isinstance(item, slice) and item == slice(None)


def _line(matrix, axis, index):
    """A row or column as a dense vector."""
    import numpy as np

    extent = matrix.shape[axis]
    index = operator.index(index)
    if not -extent <= index < extent:
        raise _engine.IndexOutOfRange(
            f"index {index} is out of bounds for axis {axis} with size {extent}"
        )
    one = np.zeros(extent, dtype=bool)
    one[index] = True
    return matrix.rdot(one) if axis == 0 else matrix.dot(one)


def _chosen(matrix, rows, columns):
    """(truth value per synapse, axis or None, vector or None)."""
    import numpy as np

    vectors = [None if _is_all(i) else _mask(i, e) for i, e in zip((rows, columns), matrix.shape)]
    spread = [
        _sparse.spread(matrix.pattern, v, matrix._side_is_target(axis))
        for axis, v in enumerate(vectors)
        if v is not None
    ]
    if not spread:
        return np.ones(matrix.nnz, dtype=bool), None, None
    if len(spread) == 2:
        if min(np.ndim(rows), np.ndim(columns)) == 1 and not _any_slice(rows, columns):
            raise IndexError("pairs of a sparse matrix: use np.ix_(rows, columns)")
        return np.logical_and(*spread), None, None
    axis = 0 if vectors[1] is None else 1
    return spread[0], axis, vectors[axis]


def _any_slice(*items) -> bool:
    return any(isinstance(item, slice) for item in items)


def _mask(item, extent):
    """A truth value for each index along an axis."""
    import numpy as np

    if not isinstance(item, slice):
        item = _flat(item)
        if item.dtype == bool:
            if item.shape != (extent,):
                raise _engine.IndexMismatch(
                    f"boolean index of {item.shape} on an axis with size {extent}"
                )
            return item
    mask = np.zeros(extent, dtype=bool)
    mask[_host_index(item)] = True
    return mask


def _flat(item):
    item = asarray(item)
    return item.reshape(-1) if item.ndim > 1 else item


def _host_index(item):
    import numpy as np

    return item if isinstance(item, slice) or _is_number(item) else np.asarray(item)
