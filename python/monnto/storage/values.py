"""Parameters as texts and back; nothing is ever executed."""

from __future__ import annotations

import ast

_LITERALS = ("(", "[", "{")


def text_of_value(value) -> str:
    """How a parameter is written: as `str` does, with NumPy's numbers as plain ones."""
    return str(_plain(value))


def _plain(value):
    if isinstance(value, (list, tuple, set)):
        return type(value)(_plain(item) for item in value)
    if isinstance(value, dict):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:
        return value.item()
    return value


def value_of_text(text: str):
    """True, False, None, whole and real numbers, lists, tuples, dicts and sets; else the text."""
    if text in ("True", "False", "None"):
        return {"True": True, "False": False, "None": None}[text]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    if text.startswith(_LITERALS):
        try:
            return ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            pass
    return text


class CaseBlindDict(dict):
    """Parameters by name. A name that is missing is looked for whatever its case: old files have
    all names in lower case."""

    def __missing__(self, key):
        if isinstance(key, str):
            for own, value in self.items():
                if own.lower() == key.lower():
                    return value
        raise KeyError(key)

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default
