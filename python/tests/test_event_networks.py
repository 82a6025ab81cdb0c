"""S17: updates that wait until a row is read change no bit, however a network runs and is watched."""

import numpy as np
import pytest

from monnto import Behavior, Network, NeuronGroup, SynapseGroup, array
from monnto._engine import counters

SIZE = 1500  # 9 MB of weights: beyond what is updated at once
ITERATIONS = 24


def behaviors(is_static, rule):
    class Noise(Behavior):
        static = is_static

        def initialize(self, n):
            n.spike = n.vector("uniform") < 0.01
            n.trace = n.vector()
            n.input = n.vector()

        def iteration(self, n):
            n.spike = n.vector("uniform") < 0.01
            n.trace *= 0.95
            n.trace += n.spike

    class Learning(Behavior):
        static = is_static

        def initialize(self, s):
            s.W = s.matrix("uniform")

        def iteration(self, s):
            rule(s)
            s.dst.input = s.W.dot(s.src.spike)

    return Noise(), Learning()


def traces(s):
    s.W -= 0.012 * s.dst.trace[:, None] * s.src.spike[None, :] * s.W
    s.W += 0.01 * s.src.trace[None, :] * s.dst.spike[:, None] * (1.0 - s.W)


def picked(s):
    source, target = s.src.spike, s.dst.spike
    s.W[:, source] -= 0.012 * s.dst.trace[:, None] * s.W[:, source]
    s.W[target] += 0.01 * s.src.trace[None, :] * (1.0 - s.W[target])


def listed(s):
    source, target = np.flatnonzero(s.src.spike), np.where(s.dst.spike)[0]
    s.W[:, source] -= 0.012 * s.dst.trace[:, None] * s.W[:, source]
    s.W[target] += 0.01 * s.src.trace[None, :] * (1.0 - s.W[target])


def network(rule=traces, is_static=False, threads=1):
    noise, learning = behaviors(is_static, rule)
    net = Network(seed=5, settings={"threads": threads})
    n = NeuronGroup(net=net, size=SIZE, tag="n", behavior={1: noise})
    SynapseGroup(net=net, src=n, dst=n, tag="s", behavior={2: learning})
    net.initialize(info=False)
    return net


def result(net):
    return np.array(net["s", 0].W), np.array(net["n", 0].input)


def run(net, iterations=ITERATIONS):
    net.simulate_iterations(iterations, measure_block_time=False)
    return net


@pytest.fixture(scope="module")
def expected():
    return result(run(network()))


def expect_equal(ours, theirs):
    for mine, other in zip(ours, theirs, strict=True):
        assert np.array_equal(mine, other)


@pytest.mark.parametrize("is_static", [False, True])
@pytest.mark.parametrize("threads", [1, 2])
def test_s17_threads_and_replay_change_no_bit(expected, is_static, threads):
    expect_equal(result(run(network(is_static=is_static, threads=threads))), expected)


def test_s17_watching_changes_no_bit(expected):
    net = network()
    for step in range(ITERATIONS):
        run(net, 1)
        weights = net["s", 0].W
        if step % 3 == 0:
            assert np.isfinite(float(weights[3, 5]))
        elif step % 3 == 1:
            assert np.isfinite(np.asarray(weights).sum())
    expect_equal(result(net), expected)


def test_s19_a_snapshot_holds_what_waits(expected):
    net = run(network(), 15)
    snapshot = net.snapshot()
    run(net, 9)
    net.restore(snapshot)
    expect_equal(result(run(net, 9)), expected)


def test_a_copy_does_not_see_later_updates():
    net = run(network(), 15)
    copy = net["s", 0].W.copy()
    then = np.array(copy)
    run(net, 5)
    assert np.array_equal(np.array(copy), then)


@pytest.mark.parametrize("is_static", [False, True])
def test_what_is_picked_by_hand_gives_the_same_weights(expected, is_static):
    weights, _ = result(run(network(rule=picked, is_static=is_static)))
    assert np.allclose(weights, expected[0], rtol=1e-5)


def test_s17_index_arrays_of_spikes_give_the_bits_of_masks():
    expect_equal(result(run(network(rule=listed))), result(run(network(rule=picked))))


@pytest.mark.parametrize("rule", [traces, picked, listed])
def test_d5_updates_across_the_storage_order_wait_however_they_are_written(rule):
    net = run(network(rule=rule), 12)
    before = counters()
    run(net, 8)
    added = {name: counters()[name] - before[name] for name in before}
    # What spikes pick of rows and columns, and what products read: far from the whole, 8 times.
    assert added["touched"] < 8 * SIZE * SIZE * 0.2
    assert added["postponed"] >= 6
    assert 0 < added["caught_up"] < added["touched"]


def test_s20_zeros_of_a_mask_are_not_those_of_the_next_in_a_replay():
    class Masked(Behavior):
        def initialize(self, n):
            rng = np.random.default_rng(0)
            n.W = n.vector("uniform")[:, None] * np.ones((1, n.size), np.float32)
            n.mask = array((rng.random((n.size, n.size)) < 0.5).astype(np.float32)) * 1

        def iteration(self, n):
            n.W += 0.125
            n.W *= n.mask
            n.mask = np.roll(n.mask, 1, axis=0)

    net = Network(seed=3)
    n = NeuronGroup(net=net, size=64, behavior={1: Masked()})
    net.initialize(info=False)
    weights, mask = np.array(n.W), np.array(n.mask)
    for _ in range(20):
        run(net, 3)
        for _ in range(3):
            weights += np.float32(0.125)
            weights *= mask
            mask = np.roll(mask, 1, axis=0)
        assert np.array_equal(np.array(n.W), weights)


def adopted(s):
    s.W += 0.01 * (1.0 + s.src.trace[None, :]) * s.dst.spike[:, None] * s.enabled


def test_d5_updates_under_a_mask_from_numpy_wait_until_somebody_else_can_write_to_it():
    net = network(rule=adopted)
    weights = net["s", 0]
    weights.enabled = 1 - np.eye(SIZE, dtype=np.float32)
    before = counters()["postponed"]
    run(net, 12)
    assert counters()["postponed"] - before >= 6
    # The host writes to the mask while updates wait, and again once it is asked for the next time.
    mask = np.asarray(weights.enabled)
    mask[3] = 0
    before = counters()["postponed"], np.array(weights.W)[3]
    run(net, 4)
    assert counters()["postponed"] == before[0]
    assert np.array_equal(np.array(weights.W)[3], before[1])
    del mask
    run(net, 8)
    assert counters()["postponed"] - before[0] >= 4
    assert np.array_equal(np.array(weights.W)[3], before[1])
