"""Values that the code of a behavior works with: which of them hide nothing."""

from __future__ import annotations

import ast

import numpy as np

from monnto import _engine
from monnto.arrays import Array

_NUMBERS = (bool, int, float, complex, str, bytes, type(None), type(...), np.generic)


class NotProven(Exception):  # noqa: N818  (no error: an answer)
    """What in the code is not known to repeat. It `lasts` where guards and premises tell whether that
    is still so.
    """

    def __init__(self, reason: str, node: ast.AST | None = None, lasts: bool = True):
        super().__init__(reason)
        self.line = getattr(node, "lineno", None)
        self.lasts = lasts


class Plain:
    """Stands for a number, an Array, a part of the network, or a tuple of these."""


PLAIN = Plain()
# What most values are: `is_safe` says the same of them, but slower.
PLAIN_TYPES = frozenset((bool, int, float, str, type(None), Array, Plain))


def is_ours(cls: type) -> bool:
    return cls.__module__.partition(".")[0] == "monnto"


_known_members = {}  # class: how many entries its classes had, and the names of its members


def members(cls: type) -> frozenset:
    """The names under which a class of ours has something. Looked up once, but for classes that
    somebody added to since.
    """
    counts = [len(vars(each)) for each in cls.__mro__]
    known = _known_members.get(cls)
    if known is None or known[0] != counts:
        names = frozenset().union(*map(vars, cls.__mro__))
        names = frozenset(name for name in names if _engine.class_member(cls, name) is not None)
        known = _known_members[cls] = counts, names
    return known[1]


def is_network_part(value) -> bool:
    return isinstance(value, _engine.Attributes)


def is_safe(value) -> bool:
    """Whether operations on it are the engine's or Python's, and change nothing hidden."""
    if isinstance(value, (*_NUMBERS, Plain, Array, _engine.Scalar)):
        return True
    if isinstance(value, tuple):
        return all(map(is_safe, value))
    if isinstance(value, type):
        return issubclass(value, (np.generic, bool, int, float))
    if is_network_part(value):
        return is_ours(type(value))
    return type(value).__name__.endswith("Matrix") and is_ours(type(value))
