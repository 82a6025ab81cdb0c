"""S26: silent slowness is not silent."""

import warnings

import numpy as np
import pytest

from monnto import Behavior, Network, NeuronGroup, SynapseGroup


class Learning(Behavior):
    """One spike per step meets one target."""

    def initialize(self, s):
        s.W = s.matrix("uniform")
        s.pre = s.src.vector() + (np.arange(s.src.size) == 3)
        s.post = s.dst.vector() + (np.arange(s.dst.size) == 5)
        self.past = None

    def iteration(self, s):
        s.W += s.post[:, None] * s.pre[None, :] * 0.001


class Remembering(Learning):
    def iteration(self, s):
        self.past = s.W
        s.W = s.W + s.post[:, None] * s.pre[None, :] * 0.001


class Infinite(Learning):
    def initialize(self, s):
        super().initialize(s)
        s.W[1, 1] = np.inf

    def iteration(self, s):
        s.dst.x = s.W.dot(s.pre)


def warnings_of(behavior, iterations=60):
    net = Network(seed=1)
    n = NeuronGroup(net=net, size=600)
    SynapseGroup(net=net, src=n, dst=n, behavior={1: behavior()})
    net.initialize(info=False)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        net.simulate_iterations(iterations, measure_block_time=False)
    return [str(w.message) for w in seen if "slower than it need be" in str(w.message)]


def test_s26_what_is_fast_is_silent():
    assert warnings_of(Learning) == []


@pytest.mark.parametrize(
    ("behavior", "cause"),
    [(Remembering, "copied before it is updated"), (Infinite, "infinities or NaN")],
)
def test_s26_a_script_that_slows_its_matrix_down_is_told_once(behavior, cause):
    (message,) = warnings_of(behavior)
    assert cause in message
