"""What a recorder kept, as a sequence over time."""

from __future__ import annotations

import operator

from monnto import _engine


class History:
    """Samples over time, live: ``h[-1]`` is the newest, ``h[:, :10]`` the first ten neurons.

    Behaves as a list of samples (length, iteration, slices) and as an array of shape
    (time, ...): ``np.asarray(h)`` does not copy, arithmetic and comparisons go element by element,
    and methods such as `mean` or `T` are those of that array.
    """

    def to_numpy(self):
        """All samples as an ndarray; read-only, and not copied where memory allows."""
        raise NotImplementedError

    def _whole(self):
        """All samples as what arithmetic and methods of this history are done on."""
        return self.to_numpy()

    def __array__(self, dtype=None, copy=None):
        values = self.to_numpy()
        if dtype is not None and values.dtype != dtype:
            return values.astype(dtype)
        return values.copy() if copy else values

    @property
    def values(self):
        return self.to_numpy()

    def tolist(self) -> list:
        return self.to_numpy().tolist()

    def copy(self):
        return self.to_numpy().copy()

    def __iter__(self):
        index = 0
        while index < len(self):  # samples may come while somebody walks over them
            yield self[index]
            index += 1

    def __reversed__(self):
        return (self[i] for i in range(len(self) - 1, -1, -1))

    def __bool__(self):
        return len(self) > 0

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._whole(), name)

    def __reduce__(self):
        import numpy as np

        return np.array, (self.copy(),)

    def __deepcopy__(self, memo):
        return self.copy()

    __hash__ = object.__hash__


def _forward(name: str) -> None:
    function = getattr(operator, name)

    def forward(self, other):
        return function(self._whole(), other._whole() if isinstance(other, History) else other)

    def backward(self, other):
        return function(other, self._whole())

    setattr(History, f"__{name.strip('_')}__", forward)
    if name not in ("eq", "ne", "lt", "le", "gt", "ge"):
        setattr(History, f"__r{name.strip('_')}__", backward)


for _name in (
    *("eq", "ne", "lt", "le", "gt", "ge", "add", "sub", "mul", "truediv", "floordiv"),
    *("mod", "pow", "and_", "or_", "xor", "matmul"),
):
    _forward(_name)

History.__neg__ = lambda self: -self._whole()
History.__invert__ = lambda self: ~self._whole()
History.__abs__ = lambda self: abs(self._whole())


class Recording(History):
    """The samples of one variable: what ``net['voltage', 0]`` finds."""

    _is_torch = False  # of a network of the torch dialect: methods and results are tensors (S14)

    def __init__(self, core):
        self._core = core
        self._tie = _engine.Tie(core, self)

    def __len__(self) -> int:
        return self._core.length

    @property
    def array(self):
        """All samples as Array (time, ...)."""
        array = self._core.array()
        return _engine.tensors.tensor_of(array) if self._is_torch else array

    @property
    def shape(self) -> tuple:
        return self.array.shape

    @property
    def dtype(self):
        return self.array.dtype

    def _whole(self):
        return self.array if self._is_torch else self.to_numpy()

    @property
    def ndim(self) -> int:
        return self._core.array().ndim

    def to_numpy(self):
        # Read-only: writing to it would rewrite what happened.
        return self._core.to_numpy()

    def __getitem__(self, index):
        if isinstance(index, int) and hasattr(self._core, "sample"):
            sample = self._core.sample(index)
            return _engine.tensors.tensor_of(sample) if self._is_torch else sample
        return self.array[index]

    def __str__(self) -> str:
        # As scripts print it: a list of numbers, and arrays as NumPy shows them.
        if self._is_torch:
            return repr(self)
        values = self.to_numpy()
        is_list = values.ndim == 1 and hasattr(self._core, "key")
        return str(values.tolist() if is_list else values)

    def __repr__(self) -> str:
        key = getattr(self._core, "key", "events")
        return f"<Recording of '{key}': {len(self)} samples, {self.shape}>"


class ObjectRecording(History):
    """Samples that are no arrays: lists, texts, complex numbers, matrices of SciPy."""

    def __init__(self, key, max_length=0):
        self.key = key
        self._samples = []
        self._max_length = max_length
        self._core = _engine.PythonFindable(key, "ObjectRecording")
        self._tie = _engine.Tie(self._core, self)

    def _append(self, sample) -> None:
        self._samples.append(sample)
        if self._max_length and len(self._samples) > self._max_length:
            del self._samples[: -self._max_length]

    def cut_length(self, count) -> None:
        del self._samples[: max(0, len(self._samples) - count)]

    def __len__(self) -> int:
        return len(self._samples)

    def __getitem__(self, index):
        if isinstance(index, tuple):
            return self.to_numpy()[index]
        return self._samples[index]

    def to_numpy(self):
        import numpy as np

        try:
            return np.array(self._samples)
        except ValueError:  # samples of different shapes
            values = np.empty(len(self._samples), dtype=object)
            values[:] = self._samples
            return values

    def __repr__(self) -> str:
        return f"<Recording of '{self.key}': {len(self)} objects>"


def wrap_recording(core):
    """The handle of a recording of the engine; the same one while somebody holds it."""
    return Recording(core)
