"""Distributions that the engine does not draw itself, from numpy.random (S18)."""

from __future__ import annotations

# Names of the legacy interface, and what a Generator calls them.
_MODERN = {
    "randint": "integers",
    "random_integers": "integers",
    "rand": "random",
    "random_sample": "random",
    "ranf": "random",
    "sample": "random",
    "randn": "standard_normal",
}
_OUR_OWN = frozenset({"bit_generator", "spawn", "shuffle", "permutation", "permuted", "bytes"})


def draw(name: str, arguments: list, keywords: dict, shape: tuple, position: tuple):
    """An ndarray of `shape`; None for a name that numpy.random does not have."""
    import numpy as np

    key, step, ordinal = position
    # Philox's key and counter, so that equal positions give equal numbers on every machine.
    bits = np.random.Philox(key=key, counter=[0, ordinal, step, 0])
    generator = np.random.Generator(bits)
    name = _MODERN.get(name, name)
    function = None if name in _OUR_OWN or name[0] == "_" else getattr(generator, name, None)
    if callable(function):
        return function(*arguments, size=shape, **keywords)
    return None
