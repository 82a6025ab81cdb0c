"""Matrices of which only the synapses that exist are stored."""

from __future__ import annotations

from monnto import _engine
from monnto.arrays import Array, asarray
from monnto.sparse_numpy import apply_function, apply_ufunc
from monnto.sparse_operators import add_operators, reordered
from monnto.sparse_selection import select, write

_sparse = _engine.sparse
Pattern = _sparse.Pattern


class _State:
    """What all handles on one matrix share."""

    __slots__ = ("history", "pattern", "values")

    def __init__(self, pattern, values, history=None):
        self.pattern = pattern
        self.values = values  # an Array of one per synapse, or a number for all of them
        self.history = history  # spikes on their way; None before the first deliver()


class SparseMatrix:
    """A matrix of synapses: a pattern that says where they are, and a value for each.

    Made by ``synapse.matrix('uniform', density=0.1, sparse=True)`` or, from other matrices, by
    ``SparseMatrix.from_scipy`` and ``from_dense``. Behaviors use it like a dense matrix. A place
    without a synapse reads as 0 and takes no part in anything: what is added, multiplied or
    assigned reaches the synapses that exist. ``np.asarray(W)`` is the dense matrix.
    """

    __slots__ = ("__weakref__", "_source_first", "_state")
    __array_priority__ = 1000
    __hash__ = object.__hash__

    def __init__(self, pattern, values, source_first=False):
        self._state = _State(pattern, values)
        self._source_first = source_first
        if getattr(values, "ndim", 0) and values.shape != (pattern.size,):
            raise _engine.ShapeMismatch(
                f"SparseMatrix: {values.shape} values for {pattern.size} synapses; give one per "
                "synapse, or a single number for all"
            )

    @classmethod
    def _of(cls, state, source_first):
        made = cls.__new__(cls)
        made._state = state
        made._source_first = source_first
        return made

    def _like(self, values) -> SparseMatrix:
        """The same synapses with other values, and the spikes on their way in this matrix."""
        history = None if self.history is None else self.history.copy()
        return SparseMatrix._of(_State(self.pattern, values, history), self._source_first)

    # -- made from other matrices

    @classmethod
    def from_dense(cls, matrix, source_first=False):
        """The elements that are not 0; (destination, source) unless `source_first`."""
        matrix = asarray(matrix)
        pattern = _sparse.from_dense(matrix, source_first)
        return cls(pattern, _sparse.at_synapses(pattern, matrix, source_first), source_first)

    @classmethod
    def from_scipy(cls, matrix, source_first=False, dtype=None):
        """Every stored element of a matrix of scipy.sparse, of any format."""
        made = matrix.tocoo()
        ends = (made.row, made.col) if source_first else (made.col, made.row)
        shape = made.shape if source_first else made.shape[::-1]
        pattern, order = _sparse.from_pairs(*shape, *ends)
        values = asarray(made.data).astype(dtype or made.data.dtype)
        return cls(pattern, values if order is None else values[order], source_first)

    @classmethod
    def from_pairs(cls, shape, sources, targets, values, delays=None, source_first=False):
        """Synapses from lists: ends, one value for each or for all, delays in steps if any.

        `shape` is that of the matrix, so (destinations, sources) unless `source_first`.
        """
        extents = shape if source_first else tuple(shape)[::-1]
        pattern, order = _sparse.from_pairs(*extents, sources, targets)
        values = reordered(values, order)
        if delays is not None:
            pattern, order = pattern.with_delays(reordered(asarray(delays), order))
            values = reordered(values, order)
        return cls(pattern, values, source_first)

    # -- what it is

    @property
    def pattern(self):
        """Where the synapses are: a Pattern, which never changes; prune and grow give a new one."""
        return self._state.pattern

    @property
    def values(self):
        """One value per synapse, in the order of sources; a number where all share it."""
        return self._state.values

    @values.setter
    def values(self, values):
        self[:] = values

    @property
    def history(self):
        """Spikes on their way, or None before the first deliver()."""
        return self._state.history

    @property
    def shape(self) -> tuple:
        ends = (self.pattern.targets, self.pattern.sources)
        return ends[::-1] if self._source_first else ends

    ndim = 2

    @property
    def size(self) -> int:
        """Places, as of the dense matrix; `nnz` counts synapses."""
        return self.shape[0] * self.shape[1]

    @property
    def nnz(self) -> int:
        return self.pattern.size

    @property
    def dtype(self):
        return self.values.dtype

    @property
    def nbytes(self) -> int:
        """Memory of pattern and values."""
        return self.pattern.bytes + getattr(self.values, "nbytes", 8)

    @property
    def density(self) -> float:
        return self.nnz / self.size if self.size else 0.0

    @property
    def delays(self):
        """The distinct delays in steps, ascending; empty where it was made without."""
        return self.pattern.delays

    @property
    def T(self):  # noqa: N802
        """The matrix with axes exchanged, sharing the synapses."""
        return SparseMatrix._of(self._state, not self._source_first)

    def transpose(self):
        return self.T

    def __len__(self):
        return self.shape[0]

    def __bool__(self):
        raise ValueError("the truth of a matrix is ambiguous; use W.any() or W.all()")

    def __repr__(self):
        delays = self.delays
        late = f", delays of {delays[0]} to {delays[-1]} steps" if delays else ""
        share = f"{100 * self.density:.3g} %"
        return f"SparseMatrix({self.shape}, {self.dtype}, {self.nnz:,} synapses ({share}){late})"

    # -- products and delivery

    def dot(self, x):
        """``W @ x``: sums over the synapses of sources (or columns) where x is not 0."""
        return _product(self, x, 1)

    def rdot(self, x):
        """``x @ W``."""
        return _product(self, x, 0)

    __matmul__ = dot
    __rmatmul__ = rdot

    def deliver(self, spikes):
        """What arrives at the targets in this step; call it once in each.

        The spikes of the sources begin their way. With a delay of d steps they arrive d - 1 calls
        later, so one step (or no delays) gives ``W @ spikes``: a script that delivers before it
        finds the spikes of a step has those of the step before.
        """
        state = self._state
        if state.history is None:
            state.history = _sparse.make_history(state.pattern)
        return _sparse.deliver(state.pattern, state.values, state.history, spikes)

    # -- sums and extremes

    def _side_is_target(self, axis) -> bool:
        """Whether what is along that axis are targets."""
        if not -2 <= axis < 2:
            raise _engine.AxisOutOfRange(f"axis {axis} is out of bounds for a matrix")
        return (axis % 2 == 0) != self._source_first

    def sum(self, axis=None):
        """As of the dense matrix."""
        if axis is None:
            return self.sum(0 if self._source_first else 1).sum()
        return _sparse.sum(self.pattern, self.values, self._side_is_target(1 - axis % 2))

    def mean(self, axis=None):
        """As of the dense matrix: places without a synapse count as 0."""
        return self.sum(axis) / (self.size if axis is None else self.shape[axis])

    def _extreme(self, function):
        values = asarray(self.values)
        if not self.nnz:
            return values.dtype.type(0)
        found = getattr(values, function)()
        has_gaps = self.nnz < self.size
        worse = found < 0 if function == "max" else found > 0
        return found * 0 if has_gaps and worse else found

    def min(self):
        """Of all places, the empty ones included."""
        return self._extreme("min")

    def max(self):
        """Of all places, the empty ones included."""
        return self._extreme("max")

    def any(self):
        return bool(self.nnz and asarray(self.values).any())

    def all(self):
        return bool(self.nnz == self.size and asarray(self.values).all())

    # -- changes

    def own_values(self):
        """`values` as an Array of one per synapse, also where all shared a number."""
        state = self._state
        if not getattr(state.values, "ndim", 0):
            import numpy as np

            number = np.asarray(state.values)
            state.values = asarray(np.full(self.nnz, number, dtype=number.dtype))
            _engine.note_change()
        return state.values

    def at_synapses(self, expression):
        """An expression that broadcasts to the matrix, at each synapse.

        Products of vectors such as ``post[:, None] * pre[None, :]`` never become a matrix.
        """
        if isinstance(expression, SparseMatrix):
            return _values_alike(self, expression)
        if not getattr(expression, "ndim", 0):
            return expression
        return _sparse.at_synapses(self.pattern, expression, self._source_first)

    def clip(self, low=None, high=None, out=None):
        """Values kept within bounds; a new matrix unless out=W."""
        import numpy as np

        bounds = [self.at_synapses(bound) for bound in (low, high)]
        clipped = np.clip(asarray(self.values), *bounds)
        if out is not None:
            out[:] = self._like(clipped)
            return out
        return self._like(clipped)

    def fill(self, value):
        """Every synapse gets that value."""
        self[:] = value

    def astype(self, dtype):
        return self._like(asarray(self.values).astype(dtype))

    def copy(self):
        return self._like(asarray(self.values).copy())

    __copy__ = copy

    def prune(self, where) -> int:
        """Take away the synapses where a condition holds (``W.prune(W < 0.01)``); in place.

        The condition is a matrix, or one truth value per synapse. Returns how many went.
        """
        import numpy as np

        mask = _per_synapse(self, where)
        before = self.nnz
        state = self._state
        pattern, order = state.pattern.kept(np.logical_not(mask))
        state.values, state.pattern = reordered(state.values, order), pattern
        _engine.note_change()
        return before - self.nnz

    def grow(self, sources, targets, values, delays=None):
        """Add synapses with these ends, in place; values and delays: one for each or for all."""
        import numpy as np

        count = len(sources)
        old = self.own_values()
        state = self._state
        slots = state.pattern.longest_delay
        if delays is None and self.delays:
            delays = 1
        if delays is not None:
            delays = np.broadcast_to(np.asarray(delays), count)
        pattern, order = state.pattern.grown(sources, targets, delays)
        new = np.broadcast_to(np.asarray(values), count).astype(old.dtype)
        state.values = asarray(np.concatenate([np.asarray(old), new]))[order]
        state.pattern = pattern
        if state.history is not None and pattern.longest_delay != slots:
            state.history = _sparse.with_slots(state.history, pattern, slots)
        _engine.note_change()

    def __getitem__(self, key):
        return select(self, key)

    def __setitem__(self, key, value):
        write(self, key, value)

    # -- to other matrices

    def to_dense(self):
        """The whole matrix as an Array."""
        return _sparse.dense(self.pattern, self.values, self._source_first)

    toarray = todense = to_dense

    def to_scipy(self, format="csr"):  # noqa: A002
        """As a matrix of scipy.sparse, of the same shape; delays are left out."""
        import numpy as np
        from scipy import sparse

        sources, targets, _delays = self.pattern.ends()
        ends = (sources, targets) if self._source_first else (targets, sources)
        values = np.broadcast_to(np.asarray(self.values), self.nnz)
        made = sparse.coo_matrix((values, tuple(map(np.asarray, ends))), shape=self.shape)
        return made.asformat(format)

    def __array__(self, dtype=None, copy=None):
        import numpy as np

        return np.asarray(self.to_dense(), dtype=dtype)

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        return apply_ufunc(SparseMatrix, ufunc, method, inputs, options)

    def __array_function__(self, function, types, arguments, options):
        return apply_function(self, function, arguments, options)


def _product(matrix, x, axis):
    if isinstance(x, SparseMatrix):
        raise TypeError("the product of two sparse matrices: use W.to_scipy(), or np.asarray(W)")
    x = asarray(x) if not isinstance(x, Array) else x
    along_targets = matrix._side_is_target(axis)
    if x.ndim == 2:
        import numpy as np

        vectors = (x if axis == 0 else x.T) if x.shape[1 - axis] == matrix.shape[axis] else (x,)
        rows = [_sparse.product(matrix.pattern, matrix.values, v, along_targets) for v in vectors]
        return np.stack(rows, axis=axis and 1)
    return _sparse.product(matrix.pattern, matrix.values, x, along_targets)


def _values_alike(matrix, other):
    if other.pattern is not matrix.pattern or other._source_first != matrix._source_first:
        raise ValueError(
            f"{other!r} has other synapses than {matrix!r}; sparse matrices can be combined when "
            "one was made from the other. np.asarray(W) gives a dense matrix"
        )
    return other.values


def _per_synapse(matrix, condition):
    if getattr(condition, "shape", None) == (matrix.nnz,):
        return condition
    mask = matrix.at_synapses(condition)
    if not getattr(mask, "ndim", 0):
        import numpy as np

        mask = np.full(matrix.nnz, bool(mask))
    return mask


add_operators(SparseMatrix)
