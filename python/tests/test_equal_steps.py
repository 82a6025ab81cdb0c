"""S21: small equal kernels of a plan run in one launch, wherever they stand in the iteration."""

import itertools
import json

import numpy as np
import pytest

import monnto
from monnto import Behavior, EventRecorder, Network, NeuronGroup, SynapseGroup, afferent

GROUPS = 6


class Neurons(Behavior):
    def initialize(self, n):
        n.v, n.x, n.y = n.vector("uniform"), n.vector(), n.vector()
        n.spike = n.vector("bool")

    def iteration(self, n):
        n.v += (n.x - n.v) * 0.1
        n.x += (n.y - n.x) * 0.3
        n.y += n.vector("uniform") - n.y * 0.2
        n.spike = n.v > 0.8
        n.v[n.spike] = 0.0


class Input(Behavior):
    def initialize(self, n):
        for s in n.synapses(afferent, "chain"):
            s.W = s.matrix("uniform") / n.size

    def iteration(self, n):
        for s in n.synapses(afferent, "chain"):
            n.v += s.W.dot(s.src.spike)


class RecordedNeurons(Neurons):
    static = False


def build(neurons=Neurons, size=100):
    net = Network(seed=5, threads=1)
    groups = [
        NeuronGroup(
            net=net,
            tag=f"g{i}",
            size=size,
            behavior={1: neurons(), 2: Input(), 9: EventRecorder("spike")},
        )
        for i in range(GROUPS)
    ]
    for source, target in itertools.pairwise(groups):
        SynapseGroup(net=net, src=source, dst=target, tag="chain")
    net.initialize(info=False)
    return net


def test_s21_equal_kernels_of_a_chain_of_groups_are_one_launch():
    explained = json.loads(build().explain("json"))
    if explained["executor"] != "llvm":
        pytest.skip("there is no compiler")
    steps = explained["steps"]
    # x and y of all groups at once; v of a group waits for the spikes of the one before.
    assert [step["groups"] for step in steps].count(GROUPS) == 2
    assert sum(step["kernel"] != "" for step in steps) == GROUPS + 2


@pytest.mark.parametrize("size", [7, 100, 3000])
def test_s21_a_chain_is_the_same_replayed_and_recorded(size):
    replayed, recorded = build(size=size), build(RecordedNeurons, size)
    before = monnto._engine.counters()["replayed"]
    replayed.simulate_iterations(40)
    assert monnto._engine.counters()["replayed"] > before + 20
    recorded.simulate_iterations(40)
    for one, other in zip(replayed.NeuronGroups, recorded.NeuronGroups, strict=True):
        for name in ("v", "x", "y", "spike"):
            assert np.array_equal(np.array(getattr(one, name)), np.array(getattr(other, name)))
        assert np.array_equal(one["spike", 0], other["spike", 0])


class Noisy(Behavior):
    def initialize(self, n):
        n.v = n.vector()

    def iteration(self, n):
        n.v *= 0.9
        n.v += n.vector("uniform", density=0.3) * 0.5


class RecordedNoisy(Noisy):
    static = False


def noisy(behavior):
    net = Network(seed=6, threads=1)
    for size in (30, 100, 50):
        NeuronGroup(net=net, size=size, behavior={1: behavior()})
    net.initialize(info=False)
    return net


def test_s21_kernels_that_read_interpreted_draws_are_one_launch():
    replayed, recorded = noisy(Noisy), noisy(RecordedNoisy)
    explained = json.loads(replayed.explain("json"))
    if explained["executor"] == "llvm":
        assert [step["groups"] for step in explained["steps"] if step["kernel"]] == [3]
    replayed.simulate_iterations(30)
    recorded.simulate_iterations(30)
    for one, other in zip(replayed.NeuronGroups, recorded.NeuronGroups, strict=True):
        assert np.array_equal(np.array(one.v), np.array(other.v))
