"""Clock, Variable and Equation: PymoNNto's names, its numbers, and units that are checked."""

import numpy as np
import pytest

import monnto
from monnto import Network, NeuronGroup, Recorder, SynapseGroup
from monnto.equations import Clock, Equation, Syn_Variable, Variable
from monnto.time_text import milliseconds


def decaying(**settings):
    net = Network(**settings)
    behavior = {
        1: Clock(step="0.1*ms"),
        2: Variable(eq="v=1*mV"),
        3: Variable("tau=100*ms"),
        4: Equation(eq="dv/dt=(0*mV-v)/tau"),
        9: Recorder(["v", "t"]),
    }
    NeuronGroup(net, 100, behavior, tag="n")
    net.initialize(info=False)
    return net


def test_the_published_example_gives_its_numbers():
    net = decaying()
    net.simulate_iterations("1000*ms")
    v, t = net["v", 0, "np"], net["t", 0, "np"]
    assert v.shape == (10000, 100) and v.dtype == np.float32
    assert v[0, 0] == 1.0 and v[1, 0] == np.float32(0.999)
    assert v[999, 0] == pytest.approx(0.368064, abs=1e-6)
    assert v[-1, 0] == pytest.approx(4.5219e-5, abs=1e-9)
    assert t[0] == 0.0001 and t[-1] == 1.0
    assert net.n.t == 1.0 and net.n.clock_step_size == 0.0001
    assert net._core.replay_status == "replayed as a plan"


def test_parts_are_found_by_their_tags():
    net = decaying()
    assert isinstance(net["Clock", 0], Clock)
    assert net["Variable v", 0].init_kwargs["eq"] == "v=1*mV"
    assert len(net["EquationModule"]) == 1


def test_s22_times_round_to_the_nearest_step():
    clock = decaying()["Clock", 0]
    assert clock.time_to_iterations("1000*ms") == 10000
    assert clock.time_to_iterations("0.3*second") == 3000
    with pytest.warns(monnto.ModelWarning, match="no multiple"):
        assert Clock("0.3*ms").time_to_iterations("10*ms") == 33
    assert milliseconds("0.3 s") == pytest.approx(300)
    assert milliseconds("2*minutes") == 120000
    with pytest.raises(monnto.BadParameter, match="time"):
        milliseconds("3*mV")


@pytest.mark.parametrize(
    ("equation", "column"),
    [("dv/dt = (0*mV - v + 3*ms)/tau", 20), ("dv/dt = exp(v)", 12), ("dv/dt = v", 8)],
)
def test_wrong_units_point_at_the_column(equation, column):
    net = Network()
    NeuronGroup(net, 3, {1: Variable("v=1*mV"), 2: Variable("tau=1*ms"), 3: Equation(equation)})
    with pytest.raises(monnto.ParseError, match="column") as failure:
        net.initialize(info=False)
    assert failure.value.position == column


def test_attributes_of_scripts_go_before_units():
    net = Network()
    group = NeuronGroup(net, 3, {2: Variable("v=2*m"), 3: Equation("dv/dt=m/s")})
    group.m = 5.0
    net.initialize(info=False)
    net.simulate_iterations(2)
    assert group.v.tolist() == [np.float32(10 + 5 * 0.001)] * 3


def test_the_network_may_have_the_clock():
    net = Network(behavior={1: Clock("10*ms")})
    group = NeuronGroup(net, 3, {2: Variable("v=1"), 3: Equation("dv/dt=1/s")})
    net.initialize(info=False)
    net.simulate_iterations("100*ms")
    assert group.v[0] == pytest.approx(1.09)  # ten steps, of which v shows nine


def test_equations_know_the_time():
    net = Network()
    clock, v = Clock("1*ms"), Variable("v=0")
    group = NeuronGroup(net, 3, {1: clock, 2: v, 3: Equation("dv/dt=np.cos(t/s)/s")})
    net.initialize(info=False)
    net.simulate_iterations("1*second")
    assert group.v_new[0] == pytest.approx(np.sin(1.0), abs=1e-3)
    assert group.v.dtype == np.float32


def test_synapses_have_variables():
    net = Network(seed=1)
    group = NeuronGroup(net, 4)
    synapses = SynapseGroup(
        net, group, group, behavior={1: Syn_Variable('w=s.matrix("uniform")*0.01')}
    )
    net.initialize(info=False)
    net.simulate_iterations(2)
    assert synapses.w.shape == (4, 4) and 0 < synapses.w.max() < 0.01


def test_s27_step_size_is_ignored_as_it_always_was():
    for parameter, steps in (("step_size", 1), ("step", 10)):
        net = Network()
        equation = Equation("dv/dt = 1/s", **{parameter: "10*ms"})
        group = NeuronGroup(net, 3, {1: Clock("1*ms"), 2: Variable("v=0"), 3: equation})
        if parameter == "step_size":
            with pytest.warns(monnto.ModelWarning, match="step_size=10.ms is ignored"):
                net.initialize(info=False)
        else:
            net.initialize(info=False)
        net.simulate_iterations(1)
        assert group.v_new[0] == pytest.approx(0.001 * steps)
