"""Random numbers (S18): fixed by the seed, untouched by who watches."""

from itertools import pairwise

import numpy as np
import pytest

from monnto import *


class Noise(Behavior):
    def initialize(self, n):
        n.v = n.vector("uniform")

    def iteration(self, n):
        n.v = n.vector("uniform") + n.vector("normal(0,1)", density=0.5)
        n.w = n.vector("gamma(2.0)")


def run(seed=7, steps=5, extra=None, size=20, **settings):
    net = Network(seed=seed, **settings)
    NeuronGroup(net, size, {2: Noise(), **(extra or {})}, "n")
    net.initialize(info=False)
    net.simulate_iterations(steps)
    return net


def numbers(net):
    return np.concatenate([net.n.v.to_numpy(), net.n.w.to_numpy()])


def test_equal_seeds_give_equal_numbers_and_others_differ():
    assert (numbers(run(7)) == numbers(run(7))).all()
    assert (numbers(run(7)) != numbers(run(8))).mean() > 0.9


def test_draws_of_one_step_differ():
    n = NeuronGroup(Network(seed=1), 100)
    draws = [n.vector("uniform").to_numpy() for _ in range(3)]
    assert all((a != b).all() for a, b in pairwise(draws))


class Draws(Behavior):
    def iteration(self, n):
        n.other = n.vector("uniform")


class Prints(Behavior):
    def iteration(self, n):
        str(n.v), float(n.v.sum()), n.v.any()


@pytest.mark.parametrize(
    "extra",
    [
        lambda: {9: Recorder(["v", "np.mean(v)"])},
        lambda: {1: Draws()},
        lambda: {3: Draws(), 4: Recorder("vector('uniform')")},
        lambda: {3: Prints()},
        lambda: {9: EventRecorder("v > 0.5")},
    ],
    ids=["recorder", "behavior before", "drawing recorder", "print", "event recorder"],
)
def test_watching_changes_nothing(extra):
    assert (numbers(run()) == numbers(run(extra=extra()))).all()


def test_snapshots_in_the_loop_change_nothing():
    net = run(steps=0)
    for _ in range(5):
        net.snapshot()
        net.simulate_iteration()
    assert (numbers(net) == numbers(run())).all()


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_threads_change_nothing(threads):
    assert (numbers(run(threads=threads)) == numbers(run())).all()


def test_numpys_seed_fixes_a_script_without_a_seed():
    np.random.seed(42)
    first = run(seed=None)
    second = run(seed=None)
    np.random.seed(42)
    again = run(seed=None)
    assert first.seed == again.seed != second.seed
    assert (numbers(first) == numbers(again)).all()
    assert first.seed == run(seed=first.seed).seed


def test_host_distributions_come_from_the_stream():
    """gamma is NumPy's own; the state of np.random plays no part in it."""
    np.random.seed(1)
    a = run().n.w.to_numpy()
    np.random.seed(2)
    b = run().n.w.to_numpy()
    assert (a == b).all()
    assert abs(run(size=20_000, steps=1).n.w.to_numpy().mean() - 2.0) < 0.06


def test_setting_the_iteration_leaves_the_stream_alone():
    net = run(steps=3)
    net.iteration = 100
    net.simulate_iterations(2)
    assert net.iteration == 102
    assert (numbers(net) == numbers(run())).all()
