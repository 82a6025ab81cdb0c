"""The proofs that a network relies on."""

from __future__ import annotations

from monnto import _engine
from monnto.static_proof.parts import Parts
from monnto.static_proof.proof import is_watched, proof_of
from monnto.static_proof.values import NotProven


class Proofs:
    """Of the behaviors that are replayed although they promise nothing."""

    def __init__(self):
        self._guards = {}  # of each (behavior, owner)
        self._parts = None
        self._parts_are_of = None  # the moment in which they were looked at

    def why_not_static(self, behavior, method: str, owner) -> str | None:
        """Empty where iterations repeat; None where the first one is known to be like the others."""
        try:
            parts = self._parts_of(owner.network)
        except NotProven as refusal:
            return str(refusal)
        proof = proof_of(behavior, method, owner, parts)
        if not proof.refusal:
            self._guards[behavior, owner] = proof.guards
        return proof.refusal or (None if proof.is_of_all else "")

    def have_changed(self) -> bool:
        """Whether something that one of them relies on is not what it was; all are then forgotten."""
        guards = {id(each): each for each in self._guards.values()}
        if all(each.hold() for each in guards.values()):
            return False
        self._guards.clear()
        return True

    def _parts_of(self, network) -> Parts:
        now = network._core.engine_step, _engine.count_changes()
        if self._parts_are_of != now:
            if is_watched():
                raise NotProven("somebody watches Python run (a debugger, a profiler)")
            self._parts = Parts(network)
            self._parts_are_of = now
        return self._parts
