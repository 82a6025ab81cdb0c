"""What "the same" means between a value of NumPy and one of monnto (S13)."""

from __future__ import annotations

from typing import Any

import numpy as np

from monnto import Array

#: Dtypes in which sums of a few multiples of a quarter are exact, with the largest such sum.
_EXACT_BELOW = {"f": 2.0**18, "e": 2.0**7, "d": 2.0**40}


def difference(ours: Any, theirs: Any) -> str:
    """Empty where kind, dtype, shape and bits agree (any NaN is like any other)."""
    is_array = type(theirs) is np.ndarray
    if is_array != (type(ours) is Array or type(ours) is np.ndarray):
        return f"type: {type(ours).__name__} where NumPy gives {type(theirs).__name__}"
    if ours is None or theirs is None:
        return "" if ours is theirs else "value: one side has none"
    if not isinstance(theirs, (np.ndarray, np.generic)) or not hasattr(ours, "dtype"):
        return "" if repr(ours) == repr(theirs) else f"value: {ours!r} where NumPy gives {theirs!r}"
    if ours.dtype != theirs.dtype:
        return f"dtype: {ours.dtype} where NumPy gives {theirs.dtype}"
    if ours.shape != theirs.shape:
        return f"shape: {ours.shape} where NumPy gives {theirs.shape}"
    host = np.array(ours)
    if host.tobytes() == theirs.tobytes() or _same_but_nan(host, np.asarray(theirs)):
        return ""
    return f"value: {host.tolist()} where NumPy gives {theirs.tolist()}"


def _same_but_nan(a: np.ndarray, b: np.ndarray) -> bool:
    if a.dtype.kind != "f":
        return False
    nan = np.isnan(a)
    if not np.array_equal(nan, np.isnan(b)):
        return False
    return a[~nan].tobytes() == b[~nan].tobytes()


def outputs_differ(ours: Any, theirs: Any) -> str:
    """What host reads gave: text, lists, Python's numbers."""
    same = type(ours) is type(theirs) and repr(ours) == repr(theirs)
    return "" if same else f"read: {ours!r} where NumPy gives {theirs!r}"


def adds_exactly(x: Any, as_float: bool = False) -> bool:
    """Whether sums of `x` are exact in any order: integers, and few small multiples of a quarter."""
    x = np.asarray(x)
    if as_float:
        x = x.astype(np.result_type(x, np.float64)) if x.dtype.kind != "f" else x
    if x.dtype.kind != "f":
        return True
    quarters = x * 4
    limit = _EXACT_BELOW[x.dtype.char] / (4 * max(x.size, 1))
    return bool((np.abs(x) < limit).all() and (quarters == np.rint(quarters)).all())


def multiplies_exactly(x: Any, y: Any) -> bool:
    """The same of sums of products."""
    if np.asarray(x).dtype.kind != "f" and np.asarray(y).dtype.kind != "f":
        return True
    largest = float(np.max(np.abs(np.asarray(x, float)), initial=0))
    largest *= float(np.max(np.abs(np.asarray(y, float)), initial=0))
    limit = _EXACT_BELOW[np.result_type(x, y).char] / (16 * max(np.size(x), np.size(y), 1))
    return adds_exactly(x) and adds_exactly(y) and largest < limit


def is_near(ours: Any, theirs: np.ndarray, check: str, scale: float, count: int) -> bool:
    """Inexact results: a few ulp, or n eps sum|x| where the order of addition is free (S13)."""
    mine, other = np.asarray(ours, np.float64), np.asarray(theirs, np.float64)
    limits = np.finfo(theirs.dtype)
    eps, largest = float(limits.eps), float(limits.max)
    if check == "ulp":
        bound = 8 * eps * np.abs(other) + 8 * float(limits.smallest_subnormal)
    else:
        # A sum that leaves the range on the way depends on the order altogether.
        if not scale * max(count, 1) < largest / 8:
            return True
        bound = (4 * eps * max(count, 1) * scale + 4 * eps * np.abs(other)) if scale else 0.0
    with np.errstate(all="ignore"):
        same = (
            (np.abs(mine - other) <= bound) | (mine == other) | (np.isnan(mine) & np.isnan(other))
        )
    return bool(same.all())
