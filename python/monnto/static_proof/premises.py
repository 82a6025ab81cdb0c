"""What a proof found on the objects at hand. Another instance of the class for which it holds as
well is proven without reading its code once more.
"""

from __future__ import annotations

import inspect

from monnto import _engine
from monnto.static_proof.parts import Parts
from monnto.static_proof.values import PLAIN, PLAIN_TYPES, is_network_part, is_safe

_ABSENT = object()


class Premises:
    """Facts about the behavior, what it is attached to, and the parts of the network."""

    def __init__(self):
        self._of_behavior = {}  # attribute: its kind
        self._of_owner = {}
        self._safe = set()  # attributes that are safe on every part
        self._methods = set()  # names that no part has as a variable
        self._stored = set()  # names that mean nothing to the class of any part
        self.are_of_one_network = False  # they name a part of it

    def note_behavior(self, name: str, value=_ABSENT) -> None:
        self._of_behavior[name] = self._kind(value)

    def note_owner(self, name: str, value) -> None:
        self._of_owner[name] = self._kind(value)

    def note_safe(self, name: str) -> None:
        self._safe.add(name)

    def note_stored(self, name: str) -> None:
        self._stored.add(name)

    def note_method(self, name: str) -> None:
        self._methods.add(name)

    def hold_for(self, behavior, owner, parts: Parts) -> bool:
        """Those about these two."""
        if not _hold(self._of_behavior, vars(behavior), _ABSENT):
            return False
        if not self._of_owner:
            return True
        return _hold(self._of_owner, vars(owner), PLAIN, parts.members_of(type(owner)))

    def hold_for_parts(self, parts: Parts) -> bool:
        """Those about all parts of the network."""
        return (
            all(parts.unsafe_value(name) is PLAIN for name in self._safe)
            and not any(map(parts.have_variable, self._methods))
            and not any(map(parts.have_member, self._stored))
        )

    def _kind(self, value):
        self.are_of_one_network |= is_network_part(value)
        return _kind(value)


def _hold(kinds: dict, values: dict, absent, computed=()) -> bool:
    """Whether all values are of their kinds. What a class of ours has under a name is computed."""
    for name in _engine.doubtful(values, kinds, absent, PLAIN, PLAIN_TYPES):
        value = PLAIN if name in computed else values.get(name, absent)
        if _kind(value) is not kinds[name]:
            return False
    return True


def _kind(value):
    """The same for values that a proof does not tell apart; others are only like themselves."""
    if type(value) in PLAIN_TYPES:
        return PLAIN
    if value is _ABSENT or isinstance(value, type) or inspect.isroutine(value):
        return value
    return PLAIN if is_safe(value) and not is_network_part(value) else value
