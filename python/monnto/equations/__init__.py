"""Models written as equations with units.

    Clock('0.1*ms'), Variable('v = 1*mV'), Variable('tau = 100*ms'),
    Equation('dv/dt = (0*mV - v)/tau')

Numbers are kept in s, mV, nA and what follows from them (uS, MOhm, uF); docs/equations.md has the
grammar, the units and the methods. Units that do not fit are errors that point at the column.
"""

from __future__ import annotations

from monnto import _engine
from monnto.native import NativeBehavior
from monnto.notices import warn

__all__ = ["Clock", "Equation", "Syn_Variable", "Variable"]


class Clock(NativeBehavior):
    """How long an iteration is: ``Clock(step='0.1*ms')``, on a neuron group or the network.

    Gives the object `t` and `clock_step_size`, both in seconds.
    """

    engine_name = "Clock"
    positional = ("step",)

    def time_to_iterations(self, time: str) -> int:
        """The nearest number of whole steps; warns where the time is no multiple of the step."""
        steps, is_exact = self._part.time_to_iterations(time)
        if not is_exact:
            warn(f"{time} is no multiple of the clock's step; taking {steps} iterations", level=3)
        return steps


class Variable(NativeBehavior):
    """A variable that equations change: ``Variable('v = 1*mV')``; owns `v` and `v_new`."""

    engine_name = "Variable"
    positional = ("eq",)


class Syn_Variable(Variable):  # noqa: N801
    """The same on a synapse group: ``Syn_Variable('w = s.matrix("uniform")*0.01')``."""

    engine_name = "Syn_Variable"


class Equation(NativeBehavior):
    """A differential equation of a Variable: ``Equation('dv/dt = (0*mV - v)/tau')``.

    `method` is 'euler' or 'exponential' (also 'exact'; for equations linear in their variable),
    `step` a time instead of the clock's.
    """

    engine_name = "Equation"
    positional = ("eq",)


def seconds_of(time: str) -> float:
    """``'0.1*ms'`` is 0.0001. Raises ParseError where the text is no time."""
    return _engine.seconds_of(time)
