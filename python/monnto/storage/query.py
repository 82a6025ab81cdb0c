"""Expressions on the parameters of runs."""

from __future__ import annotations

from types import SimpleNamespace

from monnto.interpreter import Interpreter, parse


class Missing(Exception):
    """A parameter that a run does not have."""


class _Query(Interpreter):
    """Evaluates an expression on the parameters of one run; nothing else is in reach."""

    def _Name(self, node):  # noqa: N802
        if node.id in self.bound:
            return self.bound[node.id]
        try:
            return self.names[node.id]
        except KeyError:
            raise Missing(node.id) from None


def evaluate(text: str, names: dict):
    """The value of an expression; throws Missing for a name that is not among `names`."""
    return _Query(names, SimpleNamespace()).value(parse(text))
