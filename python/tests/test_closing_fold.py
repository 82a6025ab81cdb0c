"""S17, S21: a sum of a whole matrix takes its rows from the cache, with the same bits."""

import json

import numpy as np
import pytest

import monnto
from monnto import Behavior, Network, NeuronGroup, SynapseGroup, afferent


class Hopfield(Behavior):
    def initialize(self, n):
        n.v = n.vector()
        for s in n.synapses(afferent, "GLUTAMATE"):
            s.W = s.matrix("uniform")
            s.enabled = 1 - np.eye(n.size, dtype=np.float32)

    def iteration(self, n):
        n.v = n.vector("uniform") - 0.5
        for s in n.synapses(afferent, "GLUTAMATE"):
            s.W += np.outer(n.v, n.v) / 1000
            s.W *= s.enabled
            s.W /= np.sum(np.abs(s.W))


class RecordedHopfield(Hopfield):
    static = False


def build(behavior=Hopfield, threads=1, size=301):
    net = Network(seed=3, threads=threads)
    neurons = NeuronGroup(net=net, size=size, behavior={1: behavior()})
    SynapseGroup(net=net, src=neurons, dst=neurons, tag="GLUTAMATE")
    net.initialize(info=False)
    return net


def counted(name, net, iterations):
    before = monnto._engine.counters()[name]
    net.simulate_iterations(iterations)
    return monnto._engine.counters()[name] - before


def has_compiler():
    return json.loads(build(size=10).explain("json"))["executor"] == "llvm"


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_s21_iterations_are_the_same_replayed_and_recorded(threads):
    replayed, recorded = build(threads=threads), build(RecordedHopfield)
    replayed.simulate_iterations(10)
    recorded.simulate_iterations(10)
    assert counted("replayed", replayed, 1) == 1
    for net in (replayed, recorded):
        chained = counted("chained", net, 10 if net is recorded else 9)
        assert not has_compiler() or chained >= 9
    assert np.asarray(replayed.GLUTAMATE.W).tobytes() == np.asarray(recorded.GLUTAMATE.W).tobytes()
    assert np.abs(np.asarray(replayed.GLUTAMATE.W)).sum() == pytest.approx(1.0, abs=1e-4)


def test_explain_tells_of_the_reduction():
    explained = json.loads(build().explain("json"))
    if explained["executor"] != "llvm":
        pytest.skip("there is no compiler")
    told = [step for step in explained["steps"] if "taken from the cache" in step["rewrite"]]
    assert len(told) == 1
    assert {"multiply", "absolute", "sum"} <= set(told[0]["operations"])
    assert told[0]["rewrite"].startswith("plain: ")
