"""S16 to S19: threads, watching, replaying and resuming never change a bit."""

import numpy as np
import pytest

from monnto import *


class Neurons(Behavior):
    def initialize(self, n):
        n.v = n.vector("uniform")
        n.trace = n.vector()
        n.spike = n.vector(bool)

    def iteration(self, n):
        for s in n.synapses(afferent, "GLU"):
            n.v += s.W.dot(s.src.spike) / s.src.size
            n.v += np.sum(s.W[:, s.src.spike], axis=1) * 0.01
        n.spike = n.v > 0.6
        n.v[n.spike] = 0.0
        n.trace = n.trace * 0.9 + n.spike
        n.v *= np.exp(-0.1 * (1.0 + n.trace))
        n.v += n.vector("uniform", density=0.3) - 0.01 * n.v.mean()


class Plasticity(Behavior):
    def initialize(self, s):
        s.W = s.matrix("normal(0.5, 0.2)", density=0.5)

    def iteration(self, s):
        s.W += s.dst.spike[:, None] * s.src.trace[None, :] * 0.003
        s.W = np.clip(s.W, 0, 1)
        s.W /= s.W.sum(axis=1)[:, None] + 1.0


class Prints(Behavior):
    def iteration(self, n):
        str(n.v), float(n.trace.sum()), bool(n.spike.any())


def model(threads=1, watchers=()):
    net = Network(seed=11, threads=threads)
    behaviors = {1: Neurons()}
    if "print" in watchers:
        behaviors |= {0.5: Prints(), 1.5: Prints(), 6: Prints()}
    if "recorder" in watchers:
        behaviors |= {9: Recorder(["v", "np.mean(trace)", "v > 0.2"]), 10: EventRecorder("spike")}
    NeuronGroup(net, 37, behaviors, "n")
    SynapseGroup(net, "n", "n", "GLU", {2: Plasticity()})
    net.initialize(info=False)
    return net


def bits(net):
    arrays = [net.n.v, net.n.trace, net.n.spike, net.GLU.W]
    return b"".join(array.to_numpy().tobytes() for array in arrays)


STEPS = 30


@pytest.fixture(scope="module")
def expected():
    net = model()
    net.simulate_iterations(STEPS)
    assert 0 < float(net.n.trace.sum()) < 37 * 10, "a silent or saturated model would show nothing"
    return bits(net)


@pytest.mark.parametrize("threads", [1, 2, 7])
@pytest.mark.parametrize("watchers", [(), ("print",), ("recorder",), ("print", "recorder")])
def test_s17_threads_and_watchers_change_no_bit(threads, watchers, expected):
    net = model(threads, watchers)
    net.simulate_iterations(STEPS)
    assert bits(net) == expected


@pytest.mark.parametrize("threads", [1, 2, 7])
@pytest.mark.parametrize("watchers", [(), ("print", "recorder")])
def test_s19_resumed_equals_uninterrupted(threads, watchers, expected):
    net = model(threads, watchers)
    net.simulate_iterations(STEPS // 2)
    halfway = net.snapshot()
    net.simulate_iterations(STEPS)
    net.restore(halfway)
    for _ in range(STEPS - STEPS // 2):
        net.snapshot()
        net.simulate_iteration()
    assert bits(net) == expected


def test_s18_views_held_by_the_host_change_no_bit(expected):
    """A NumPy view of the weights pins them: everything on them runs at once (S8)."""
    net = model()
    held = [np.asarray(net.GLU.W), np.asarray(net.n.v)]
    net.simulate_iterations(STEPS)
    assert bits(net) == expected
    assert len(held) == 2
