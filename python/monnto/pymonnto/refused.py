"""Names that monnto does not have: importing them works, using them says why and what to do."""

from __future__ import annotations

from monnto._engine import Error


class NotInMonnto(Error, NotImplementedError):
    """A part of the old package that monnto does not have: `part`, `reason`."""

    def __init__(self, part: str, reason: str):
        super().__init__(f"{part}: {reason}")
        self.part, self.reason = part, reason


class _Refused(type):
    def __call__(cls, *args, **kwargs):
        base = next(c for c in cls.__mro__ if "_reason" in c.__dict__)
        raise NotInMonnto(base.__name__, base._reason)


def refuse(name: str, reason: str) -> type:
    """A class that can be imported and derived from, but neither called nor made."""
    return _Refused(name, (), {"_reason": reason, "__doc__": f"Not in monnto: {reason}."})
