"""Connection rules and inputs from Python; the rules themselves are tested in C++."""

import numpy as np
import pytest

import monnto
from monnto import *
from monnto.connections import rule_names


def synapses(size=50, seed=1, other=None, **settings):
    net = Network(seed=seed, dt=0.1, **settings)
    NeuronGroup(net, size, tag="a")
    NeuronGroup(net, other or size, tag="b")
    return SynapseGroup(net, src="a", dst="a" if other is None else "b", tag="s")


def dense(matrix):
    return np.asarray(matrix)


RULES = {
    "all_to_all": {},
    "one_to_one": {},
    "fixed_probability": {"p": 0.2},
    "fixed_indegree": {"k": 5},
    "fixed_outdegree": {"k": 5},
    "fixed_total_number": {"n": 100},
    "gaussian": {"sigma": 2.0},
    "exponential": {"length": 2.0, "p": 0.5, "cutoff": 4.0},
    "radius": {"radius": 2.0},
    "box": {"half_width": 1.0},
    "ring": {"k": 4},
    "small_world": {"k": 4, "p": 0.1},
    "pairs": {"i": [0, 1, 1], "j": [2, 3, 3]},
}


def on_a_line(s):
    s.src.x = np.arange(s.src.size, dtype=np.float32)
    return s


def test_every_rule_has_its_name():
    assert sorted(RULES) == sorted(rule_names())
    for rule, parameters in RULES.items():
        matrix = on_a_line(synapses()).connect(rule, **parameters)
        assert matrix.nnz > 0, rule
        assert matrix.shape == (50, 50)


def test_degrees_are_those_of_destinations_and_sources():
    ones = synapses().connect("fixed_indegree", k=7)
    assert (dense(ones).sum(axis=1) == 7).all()  # (destination, source)
    assert (dense(synapses().connect("fixed_outdegree", k=7)).sum(axis=0) == 7).all()
    turned = synapses(settings={"syn_dim": SxD}).connect("fixed_indegree", k=7)
    assert (dense(turned).sum(axis=0) == 7).all()


def test_weights_and_delays():
    s = synapses(200)
    matrix = s.connect("fixed_indegree", k=50, weight="normal(2, 0.1)", delay="uniform(0.2, 1)")
    values = np.asarray(matrix.values)
    assert values.shape == (10_000,)
    assert abs(values.mean() - 2) < 4.4 * 0.1 / 100
    assert set(matrix.pattern.delays) == set(range(2, 11))
    assert s.connect("all_to_all", weight=3.0).values == 3.0
    with pytest.raises(monnto.BadParameter, match="delay"):
        s.connect("all_to_all", delay=0.01)


def test_delayed_spikes_arrive_when_they_should():
    s = synapses(3)
    matrix = s.connect("pairs", i=[0, 0], j=[1, 2], weight=[5.0, 7.0], delay=[0.1, 0.3])
    spike = np.array([True, False, False])
    seen = [np.asarray(matrix.deliver(spike if step == 0 else spike & False)) for step in range(4)]
    assert np.array_equal(seen, [[0, 5, 0], [0, 0, 0], [0, 0, 7], [0, 0, 0]])


def test_functions_and_scipy_matrices():
    matrix = synapses(5).connect(lambda source: [(source + 1) % 5])
    assert np.array_equal(dense(matrix), np.roll(np.eye(5), 1, axis=0))
    sparse = pytest.importorskip("scipy.sparse")
    given = sparse.random(5, 4, 0.5, random_state=1, dtype=np.float32)
    made = synapses(5, other=4).connect(given)
    assert np.array_equal(dense(made), given.toarray().T)


def test_projections_between_parts_become_one_matrix():
    s = synapses(10)
    first, rest = s.src.subGroup(slice(0, 4)), s.src.subGroup(slice(4, 10))
    parts = [
        Projection("all_to_all", weight=1.0, src=first, dst=rest),
        Projection("all_to_all", weight=-1.0, src=rest, dst=first),
    ]
    matrix = dense(s.connect(parts))
    assert (matrix[4:, :4] == 1).all()
    assert (matrix[:4, 4:] == -1).all()
    assert (matrix[:4, :4] == 0).all()
    assert (matrix[4:, 4:] == 0).all()


def test_mistakes_are_named():
    s = synapses()
    with pytest.raises(monnto.UnknownName, match="fixed_indegree"):
        s.connect("fixed_indegre", k=1)
    with pytest.raises(monnto.UnknownName, match="'q'"):
        s.connect("fixed_indegree", k=1, q=2)
    with pytest.raises(monnto.BadParameter, match="needs it"):
        s.connect("fixed_indegree")
    with pytest.raises(monnto.BadParameter, match="between 0 and 1"):
        s.connect("fixed_probability", p=1.1)
    with pytest.raises(monnto.BadParameter, match="x, y or z"):
        s.connect("gaussian", sigma=1.0)
    with pytest.raises(monnto.IndexOutOfRange):
        s.connect("pairs", i=[50], j=[0])
    assert s.connect("all_to_all").nnz == 2500  # still usable


def test_the_seed_decides():
    def values(seed):
        return dense(synapses(seed=seed).connect("fixed_probability", p=0.3, weight="uniform"))

    assert np.array_equal(values(1), values(1))
    assert not np.array_equal(values(1), values(2))


class Total(Behavior):
    static = True

    def initialize(self, neurons):
        neurons.i = neurons.vector()
        neurons.sum = neurons.vector()

    def iteration(self, neurons):
        neurons.sum += neurons.i
        neurons.i = neurons.vector()


def driven(steps, *inputs, size=4, dt=0.5):
    net = Network(seed=3, dt=dt)
    behaviors = {k + 1: behavior for k, behavior in enumerate(inputs)}
    neurons = NeuronGroup(net, size, {**behaviors, 8: Total()}, tag="n")
    net.initialize(info=False)
    net.simulate_iterations(steps)
    return neurons


def test_currents():
    steps = StepCurrent(times=[1.0, 2.0], amplitudes=[2.0, -1.0])
    neurons = driven(6, steps, DirectCurrent(amplitude=0.5))
    assert np.array_equal(neurons.sum, [2 * 2.0 - 3 * 1.0 + 6 * 0.5] * 4)
    with pytest.raises(monnto.UnknownName, match="amplitude"):
        DirectCurrent(amplitud=1.0)


def test_poisson_input_takes_numbers_and_one_rate_per_neuron():
    rate = np.repeat(np.array([0, 2000], np.float32), 500)
    neurons = driven(200, PoissonInput(rate=rate, weight=0.5), size=1000, dt=0.1)
    total = np.asarray(neurons.sum)
    assert (total[:500] == 0).all()
    expected = 0.5 * 200 * 0.2
    assert abs(total[500:].mean() - expected) < 4.4 * 0.5 * np.sqrt(200 * 0.2 / 500)


def test_spike_array():
    net = Network(seed=1, dt=0.1)
    spikes = SpikeArray(indices=[2, 0], times=[0.2, 0.3])
    NeuronGroup(net, 3, {1: spikes, 9: EventRecorder("spike")}, tag="n")
    net.initialize(info=False)
    net.simulate_iterations(5)
    assert list(zip(net["spike.t", 0], net["spike.i", 0], strict=True)) == [(2, 2), (3, 0)]
