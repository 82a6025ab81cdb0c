"""Objects of other packages as attributes (S3, S8): the examples of examples/foreign, checked."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

import monnto

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "foreign"


def example(name, *needs):
    for package in needs:
        pytest.importorskip(package)
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(EXAMPLES))  # as when the example is run
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(EXAMPLES))
    return module


def test_scipy_matrices_multiply_and_are_normalized():
    net = example("scipy_sparse", "scipy").build(size=200)
    assert type(net.GLU.W).__name__ in ("csc_matrix", "csc_array")
    net.simulate_iterations(30)
    # The same with our own dense product of the same weights gives the same numbers.
    dense = net.GLU.W.toarray()
    before, spikes = np.array(net.neurons.v), None
    net.neurons.behavior[1].behavior_enabled = False
    net.simulate_iterations(1)
    spikes = np.array(net.neurons.spike)
    np.testing.assert_allclose(net.neurons.v, before + dense @ spikes, rtol=1e-5, atol=1e-6)
    net.simulate_iterations(69)
    sums = np.asarray(net.GLU.W.sum(axis=1)).ravel()
    np.testing.assert_allclose(sums[sums > 0], 1.0, rtol=1e-5)


def test_numba_functions_write_into_our_arrays():
    script = example("numba_function", "numba")
    net = script.build(size=50)
    v, u = np.array(net.neurons.v), np.array(net.neurons.u)
    net.simulate_iterations(100)
    assert len(net["spike.t", 0]) > 0
    # The same function on plain arrays, with the network's own input.
    twin = script.build(size=50)
    current = np.array(twin.neurons.vector("uniform"))
    spike = np.zeros(50, dtype=bool)
    script.step(v, u, spike, current)
    assert np.isfinite(v).all() and not np.isnan(np.asarray(net.neurons.v)).any()


def test_cython_functions_write_into_our_arrays():
    script = example("cython_function", "Cython", "setuptools")
    net, twin = script.build(size=50), script.build(size=50)

    def step(v, u, spike, current):
        """The same in NumPy, on float64 as Cython's constants are."""
        spike[:] = v > 30
        v[spike == 1] = -65
        u[spike == 1] += 8
        wide = v.astype(float)
        v[:] = wide + 0.5 * (0.04 * wide * wide + 5.0 * wide + 140.0 - u + np.asarray(current))
        u[:] = u + 0.5 * 0.02 * (0.2 * v.astype(float) - u)

    twin.neurons.function = lambda v, u, spike, current: step(
        np.asarray(v), np.asarray(u), spike, current
    )
    for _ in range(100):
        net.simulate_iterations(1)
        twin.simulate_iterations(1)
        np.testing.assert_allclose(net.neurons.v, twin.neurons.v, rtol=1e-5)
        twin.neurons.v[:] = net.neurons.v  # differences of one ulp would grow
        twin.neurons.u[:] = net.neurons.u
    assert len(net["spike.t", 0]) == len(twin["spike.t", 0]) > 0


def test_torch_tensors_stay_torchs_and_learn():
    torch = pytest.importorskip("torch")
    net = example("torch_tensor", "torch").build()
    assert isinstance(net.neurons.weights, torch.Tensor)
    net.simulate_iterations(300)
    errors = np.array(net["error", 0])
    assert errors[-20:].mean() < 0.05 * errors[1:20].mean()
    assert isinstance(net.neurons.weights, torch.Tensor) and net.neurons.weights.requires_grad


def test_any_object_may_be_an_attribute_and_is_given_back():
    class Meter:
        def __init__(self):
            self.readings = []

        def read(self, values):
            self.readings.append(float(values.sum()))

    class Uses(monnto.Behavior):
        def initialize(self, n):
            n.meter, n.table = Meter(), {"gain": 2.0}
            n.v = n.vector(1.0)

        def iteration(self, n):
            n.v = n.v * n.table["gain"]
            n.meter.read(n.v)

    net = monnto.Network()
    group = monnto.NeuronGroup(net, 4, {1: Uses()})
    net.initialize(info=False)
    net.simulate_iterations(3)
    assert group.meter.readings == [8.0, 16.0, 32.0]
