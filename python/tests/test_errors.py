"""Errors say where, what was found, and what would do (D10); nothing recorded is lost."""

import traceback

import numpy as np
import pytest

import monnto
from monnto import *


def notes(error):
    return "\n".join([str(error), *getattr(error, "__notes__", [])])


def failing(function, key=3, tag="exc"):
    """A network whose only behavior calls `function` each step."""

    class Fails(Behavior):
        def iteration(self, n):
            function(n)

    net = Network()
    n = NeuronGroup(net, 4, {key: Fails()}, tag)
    n.v = n.vector()
    net.initialize(info=False)
    return net


@pytest.mark.parametrize(
    ("function", "kind", "texts"),
    [
        (lambda n: n.v + np.zeros(3), ValueError, ["(4,)", "(3,)"]),
        (lambda n: n.v.__iadd__(np.zeros(7)), ValueError, ["(4,)", "(7,)"]),
        (lambda n: n.votlage, AttributeError, ["votlage"]),
        (lambda n: n.v[9], IndexError, ["9"]),
        (lambda n: [][1], IndexError, []),
        (lambda n: n.vector("unifrm"), monnto.UnknownName, ["did you mean 'uniform'"]),
        (lambda n: 1 / 0, ZeroDivisionError, []),
    ],
)
def test_an_error_tells_object_behavior_key_and_iteration(function, kind, texts):
    net = failing(function)
    net.iteration = 16
    with pytest.raises(kind) as caught:
        net.simulate_iterations(5)
    message = notes(caught.value)
    for text in (*texts, "NeuronGroup 'exc'", "Fails", "key 3", "iteration 17"):
        assert text in message


def test_dtype_mismatch():
    def step(n):
        n.i = np.zeros(4, dtype=int)
        n.i += 0.5

    net = failing(step)
    with pytest.raises(TypeError) as caught:
        net.simulate_iteration()
    assert "iteration 1" in notes(caught.value) and "int64" in str(caught.value)


def test_the_traceback_shows_the_users_own_line():
    def my_own_mistake(n):
        return n.v + np.zeros(3)  # the line at fault

    net = failing(my_own_mistake)
    try:
        net.simulate_iteration()
    except ValueError as error:
        lines = traceback.format_exception(error)
    assert "the line at fault" in "".join(lines)


def test_errors_of_initialize_say_so():
    class Bad(Behavior):
        def initialize(self, n):
            raise KeyError("x")

    net = Network()
    NeuronGroup(net, 1, {5: Bad()}, "a")
    for _ in range(2):
        with pytest.raises(KeyError) as caught:
            net.initialize(info=False)
        assert "NeuronGroup 'a', behavior Bad at key 5, initialize" in notes(caught.value)


def test_a_callback_that_fails_is_not_blamed_on_a_behavior():
    net = failing(lambda n: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        net.simulate_iteration()
    net.deactivate_behaviors("Fails")

    def callback(percent, network):
        raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine") as caught:
        net.simulate_iterations(100, batch_progress_update_func=callback)
    assert "behavior" not in notes(caught.value)


@pytest.mark.parametrize("size", [0, -3, 2.5, "ten"])
def test_bad_sizes(size):
    net = Network()
    with pytest.raises(monnto.BadParameter, match="size") as caught:
        NeuronGroup(net, size)
    assert caught.value.name == "size"
    assert net.NeuronGroups == [] and net["ng"] == []


def test_occupied_and_impossible_keys():
    net = Network()
    n = NeuronGroup(net, 1, {1: Recorder("v")}, "a")
    with pytest.raises(monnto.BadParameter, match="Recorder"):
        n.add_behavior(1, Behavior())
    assert isinstance(n.behavior[1], Recorder) and len(n.behavior) == 1
    with pytest.raises(monnto.BadParameter, match="key"):
        n.add_behavior(float("nan"), Behavior())
    with pytest.raises(TypeError, match="must be a number"):
        n.add_behavior("two", Behavior())
    with pytest.raises(TypeError, match=r"forget the parentheses, Recorder\(\)"):
        NeuronGroup(net, 1, {1: Recorder})
    with pytest.raises(TypeError, match="Behavior is needed"):
        NeuronGroup(net, 1, {1: "text"})
    assert len(net.NeuronGroups) == 1


def test_wrong_arguments_are_named():
    net = Network()
    with pytest.raises(TypeError, match="net must be a Network"):
        NeuronGroup(5, 5)
    with pytest.raises(TypeError, match="did you mean 'behavior'"):
        NeuronGroup(net, 1, behavoir={})
    with pytest.raises(TypeError, match="size is missing"):
        NeuronGroup(net)
    n = NeuronGroup(net, 1)
    with pytest.raises(TypeError, match="src"):
        SynapseGroup(net, 5, n)
    with pytest.raises(monnto.BadParameter, match="afferent or efferent"):
        n.synapses(2, "x")


def test_error_types_carry_their_values():
    n = NeuronGroup(Network(), 3)
    with pytest.raises(monnto.ShapeMismatch) as shape:
        n.vector() + np.zeros(5)
    assert (shape.value.left, shape.value.right) == ((3,), (5,))
    with pytest.raises(monnto.ParseError) as parse:
        n.vector("uniform(")
    assert parse.value.source == "uniform(" and parse.value.position == 8
    for kind in ("ShapeMismatch", "TypeMismatch", "BadParameter", "UnknownName", "BadState"):
        assert issubclass(getattr(monnto, kind), monnto.Error)
    assert issubclass(monnto.UnknownName, AttributeError)


def test_a_network_cannot_be_simulated_from_inside():
    net = failing(lambda n: n.network.simulate_iteration())
    with pytest.raises(monnto.BadState, match="inside an iteration"):
        net.simulate_iteration()
    net.deactivate_behaviors("Fails")
    net.simulate_iterations(2)
    assert net.iteration == 3
