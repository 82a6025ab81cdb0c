"""Matrices that keep no value per synapse: procedural ones, and kernels on grids."""

from __future__ import annotations

from monnto import _engine
from monnto.arrays import asarray
from monnto.sparse_matrix import SparseMatrix

_sparse = _engine.sparse


class _Products:
    """``W @ x``, ``x @ W``, ``np.dot``: what these matrices have in common with SparseMatrix."""

    __slots__ = ()
    __array_priority__ = 1000
    ndim = 2

    def dot(self, x):
        """``W @ x``."""
        return self._product(x, self._source_first)

    def rdot(self, x):
        """``x @ W``."""
        return self._product(x, not self._source_first)

    __matmul__ = dot
    __rmatmul__ = rdot

    @property
    def T(self):  # noqa: N802
        """The matrix with axes exchanged; shares everything."""
        turned = type(self).__new__(type(self))
        for name in self.__slots__:
            setattr(turned, name, getattr(self, name))
        turned._source_first = not self._source_first
        return turned

    @property
    def size(self) -> int:
        return self.shape[0] * self.shape[1]

    def sum(self, axis=None):
        """As of the dense matrix."""
        return self.to_sparse().sum(axis)

    def to_dense(self):
        return self.to_sparse().to_dense()

    def __array__(self, dtype=None, copy=None):
        import numpy as np

        return np.asarray(self.to_dense(), dtype=dtype)

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        if ufunc.__name__ == "matmul" and method == "__call__":
            left, right = inputs
            return left.dot(right) if left is self else right.rdot(left)
        raise self._refusal(f"np.{ufunc.__name__}")

    def __array_function__(self, function, types, arguments, options):
        if function.__name__ == "dot":
            left, right = arguments
            return left.dot(right) if left is self else right.rdot(left)
        if function.__name__ == "sum":
            return self.sum(*arguments[1:], **options)
        raise self._refusal(f"np.{function.__name__}")

    def _refusal(self, what):
        return TypeError(
            f"{what}: {self!r} keeps no value per synapse, so it cannot be computed with; "
            "W.to_sparse() gives the same synapses with values of their own"
        )

    def _refuse_change(self, *_other):
        raise self._refusal("a change")

    __iadd__ = __isub__ = __imul__ = __itruediv__ = __setitem__ = _refuse_change


class ProceduralMatrix(_Products):
    """Synapses that are made again at every spike: no memory, always the same.

    Made by ``synapse.procedural('fixed_probability', 0.1, p=0.05)``. Products along the sources
    cost the synapses of those that spike, products along the destinations cost all of them.
    """

    __slots__ = ("_delay", "_history", "_source_first", "_synapses")

    def __init__(self, synapses, delay=1, source_first=False):
        self._synapses = synapses
        self._delay = delay
        self._source_first = source_first
        # From the start: a plan sees it, and matrices that share the synapses share it.
        self._history = synapses.make_history(delay)

    @property
    def shape(self) -> tuple:
        ends = (self._synapses.targets, self._synapses.sources)
        return ends[::-1] if self._source_first else ends

    @property
    def dtype(self):
        return self._synapses.dtype

    @property
    def history(self):
        """Spikes on their way."""
        return self._history

    @property
    def delays(self):
        """The delay in steps, as a list."""
        return [self._delay]

    def _product(self, x, along_targets):
        return self._synapses.product(asarray(x), along_targets)

    def deliver(self, spikes):
        """As SparseMatrix.deliver."""
        return self._synapses.deliver(self._history, spikes, self._delay)

    def to_sparse(self) -> SparseMatrix:
        """The same synapses, kept."""
        return SparseMatrix(*self._synapses.to_sparse(self._delay, self._source_first))

    def __reduce__(self):
        # A rule depends on both populations and its place in the network's random numbers; a file
        # holds what it made of them.
        return _kept, (self.to_sparse(), self._history)

    def __deepcopy__(self, memo):
        twin = self.T.T
        twin._history = self._history.copy()
        return twin

    def __repr__(self):
        return f"ProceduralMatrix({self.shape}, {self.dtype})"


def _kept(matrix, history):
    """A pickled ProceduralMatrix: the same synapses and spikes on their way, kept."""
    matrix._state.history = asarray(history)
    return matrix


class ConvolutionMatrix(_Products):
    """A kernel that all neurons of a grid share.

    ``ConvolutionMatrix(kernel, (height, width), stride=1, border='same')``: destination (y, x) sees
    the sources under the kernel that lies around (y * stride, x * stride), as in a convolutional
    layer; neurons are numbered row by row. `border` is 'same' (nothing outside), 'valid' (only
    destinations whose kernel lies inside) or 'wrap' (a torus). ``W.kernel`` may be changed.
    """

    __slots__ = ("_border", "_made", "_made_for", "_source_first", "_sources", "_stride", "kernel")

    def __init__(self, kernel, sources, stride=1, border="same", source_first=False):
        self.kernel = asarray(kernel)
        self._sources = tuple(sources)
        self._stride = stride
        self._border = border
        self._source_first = source_first
        self._made = self._made_for = None
        self._convolution()  # so that mistakes are told here

    @classmethod
    def pooling(cls, sources, size, dtype="float32", source_first=False):
        """Means over squares of `size` by `size` that do not overlap."""
        import numpy as np

        if size < 1:
            raise _engine.BadParameter(f"size: {size}; give 1 or more")
        kernel = np.full((size, size), 1 / size**2, dtype=dtype)
        return cls(kernel, sources, size, "valid", source_first)

    def _convolution(self):
        if self._made_for is not self.kernel:
            self._made = _sparse.Convolution(self.kernel, self._sources, self._stride, self._border)
            self._made_for = self.kernel
        return self._made

    @property
    def target_shape(self) -> tuple:
        """The grid of destinations."""
        return tuple(self._convolution().targets)

    @property
    def shape(self) -> tuple:
        targets = self.target_shape
        ends = (targets[0] * targets[1], self._sources[0] * self._sources[1])
        return ends[::-1] if self._source_first else ends

    @property
    def dtype(self):
        return self.kernel.dtype

    def _product(self, x, along_targets):
        return self._convolution().product(asarray(x), along_targets)

    def to_sparse(self) -> SparseMatrix:
        """Local connections: a value for each synapse, to begin with the kernel's."""
        return SparseMatrix(*self._convolution().to_sparse(self._source_first))

    def __repr__(self):
        return f"ConvolutionMatrix({self.shape}, kernel {self.kernel.shape}, {self.dtype})"

    def __reduce__(self):
        import numpy as np

        parts = (self._sources, self._stride, self._border, self._source_first)
        return ConvolutionMatrix, (np.asarray(self.kernel), *parts)


_sparse.ProceduralSynapses.__deepcopy__ = lambda self, memo: self  # they never change
_engine.set_matrix_types(SparseMatrix, ProceduralMatrix)
