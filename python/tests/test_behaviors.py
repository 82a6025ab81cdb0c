"""The library of behaviors under the names that scripts know (reference values of PymoNNto)."""

import pickle

import numpy as np
import pytest

import monnto
from monnto import Network, NeuronGroup, SynapseGroup, afferent, get_squared_dim, set_genome
from monnto.behaviors import (
    CreateWeights,
    Instant_Homeostasis,
    LeakyIntegrateAndFire,
    NOX_Diffusion,
    OneStepSTDP,
    Synaptic_Normalization,
    Time_Integration_Homeostasis,
    TraceSTDP,
    TripletSTDP,
    normalize_synapse_attr,
    normalize_synapse_attr_efferent,
    refractory,
)


def with_homeostasis(kind, measurement="n.act", **parameters):
    net = Network()
    behavior = kind(adjustment_param="target", measurement_param=measurement, **parameters)
    group = NeuronGroup(net, 3, {1: behavior})
    group.act = np.array([0, 1, 2], dtype=np.float32)
    group.target = group.vector()
    net.initialize(info=False)
    return net, group


def targets(net, group, steps=3):
    found = []
    for _ in range(steps):
        net.simulate_iteration()
        found.append(group.target.tolist())
    return found


def test_instant_homeostasis():
    assert targets(*with_homeostasis(Instant_Homeostasis, threshold=1)) == [
        [1, 0, -1],
        [2, 0, -2],
        [3, 0, -3],
    ]
    net, group = with_homeostasis(Instant_Homeostasis, threshold="1.0", gap_percent=50)
    assert targets(net, group, 1) == [[0.5, 0, -0.5]]
    net, group = with_homeostasis(
        Instant_Homeostasis,
        threshold=1,
        distance_sensitive=False,
        inc=0.1,
        dec=0.2,
        adj_strength=0.5,
        min_th=None,
    )
    np.testing.assert_allclose(targets(net, group, 1), [[0.05, 0, -0.1]], rtol=1e-6)


def test_time_integration_homeostasis():
    net, group = with_homeostasis(Time_Integration_Homeostasis, threshold=1, integration_length=3)
    assert targets(net, group) == [
        [0.25, 0, -0.25],
        [0.6875, 0, -0.6875],
        [1.265625, 0, -1.265625],
    ]


def test_a_class_may_extend_one():
    class Slower(Time_Integration_Homeostasis):
        def initialize(self, n):
            super().initialize(n)
            self.set_threshold(2.0)
            self.calls = 0

        def iteration(self, n):
            self.calls += 1
            super().iteration(n)

    assert not Slower.static and Time_Integration_Homeostasis.static
    net, group = with_homeostasis(Slower, threshold=1, integration_length=3)
    assert targets(net, group, 1) == [[1.25, 1, 0.75]]
    assert group.Slower.calls == 1


def test_refractory():
    net = Network()
    group = NeuronGroup(net, 2, {1: refractory(decayfactor=0.5, strengthfactor=1.0)})
    group.output = np.array([1.0, 0.0], dtype=np.float32)
    group.activity = group.vector()
    net.initialize(info=False)
    for expected in (-1.0, -2.5, -4.25):
        net.simulate_iteration()
        assert group.activity.tolist() == [expected, 0.0]


def two_inputs():
    net = Network(seed=2)
    source, target = NeuronGroup(net, 4), NeuronGroup(net, 3)
    groups = [SynapseGroup(net, source, target, tag="GLU") for _ in range(2)]
    for synapse in groups:
        synapse.W = synapse.matrix("uniform") - 0.25
    return net, source, target, groups


def test_normalization_shares_the_sum_among_groups():
    net, source, target, groups = two_inputs()
    normalize_synapse_attr("W", "W", 3.0, target, "GLU")
    total = sum(np.abs(np.asarray(s.W)).sum(axis=1) for s in groups)
    np.testing.assert_allclose(total, 3.0, rtol=1e-6)
    normalize_synapse_attr_efferent("W", "W", np.ones(4, np.float32), source, "GLU")
    total = sum(np.abs(np.asarray(s.W)).sum(axis=0) for s in groups)
    np.testing.assert_allclose(total, 1.0, rtol=1e-6)
    target.add_behavior(1, Synaptic_Normalization(syn_type="GLU", norm_factor=3.0, clip_max=0.4))
    net.initialize(info=False)
    net.simulate_iterations(3)
    assert all(s.W.min() >= 0 and s.W.max() <= np.float32(0.4) for s in groups)


@pytest.mark.parametrize(("dtype", "within"), [(np.float32, 1e-5), (np.float64, 1e-6)])
def test_create_weights(dtype, within):
    net = Network(seed=2, settings={"dtype": dtype})
    group = NeuronGroup(net, 5)
    synapses = SynapseGroup(net, group, group, behavior={1: CreateWeights(nomr_fac=2.0)})
    net.initialize(info=False)
    for axis in (0, 1):
        np.testing.assert_allclose(np.sum(synapses.W, axis=axis), 2.0, atol=within)


def test_nox_diffusion_measures_boxes():
    net = Network()
    group = NeuronGroup(net, get_squared_dim(1600), {1: NOX_Diffusion(eta_nox=1.0)})
    group.output_new = group.vector(0.25)
    net.initialize(info=False)
    net.simulate_iteration()
    np.testing.assert_allclose(group.nox, 0.25, rtol=1e-5)


@pytest.mark.parametrize(
    "measurement",
    [
        "np.array([float(x) for x in n.act])",
        "n.act.astype('float32').clip(0, 5)",
        "[0.0, 1.0, 2.0]",
    ],
)
@pytest.mark.parametrize("kind", [Instant_Homeostasis, Time_Integration_Homeostasis])
def test_s25_measurements_outside_the_grammar_are_read_by_python(kind, measurement):
    expected = targets(*with_homeostasis(kind, threshold=1))
    found = targets(*with_homeostasis(kind, measurement=measurement, threshold=1))
    np.testing.assert_allclose(found, expected)


def test_s25_measurements_that_nobody_understands_are_errors():
    with pytest.raises(monnto.ParseError):
        targets(*with_homeostasis(Instant_Homeostasis, measurement="n.act +", threshold=1))
    with pytest.raises((monnto.UnknownName, AttributeError, NameError), match="nowhere"):
        targets(*with_homeostasis(Instant_Homeostasis, measurement="nowhere(n.act)", threshold=1))


def test_unused_parameters_of_behaviors_that_ask_for_none_are_told():
    class Still(monnto.Behavior):
        static = True

        def initialize(self, n):
            n.v = n.vector()

    net = Network()
    NeuronGroup(net, 3, {1: Still(tau=3)})
    with pytest.warns(monnto.ModelWarning, match="'tau' is never used; it asks for no parameter"):
        net.initialize(info=False)


def test_wrong_parameters_are_named():
    with pytest.warns(monnto.ModelWarning, match="no parameter 'taus'"):
        LeakyIntegrateAndFire(taus=3)
    with pytest.raises(monnto.BadParameter, match="measurement_param"):
        Instant_Homeostasis(threshold=1, adjustment_param="x")


def test_genes_and_distributions_are_parameters():
    set_genome({"tau": 12.0})
    net = Network(seed=3)
    behavior = LeakyIntegrateAndFire(tau="[20#tau]", threshold="uniform(-52,-48)")
    group = NeuronGroup(net, 50, {1: behavior})
    net.initialize(info=False)
    set_genome({})
    group.v = group.vector(-55.0)
    net.simulate_iterations(12)
    assert group.v[0] == pytest.approx(-65 + 10 / np.e, abs=1e-4)


def test_a_network_of_them_is_copied_by_pickle():
    net, group = with_homeostasis(Time_Integration_Homeostasis, threshold=1, integration_length=3)
    net.simulate_iterations(2)
    twin = pickle.loads(pickle.dumps(net))
    net.simulate_iterations(3)
    twin.simulate_iterations(3)
    assert twin.NeuronGroups[0].target.tolist() == group.target.tolist()


def test_the_engine_lists_them():
    names = monnto._engine.behavior_names()
    for name in ("Instant_Homeostasis", "TraceSTDP", "Izhikevich", "Equation", "Clock"):
        assert name in names
    assert afferent == 0


def test_they_are_replayed_also_where_a_recorder_looks_on():
    net = Network(seed=1)
    NeuronGroup(net, 10, {1: LeakyIntegrateAndFire(), 9: monnto.Recorder("v")})
    net.initialize(info=False)
    net.simulate_iterations(20)
    assert net._core.replay_status == "replayed as a plan"


@pytest.mark.parametrize("rule", [OneStepSTDP, TraceSTDP, TripletSTDP])
def test_plasticity_is_replayed_with_the_same_bits(rule):
    def weights(is_static):
        class Neurons(monnto.Behavior):
            static = is_static

            def initialize(self, n):
                n.spike = n.vector() > 0

            def iteration(self, n):
                n.spike = n.vector("uniform") > 0.8

        net = Network(seed=5)
        group = NeuronGroup(net, 30, {1: Neurons()})
        synapses = SynapseGroup(net, group, group, behavior={2: rule()})
        synapses.W = synapses.matrix("uniform")
        net.initialize(info=False)
        net.simulate_iterations(40)
        assert is_static == (net._core.replay_status == "replayed as a plan")
        return np.asarray(synapses.W).tobytes()

    assert weights(True) == weights(False)
