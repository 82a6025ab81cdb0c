"""A class is read once: its other instances are replayed where what the proof found holds for them too."""

import gc
import weakref

import numpy as np
import pytest

from monnto import Behavior, Network, NeuronGroup
from monnto.static_proof import proof


class Decays(Behavior):
    def initialize(self, n):
        n.x = n.vector("uniform")
        self.rate = self.parameter("rate", 0.5)

    def iteration(self, n):
        n.x = n.x * self.rate + n.vector("uniform")


class CallsWhatItHas(Decays):
    def initialize(self, n):
        super().initialize(n)
        self.function = np.exp

    def iteration(self, n):
        n.x = self.function(-n.x)


class TakesSteps(Decays):
    def iteration(self, n):
        n.x = n.x + n.step


@pytest.fixture
def read(monkeypatch):
    """The behaviors whose code was read."""
    found = []

    class Counted(proof.Walker):
        def __init__(self, behavior, *rest):
            found.append(behavior)
            super().__init__(behavior, *rest)

    monkeypatch.setattr(proof, "Walker", Counted)
    for cls in (Decays, CallsWhatItHas, TakesSteps):
        proof._proofs_of(cls).clear()
    return found


def network(behaviors) -> Network:
    net = Network(seed=3, threads=1)
    for behavior in behaviors:
        NeuronGroup(net=net, size=7, behavior={1: behavior})
    net.initialize(info=False)
    return net


def is_replayed(net) -> bool:
    net.simulate_iterations(6)
    return "iterations are replayed" in net.explain()


def test_instances_of_a_class_are_read_once(read):
    net = network(Decays(rate=0.1 * k) for k in range(10))
    assert is_replayed(net)
    assert len(read) == 1
    again = network([Decays()])
    assert is_replayed(again)
    assert len(read) == 1, "another network"


def test_an_instance_that_calls_something_else_is_read_for_itself(read):
    other = CallsWhatItHas()
    net = network([CallsWhatItHas(), other])
    calls = []
    other.function = lambda x: calls.append(1) or np.exp(x)
    net.simulate_iterations(6)
    assert len(calls) == 6
    assert not is_replayed(net)
    assert other in read


def test_an_owner_whose_attribute_is_no_number_is_looked_at_for_itself(read):
    class Counter:
        def __radd__(self, x):
            steps.append(1)
            return x

        __array_ufunc__ = None

    steps = []
    net = network([TakesSteps(), TakesSteps()])
    first, second = net.NeuronGroups
    first.step, second.step = 1.0, Counter()
    net.simulate_iterations(6)
    assert len(steps) == 6
    assert not is_replayed(net)


def test_a_class_that_changed_is_read_anew(read):
    net = network([Decays()])
    assert is_replayed(net)
    seen = []

    def iteration(self, n):
        seen.append(1)

    kept, Decays.iteration = Decays.iteration, iteration
    try:
        net.simulate_iterations(3)
        assert len(seen) == 3
        assert not is_replayed(network([Decays()]))
    finally:
        Decays.iteration = kept


def test_proofs_end_with_the_class():
    class Passing(Decays):
        pass

    assert is_replayed(network([Passing()]))
    assert proof._proofs_of(Passing)
    gone = weakref.ref(Passing)
    del Passing
    gc.collect()
    assert gone() is None
