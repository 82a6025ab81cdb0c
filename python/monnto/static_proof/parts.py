"""The parts of a network: what an object may be of which nothing else is known."""

from __future__ import annotations

from monnto.static_proof.values import PLAIN, PLAIN_TYPES, NotProven, is_ours, is_safe, members


class Parts:
    """Looked at for all proofs of one iteration, between which nothing can change."""

    def __init__(self, network):
        parts = network.all_objects()
        self._variables = [vars(part) for part in parts]
        self._of_class = {}  # class: the variables of its parts
        for part, variables in zip(parts, self._variables, strict=True):
            self._of_class.setdefault(type(part), []).append(variables)
        self._safe = set()
        self._not_variables = set()
        self._members = {}  # of each class
        self.proofs = {}  # that hold, by the classes of behavior and owner
        for cls in self._of_class:
            if not is_ours(cls):
                raise NotProven(f"{cls.__name__} is a class of the script's own")

    def unsafe_value(self, name: str):
        """What a part has as this attribute although it is not safe; plain where none has."""
        if name not in self._safe:
            for cls, parts in self._of_class.items():
                if self.is_member(cls, name):
                    continue
                for variables in parts:
                    value = variables.get(name, PLAIN)
                    if type(value) not in PLAIN_TYPES and not is_safe(value):
                        return value
            self._safe.add(name)
        return PLAIN

    def have_member(self, name: str) -> bool:
        """Whether it is more than a variable to one of their classes."""
        return any(self.is_member(cls, name) for cls in self._of_class)

    def have_variable(self, name: str) -> bool:
        if name in self._not_variables:
            return False
        for variables in self._variables:
            if name in variables:
                return True
        self._not_variables.add(name)
        return False

    def attribute_of(self, part, name: str):
        """Without running code of the script; plain where the part has no such attribute."""
        # What classes of ours have is computed.
        return PLAIN if self.is_member(type(part), name) else vars(part).get(name, PLAIN)

    def is_member(self, cls: type, name: str) -> bool:
        return name in self.members_of(cls)

    def members_of(self, cls: type) -> frozenset:
        known = self._members.get(cls)
        if known is None:
            known = self._members[cls] = members(cls)
        return known
