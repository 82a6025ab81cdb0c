"""Snapshots, copies and pickles (S9, S19): resumed equals uninterrupted, bit for bit."""

import copy
import pickle
import random
from collections import deque

import numpy as np
import pytest

import monnto
from monnto import *


class Model(Behavior):
    def initialize(self, n):
        n.v = n.vector("uniform")
        n.alias = n.v
        n.head = n.v[:3]
        n.buffer = n.vector_buffer(4)
        n.name = "start"
        n.number = 0
        n.wave = np.zeros(2, dtype=complex)
        self.trace = n.vector()
        self.past = deque(maxlen=3)
        self.generator = np.random.default_rng(5)
        self.counts = {"steps": 0, "list": [1, 2]}
        self.same_list = self.counts["list"]

    def iteration(self, n):
        n.v *= 0.9
        n.v += n.vector("uniform", density=0.3)
        n.v += np.asarray(self.generator.normal(size=n.size), dtype=np.float32) * np.float32(0.01)
        n.v += np.float32(np.random.rand() * 0.01 + random.random() * 0.01)
        self.trace = self.trace * 0.5 + n.v
        n.buffer_roll(n.buffer, n.v)
        self.past.append(n.v.copy())
        n.head += 0.001
        n.number += 1
        n.name = f"step {n.number}"
        n.wave += 1j
        self.counts["steps"] += 1
        self.same_list.append(n.number)


class Input(Behavior):
    def initialize(self, n):
        for s in n.synapses(afferent, "GLU"):
            s.W = s.matrix("uniform", density=0.5)

    def iteration(self, n):
        for s in n.synapses(afferent, "GLU"):
            n.v += s.W.dot(s.src.v > 0.5) / s.src.size


def build(seed=3):
    np.random.seed(seed)
    random.seed(seed)
    net = Network(seed=seed)
    behaviors = {
        1: Model(),
        2: Input(),
        9: Recorder(["v", "np.mean(v)", "name"]),
        10: EventRecorder("v > 0.5"),
    }
    n = NeuronGroup(net, 12, behaviors, "n")
    SynapseGroup(net, n, n.subGroup(np.arange(12) < 5), "other")
    SynapseGroup(net, n, n, "GLU")
    net.initialize(info=False)
    return net


def state(net):
    n, model = net["n", 0], net["Model", 0]
    return {
        "v": n.v.tolist(),
        "buffer": n.buffer.tolist(),
        "trace": model.trace.tolist(),
        "past": [p.tolist() for p in model.past],
        "name": n.name,
        "number": n.number,
        "wave": n.wave.tolist(),
        "counts": copy.deepcopy(model.counts),
        "iteration": net.iteration,
        "v history": net["v", 0].tolist(),
        "mean": net["np.mean(v)", 0].tolist(),
        "names": list(net["name", 0]),
        "events": net["v > 0.5", 0].tolist(),
        "numpy": np.random.get_state()[1].tolist(),
        "W": net.GLU.W.tolist(),
    }


@pytest.fixture
def expected():
    net = build()
    net.simulate_iterations(10)
    return state(net)


def check_aliases(net):
    n, model = net["n", 0], net["Model", 0]
    assert n.alias is n.v or np.shares_memory(n.alias.to_numpy(), n.v.to_numpy())
    before = n.v.tolist()
    n.head[:] = 5
    assert n.v.tolist()[:3] == [5] * 3 and n.alias.tolist()[:3] == [5] * 3
    n.alias[:] = before
    assert model.same_list is model.counts["list"]


def test_resumed_equals_uninterrupted(expected):
    net = build()
    net.simulate_iterations(4)
    snapshot = net.snapshot()
    net.simulate_iterations(6)
    assert state(net) == expected
    net.restore(snapshot)
    assert net.iteration == 4 and len(net["v", 0]) == 4 and net.n.number == 4
    check_aliases(net)
    net.restore(snapshot)
    net.simulate_iterations(6)
    assert state(net) == expected


def test_a_snapshot_serves_a_network_built_alike(expected):
    net = build()
    net.simulate_iterations(4)
    snapshot = net.snapshot()
    other = build(seed=99)
    other.restore(snapshot)
    other.simulate_iterations(6)
    assert state(other) == expected
    assert other["Model", 0].generator is not net["Model", 0].generator


def test_a_snapshot_of_something_else_is_refused():
    snapshot = build().snapshot()
    other = Network()
    NeuronGroup(other, 12)
    with pytest.raises(monnto.BadState, match="does not fit"):
        other.restore(snapshot)


def test_attributes_that_came_later_are_gone():
    net = build()
    snapshot = net.snapshot()
    net.n.late = 5
    net.n.later = net.n.vector()
    net["Model", 0].extra = 1
    net.restore(snapshot)
    assert not hasattr(net.n, "late") and not hasattr(net.n, "later")
    assert not hasattr(net["Model", 0], "extra")


def test_deepcopy_is_a_network_of_its_own(expected):
    net = build()
    net.simulate_iterations(4)
    states = np.random.get_state(), random.getstate()
    twin = copy.deepcopy(net)
    assert twin is not net and twin.n is not net.n and twin.n.network is twin
    assert twin["Model", 0] is not net["Model", 0]
    assert twin.GLU.src is twin.n and twin["other", 0].dst.size == 5
    check_aliases(twin)
    twin = copy.deepcopy(net)
    net.simulate_iterations(6)
    assert state(net) == expected
    np.random.set_state(states[0])
    random.setstate(states[1])
    twin.simulate_iterations(6)
    assert state(twin) == expected
    twin.n.v[:] = 0
    assert net.n.v.tolist() == expected["v"]


def test_pickle_carries_the_whole_network(expected):
    net = build()
    net.simulate_iterations(4)
    data = pickle.dumps(net)
    net.simulate_iterations(3)
    twin = pickle.loads(data)  # also brings back the state of np.random and random
    check_aliases(twin)
    twin = pickle.loads(data)
    twin.simulate_iterations(6)
    assert state(twin) == expected
    assert twin.n.tags == net.n.tags and twin.GLU.tags == net.GLU.tags


def test_parts_of_a_network_pickle_with_it():
    net = build()
    n, s = pickle.loads(pickle.dumps((net.n, net.GLU)))
    assert s.src is n and n.v.tolist() == net.n.v.tolist()


def test_behaviors_outside_networks_pickle():
    b = pickle.loads(pickle.dumps(Recorder(["v", "w"], gapwidth=3, tag="x")))
    assert b.tags[:2] == ["x", "Recorder"] and list(b._recorder.variables()) == ["v", "w"]
    assert b.gapwidth == 3
    m = copy.deepcopy(Model(a=[1]))
    assert m.init_kwargs == {"a": [1]}


def test_removed_groups_do_not_shift_random_streams():
    net = Network(seed=1)
    gone = NeuronGroup(net, 3, tag="gone")
    n = NeuronGroup(net, 3, tag="n")
    net.remove(gone)
    net.initialize(info=False)
    twin = copy.deepcopy(net)
    assert twin["n", 0].vector("uniform").tolist() == n.vector("uniform").tolist()


def test_disabled_behaviors_and_added_tags_survive():
    net = build()
    net.deactivate_behaviors("Model")
    net.n.add_tag("extra")
    twin = copy.deepcopy(net)
    assert twin["extra", 0] is twin.n and twin["Model", 0].behavior_enabled is False
    assert net["Model", 0].behavior_enabled is False


def test_a_snapshot_does_not_change_what_numbers_are():
    net = Network()
    n = NeuronGroup(net, 2, {9: Recorder(["rate", "rate*1"])}, "n")
    n.rate = 0.1
    net.initialize(info=False)
    net.simulate_iteration()
    net.restore(net.snapshot())
    net.simulate_iteration()
    assert type(n.rate) is float
    for key in ("rate", "rate*1"):
        assert net[key, 0].dtype == np.float64 and net[key, 0].tolist() == [0.1, 0.1]


def test_a_history_that_a_behavior_holds_stays_live():
    class Reads(Behavior):
        def initialize(self, n):
            self.past = n["x", 0]
            n.x = 1

        def iteration(self, n):
            n.x = 2 * n.x + (int(self.past[-1]) if self.past else 0)

    net = Network()
    NeuronGroup(net, 1, {1: Reads(), 9: Recorder("x")}, "n")
    net.initialize(info=False)
    net.simulate_iterations(3)
    snapshot = net.snapshot()
    twin = copy.deepcopy(net)
    net.simulate_iterations(3)
    expected = net["x", 0].tolist()
    net.restore(snapshot)
    for network in (net, twin):
        assert network["Reads", 0].past is network["x", 0]
        network.simulate_iterations(3)
        assert network["x", 0].tolist() == expected
