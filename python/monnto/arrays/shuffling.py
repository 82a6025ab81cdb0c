"""np.random.shuffle on Arrays.

NumPy shuffles what it does not know by swapping items, and a row of an Array is a view: rows would be
duplicated. An ndarray on the same memory is shuffled as it should be.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from monnto import _engine


def install() -> None:
    """Wrap ``np.random.shuffle``; a second call does nothing. Generators' own method is out of reach."""
    original = np.random.shuffle
    if hasattr(original, "knows_arrays"):
        return

    @functools.wraps(original)
    def shuffle(x: Any) -> None:
        original(x.to_numpy() if isinstance(x, _engine.Array) else x)

    shuffle.knows_arrays = True  # type: ignore[attr-defined]
    np.random.shuffle = shuffle
