"""Scanning a box of parameters, coarse at first, then ever finer, without repeating a point."""

from __future__ import annotations

from itertools import count, product

_STEPS = 5  # of the first pass, along each axis


def infinite_resolution_1D(minx, maxx, max_resolution=-1):  # noqa: N802
    """minx, then steps of (maxx - minx)/5 below maxx, then the points between them, and so on.

    The resolution is doubled `max_resolution` times, without end where that is negative.
    """
    return (point for (point,) in _scan([(minx, maxx)], max_resolution))


def infinite_resolution_2D(minx, maxx, miny, maxy, max_resolution=-1):  # noqa: N802
    """Pairs in the box, as infinite_resolution_1D."""
    return _scan([(minx, maxx), (miny, maxy)], max_resolution)


def infinite_resolution_3D(minx, maxx, miny, maxy, minz, maxz, max_resolution=-1):  # noqa: N802
    """Triples in the box, as infinite_resolution_1D."""
    return _scan([(minx, maxx), (miny, maxy), (minz, maxz)], max_resolution)


def _scan(limits, max_resolution):
    for level in count() if max_resolution < 0 else range(max_resolution + 1):
        parts = _STEPS * 2**level
        for indices in product(range(parts), repeat=len(limits)):
            # All even: an earlier pass had this point.
            if level == 0 or any(index % 2 for index in indices):
                yield tuple(
                    low + (high - low) * index / parts
                    for index, (low, high) in zip(indices, limits)
                )
