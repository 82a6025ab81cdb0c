"""Arrays with NumPy's meaning, evaluated when a value is needed."""

from __future__ import annotations

from monnto._engine import Array, Scalar, array, asarray
from monnto.arrays import floating_point, json_support, shuffling

__all__ = ["Array", "Scalar", "array", "asarray"]

floating_point.watch_errstate()
json_support.install()
shuffling.install()
