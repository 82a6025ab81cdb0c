"""json writes Scalars as numbers (S4).

The C encoder asks for real floats and ints, which a lazy number cannot be; what it does not know it
hands to ``JSONEncoder.default``, and there Scalars become plain numbers.
"""

from __future__ import annotations

import json
from typing import Any

from monnto import _engine


def install() -> None:
    """Teach ``json.JSONEncoder.default`` Scalars; a second call does nothing."""
    original = json.JSONEncoder.default
    if hasattr(original, "knows_scalars"):
        return

    def default(self: json.JSONEncoder, value: Any) -> Any:
        if type(value) is _engine.Scalar:
            return value.item()
        return original(self, value)

    default.knows_scalars = True  # type: ignore[attr-defined]
    json.JSONEncoder.default = default  # type: ignore[method-assign]
