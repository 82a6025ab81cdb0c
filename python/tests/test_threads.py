"""Other threads see iteration boundaries (S23); long runs say what they will cost."""

import subprocess
import sys
import threading
import time

import numpy as np
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
    assert len({a for a, _, _ in seen}) > 10  # about one in 5 ms
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


def progress_beside(work) -> float:
    """How often in a millisecond of `work`, which is one long kernel, another thread gets to run."""
    counts = [0]
    stop = threading.Event()

    def count():
        while not stop.is_set():
            counts[0] += 1
            time.sleep(0.0002)

    thread = threading.Thread(target=count)
    thread.start()
    try:
        time.sleep(0.01)
        before, start = counts[0], time.perf_counter()
        work()
        return (counts[0] - before) / (time.perf_counter() - start) / 1000
    finally:
        stop.set()
        thread.join()


def test_s23_a_long_kernel_lets_other_threads_run():
    net = Network(seed=1, threads=1)
    n = NeuronGroup(net, 20_000_000)
    n.v = n.vector("uniform")
    float(n.v[0])

    def evaluate():
        n.w = n.v * 2 + np.sin(n.v)
        float(n.w[0])

    evaluate()
    assert sorted(progress_beside(evaluate) for _ in range(3))[1] > 0.3


class Rise(Behavior):
    static = True

    def initialize(self, n):
        n.v = n.vector("uniform")
        n.spike = n.v > 0.5

    def iteration(self, n):
        n.v = n.v * 0.99 + 0.01
        n.spike = n.v > 0.5


def test_s23_threads_that_read_without_the_lock_find_whole_arrays():
    net = Network(seed=1)
    n = NeuronGroup(net, 1_000_000, {1: Rise()})
    net.initialize(info=False)
    stop, sums = threading.Event(), []

    def look():
        while not stop.is_set():
            sums.append((float(n.v[0]), int(n.spike.sum()), np.asarray(n.v).shape))

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    net.simulate_iterations(300)
    stop.set()
    for thread in threads:
        thread.join(timeout=20)
        assert not thread.is_alive()
    assert sums and {shape for _, _, shape in sums} == {(1_000_000,)}
    assert net.iteration == 300


def test_whoever_waits_for_the_engine_lets_python_run():
    """Building synapses waits for the engine while a long kernel of another thread waits for Python."""
    script = """
import subprocess
import sys
import threading
from monnto import *

net = Network(threads=1)
group = NeuronGroup(net=net, size=1500, tag="n")
synapses = SynapseGroup(net=net, src=group, dst=group)
net.initialize(info=False)
done = threading.Event()

def compute():
    W = synapses.matrix("uniform")
    for _ in range(150):
        W = W * 0.99 + 0.01
        float(W.sum())
    done.set()

threading.Thread(target=compute, daemon=True).start()
while not done.is_set():
    synapses.matrix("uniform", density=0.001, sparse=True).to_dense()
print("both are done")
"""
    shown = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert "both are done" in shown.stdout
