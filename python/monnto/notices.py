"""Warnings: what deserves one, and each only once where once is enough."""

from __future__ import annotations

import warnings


class ModelWarning(UserWarning):
    """Something in a model is probably not what was meant; it runs nevertheless."""


class RenamedWarning(FutureWarning):
    """An old name was used. It works; the new one is in the message."""


_said: set[str] = set()


def warn(message: str, *, level: int = 2) -> None:
    """Warn at the line that called into monnto."""
    warnings.warn(message, ModelWarning, stacklevel=level + 1)


def warn_renamed(old: str, new: str, *, level: int = 2) -> None:
    """Warn about an old name the first time it is used in this process."""
    if old not in _said:
        _said.add(old)
        warnings.warn(f"{old} is now {new}", RenamedWarning, stacklevel=level + 1)


def renamed_method(old: str, new: str):
    """A method under its old name."""

    def call(self, *args, **kwargs):
        warn_renamed(old, new)
        return getattr(self, new)(*args, **kwargs)

    call.__name__ = old
    call.__doc__ = f"Old name of `{new}`."
    return call


def nearest_hint(name: str, known) -> str:
    """`, did you mean 'x'?` where something is close, else nothing."""
    from monnto._engine import nearest_name

    nearest = nearest_name(name, [k for k in known if isinstance(k, str)])
    return f", did you mean '{nearest}'?" if nearest else ""
