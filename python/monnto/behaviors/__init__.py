"""The library of behaviors: homeostasis, normalization, plasticity, neuron models.

Equations, parameters with their defaults, and sources stand in docs/behaviors.md and in the headers
of the engine, monnto/behaviors/*.hpp. Every one runs as C++, also inside a replayed iteration.
"""

from __future__ import annotations

from monnto import _engine
from monnto.behaviors.sparse import normalize_synapse_attr_sparse
from monnto.native import NativeBehavior

__all__ = [
    "AdaptiveExponential",
    "AlphaLeakyIntegrateAndFire",
    "CreateWeights",
    "HindmarshRose",
    "HodgkinHuxley",
    "HopfieldLearning",
    "HopfieldRecall",
    "Instant_Homeostasis",
    "Izhikevich",
    "LeakyIntegrateAndFire",
    "NOX_Diffusion",
    "NoisyLeakyIntegrateAndFire",
    "OneStepSTDP",
    "Synaptic_Normalization",
    "Time_Integration_Homeostasis",
    "TraceSTDP",
    "TripletSTDP",
    "WangBuzsaki",
    "normalize_synapse_attr",
    "normalize_synapse_attr_efferent",
    "normalize_synapse_attr_sparse",
    "refractory",
]


class CreateWeights(NativeBehavior):
    """Weights of a synapse group: ``W = matrix(distribution, density)*enabled``, normalized.

    `distribution`, `density`, `normalize` (ten rounds over rows and columns), `nomr_fac` (the sum
    of each row and column).
    """

    engine_name = "CreateWeights"


class Instant_Homeostasis(NativeBehavior):  # noqa: N801
    """Moves `adjustment_param` until `measurement_param` lies between two thresholds.

    `threshold` (with `gap_percent`) or `min_th` and `max_th`; `inc`, `dec`, `adj_strength`,
    `distance_sensitive`; `measurement_min`, `measurement_max`, `target_clip_min`,
    `target_clip_max`.
    """

    engine_name = "Instant_Homeostasis"

    def set_threshold(self, threshold, gap_percent=None):
        """One threshold for both sides, or two that lie `gap_percent` away from it."""
        self._part.set_threshold(threshold, gap_percent)


class Time_Integration_Homeostasis(Instant_Homeostasis):  # noqa: N801
    """Instant_Homeostasis on a running mean: `integration_length`, `init_avg`."""

    engine_name = "Time_Integration_Homeostasis"


class Synaptic_Normalization(NativeBehavior):  # noqa: N801
    """Keeps the sum of |W| that arrives at each neuron at `norm_factor`.

    Over all afferent groups tagged `syn_type`; then clips W to 0 ... `clip_max`.
    """

    engine_name = "Synaptic_Normalization"


class refractory(NativeBehavior):  # noqa: N801
    """Lowers `activity` after `output`: `decayfactor`, `strengthfactor`."""

    engine_name = "refractory"


class NOX_Diffusion(NativeBehavior):  # noqa: N801
    """Homeostatic signal `nox` by the local mean of `output_new`: `th_nox`, `eta_nox`, `mp`."""

    engine_name = "NOX_Diffusion"


class OneStepSTDP(NativeBehavior):
    """STDP over one iteration to either side, on a synapse group: `strength`, `w_min`, `w_max`."""

    engine_name = "OneStepSTDP"


class TraceSTDP(NativeBehavior):
    """STDP by exponential traces, on a synapse group.

    `dependence`: 'additive', 'multiplicative', 'power' or 'power_law'; `tau_plus`, `tau_minus` in
    ms, `a_plus`, `a_minus`, `w_min`, `w_max`, `mu`, `w_0`.
    """

    engine_name = "TraceSTDP"


class TripletSTDP(NativeBehavior):
    """The triplet rule of Pfister and Gerstner (2006), on a synapse group."""

    engine_name = "TripletSTDP"


class LeakyIntegrateAndFire(NativeBehavior):
    """`tau`, `resistance`, `rest`, `threshold`, `reset`; reads `i`, owns `v` and `spike`."""

    engine_name = "LeakyIntegrateAndFire"


class Izhikevich(NativeBehavior):
    """`a`, `b`, `c`, `d`, `step` (ms; 0: dt); reads `i`, owns `v`, `u` and `spike`."""

    engine_name = "Izhikevich"


class AdaptiveExponential(NativeBehavior):
    """Brette and Gerstner's neuron; reads `i`, owns `v`, `w` and `spike`."""

    engine_name = "AdaptiveExponential"


class NoisyLeakyIntegrateAndFire(NativeBehavior):
    """In white noise, with a refractory period (Brunel, Hakim 1999); owns `v` and `spike`.

    `tau`, `drive`, `sigma`, `threshold`, `reset` (mV), `refractory` (ms); reads `i` (mV).
    """

    engine_name = "NoisyLeakyIntegrateAndFire"


class AlphaLeakyIntegrateAndFire(NativeBehavior):
    """With input that acts as an alpha function (Diesmann et al. 1999).

    `tau`, `tau_psp` (ms), `rest`, `threshold`, `reset` (mV); reads `i` (mV/ms), owns `v`, `x`, `y`
    and `spike`.
    """

    engine_name = "AlphaLeakyIntegrateAndFire"


class HopfieldLearning(NativeBehavior):
    """Adds `rate` times the outer product of `v` to `W`, scales W to a sum of |W| of 1.

    On synapses of a group onto itself.
    """

    engine_name = "HopfieldLearning"


class HopfieldRecall(NativeBehavior):
    """Moves `v` towards the sign of W v: `inertia`, `syn_type`; owns `energy`."""

    engine_name = "HopfieldRecall"


class HodgkinHuxley(NativeBehavior):
    """The squid axon; reads `i`, owns `v`, `m`, `h`, `n` and `spike`."""

    engine_name = "HodgkinHuxley"


class HindmarshRose(NativeBehavior):
    """Bursting neuron; owns `x`, `y`, `z`."""

    engine_name = "HindmarshRose"


class WangBuzsaki(NativeBehavior):
    """Fast-spiking interneuron; reads `i`, owns `v`, `h`, `n` and `spike`."""

    engine_name = "WangBuzsaki"


def normalize_synapse_attr(src_attr, target_attr, target_value, neurons, synapse_type):
    """Scale `target_attr` of all groups of that tag that arrive at `neurons`.

    Afterwards the sum of |src_attr| over all of them is `target_value` for each neuron; neurons
    without input stay as they are.
    """
    _engine.normalize_synapse_attr(
        src_attr, target_attr, target_value, neurons._core, synapse_type, False
    )


def normalize_synapse_attr_efferent(src_attr, target_attr, target_value, neurons, synapse_type):
    """The same for what leaves `neurons`."""
    _engine.normalize_synapse_attr(
        src_attr, target_attr, target_value, neurons._core, synapse_type, True
    )
