"""Names that are known to do nothing but compute."""

from __future__ import annotations

import math

import numpy as np

from monnto import _engine

# Of Arrays: all that they have but what writes elsewhere or changes how they may be used.
ARRAY_METHODS = {name for name in dir(_engine.Array) if not name.startswith("_")} - {
    "tofile",
    "dump",
    "dumps",
    "setflags",
    "resize",
    "itemset",
    "ctypes",
    "data",
}

# Of networks, groups and synapses: what makes arrays and what finds parts of the network.
GROUP_METHODS = {
    "array",
    "buffer_roll",
    "get_neuron_vec",
    "get_synapse_mat",
    "mat",
    "matrix",
    "synapses",
    "vec",
    "vector",
}

METHODS = ARRAY_METHODS | GROUP_METHODS

BUILTINS = {abs, enumerate, float, int, bool, len, max, min, pow, range, round, sum, zip}

# numpy's universal functions need no list.
NUMPY = set(
    """
    all allclose amax amin any append arange argmax argmin argsort around array array_equal asarray
    atleast_1d atleast_2d average broadcast_to clip concatenate convolve copy count_nonzero cross
    cumprod cumsum diag diagonal diff dot einsum empty empty_like expand_dims eye fill_diagonal flip
    fliplr flipud full full_like heaviside histogram hstack identity inner interp isclose isin ix_
    kron linspace max mean median meshgrid min moveaxis nan_to_num nanmax nanmean nanmin nansum
    nonzero ones ones_like outer pad percentile prod quantile ravel repeat reshape roll round
    searchsorted sinc sort squeeze stack std sum swapaxes take tensordot tile trace transpose trapz
    tril triu unique var vdot vstack where zeros zeros_like
    """.split()
)

# Of others nothing is known; of ours there are only constants to use.
MODULES = {"numpy", "math", "monnto", "PymoNNto"}


def is_harmless_function(function) -> bool:
    """Whether a call of it computes its result and does nothing else."""
    if isinstance(function, np.ufunc) or function in _known():
        return True
    return isinstance(function, type) and issubclass(function, (np.generic, np.dtype))


def _known() -> set:
    if not _functions:
        _functions.update(BUILTINS)
        _functions.update(f for f in vars(math).values() if callable(f))
        _functions.update(getattr(np, name) for name in NUMPY if hasattr(np, name))
    return _functions


_functions: set = set()
