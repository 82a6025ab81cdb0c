"""Whether a behavior does the same in every iteration."""

from __future__ import annotations

import inspect
import sys
from dataclasses import dataclass

from monnto import _engine
from monnto.behavior import Behavior
from monnto.static_proof.guards import Guards
from monnto.static_proof.parts import Parts
from monnto.static_proof.premises import Premises
from monnto.static_proof.values import NotProven
from monnto.static_proof.walker import Walker

_NAME = "_last_proofs"  # where a class keeps its own, which end with it


@dataclass
class Proof:
    """What the code of a class is known to do, if these are as they were."""

    guards: Guards
    premises: Premises
    refusal: str = ""  # why it is not known to do the same in every iteration
    is_of_all: bool = True  # else the first iteration may differ from those after it


def proof_of(behavior, method: str, owner, parts: Parts) -> Proof:
    """Whether every iteration is known to do the same. `owner` is what the behavior is attached to."""
    key = type(behavior), method, type(owner)
    if key not in parts.proofs:
        parts.proofs[key] = _known_proof(*key, parts)
    known = parts.proofs[key]
    if known is not None and known.premises.hold_for(behavior, owner, parts):
        return known
    proof = Proof(Guards(), Premises())
    walker = Walker(behavior, owner, parts, proof)
    lasts = True
    try:
        walker.call(_own_function(behavior, method, proof), [behavior, owner], 0)
    except NotProven as refusal:
        place = "" if refusal.line is None else f" ({walker.file()}:{refusal.line})"
        proof.refusal = f"{refusal}{place}"
        lasts = refusal.lasts
    if lasts and not proof.premises.are_of_one_network:  # which would not end
        _proofs_of(type(behavior))[method, type(owner)] = parts.proofs[key] = proof
    return proof


def _known_proof(cls: type, method: str, of_owner: type, parts: Parts) -> Proof | None:
    """The last one, if what it found outside of the behavior and its owner is as it was."""
    known = _proofs_of(cls).get((method, of_owner))
    if known is None or not known.guards.hold() or not known.premises.hold_for_parts(parts):
        return None
    return known


def _proofs_of(cls: type) -> dict:
    """The last one for each method and class of the owner. They refer to what the script holds, so nobody
    else may keep them.
    """
    if _NAME not in vars(cls):
        setattr(cls, _NAME, {})
    return vars(cls)[_NAME]


def is_watched() -> bool:
    """Whether somebody watches Python run: a debugger, a profiler."""
    if sys.gettrace() is not None or sys.getprofile() is not None:
        return True
    monitoring = getattr(sys, "monitoring", None)  # since Python 3.12
    return monitoring is not None and any(map(monitoring.get_tool, range(6)))


def _own_function(behavior, name: str, proof: Proof):
    cls = type(behavior)
    for special in ("__getattribute__", "__getattr__", "__setattr__"):
        if proof.guards.class_member(cls, special) is not _engine.class_member(Behavior, special):
            raise NotProven(f"{cls.__name__} has a {special} of its own")
    function = proof.guards.class_member(cls, name)
    if name in vars(behavior):
        raise NotProven(f"'{name}' is a method of this behavior alone", lasts=False)
    proof.premises.note_behavior(name)
    if not inspect.isfunction(function):
        raise NotProven(f"'{name}' is no plain method")
    return function
