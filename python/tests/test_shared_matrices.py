"""Procedural matrices, convolutions and pooling against the dense matrix."""

import copy

import numpy as np
import pytest

import monnto as mn
from monnto import ConvolutionMatrix


def groups(sources=80, targets=120, **settings):
    net = mn.Network(seed=4, **settings)
    src = mn.NeuronGroup(net, sources)
    dst = mn.NeuronGroup(net, targets)
    synapses = mn.SynapseGroup(net, src, dst)
    net.initialize(info=False)
    return net, synapses


@pytest.mark.parametrize("value", [0.5, (0.5, 1.5)])
@pytest.mark.parametrize("order", [mn.DxS, mn.SxD])
def test_a_procedural_matrix_is_its_dense_matrix(value, order):
    _net, s = groups(settings={"syn_dim": order})
    w = s.procedural("fixed_probability", value, p=0.2)
    dense = np.asarray(w)
    assert w.shape == dense.shape == s.matrix_dim()
    assert 0.15 < (dense != 0).mean() < 0.25
    low, high = value if isinstance(value, tuple) else (value, value)
    assert dense[dense != 0].min() >= low and dense.max() <= high
    rng = np.random.default_rng(0)
    x, y = rng.random(dense.shape[1]) < 0.3, rng.random(dense.shape[0]) < 0.3
    kept = w.to_sparse()
    for ours, theirs in [
        (w.dot(x), kept.dot(x)),
        (w @ x, kept @ x),
        (y @ w, y @ kept),
        (np.dot(w, x), kept.dot(x)),
        (w.T @ y, kept.T @ y),
        (w.sum(axis=0), kept.sum(axis=0)),
    ]:
        np.testing.assert_array_equal(np.asarray(ours), np.asarray(theirs))
    np.testing.assert_allclose(np.asarray(w @ x), dense @ x, rtol=1e-5)


def test_a_procedural_matrix_cannot_be_changed():
    _net, s = groups()
    w = s.procedural("fixed_outdegree", 1.0, k=5)
    with pytest.raises(TypeError, match="to_sparse"):
        w += 1
    with pytest.raises(TypeError, match="to_sparse"):
        np.exp(w)
    with pytest.raises(ValueError, match="p"):
        s.procedural("fixed_probability", 1.0, p=1.5)
    with pytest.raises(ValueError, match="high"):
        s.procedural("fixed_probability", (2, 1), p=0.5)


class Line(mn.Behavior):
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


def line(make):
    net = mn.Network(seed=3)
    n = mn.NeuronGroup(net, 40, behavior={1: Line()})
    n.period = mn.array(np.arange(40) % 7 + 2)
    s = mn.SynapseGroup(net, n, n, tag="GLU")
    s.W = make(s)
    net.initialize(info=False)
    return net, n


def test_procedural_spikes_arrive_late_and_survive_snapshots():
    def procedural(s):
        return s.procedural("fixed_probability", (0.5, 1.5), p=0.2, delay=3)

    net, n = line(procedural)
    kept, m = line(lambda s: procedural(s).to_sparse())
    before = mn._engine.counters()["replayed"]
    net.simulate_iterations(8, measure_block_time=False)
    assert mn._engine.counters()["replayed"] > before, net.explain()
    kept.simulate_iterations(8, measure_block_time=False)
    for _ in range(4):
        net.simulate_iterations(7, measure_block_time=False)
        kept.simulate_iterations(7, measure_block_time=False)
        np.testing.assert_array_equal(np.asarray(n.arrived), np.asarray(m.arrived))
    assert np.asarray(n.arrived).any()
    snapshot, twin = net.snapshot(), copy.deepcopy(net)
    net.simulate_iterations(4, measure_block_time=False)
    expected = np.asarray(n.arrived)
    twin.simulate_iterations(4, measure_block_time=False)
    np.testing.assert_array_equal(np.asarray(twin.NeuronGroups[0].arrived), expected)
    net.restore(snapshot)
    net.simulate_iterations(4, measure_block_time=False)
    np.testing.assert_array_equal(np.asarray(n.arrived), expected)


@pytest.mark.parametrize("border", ["same", "valid", "wrap"])
@pytest.mark.parametrize("stride", [1, 2])
def test_a_convolution_is_its_dense_matrix(border, stride):
    rng = np.random.default_rng(1)
    kernel = rng.normal(size=(3, 3)).astype(np.float32)
    w = ConvolutionMatrix(kernel, (7, 8), stride, border)
    dense = np.asarray(w)
    assert w.shape == dense.shape
    image = (rng.random((7, 8)) < 0.4).astype(np.float32)
    padded = {
        "same": np.pad(image, 1),
        "valid": image,
        "wrap": np.pad(image, 1, mode="wrap"),
    }[border]
    rows, columns = w.target_shape
    expected = [
        (padded[y * stride : y * stride + 3, x * stride : x * stride + 3] * kernel).sum()
        for y in range(rows)
        for x in range(columns)
    ]
    np.testing.assert_allclose(np.asarray(w @ image.ravel()), expected, atol=1e-5)
    y = rng.random(dense.shape[0]) < 0.5
    np.testing.assert_allclose(np.asarray(y @ w), y @ dense, atol=1e-5)
    np.testing.assert_allclose(np.asarray(w.T @ y), y @ dense, atol=1e-5)
    local = w.to_sparse()
    local *= 2
    np.testing.assert_array_equal(np.asarray(local), 2 * dense)
    w.kernel *= 3
    np.testing.assert_allclose(np.asarray(w), 3 * dense, rtol=1e-6)


def test_pooling_takes_means():
    image = np.arange(16, dtype=np.float32)
    pooled = ConvolutionMatrix.pooling((4, 4), 2) @ image
    np.testing.assert_array_equal(np.asarray(pooled), [2.5, 4.5, 10.5, 12.5])
    with pytest.raises(ValueError, match="kernel"):
        ConvolutionMatrix(np.ones((5, 5)), (4, 4))
    with pytest.raises(ValueError, match="border"):
        ConvolutionMatrix(np.ones((3, 3)), (4, 4), border="mirror")
