"""The classical networks of examples/classical give the values that were measured of PymoNNto.

Bands of statistical values hold for the seeds used here; each is at least four standard deviations of what ten seeds gave, so
another stream of random numbers would fail one of them in less than one run of a hundred.
"""

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "classical"


@pytest.fixture(autouse=True)
def examples_are_importable(monkeypatch):
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(EXAMPLES))
    yield
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) and str(EXAMPLES) in str(
            sys.modules[name].__file__
        ):
            del sys.modules[name]


def ran(name, iterations, **settings):
    script = importlib.import_module(name)
    net = script.build(seed=1, **settings)
    net.simulate_iterations(iterations)
    return script, net


def is_replayed(net):
    return net._core.replay_status == "replayed as a plan"


def test_izhikevich():
    script, net = ran("izhikevich", 1000)
    assert script.fired_fraction(net.exc) == pytest.approx(0.01374, abs=0.0009)
    assert script.fired_fraction(net.inh) == pytest.approx(0.01375, abs=0.0012)
    assert script.fired_fraction(net.exc, 0, 200) == pytest.approx(0.0163, abs=0.0032)
    assert np.mean(net.exc["np.mean(v)", 0]) == pytest.approx(-64.95, abs=0.32)
    assert 150 < np.max(net.exc["n.v[:3]", 0]) < 300
    assert is_replayed(net)


def test_leaky_integrate_and_fire():
    _, net = ran("leaky_integrate_and_fire", 1000)
    from izhikevich import fired_fraction

    assert fired_fraction(net.exc) == pytest.approx(0.00292, abs=0.00052)
    assert fired_fraction(net.inh) == pytest.approx(0.04927, abs=0.0009)
    assert np.mean(net.exc["np.mean(v)", 0]) == pytest.approx(-25.94, abs=0.16)
    assert np.mean(net.inh["np.mean(v)", 0]) == pytest.approx(-49.13, abs=0.2)
    assert is_replayed(net)


def test_hodgkin_huxley_loses_spikes_along_the_cable():
    script, net = ran("hodgkin_huxley", 50_000)
    v = net["v", 0, "np"][:, :, 0]
    expected = {
        0: (103.14, 301.96, 317.64, 332.86, 348.06, 363.88, 379.07, 394.27),
        5: (120.04, 318.70, 367.59, 413.73),
        10: (137.38, 336.03, 385.01, 431.12),
        19: (168.15, 366.80, 415.81, 461.90),
    }
    places = script.crossings(v)
    for compartment, times in expected.items():
        np.testing.assert_allclose(places[compartment] * script.DT, times, atol=0.021)
    assert v[:, 0].max() == pytest.approx(40.22, abs=0.01)
    assert is_replayed(net)


def test_hindmarsh_rose():
    _, net = ran("hindmarsh_rose", 200_000)
    from hodgkin_huxley import crossings

    x = net["x", 0, "np"]
    places = crossings(x, 1.0)
    assert [len(each) for each in places] == [7, 92, 258]
    np.testing.assert_allclose([each[0] for each in places], [4158, 650, 300], atol=2)
    np.testing.assert_allclose(x.min(axis=0), [-1.671, -1.608, -1.560], atol=0.001)
    np.testing.assert_allclose(x.max(axis=0), [1.850, 2.234, 2.477], atol=0.001)
    assert is_replayed(net)


def test_wang_buzsaki():
    script, net = ran("wang_buzsaki", 10_000)
    from hodgkin_huxley import crossings

    v = net["v", 0, "np"]
    expected = [8.92, 19.06, 29.18, 39.30, 49.41, 59.53, 69.64, 79.76, 89.88, 99.99]
    np.testing.assert_allclose(crossings(v)[0] * script.DT, expected, atol=0.011)
    assert v.max() == pytest.approx(31.85, abs=0.01)
    assert v.min() == pytest.approx(-69.97, abs=0.01)
    assert is_replayed(net)


def test_brunel_hakim_oscillates():
    script, net = ran("brunel_hakim", 2000)
    counts = net["np.sum(spike)", 0, "np"]
    assert counts.sum() == pytest.approx(2780, abs=110)
    assert 12 <= np.flatnonzero(counts)[0] <= 22
    lag, height = script.rhythm(counts)
    assert lag == pytest.approx(118.5, abs=7)
    assert height > 0.35
    assert is_replayed(net)


def test_synfire_chain_grows():
    _, net = ran("synfire_chain", 100)
    groups = net.NeuronGroups
    spikes = [len(group["spike.t", 0]) for group in groups]
    for group in groups:  # every neuron in the first iteration
        assert int((np.asarray(group["spike.t", 0]) == 1).sum()) == 100
    assert spikes[0] == pytest.approx(392, abs=13)
    assert spikes[1] == pytest.approx(1002, abs=75)
    assert 2000 < spikes[9] < 3700
    assert is_replayed(net)


def test_hopfield_finds_its_images_again():
    script = importlib.import_module("hopfield")
    np.random.seed(1)
    net = script.build()
    for _ in range(5):
        net.simulate_iteration()
        weights = np.asarray(net.GLUTAMATE.W)
        assert np.abs(weights).sum() == pytest.approx(1.0, abs=1e-4)
        assert np.trace(weights) == 0
    net.simulate_iterations(194)
    assert min(script.recalled(net)) > 0.85
    assert -0.6 < float(net.neurons.energy) < -0.3


def test_basic():
    _, net = ran("basic", 1000)
    assert len(net["spike.t", 0]) / 100_000 == pytest.approx(0.0053, abs=0.0009)
    assert np.mean(net["np.mean(voltage)", 0]) == pytest.approx(0.0387, abs=0.006)
    assert is_replayed(net)


def test_stdp_homeostasis_normalization():
    _, net = ran("stdp_homeostasis_normalization", 200)
    np.testing.assert_allclose(np.sum(net.GLUTAMATE.W, axis=1), 10, atol=1e-5)
    assert 85 < len(net["spike.t", 0]) < 160
    assert 0.05 < np.mean(net["np.mean(voltage)", 0]) < 0.065


def test_equation():
    script = importlib.import_module("equation")
    net = script.build()
    net.simulate_iterations("1000*ms")
    v, t = net["v", 0, "np"], net["t", 0, "np"]
    assert v[-1, 0] == pytest.approx(4.5219e-5, abs=1e-9)
    assert t[-1] == 1.0
    assert is_replayed(net)


@pytest.mark.parametrize("threads", [1, 2, 7])
@pytest.mark.parametrize(
    "name", ["izhikevich", "brunel_hakim", "stdp_homeostasis_normalization", "synfire_chain"]
)
def test_s17_the_number_of_threads_changes_no_bit(name, threads):
    _, one = ran(name, 60, threads=1)
    _, many = ran(name, 60, threads=threads)
    for left, right in zip(one.NeuronGroups, many.NeuronGroups, strict=True):
        for variable in ("v", "voltage", "spike", "fired"):
            if hasattr(left, variable):
                a, b = getattr(left, variable), getattr(right, variable)
                assert np.asarray(a).tobytes() == np.asarray(b).tobytes(), variable
