"""Whether a behavior does the same in every iteration."""

from __future__ import annotations

import inspect
import sys

from monnto.behavior import Behavior
from monnto.static_proof.guards import Guards
from monnto.static_proof.values import NotProven, found, is_ours
from monnto.static_proof.walker import Walker


def why_not_static(behavior, method: str, owner) -> tuple[str, Guards]:
    """Empty where every iteration is known to do the same; else why that is not known.

    `owner` is what the behavior is attached to. The guards are what the answer relies on.
    """
    guards = Guards()
    walker = None
    try:
        if _is_watched():
            raise NotProven("somebody watches Python run (a debugger, a profiler)")
        parts = owner.network.all_objects()
        for part in parts:
            _check_type(part)
        function = _own_function(behavior, method)
        guards.class_value(type(behavior), method)
        walker = Walker(behavior, parts, guards)
        walker.call(function, [behavior, owner], 0)
    except NotProven as refusal:
        place = "" if refusal.line is None else f" ({walker.file()}:{refusal.line})"
        return f"{refusal}{place}", guards
    return "", guards


def _is_watched() -> bool:
    if sys.gettrace() is not None or sys.getprofile() is not None:
        return True
    monitoring = getattr(sys, "monitoring", None)  # since Python 3.12
    return monitoring is not None and any(map(monitoring.get_tool, range(6)))


def _check_type(part) -> None:
    if not is_ours(type(part)):
        raise NotProven(f"{type(part).__name__} is a class of the script's own")


def _own_function(behavior, name: str):
    cls = type(behavior)
    for special in ("__getattribute__", "__getattr__", "__setattr__"):
        if found(cls, special) is not found(Behavior, special):
            raise NotProven(f"{cls.__name__} has a {special} of its own")
    function = found(cls, name)
    if not inspect.isfunction(function) or name in vars(behavior):
        raise NotProven(f"'{name}' is no plain method")
    return function
