"""Scanning a box of parameters, coarse at first, then ever finer, without repeating a point."""

from __future__ import annotations

from itertools import count, product

_STEPS = 5  # of the first pass, along each axis


def infinite_resolution_1D(min, max, max_resolution=-1):  # noqa: A002, N802
    """min, then steps of (max - min)/5 below max, then the points between them, and so on.

    `max_resolution` ends it after that many passes.
    """
    return (point for (point,) in _scan([(min, max)], max_resolution))


def infinite_resolution_2D(min1, max1, min2, max2, max_resolution=-1):  # noqa: N802
    """Pairs in the box, as infinite_resolution_1D."""
    return _scan([(min1, max1), (min2, max2)], max_resolution)


def infinite_resolution_3D(min1, max1, min2, max2, min3, max3, max_resolution=-1):  # noqa: N802
    """Triples in the box, as infinite_resolution_1D."""
    return _scan([(min1, max1), (min2, max2), (min3, max3)], max_resolution)


def _scan(limits, max_resolution):
    for level in count() if max_resolution < 0 else range(max_resolution):
        parts = _STEPS * 2**level
        for indices in product(range(parts), repeat=len(limits)):
            # All even: an earlier pass had this point.
            if level == 0 or any(index % 2 for index in indices):
                yield tuple(
                    low + (high - low) * index / parts
                    for index, (low, high) in zip(indices, limits)
                )
