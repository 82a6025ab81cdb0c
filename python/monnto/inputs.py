"""Inputs: behaviors that drive neurons from outside. All of them are static."""

from __future__ import annotations

from monnto.behavior import EngineBehavior


class _Input(EngineBehavior):
    def __init__(self, **parameters):
        super().__init__(type(self).__name__, **parameters)
        self._make_core()  # an unknown parameter is an error here


class PoissonInput(_Input):
    """Adds ``weight * Poisson(rate * sources * dt)`` to `variable` in each step.

    rate (Hz, of each source; 10), sources (how many each neuron has; 1), weight (in the unit of the
    variable; 1), variable ('i'). Each is a number, a distribution or one value per neuron.
    """


class SpikeArray(_Input):
    """Neurons that spike at given times: `indices` and, as many, `times` (ms). Owns `spike`.

    The first iteration has time dt.
    """


class DirectCurrent(_Input):
    """Adds `amplitude` to `variable` ('i') in each step."""


class StepCurrent(_Input):
    """Adds ``amplitudes[k]`` to `variable` ('i') from ``times[k]`` (ms) to ``times[k + 1]``."""
