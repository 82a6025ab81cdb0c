"""torch's functions that pick and put by index; those that end in _ write through."""

from __future__ import annotations

from monnto import _engine
from monnto.torch.arguments import deliver, filled, position
from monnto.torch.dtypes import NAMES

T = _engine.tensors
N = T.natives


def _at(dim: int, index) -> tuple:
    return (slice(None),) * dim + (index,)


def index_select(input, dim, index, *, out=None):
    a = T.tensor_of(input)
    return deliver(N.take(a, T.tensor_of(index), position(dim, a.dim())), out)


def take(input, index):
    return N.take(T.reshape(input, (-1,)), T.tensor_of(index))


def take_along_dim(input, indices, dim=None):
    if dim is None:
        return take(input, T.reshape(indices, (-1,)))
    return N.take_along_axis(T.tensor_of(input), T.tensor_of(indices), dim)


def _mesh(index, dim: int) -> tuple:
    """Index arrays that put `index` in place of one dim's own places."""
    index = T.tensor_of(index)
    at = position(dim, index.dim())
    parts = []
    for axis, extent in enumerate(tuple(index.shape)):
        shape = [1] * index.dim()
        shape[axis] = extent
        parts.append(index if axis == at else T.reshape(N.arange(0, extent), shape))
    return tuple(parts)


def gather(input, dim, index, *, sparse_grad=False, out=None):
    """``out[i][j] = input[index[i][j]][j]`` for dim 0."""
    return deliver(T.tensor_of(input)[_mesh(index, dim)], out)


def _parts(index, dim, source):
    """(places, values) of a scatter; the source may be larger than the index, or a number."""
    mesh = _mesh(index, dim)
    if not hasattr(source, "dim") or source.dim() == 0:
        return mesh, source
    return mesh, source[tuple(slice(0, extent) for extent in T.tensor_of(index).shape)]


def scatter_(self, dim, index, src=None, *, value=None, reduce=None):
    places, values = _parts(index, dim, value if src is None else src)
    if reduce in ("add", "sum"):
        return _add_at(self, places, values)
    if reduce is not None:
        raise ValueError(f"scatter_: reduce='{reduce}' is not there; 'add' is")
    self[places] = values
    return self


def scatter_add_(self, dim, index, src):
    return _add_at(self, *_parts(index, dim, src))


def _add_at(self, places, values):
    import numpy as np

    np.add.at(T.to_array(self), _as_arrays(places), _as_array(T.cast(values, self.dtype)))
    return self


def _as_array(value):
    return T.to_array(value) if isinstance(value, _engine.Tensor) else value


def _as_arrays(places):
    if isinstance(places, tuple):
        return tuple(_as_array(place) for place in places)
    return _as_array(places)


def index_add_(self, dim, index, source, *, alpha=1):
    values = source if alpha == 1 else T.multiply(source, alpha)
    return _add_at(self, _at(position(dim, self.dim()), T.tensor_of(index)), values)


def index_copy_(self, dim, index, tensor):
    self[_at(position(dim, self.dim()), T.tensor_of(index))] = tensor
    return self


def index_fill_(self, dim, index, value):
    return index_copy_(self, dim, index, value)


def index_put_(self, indices, values, accumulate=False):
    places = tuple(T.tensor_of(index) for index in indices)
    if accumulate:
        return _add_at(self, places, values)
    self[places] = values
    return self


def masked_fill_(self, mask, value):
    self[_whole(mask, self)] = value
    return self


def _whole(mask, target):
    chosen = T.cast(mask, NAMES["bool"])
    return chosen if chosen.shape == target.shape else N.broadcast_to(chosen, target.shape)


def masked_scatter_(self, mask, source):
    chosen = _whole(mask, self)
    count = int(N.sum(chosen).item())
    self[chosen] = T.reshape(source, (-1,))[:count]
    return self


def put_(self, index, source, accumulate=False):
    flat = T.reshape(self, (-1,))
    index_put_(flat, (index,), source, accumulate)
    return filled(self, T.reshape(flat, self.shape))


def fill_diagonal_(self, fill_value):
    N.diagonal(self)[...] = fill_value
    return self


def _out_of_place(in_place):
    def function(input, *args, **kwargs):
        return in_place(T.copy(input), *args, **kwargs)

    function.__name__ = function.__qualname__ = in_place.__name__.removesuffix("_")
    return function


IN_PLACE = (
    *(scatter_, scatter_add_, index_add_, index_copy_, index_fill_, index_put_),
    *(masked_scatter_, put_),
)
FUNCTIONS = {
    **{f.__name__: f for f in (index_select, take, take_along_dim, gather)},
    **{f.__name__.removesuffix("_"): _out_of_place(f) for f in IN_PLACE},
}
METHODS = {f.__name__: f for f in (*IN_PLACE, masked_fill_, fill_diagonal_)}
