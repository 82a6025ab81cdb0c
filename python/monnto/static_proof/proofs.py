"""The proofs that a network relies on."""

from __future__ import annotations

from monnto import _engine
from monnto.static_proof.parts import Parts
from monnto.static_proof.proof import is_watched, proof_of
from monnto.static_proof.values import NotProven


class Proofs:
    """Of the behaviors that are replayed although they promise nothing."""

    def __init__(self):
        self._guards = {}  # by id: those that the last answers rely on
        self._parts = None
        self._asked_at = None

    def why_not_static(self, questions: list) -> list:
        """Why the iterations of behaviors do not repeat, for each (behavior, method, owner) up to the first
        for which they do not. Empty where they do; None where the first one is known to be like the others.
        """
        answers = []
        try:
            for behavior, method, owner in questions:
                proof = proof_of(behavior, method, owner, self._parts or self._look(owner.network))
                if proof.refusal:
                    answers.append(proof.refusal)
                    break
                self._guards[id(proof.guards)] = proof.guards
                answers.append(None if proof.is_of_all else "")
        except NotProven as refusal:
            answers.append(str(refusal))
        self._parts = None  # what they look like now
        return answers

    def have_changed(self) -> bool:
        """Whether something that one of them relies on is not what it was; all are then forgotten."""
        if all(each.hold() for each in self._guards.values()):
            return False
        self._guards.clear()
        return True

    def _look(self, network) -> Parts:
        """At the parts of the network, once for all behaviors."""
        if is_watched():
            raise NotProven("somebody watches Python run (a debugger, a profiler)")
        moment = network._core.engine_step, _engine.count_changes()
        if self._asked_at != moment:
            self._guards.clear()
            self._asked_at = moment
        self._parts = Parts(network)
        return self._parts
