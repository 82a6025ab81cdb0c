"""Connection rules: who is connected to whom, with which weights and delays."""

from __future__ import annotations

from monnto import _engine

_OPTIONS = {"weight": 1.0, "delay": None, "autapses": True, "multapses": True, "period": ()}


class Projection:
    """One rule among several of a synapse group, for parts of its populations.

    ``Projection('fixed_indegree', k=100, weight='normal(0.1, 0.01)', delay=1.5, src=part, dst=other)``;
    `SynapseGroup.connect` tells what rules and keywords there are. `src` and `dst` are selections of
    the synapse group's own groups; all of them where left out.
    """

    def __init__(self, rule, *, src=None, dst=None, **keywords):
        self.rule = rule
        self.src, self.dst = src, dst
        self.options = {name: keywords.pop(name, default) for name, default in _OPTIONS.items()}
        self.parameters = keywords

    def _parts(self) -> tuple:
        period = self.options["period"]
        options = {
            **self.options,
            "period": period if hasattr(period, "__len__") else (period,) * 3,
        }
        ends = (None if part is None else part._core for part in (self.src, self.dst))
        return (*_rule_of(self.rule, self.parameters, options), options, *ends)

    def __repr__(self):
        given = {k: v for k, v in self.options.items() if v != _OPTIONS[k]} | self.parameters
        return f"Projection({self.rule!r}, {', '.join(f'{k}={v!r}' for k, v in given.items())})"


def _rule_of(rule, parameters: dict, options: dict) -> tuple:
    """Rule and parameters for the engine; a SciPy matrix becomes pairs with weights."""
    if not hasattr(rule, "tocoo"):
        return rule, parameters
    if parameters:
        raise TypeError(f"connect() of a matrix takes no {', '.join(parameters)}")
    made = rule.tocoo()  # (source, destination)
    options["weight"] = made.data
    return "pairs", {"i": made.row, "j": made.col}


def connected(synapses, projections: list[Projection]) -> tuple:
    """What a SparseMatrix is made of."""
    return _engine.connect(synapses._core, [p._parts() for p in projections])


def rule_names() -> list[str]:
    """The names that `SynapseGroup.connect` knows."""
    return _engine.connection_rules()
