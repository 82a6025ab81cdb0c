"""What a mask picks stays lazy until somebody counts it (S11, S12, S21); NumPy is the oracle."""

import random
import types
import warnings

import numpy as np
import pytest

import monnto
from monnto import Behavior, Network, NeuronGroup
from monnto.arrays import Array

SIZE = 37

# Statements on vectors v, u, c (float32), k (int32), s (bool), a matrix W, and grids g, h.
LAZY = [
    "n.u[n.s] += 2.0",
    "n.u[n.s] -= n.c[n.s]",
    "n.v[n.s] = n.c[n.s]",
    "n.v[n.v > 0.5] = n.c[n.v > 0.5] * 2 + 1",
    "n.v[n.s] = -np.sqrt(abs(n.v[n.s])) / (n.u[n.s] + 3)",
    "n.v[n.s] = np.clip(n.v[n.s], 0.2, 0.4)",
    "n.v[~n.s] *= 0.5",
    "n.u[~n.s] = n.v[~n.s]",
    "n.u[n.s] += n.c[0]",
    "n.u[n.s] /= np.float64(3)",
    "n.k[n.s] += 1",
    "n.k[n.s] //= 2",
    "n.k[n.s] = n.u[n.s] * 10",
    "n.u[n.s] = n.k[n.s]",
    "n.s[n.s] = n.v[n.s] > 0.3",
    "n.u[n.s] = n.s[n.s] * 2",
    "x = n.v[n.s]; n.v = n.v * 2; n.u[n.s] = x",
    "x = n.v[n.s]; y = x; x += 1; n.u[n.s] = y",
    "x = n.v[n.s]; y = x.copy(); x *= 3; n.u[n.s] = y; n.v[n.s] = x",
    "n.v[n.s] = n.v[n.s].astype(np.float64) * 0.1",
    "n.W[n.s] *= 0.5",
    "n.W[:, n.s] += n.v[:, None] * 0.1",
    "n.W[n.s] -= 0.012 * n.u[None, :] * n.W[n.s]",
    "n.W[:, n.s] += 0.01 * n.v[:, None] * (1.0 - n.W[:, n.s])",
    "n.W[:, n.s] = 0",
    "n.W[n.s] = n.c",
    "n.W[n.s] = np.clip(n.W[n.s] + 0.3, 0, 1)",
    "n.v += np.sum(n.W[:, n.s], axis=1)",
    "n.v += np.sum(n.W[n.s], axis=0)",
    "n.v += n.W[n.s].sum(axis=0) / 7",
    "n.h[n.g] += 1.5",
    "n.h[n.g] = n.h[n.g] * 2",
]
COUNTING = [
    "n.u[n.s] **= 2",
    "n.u += len(n.v[n.s])",
    "n.u += n.v[n.s].size",
    "n.u += np.sum(n.v[n.s])",
    "n.u += n.v[n.s].max() if n.s.any() else 0",
    "n.v[n.s] = n.v[n.s][::-1]",
    "n.u[n.s] = np.arange(len(n.u[n.s]))",
    "x = n.v[n.s]; x.sort(); n.v[n.s] = x",
    "n.v[n.s] = list(n.u[n.s])",
    "x = n.v[n.s]; n.s = ~n.s; n.u += x.sum()",
    "n.v[n.s] += n.W[n.s] @ n.u",
    "n.W[np.ix_(n.s, n.s)] += 1",
    "n.u[n.s][:] = 5",
    "n.v[n.s] = n.v[n.s] + np.ones(len(n.v[n.s]), dtype=np.float32)",
]


def data(share, seed):
    draw = np.random.default_rng(seed)

    def real(*shape):
        return draw.uniform(-1, 1, shape).astype(np.float32)

    n = types.SimpleNamespace(v=real(SIZE), u=real(SIZE), c=real(SIZE), W=real(SIZE, SIZE))
    n.k = draw.integers(-9, 9, SIZE).astype(np.int32)
    n.s = draw.uniform(size=SIZE) < share
    n.h, n.g = real(5, 6), draw.uniform(size=(5, 6)) < share
    return n


def ours(n):
    return types.SimpleNamespace(**{name: Array(value) for name, value in vars(n).items()})


def run(statement, n):
    exec(statement, {"np": np}, {"n": n})  # noqa: S102  the statements above


def assert_same(statement, expected, found, exact=True):
    for name, value in vars(expected).items():
        other = np.asarray(getattr(found, name))
        assert other.dtype == value.dtype, (statement, name)
        assert other.shape == value.shape, (statement, name)
        if exact:
            assert np.array_equal(other, value), (statement, name)
        else:
            np.testing.assert_allclose(other, value, rtol=1e-5, atol=1e-6, err_msg=statement)


@pytest.mark.parametrize("share", [0.0, 0.03, 0.3, 1.0])
@pytest.mark.parametrize("statement", LAZY + COUNTING)
def test_s6_what_a_mask_picks_is_what_numpy_picks(statement, share):
    expected = data(share, 3)
    found = ours(expected)
    expected = types.SimpleNamespace(**{k: v.copy() for k, v in vars(expected).items()})
    run(statement, expected)
    run(statement, found)
    assert_same(statement, expected, found, exact="sum" not in statement and "@" not in statement)


@pytest.mark.parametrize("seed", range(60))
def test_s6_programs_of_picks_give_numpys_numbers(seed):
    draw = random.Random(seed)
    expected = data(draw.choice([0.0, 0.03, 0.3, 1.0]), seed)
    found = ours(expected)
    expected = types.SimpleNamespace(**{k: v.copy() for k, v in vars(expected).items()})
    statements = [s for s in LAZY + COUNTING if "sum" not in s and "@" not in s and "**" not in s]
    done = []
    with np.errstate(all="ignore"):
        for _ in range(25):
            done.append(draw.choice(statements))
            run(done[-1], expected)
            run(done[-1], found)
    assert_same("; ".join(done), expected, found)


def test_s11_a_mask_of_another_length_raises_at_its_statement():
    v = Array(np.ones(5, np.float32))
    with pytest.raises((IndexError, ValueError)):
        v[Array(np.array([True, False]))]
    with pytest.raises((IndexError, ValueError)):
        v[Array(np.array([True, False]))] += 1
    with pytest.raises((IndexError, ValueError)):
        v[Array(np.array([True] * 5))] = np.ones(4, np.float32)


def test_s10_errors_of_picked_elements_alone_are_raised_under_errstate():
    v = Array(np.array([0.0, 1.0, 2.0], np.float32))
    with np.errstate(all="raise"):
        v[v > 0] = 1 / v[v > 0]
    assert list(v) == [0.0, 1.0, 0.5]


def test_s12_a_picked_array_that_is_kept_is_computed_by_the_end_of_the_iteration():
    class Keeping(Behavior):
        def initialize(self, n):
            n.v = n.vector("uniform")
            self.kept = []

        def iteration(self, n):
            self.kept.append(n.v[n.v > 0.5] * 2)
            n.v = n.vector("uniform")

    net = Network(seed=1)
    n = NeuronGroup(net, 50, {1: Keeping()})
    net.initialize(info=False)
    net.simulate_iterations(20, measure_block_time=False)
    before = monnto._engine.counters()["evaluations"]
    lengths = [len(x) for x in n.behavior[1].kept]
    assert monnto._engine.counters()["evaluations"] == before
    assert 10 < np.mean(lengths) < 40


def replayed(statement, static):
    class Picking(Behavior):
        def initialize(self, n):
            values = data(0.1, 5)
            for name in ("v", "u", "c", "k", "s", "W", "h", "g"):
                setattr(n, name, getattr(values, name))
            n.noise = n.vector("uniform")

        def iteration(self, n):
            n.noise = n.vector("uniform")
            n.s = n.noise > 0.9
            n.v = n.v * 0.5 + n.noise
            run(statement, n)

    net = Network(seed=2)
    NeuronGroup(net, SIZE, {1: type("Picking", (Picking,), {"static": static})()}, tag="n")
    net.initialize(info=False)
    before = monnto._engine.counters()["replayed"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        net.simulate_iterations(30, measure_block_time=False)
    return net.n, monnto._engine.counters()["replayed"] - before


@pytest.mark.parametrize("statement", LAZY)
def test_s21_picks_are_replayed_with_the_bits_of_recorded_ones(statement):
    static, count = replayed(statement, True)
    assert count >= 20, static.network._core.replay_status
    dynamic, _ = replayed(statement, False)
    for name in ("v", "u", "c", "k", "s", "W", "h", "g"):
        left, right = (np.asarray(getattr(n, name)) for n in (static, dynamic))
        assert left.tobytes() == right.tobytes(), name


@pytest.mark.parametrize("statement", COUNTING[1:5])
def test_s21_picks_that_are_counted_are_recorded(statement):
    static, _ = replayed(statement, True)
    dynamic, _ = replayed(statement, False)
    for name in ("v", "u"):
        left, right = (np.asarray(getattr(n, name)) for n in (static, dynamic))
        assert left.tobytes() == right.tobytes(), name


def test_rows_that_a_mask_picks_are_all_that_is_touched():
    n = 400

    class Rows(Behavior):
        static = True

        def initialize(self, s):
            s.W = s.matrix("uniform")

        def iteration(self, s):
            s.W[s.src.s] -= 0.01 * s.dst.v[None, :] * s.W[s.src.s]

    class Neurons(Behavior):
        static = True

        def initialize(self, group):
            group.v = group.vector("uniform")
            group.s = group.v > 2

        def iteration(self, group):
            group.s = group.vector("uniform") < 0.01

    net = Network(seed=1)
    group = NeuronGroup(net, n, {1: Neurons()}, tag="n")
    monnto.SynapseGroup(net, group, group, behavior={2: Rows()})
    net.initialize(info=False)
    net.simulate_iterations(20, measure_block_time=False)
    before = monnto._engine.counters()
    net.simulate_iterations(100, measure_block_time=False)
    after = monnto._engine.counters()
    assert after["replayed"] - before["replayed"] == 100
    touched = (after["touched"] - before["touched"]) / 100
    assert 1 * n < touched < 10 * n
