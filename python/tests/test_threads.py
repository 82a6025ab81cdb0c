"""Other threads see iteration boundaries (S23); long runs say what they will cost."""

import threading
import time

import pytest

import monnto
from monnto import *
from monnto import running


class Pair(Behavior):
    def initialize(self, n):
        n.a = n.b = 0

    def iteration(self, n):
        n.a += 1
        for _ in range(200):
            pass
        n.b += 1


def test_a_thread_with_the_lock_sees_whole_steps():
    net = Network()
    n = NeuronGroup(net, 1, {1: Pair()})
    net.initialize(info=False)
    seen, stop = [], threading.Event()

    def look():
        while not stop.is_set():
            with net.lock:
                seen.append((n.a, n.b, net.iteration))
            time.sleep(0.0005)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    net.simulate_iterations(200_000)
    stop.set()
    for thread in threads:
        thread.join(timeout=20)
        assert not thread.is_alive()
    assert len({a for a, _, _ in seen}) > 3
    assert all(a == b == iteration for a, b, iteration in seen)


def test_two_threads_may_run_one_network():
    net = Network()
    n = NeuronGroup(net, 1, {1: Pair()})
    net.initialize(info=False)
    threads = [threading.Thread(target=net.simulate_iterations, args=(500,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()
    assert n.a == n.b == net.iteration == 1500


def test_a_run_that_will_not_fit_is_warned_about(monkeypatch):
    net = Network()
    n = NeuronGroup(net, 1000, {9: Recorder(["v", "np.mean(v)"]), 10: Recorder("missing")})
    n.v = n.vector()
    n.missing = 0.0
    net.initialize(info=False)
    assert running.forecast(net, 10_000) == 10_000 * (4000 + 4 + 8)
    monkeypatch.setattr(running, "_available_memory", lambda: 50_000_000)
    with pytest.warns(monnto.ModelWarning, match="gapwidth or max_length"):
        net.simulate_iterations(10_000)
