"""Rules of docs and scripts that no other file of tests is about."""

import gc
import weakref
from collections import deque

import numpy as np
import pytest

from monnto import *
from monnto import Array, ModelWarning, ParseError, UnknownName, array


class Ramp(Behavior):
    def initialize(self, n):
        n.v = n.vector()
        n.level = 3.0

    def iteration(self, n):
        n.v += np.arange(n.size)


def double(values):
    return values * 2


level = -1.0  # hidden by the variable of that name


def recorded(*texts, steps=3):
    net = Network(seed=1)
    NeuronGroup(net, 4, {1: Ramp(), 9: Recorder(list(texts))})
    net.initialize(info=False)
    net.simulate_iterations(steps)
    return net


# -- S25: expressions


def test_s25_variables_go_before_names_of_the_script():
    net = recorded("level", "[level for _ in v][0]")
    assert net["level", 0][-1] == 3.0 and net["[level for _ in v][0]", 0][-1] == 3.0


def test_s25_functions_of_the_script_see_live_objects():
    net = recorded("double(v)", "double(n.v)[1:3]")
    assert net["double(v)", 0, "np"].tolist() == [[0, 2, 4, 6], [0, 4, 8, 12], [0, 6, 12, 18]]
    assert net["double(n.v)[1:3]", 0][-1].tolist() == [6, 12]


def test_s25_methods_of_numpy_work_on_the_arrays_themselves():
    assert recorded("v.to_numpy().max()")["v.to_numpy().max()", 0, "np"].tolist() == [3, 6, 9]


@pytest.mark.parametrize(
    "text", ["__import__('os').getcwd()", "open('x')", "eval('1')", "n.__class__", "exec('1')"]
)
def test_s25_text_is_never_run_as_code(text):
    with pytest.raises((UnknownName, ParseError)):
        recorded(text)


# -- S27: what ran without error keeps its numbers


def test_s27_synapse_mode_warns_and_stays_dxs():
    with pytest.warns(ModelWarning, match="syn_dim"):
        net = Network(settings={"synapse_mode": SxD})
    source, target = NeuronGroup(net, 2), NeuronGroup(net, 3)
    assert SynapseGroup(net, source, target).matrix().shape == (3, 2)


def test_s27_what_recorded_nothing_there_records_what_it_says():
    net = recorded("v>4", "np.mean(v,axis=0)")
    assert net["v>4", 0, "np"].sum() == 3 and net["np.mean(v,axis=0)", 0][-1] == 4.5


# -- S12: arrays that wait


@pytest.mark.parametrize("kind", ["list", "deque", "closure"])
def test_s12_the_end_of_an_iteration_evaluates_what_is_held_anywhere(kind):
    """What waits keeps its inputs; once it is evaluated, nothing of the past is held."""
    kept = deque(maxlen=50) if kind == "deque" else []

    class Hold(Behavior):
        def iteration(self, n):
            part = n.v * 2
            kept.append((lambda value: lambda: value)(part) if kind == "closure" else part)

    net = Network(seed=1)
    NeuronGroup(net, 4, {1: Ramp(), 2: Hold()})
    net.initialize(info=False)
    net.simulate_iterations(40)
    values = [held() if callable(held) else held for held in kept]
    assert [value[1] for value in values] == [2.0 * step for step in range(1, 41)]


def test_s12_a_chain_that_nobody_reads_neither_recurses_nor_piles_up():
    v = array(np.zeros(3))
    for _ in range(50_000):
        v = v + 1
    assert v.tolist() == [50_000.0] * 3


def test_s12_dropped_handles_are_gone_at_once():
    v = array(np.zeros(3))
    alive = weakref.ref(v + 1)
    gc.disable()
    try:
        assert alive() is None and isinstance(v, Array)
    finally:
        gc.enable()
