"""Parameters of behaviors: defaults, casting, percentages, distributions, warnings."""

import numpy as np
import pytest

import monnto
from monnto import *


def read(key, value, default=None, neurons=None, **options):
    return Behavior(**{key: value}).parameter(key, default, neurons, **options)


@pytest.mark.parametrize(
    ("text", "default", "value"),
    [
        ("2.5", 1, 2.5),
        ("2", 1, 2),
        ("1e-3", 1.0, 0.001),
        ("abc", "x", "abc"),
        ("2.5", None, "2.5"),
        ("50%", 1.0, 0.5),
        ("12.5 %", 1, 0.125),
        (3, 1.0, 3),
    ],
)
def test_texts_are_cast_as_the_default(text, default, value):
    result = read("p", text, default)
    assert result == value and type(result) is type(value)


def test_what_cannot_be_cast_is_an_error():
    with pytest.raises(ValueError, match="'abc'") as caught:
        read("tau", "abc", 1.0)
    assert isinstance(caught.value, monnto.BadParameter)
    assert (caught.value.name, caught.value.value) == ("tau", "'abc'")


def test_a_false_text_is_true_as_ever_but_warned_about():
    with pytest.warns(monnto.ModelWarning, match="counts as True"):
        assert read("p", "False", True) is True


def test_missing_parameters_take_the_default():
    b = Behavior(a=1)
    assert b.parameter("b", 7) == 7 and b.parameter("b") is None
    assert Behavior(5, 6).parameter("arg_1") == 6
    with pytest.raises(monnto.BadParameter, match="needs it"):
        b.parameter("c", required=True)


def test_distributions_become_one_value_per_neuron():
    net = Network(seed=1)
    n = NeuronGroup(net, 2000)
    values = read("tau", "normal(0.9,0.1)", 1.0, n)
    assert values.shape == (2000,)
    assert abs(float(values.mean()) - 0.9) < 0.02
    assert read("tau", "normal(0.9,0.1)", "text", n, do_not_diversify=True) == "normal(0.9,0.1)"
    s = SynapseGroup(net, n.subGroup(np.arange(2000) < 3), n.subGroup(np.arange(2000) < 5))
    assert read("w", "uniform(1,2)", 0, s).shape == (5, 3)


def test_same_refers_to_another_part():
    class Owner(Behavior):
        def initialize(self, n):
            self.tau = 17

    net = Network()
    n = NeuronGroup(net, 2, {1: Owner()})
    net.initialize(info=False)
    assert read("t", "same(Owner, tau)", 1, n) == 17
    with pytest.raises(monnto.UnknownName, match="did you mean 'Owner'"):
        read("t", "same(Ownr, tau)", 1, n)


def test_plot_shows_a_histogram(monkeypatch):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    shown = []
    monkeypatch.setattr(plt, "show", lambda: shown.append(len(plt.gca().patches)))
    n = NeuronGroup(Network(), 50)
    assert read("tau", "uniform(1,2);plot", 1.0, n).shape == (50,)
    n.vector("uniform", plot=True)
    plt.close("all")
    assert shown == [30, 50]


@pytest.mark.parametrize("value", [float("nan"), np.array([1.0, np.nan]), "nan"])
def test_nan_is_refused(value):
    with pytest.raises(monnto.BadParameter, match="tau"):
        read("tau", value, 1.0)


def test_unknown_parameters_are_warned_about_with_the_nearest():
    class Lif(Behavior):
        def initialize(self, n):
            self.parameter("threshold", 1.0)
            self.parameter("leak", 0.9)

    net = Network()
    NeuronGroup(net, 1, {1: Lif(treshold=2.0, leak=0.5, tag="x", behavior_enabled=True)}, "exc")
    with pytest.warns(monnto.ModelWarning) as caught:
        net.initialize(info=False)
    (message,) = [str(w.message) for w in caught]
    for part in ("Lif", "exc", "'treshold'", "did you mean 'threshold'", "leak"):
        assert part in message


def test_parameters_become_variables():
    class Any(Behavior):
        def initialize(self, n):
            self.set_parameters_as_variables(n)

    net = Network()
    n = NeuronGroup(net, 3, {1: Any(a=5, b="uniform(1,2)", tag="x")})
    net.initialize(info=False)
    assert n.a == 5 and n.b.shape == (3,)


def test_parameters_of_other_behaviors_are_found_on_request():
    net = Network()
    asking = Behavior()
    n = NeuronGroup(net, 1, {1: Behavior(tau=3), 2: asking})
    assert asking.parameter("tau", 1, n, search_other_behaviors=True) == 3


MODES = {
    "uniform": (0, 1),
    "random": (0, 1),
    "uniform(0,5)": (0, 5),
    "2*uniform(0,1)+1": (1, 3),
    "abs(normal(0,1))": (0, 8),
    "exponential(2)": (0, 60),
    "randint(0,5)": (0, 4),
    "gamma(2.0)": (0, 40),
    "beta(2,3)": (0, 1),
    "poisson(3)": (0, 25),
    "lognormal(mean=1,sigma=0.1)": (1, 8),
    "uniform_gap(10, 0.1)": (9, 11),
    "standard_t(5)": (-100, 100),
    "zeros()": (0, 0),
    "ones()": (1, 1),
    "full(3)": (3, 3),
}


@pytest.mark.parametrize("mode", MODES)
def test_modes_draw_what_they_say(mode):
    n = NeuronGroup(Network(seed=3), 500)
    values = n.vector(mode)
    low, high = MODES[mode]
    assert values.shape == (500,) and values.dtype == np.float32
    assert low <= float(values.min()) and float(values.max()) <= high
    if low != high:
        assert len(np.unique(values)) > 3


def test_modes_that_are_no_text():
    n = NeuronGroup(Network(), 3)
    assert n.vector(2.5).tolist() == [2.5] * 3
    assert n.vector().tolist() == [0] * 3
    assert n.vector(bool).dtype == n.vector("bool").dtype == bool
    assert n.vector(int).dtype == np.int64
    assert n.vector(lambda size: np.arange(size)).tolist() == [0, 1, 2]
    assert n.vector("uniform", scale=0).tolist() == [0, 0, 0]


def test_density_keeps_a_share_of_the_entries():
    n = NeuronGroup(Network(seed=5), 20_000)
    for density in (0.1, np.float32(0.1)):
        share = float((n.vector(1, density=density) > 0).mean())
        assert abs(share - 0.1) < 0.015  # false alarm: below 1e-10
    s = SynapseGroup(n.network, n.subGroup(np.arange(20_000) < 1000), n.subGroup([0, 1]))
    rows = (s.matrix(1, density=np.array([0.0, 1.0])) > 0).sum(axis=1)
    assert rows.tolist() == [0, 1000]


def test_a_bad_mode_points_at_the_column():
    n = NeuronGroup(Network(), 3)
    with pytest.raises(monnto.ParseError) as caught:
        n.vector("uniform(0,,5)")
    assert caught.value.position == 10 and caught.value.source == "uniform(0,,5)"
    with pytest.raises(monnto.UnknownName, match="did you mean 'uniform'"):
        n.vector("unifrom(0,5)")
    with pytest.raises(monnto.BadParameter, match="mode"):
        n.vector(object())


@pytest.fixture
def genome():
    yield {"key": 0.25}
    monnto.set_genome({})


@pytest.mark.parametrize(
    ("text", "default", "value"),
    [
        ("[0.5#key]", 1.0, 0.25),
        ("[1/3#t]", "text", "0.333333333333333"),
        ("10+[5#a]", 1.0, 15),
        ("[key]", 1.0, 0.25),
        ("v[0]", "text", "v[0]"),
        ("[0.1#p]%", 1.0, 0.001),
    ],
)
def test_genes_are_replaced(text, default, value, genome):
    monnto.set_genome(genome)
    assert read("p", text, default) == value
    assert monnto.get_gene("key") == 0.25 and monnto.get_gene("none", 3) == 3


def test_genes_inside_distributions(genome):
    monnto.set_genome({"m": 5.0})
    values = read("p", "uniform([1#m], [6#other])", 0.0, NeuronGroup(Network(), 50))
    assert values.min() >= 5 and values.max() <= 6
