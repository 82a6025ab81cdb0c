"""Sparse matrices against the dense matrix and SciPy; rules of SEMANTICS.md by their numbers."""

import copy
import pickle

import numpy as np
import pytest

import monnto as mn
from monnto import SparseMatrix

SHAPES = [(7, 5), (1, 9), (40, 30), (3, 3)]


def make(shape, density=0.4, seed=0, source_first=False):
    rng = np.random.default_rng(seed)
    dense = np.where(rng.random(shape) < density, rng.normal(size=shape), 0).astype(np.float32)
    return SparseMatrix.from_dense(dense, source_first), dense


def spikes_of(count, seed=1):
    return np.random.default_rng(seed).random(count) < 0.3


@pytest.fixture(params=[(s, f) for s in SHAPES for f in (False, True)], ids=str)
def pair(request):
    return make(request.param[0], source_first=request.param[1])


def same(sparse, dense):
    assert isinstance(sparse, SparseMatrix)
    np.testing.assert_array_equal(np.asarray(sparse), dense)


def test_products_are_those_of_the_dense_matrix(pair):
    w, dense = pair
    pre, post = spikes_of(dense.shape[1]), spikes_of(dense.shape[0])
    d = mn.array(dense)
    for ours, theirs in [
        (w.dot(pre), d.dot(pre)),
        (w @ pre, d @ pre),
        (np.dot(w, pre), np.dot(d, pre)),
        (post @ w, post @ d),
        (np.dot(post, w), np.dot(post, d)),
        (w.T @ post, d.T @ post),
        (mn.array(post) @ w, post @ d),
        (mn.array(post).dot(w), post @ d),
        (w @ (pre * 0.37), d @ (pre * 0.37)),
        (w[:, pre].sum(axis=1), d[:, pre].sum(axis=1)),
        (np.sum(w[:, pre], axis=1), d[:, pre].sum(axis=1)),
        (np.sum(w[post], axis=0), d[post].sum(axis=0)),
        (w.sum(axis=0), d.sum(axis=0)),
        (np.sum(w, axis=1), np.sum(d, axis=1)),
    ]:
        assert ours.dtype == theirs.dtype
        np.testing.assert_allclose(np.asarray(ours), np.asarray(theirs), rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(float(w.sum()), dense.sum(), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(float(w.mean()), dense.mean(), rtol=1e-5, atol=1e-6)
    assert float(w.max()) == dense.max() and float(w.min()) == dense.min()


def test_updates_reach_the_synapses_that_exist(pair):
    w, dense = pair
    exists = dense != 0
    pre, post = spikes_of(dense.shape[1]), spikes_of(dense.shape[0])
    same_object = w
    w += post[:, None] * mn.array(pre)[None, :] * 0.25
    dense += (post[:, None] * pre[None, :] * 0.25 * exists).astype(np.float32)
    same(w, dense)
    w += np.outer(mn.array(post), mn.array(pre)) * 0.5
    dense += (np.outer(post, pre) * 0.5 * exists).astype(np.float32)
    same(w, dense)
    w *= 0.9
    dense *= np.float32(0.9)
    same(w, dense)
    w = np.clip(w, -0.5, 0.5)
    dense = np.clip(dense, -0.5, 0.5)
    same(w, dense)
    assert same_object is not w
    w[:, pre] *= 0.5
    dense[:, pre] *= np.float32(0.5)
    same(w, dense)
    w[post] -= 0.1
    dense[post] -= (np.float32(0.1) * exists[post]).astype(np.float32)
    same(w, dense)
    trace = np.linspace(0, 1, len(post)).astype(np.float32)
    w[:, pre] += trace[:, None] * w[:, pre]
    dense[:, pre] += trace[:, None] * dense[:, pre]
    same(w, dense)
    w[w < 0] = 0.0
    dense[dense < 0] = 0.0
    same(w, dense)
    w[np.ix_(post, pre)] = 2.0
    dense[np.ix_(post, pre)] = 2.0 * exists[np.ix_(post, pre)]
    same(w, dense)
    w /= np.sum(w, axis=1)[:, None] + 1
    dense = (dense / (np.asarray(mn.array(dense).sum(axis=1))[:, None] + 1)).astype(np.float32)
    np.testing.assert_allclose(np.asarray(w), dense, rtol=1e-6)
    w = w * 2 - w / 2 + np.abs(-w)
    np.testing.assert_allclose(np.asarray(w), dense * 2 - dense / 2 + abs(dense), rtol=1e-6)


def test_elements_rows_and_columns(pair):
    w, dense = pair
    np.testing.assert_array_equal(np.asarray(w[0]), dense[0])
    np.testing.assert_array_equal(np.asarray(w[:, -1]), dense[:, -1])
    assert float(w[0, -1]) == dense[0, -1]
    with pytest.raises(IndexError):
        w[dense.shape[0]]
    with pytest.raises(IndexError):
        w[:, np.ones(dense.shape[1] + 1, bool)]


def test_scipy_there_and_back(pair):
    sparse = pytest.importorskip("scipy.sparse")
    w, dense = pair
    first = w._source_first
    for form in ("csr", "csc", "coo"):
        made = w.to_scipy(form)
        assert made.format == form
        np.testing.assert_array_equal(made.toarray(), dense)
        same(SparseMatrix.from_scipy(made, source_first=first), dense)
    same(SparseMatrix.from_scipy(sparse.csr_matrix(dense), source_first=first), dense)


def test_prune_and_grow_in_place(pair):
    w, dense = pair
    other = w.T
    gone = w.prune(w < 0.2)
    assert gone == np.count_nonzero(dense) - np.count_nonzero(dense >= 0.2)
    dense = np.where(dense >= 0.2, dense, dense.dtype.type(0))
    same(w, dense)
    same(other, dense.T)
    empty = np.argwhere(dense == 0)[:3]
    ends = empty.T if w._source_first else empty.T[::-1]
    w.grow(*ends, values=0.7)
    dense[tuple(empty.T)] = 0.7
    same(w, dense)


def test_one_number_for_all_costs_no_memory():
    net = mn.Network(settings={"synapses": "sparse"}, seed=1)
    n = mn.NeuronGroup(net, 1000)
    s = mn.SynapseGroup(net, n, n)
    net.initialize(info=False)
    w = s.matrix(0.1, density=0.1)
    assert w.nbytes < 2.2 * w.nnz + 20_000
    spikes = spikes_of(1000)
    weighted = s.matrix("uniform", density=0.1)
    assert 5.5 * weighted.nnz < weighted.nbytes < 6.3 * weighted.nnz + 20_000
    pattern = np.asarray(w) != 0
    np.testing.assert_allclose(
        np.asarray(w @ spikes), pattern.astype(float) @ spikes * 0.1, rtol=1e-5
    )
    w *= 2
    bits = 1000 * 1024 // 8  # rows as bits, made at the first product
    assert w.nbytes < 2.2 * w.nnz + bits + 30_000
    w += spikes.astype(np.float32)[:, None]
    assert w.values.shape == (w.nnz,)
    same(w, np.where(pattern, np.float32(0.2) + spikes.astype(np.float32)[:, None], 0))


class Plastic(mn.Behavior):
    """A network's naive script, the same for dense and sparse matrices."""

    static = True

    def initialize(self, n):
        n.v = n.vector("uniform")
        n.spike = n.v > 2

    def iteration(self, n):
        for s in n.synapses(mn.afferent, "GLU"):
            n.v += s.W.dot(s.src.spike) * 0.1
            s.W += n.spike[:, None] * s.src.spike[None, :] * 0.01
            s.W *= 0.999
            s.W = np.clip(s.W, 0.0, 1.0)
        n.spike = n.v > 1
        n.v *= 0.9 * ~n.spike
        n.v += n.vector("uniform", density=0.5)


class Weights(mn.Behavior):
    def initialize(self, s):
        s.W = self.parameter("make")(s)


def network(make_weights, threads=1, seed=3, size=60):
    net = mn.Network(seed=seed, threads=threads)
    n = mn.NeuronGroup(net, size, behavior={1: Plastic()})
    mn.SynapseGroup(net, n, n, tag="GLU", behavior={0: Weights(make=make_weights)})
    net.initialize(info=False)
    return net, n, net.SynapseGroups[0]


def from_numbers(source_first=False):
    dense = make((60, 60), 0.3)[1]
    return lambda s: SparseMatrix.from_dense(abs(dense), source_first)


def test_the_same_script_runs_dense_and_sparse():
    net, n, s = network(from_numbers())
    full = abs(make((60, 60), 0.3)[1])
    exists = full != 0
    other, m, t = network(lambda s: mn.array(full))
    for _ in range(30):
        net.simulate_iterations(1, measure_block_time=False)
        other.simulate_iterations(1, measure_block_time=False)
        t.W *= exists
        np.testing.assert_array_equal(np.asarray(n.v), np.asarray(m.v))
        np.testing.assert_array_equal(np.asarray(s.W), np.asarray(t.W))
    assert np.asarray(n.spike).any()


def test_any_number_of_threads_gives_the_same_bits_s17():
    results = []
    for threads in (1, 2, 7):
        net, n, s = network(
            lambda s: s.matrix("uniform", density=0.2, sparse=True, delay="uniform(1, 9)"),
            threads=threads,
            size=1500,
        )
        net.simulate_iterations(20, measure_block_time=False)
        results.append((np.asarray(n.v), np.asarray(s.W.values)))
    for v, values in results[1:]:
        np.testing.assert_array_equal(v, results[0][0])
        np.testing.assert_array_equal(values, results[0][1])


class Line(mn.Behavior):
    """Delivers, then fires at given steps: one step passes before anything is delivered."""

    static = True

    def initialize(self, n):
        n.step = mn.array(np.zeros(1, np.int64))
        n.spike = n.vector() > 1
        n.arrived = n.vector()

    def iteration(self, n):
        for s in n.synapses(mn.afferent, "GLU"):
            n.arrived = s.W.deliver(s.src.spike)
        n.step += 1
        n.spike = n.step % n.period == 0


def line(matrix, size, periods, threads=1, behavior=None):
    net = mn.Network(seed=3, threads=threads)
    n = mn.NeuronGroup(net, size, behavior={1: behavior or Line()})
    n.period = mn.array(np.asarray(periods))
    s = mn.SynapseGroup(net, n, n, tag="GLU")
    s.W = matrix(s)
    net.initialize(info=False)
    return net, n, s


def delayed_by_hand(w, delays, periods, steps):
    """arrived[t][i] = sum over synapses of w where the source fired at t - delay."""
    fired = [np.zeros(len(periods), bool)] + [t % periods == 0 for t in range(1, steps + 1)]
    history = []
    for t in range(1, steps + 1):
        total = np.zeros(w.shape[0])
        for delay in np.unique(delays[w != 0]):
            if t - delay >= 0:
                total += np.where(delays == delay, w, 0) @ fired[t - delay]
        history.append(total)
    return history


@pytest.mark.parametrize("kind", ["synapse", "axonal", "dendritic", "both", "one"])
def test_spikes_arrive_after_their_delay(kind):
    rng = np.random.default_rng(5)
    size, steps = 25, 40
    periods = rng.integers(2, 9, size)
    axonal = rng.integers(1, 7, size)
    dendritic = rng.integers(1, 5, size)
    given = {
        "axonal": {"axonal_delay": axonal.astype(float)},
        "dendritic": {"dendritic_delay": dendritic.astype(float)},
        "both": {"axonal_delay": axonal.astype(float), "dendritic_delay": 2.0},
        "one": {"delay": 4.0},
        "synapse": {"delay": "uniform(0.6, 8.4)"},
    }[kind]
    net, n, s = line(
        lambda s: s.matrix("uniform", density=0.3, sparse=True, **given), size, periods
    )
    sources, targets, steps_of = map(np.asarray, s.W.pattern.ends())
    delays = np.zeros((size, size), int)
    delays[targets, sources] = steps_of
    expected = {
        "axonal": lambda: axonal[sources],
        "dendritic": lambda: dendritic[targets],
        "both": lambda: axonal[sources] + 2,
        "one": lambda: np.full(len(sources), 4),
        "synapse": lambda: steps_of,
    }[kind]()
    np.testing.assert_array_equal(steps_of, expected)
    assert kind != "synapse" or (steps_of.min() == 1 and steps_of.max() == 8)
    for expected in delayed_by_hand(np.asarray(s.W), delays, periods, steps):
        net.simulate_iterations(1, measure_block_time=False)
        np.testing.assert_allclose(np.asarray(n.arrived), expected, rtol=1e-5, atol=1e-6)


def delayed_network():
    return line(
        lambda s: s.matrix("uniform", density=0.3, sparse=True, delay="uniform(1, 9)"),
        30,
        np.arange(30) % 7 + 2,
    )


def test_a_snapshot_holds_delays_in_flight_s19():
    net, n, _s = delayed_network()
    net.simulate_iterations(13, measure_block_time=False)
    snapshot = net.snapshot()
    twin = pickle.loads(pickle.dumps(net))
    net.simulate_iterations(17, measure_block_time=False)
    expected = np.asarray(n.arrived).copy()
    assert expected.any()
    twin.simulate_iterations(17, measure_block_time=False)
    np.testing.assert_array_equal(np.asarray(twin.NeuronGroups[0].arrived), expected)
    net.restore(snapshot)
    net.simulate_iterations(17, measure_block_time=False)
    np.testing.assert_array_equal(np.asarray(n.arrived), expected)
    other, m, _t = delayed_network()
    other.restore(snapshot)
    other.simulate_iterations(17, measure_block_time=False)
    np.testing.assert_array_equal(np.asarray(m.arrived), expected)


def test_static_networks_with_sparse_matrices_are_replayed_s21():
    for build in (delayed_network, lambda: network(from_numbers())):
        net = build()[0]
        net.simulate_iterations(5, measure_block_time=False)
        before = mn._engine.counters()["replayed"]
        net.simulate_iterations(20, measure_block_time=False)
        assert mn._engine.counters()["replayed"] > before, net.explain()


def test_copies_s9():
    w, dense = make((6, 4))
    for other in (copy.copy(w), copy.deepcopy(w), w.copy(), pickle.loads(pickle.dumps(w))):
        other *= 2
        same(w, dense)
        same(other, dense * 2)
    net, n, _s = delayed_network()
    net.simulate_iterations(9, measure_block_time=False)
    twin = copy.deepcopy(net)
    for each in (net, twin):
        each.simulate_iterations(9, measure_block_time=False)
    np.testing.assert_array_equal(np.asarray(n.arrived), np.asarray(twin.NeuronGroups[0].arrived))


BAD_INPUT = [
    (ValueError, "density", lambda s: s.matrix("uniform", density=1.5, sparse=True)),
    (ValueError, "density", lambda s: s.matrix("uniform", density=-0.1, sparse=True)),
    (ValueError, "density", lambda s: s.matrix("uniform", density=float("nan"), sparse=True)),
    *[
        (ValueError, "delay", lambda s, given=given: s.matrix("uniform", sparse=True, **given))
        for given in (
            {"delay": 0.0},
            {"delay": 0.2},
            {"delay": float("nan")},
            {"delay": -3.0},
            {"delay": np.array([1.0, np.nan])},
            {"axonal_delay": 0.0},
            {"dendritic_delay": float("nan")},
            {"axonal_delay": np.ones(7)},
            {"delay": 1.0, "axonal_delay": 1.0},
        )
    ],
    (ValueError, "delay", lambda s: s.matrix("uniform", delay=np.full((50, 50), 0.2))),
    (ValueError, "delay", lambda s: s.procedural("fixed_probability", 0.1, p=0.5, delay=0.0)),
    (ValueError, "delay", lambda s: s.connect("one_to_one", weight=1.0, delay=float("nan"))),
    (
        ValueError,
        "synapse",
        lambda s: SparseMatrix(s.matrix("uniform", sparse=True).pattern, mn.array(np.zeros(3))),
    ),
    (IndexError, "out of range", lambda _: SparseMatrix.from_pairs((5, 5), [0, 7], [1, 1], 1.0)),
    (IndexError, "out of range", lambda _: SparseMatrix.from_pairs((5, 5), [0, 1], [1, -1], 1.0)),
    (ValueError, "shape", lambda s: s.matrix("uniform", sparse=True).dot(np.ones(7))),
    (ValueError, "sparse", lambda _: mn.Network(settings={"synapses": "thin"})),
    (TypeError, "delya", lambda s: s.matrix("uniform", sparse=True, delya=3)),
]


@pytest.mark.parametrize("case", range(len(BAD_INPUT)))
def test_bad_input_leaves_the_network_usable(case):
    error, words, make_mistake = BAD_INPUT[case]
    net, n, s = line(
        lambda s: s.matrix("uniform", density=0.5, sparse=True), 50, np.arange(50) % 4 + 2
    )
    net.simulate_iterations(5, measure_block_time=False)
    before = np.asarray(s.W).copy()
    with pytest.raises(error, match=words):
        make_mistake(s)
    np.testing.assert_array_equal(np.asarray(s.W), before)
    net.simulate_iterations(5, measure_block_time=False)
    assert np.asarray(n.arrived).any()


def test_too_much_memory_is_refused_before_allocating():
    net = mn.Network(seed=1)
    n = mn.NeuronGroup(net, 1_000_000)
    s = mn.SynapseGroup(net, n, n)
    net.initialize(info=False)
    with pytest.raises(MemoryError, match=r"needs 4 TB.*sparse.*procedural"):
        s.matrix("uniform")
    with pytest.raises(MemoryError, match="sparse matrix"):
        s.matrix("uniform", density=0.5, sparse=True)
    net.simulate_iterations(1, measure_block_time=False)


def test_what_it_says():
    w, _ = make((7, 5))
    assert "SparseMatrix((7, 5), float32" in repr(w)
    assert w.ndim == 2 and w.size == 35 and len(w) == 7
    with pytest.raises(ValueError, match="ambiguous"):
        bool(w)
    with pytest.warns(UserWarning, match="exp"):
        np.exp(w)
    with pytest.raises(TypeError, match="asarray"):
        np.linalg.norm(w)


class Replacing(Line):
    """A matrix that each iteration makes anew keeps its spikes on their way."""

    def iteration(self, n):
        super().iteration(n)
        for s in n.synapses(mn.afferent, "GLU"):
            s.W = np.clip(s.W, 0, 1)


def test_a_matrix_that_is_made_anew_keeps_its_spikes():
    net, n, _s = delayed_network()
    other, m, _t = line(
        lambda s: s.matrix("uniform", density=0.3, sparse=True, delay="uniform(1, 9)"),
        30,
        np.arange(30) % 7 + 2,
        behavior=Replacing(),
    )
    for _ in range(25):
        net.simulate_iterations(1, measure_block_time=False)
        other.simulate_iterations(1, measure_block_time=False)
        np.testing.assert_array_equal(np.asarray(n.arrived), np.asarray(m.arrived))
    assert np.asarray(n.arrived).any()


@pytest.mark.parametrize("kind", ["axonal", "dendritic", "both", "one", "synapse", "drawn"])
def test_a_dense_matrix_with_delays_holds_every_pair(kind):
    rng = np.random.default_rng(5)
    size, steps = 12, 25
    periods = rng.integers(2, 6, size)
    axonal = rng.integers(1, 5, size)
    dendritic = rng.integers(1, 5, (size, 1))
    each = rng.integers(1, 9, (size, size))
    given, delays = {
        "axonal": ({"axonal_delay": axonal * 1.0}, axonal),
        "dendritic": ({"dendritic_delay": dendritic[:, 0] * 1.0}, dendritic),
        "both": (
            {"axonal_delay": axonal * 1.0, "dendritic_delay": dendritic[:, 0] * 1.0},
            axonal + dendritic,
        ),
        "one": ({"delay": 3.0}, 3),
        "synapse": ({"delay": each * 1.0}, each),
        "drawn": ({"delay": "uniform(1, 6)"}, None),
    }[kind]
    net, n, s = line(lambda s: s.matrix("uniform", **given), size, periods)
    assert s.W.nnz == s.W.size == size * size
    sources, targets, steps_of = map(np.asarray, s.W.pattern.ends())
    if delays is None:
        delays = np.zeros((size, size), int)
        delays[targets, sources] = steps_of
        assert steps_of.min() >= 1 and steps_of.max() <= 6 and len(np.unique(steps_of)) > 3
    delays = np.broadcast_to(delays, (size, size))
    np.testing.assert_array_equal(delays[targets, sources], steps_of)
    for expected in delayed_by_hand(np.asarray(s.W), delays, periods, steps):
        net.simulate_iterations(1, measure_block_time=False)
        np.testing.assert_allclose(np.asarray(n.arrived), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("syn_dim", [mn.DxS, mn.SxD])
def test_delays_in_the_shape_of_the_matrix_are_read_where_synapses_are(syn_dim):
    net = mn.Network(seed=1, settings={"syn_dim": syn_dim})
    source, target = mn.NeuronGroup(net, 9), mn.NeuronGroup(net, 5)
    s = mn.SynapseGroup(net, source, target)
    net.initialize(info=False)
    shape = (5, 9) if syn_dim == mn.DxS else (9, 5)
    each = np.arange(45).reshape(shape) % 7 + 1
    w = s.matrix("uniform", density=0.5, sparse=True, delay=each * 1.0)
    sources, targets, steps = map(np.asarray, w.pattern.ends())
    place = (targets, sources) if syn_dim == mn.DxS else (sources, targets)
    np.testing.assert_array_equal(steps, each[place])
    with pytest.raises(ValueError, match="delay"):
        s.matrix("uniform", density=0.5, sparse=True, delay=each.T * 1.0)


def test_a_sparse_matrix_is_recorded_by_its_values():
    net, _n, s = line(lambda s: s.matrix("uniform", density=0.4, sparse=True), 9, np.full(9, 3))
    s.add_behavior(8, mn.Recorder(["W.values", "np.sum(W, axis=1)", "W"]))
    s.add_behavior(7, Growing())
    net.initialize(info=False)
    net.simulate_iterations(4, measure_block_time=False)
    recorded = s["W.values", 0]
    assert len(recorded) == 4
    np.testing.assert_array_equal(np.asarray(recorded[-1]), np.asarray(s.W.values))
    np.testing.assert_array_equal(
        np.asarray(recorded[1]), np.asarray(recorded[0]) + np.float32(1.0)
    )
    np.testing.assert_allclose(
        np.asarray(s["np.sum(W, axis=1)", 0][-1]), np.sum(np.asarray(s.W), axis=1), rtol=1e-6
    )
    first, last = s["W", 0][0], s["W", 0][-1]
    same(last, np.asarray(s.W))
    np.testing.assert_array_equal(np.asarray(first.values), np.asarray(recorded[0]))


class Growing(mn.Behavior):
    def iteration(self, s):
        s.W += 1.0


def test_the_torch_dialect_has_sparse_matrices():
    results = []
    for dialect in ("numpy", "torch"):
        net = mn.Network(seed=3, settings={"dialect": dialect})
        n = mn.NeuronGroup(net, 40, behavior={1: Line()})
        n.period = mn.array(np.arange(40) % 4 + 2)
        s = mn.SynapseGroup(net, n, n, tag="GLU")
        s.W = s.matrix("uniform", density=0.3, sparse=True, delay="uniform(1, 5)")
        s.add_behavior(7, Learning())
        net.initialize(info=False)
        net.simulate_iterations(20, measure_block_time=False)
        results.append((np.asarray(n.arrived), np.asarray(s.W), np.asarray(s.W @ n.spike)))
    for ours, theirs in zip(*results, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert results[0][0].any()


class Learning(mn.Behavior):
    def iteration(self, s):
        s.W += s.dst.spike[:, None] * s.src.spike[None, :] * 0.25
        s.W = np.clip(s.W, 0, 1)


def test_procedural_matrices_are_copied_and_pickled_s9():
    def build(s):
        return s.procedural("fixed_probability", (0.1, 0.2), p=0.3, delay=3.0)

    net, n, s = line(build, 30, np.arange(30) % 5 + 2)
    net.simulate_iterations(9, measure_block_time=False)
    twin = copy.deepcopy(net)
    kept = pickle.loads(pickle.dumps(net))
    for each in (net, twin, kept):
        each.simulate_iterations(9, measure_block_time=False)
    expected = np.asarray(n.arrived)
    assert expected.any()
    np.testing.assert_array_equal(np.asarray(twin.NeuronGroups[0].arrived), expected)
    np.testing.assert_array_equal(np.asarray(kept.NeuronGroups[0].arrived), expected)
    assert isinstance(twin.SynapseGroups[0].W, mn.ProceduralMatrix)
    assert isinstance(kept.SynapseGroups[0].W, SparseMatrix)
    np.testing.assert_array_equal(np.asarray(kept.SynapseGroups[0].W), np.asarray(s.W))


def test_a_network_counts_the_synapses_that_exist():
    net, _n, s = line(lambda s: s.matrix("uniform", density=0.2, sparse=True), 50, np.full(50, 3))
    assert f"{s.W.nnz} synapses in 1 group" in str(net)
    assert f"(D50xS50, {s.W.nnz} synapses)" in str(net)
