"""torch's functions that rearrange: views where torch gives views."""

from __future__ import annotations

import builtins
import math

from monnto import _engine
from monnto.torch.arguments import UnsuitableDtype, deliver, position, sizes_of
from monnto.torch.dtypes import NAMES

T = _engine.tensors
N = T.natives


def reshape(input, *shape, **named):
    if "shape" in named:
        shape = (named["shape"],)
    return T.reshape(input, sizes_of(shape))


def view(input, *shape, dtype=None, size=None):
    """``view(2, -1)``, or ``view(torch.int32)``: the same bytes as another dtype."""
    kind = dtype if dtype is not None else shape[0] if len(shape) == 1 else None
    if hasattr(kind, "is_floating_point") and not hasattr(kind, "dim"):
        name = str(kind).removeprefix("torch.")
        return T.tensor_of(T.tensor_of(input).to_numpy().view(name))
    return T.reshape(input, sizes_of(shape, None if size is None else {"size": size}))


def view_as(input, other):
    return T.reshape(input, other.shape)


def reshape_as(input, other):
    return T.reshape(input, other.shape)


def flatten(input, start_dim=0, end_dim=-1):
    a = T.tensor_of(input)
    if a.dim() == 0:
        return T.reshape(a, (1,))
    first, last = position(start_dim, a.dim()), position(end_dim, a.dim())
    shape = tuple(a.shape)
    return T.reshape(a, (*shape[:first], math.prod(shape[first : last + 1]), *shape[last + 1 :]))


def unflatten(input, dim, sizes):
    a = T.tensor_of(input)
    at, shape = position(dim, a.dim()), tuple(a.shape)
    return T.reshape(a, (*shape[:at], *sizes, *shape[at + 1 :]))


def ravel(input):
    return T.reshape(input, (-1,))


def unsqueeze(input, dim):
    return N.expand_dims(T.tensor_of(input), dim)


def squeeze(input, dim=None):
    """Without the dims of extent 1; a dim of another extent stays."""
    a = T.tensor_of(input)
    if dim is None:
        return N.squeeze(a)
    dims = dim if isinstance(dim, (tuple, list)) else (dim,)
    single = tuple(d for d in dims if a.dim() and a.size(d) == 1)
    return N.squeeze(a, single) if single else a[...]


def permute(input, *dims, **named):
    if "dims" in named:
        dims = (named["dims"],)
    return N.transpose(T.tensor_of(input), sizes_of(dims))


def transpose(input, dim0, dim1):
    a = T.tensor_of(input)
    return N.swapaxes(a, dim0, dim1) if a.dim() else a


def t(input):
    a = T.tensor_of(input)
    if a.dim() > 2:
        raise UnsuitableDtype(f"t: a matrix or vector is needed, not {a.dim()} dimensions")
    return N.transpose(a)


def movedim(input, source, destination):
    if isinstance(source, (tuple, list)):
        return N.transpose(T.tensor_of(input), _moved(input.dim(), source, destination))
    return N.moveaxis(T.tensor_of(input), source, destination)


def _moved(rank: int, source, destination) -> tuple:
    order = [d for d in range(rank) if d not in [s % rank for s in source]]
    for to, come in sorted(zip((d % rank for d in destination), source, strict=True)):
        order.insert(to, come % rank)
    return tuple(order)


def expand(input, *sizes):
    """Repeats without copying; -1 keeps an extent."""
    a = T.tensor_of(input)
    wanted = sizes_of(sizes)
    own = (1,) * (len(wanted) - a.dim()) + tuple(a.shape)
    shape = tuple(have if want == -1 else want for want, have in zip(wanted, own, strict=True))
    return N.broadcast_to(a, shape)


def expand_as(input, other):
    return expand(input, *other.shape)


def broadcast_to(input, size):
    return expand(input, *size)


def tile(input, *dims, **named):
    return N.tile(T.tensor_of(input), sizes_of(dims or (named["dims"],)))


def repeat(input, *sizes, **named):
    """Copies along each dim, as `tile`; NumPy's repeat is `repeat_interleave`."""
    return N.tile(T.tensor_of(input), sizes_of(sizes or (named["repeats"],)))


def repeat_interleave(input, repeats, dim=None, *, output_size=None):
    count = repeats if isinstance(repeats, int) else T.tensor_of(repeats)
    return N.repeat(T.tensor_of(input), count, dim)


def roll(input, shifts, dims=None):
    return N.roll(T.tensor_of(input), shifts, dims)


def flip(input, *dims):
    return T.copy(N.flip(T.tensor_of(input), sizes_of(dims)))


def fliplr(input):
    return flip(input, 1)


def flipud(input):
    return flip(input, 0)


def rot90(input, k=1, dims=(0, 1)):
    return T.copy(N.rot90(T.tensor_of(input), k, dims))


def _part(a, dim: int, index):
    return a[(slice(None),) * position(dim, a.dim()) + (index,)]


def narrow(input, dim, start, length):
    return _part(T.tensor_of(input), dim, slice(start, start + length))


def select(input, dim, index):
    return _part(T.tensor_of(input), dim, int(index))


def unbind(input, dim=0) -> tuple:
    a = T.tensor_of(input)
    return tuple(select(a, dim, i) for i in range(a.size(dim)))


def split(tensor, split_size_or_sections, dim=0) -> tuple:
    """Parts of that size, the last one smaller, or of the sizes in a list."""
    a = T.tensor_of(tensor)
    sizes, extent = split_size_or_sections, a.size(dim)
    if isinstance(sizes, int):
        sizes = [builtins.min(sizes, extent - at) for at in range(0, extent, sizes)]
    starts = [builtins.sum(sizes[:i]) for i in range(len(sizes))]
    return tuple(narrow(a, dim, at, size) for at, size in zip(starts, sizes, strict=True))


def chunk(input, chunks, dim=0) -> tuple:
    return split(input, max(1, -(-T.tensor_of(input).size(dim) // chunks)), dim)


def split_with_sizes(input, split_sizes, dim=0) -> tuple:
    return split(input, list(split_sizes), dim)


def tensor_split(input, indices_or_sections, dim=0) -> tuple:
    return tuple(N.array_split(T.tensor_of(input), indices_or_sections, dim))


def _together(tensors) -> list:
    """Tensors of one dtype, as torch promotes them."""
    parts = [T.tensor_of(part) for part in tensors]
    kind = parts[0].dtype
    for part in parts[1:]:
        kind = T.result_type(T.full((1,), 0, kind), part)
    return [T.cast(part, kind) for part in parts]


def cat(tensors, dim=0, *, axis=None, out=None):
    # A tensor of shape (0,) joins anything, as in torch.
    parts = [p for p in map(T.tensor_of, tensors) if tuple(p.shape) != (0,)] or list(tensors)
    return deliver(N.concatenate(_together(parts), dim if axis is None else axis), out)


def stack(tensors, dim=0, *, axis=None, out=None):
    return deliver(N.stack(_together(tensors), dim if axis is None else axis), out)


def hstack(tensors):
    return N.hstack(_together(tensors))


def vstack(tensors):
    return N.vstack(_together(tensors))


def column_stack(tensors):
    return N.column_stack(_together(tensors))


def dstack(tensors):
    return cat(
        [part if part.dim() > 2 else unsqueeze(N.atleast_2d(part), 2) for part in tensors], 2
    )


def block_diag(*tensors):
    """Matrices along the diagonal of a larger one."""
    parts = _together([N.atleast_2d(T.tensor_of(part)) for part in tensors])
    shape = [builtins.sum(part.size(dim) for part in parts) for dim in (0, 1)]
    made, row, column = T.full(shape, 0, parts[0].dtype), 0, 0
    for part in parts:
        rows, columns = part.shape
        made[row : row + rows, column : column + columns] = part
        row, column = row + rows, column + columns
    return made


def combinations(input, r=2, with_replacement=False):
    """Every choice of r elements, in order."""
    import itertools

    a = T.tensor_of(input)
    choose = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    return a[T.tensor_of(list(choose(range(a.numel()), r)))]


def unfold(input, dimension, size, step):
    """Windows of that size along a dim, as a new last dim; a copy."""
    import numpy as np

    a = T.tensor_of(input)
    at = position(dimension, a.dim())
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(a), size, at)
    return T.tensor_of(windows[(slice(None),) * at + (slice(None, None, step),)].copy())


def diag(input, diagonal=0):
    return N.diag(T.tensor_of(input), diagonal)


def diagflat(input, offset=0):
    return N.diag(T.reshape(input, (-1,)), offset)


def diag_embed(input):
    """The last dim on the diagonal of matrices."""
    a = T.tensor_of(input)
    return T.multiply(unsqueeze(a, -1), N.eye(a.size(-1), -1, 0, a.dtype))


def diagonal(input, offset=0, dim1=0, dim2=1):
    return N.diagonal(T.tensor_of(input), offset, dim1, dim2)


def tril(input, diagonal=0):
    return N.tril(T.tensor_of(input), diagonal)


def triu(input, diagonal=0):
    return N.triu(T.tensor_of(input), diagonal)


def meshgrid(*tensors, indexing="ij") -> tuple:
    import numpy as np

    axes = tensors[0] if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)) else tensors
    grids = np.meshgrid(*(np.asarray(axis) for axis in axes), indexing=indexing)
    return tuple(T.tensor_of(grid) for grid in grids)


def cartesian_prod(*tensors):
    grids = meshgrid(*tensors)
    return stack([ravel(grid) for grid in grids], 1) if len(grids) > 1 else ravel(grids[0])


def one_hot(tensor, num_classes=-1):
    index = T.tensor_of(tensor)
    count = int(N.max(index).item()) + 1 if num_classes == -1 else num_classes
    classes = N.arange(0, count)
    return T.cast(T.equal(unsqueeze(index, -1), classes), NAMES["int64"])


FUNCTIONS = {
    name: value
    for name, value in list(globals().items())
    if callable(value) and getattr(value, "__module__", "") == __name__ and name[0] != "_"
}
FUNCTIONS.update(
    swapaxes=transpose,
    swapdims=transpose,
    moveaxis=movedim,
    concat=cat,
    concatenate=cat,
    row_stack=vstack,
    atleast_1d=lambda a: N.atleast_1d(T.tensor_of(a)),
    atleast_2d=lambda a: N.atleast_2d(T.tensor_of(a)),
)
