"""Tags: who carries which, how they are found, and that searches are never stale."""

import numpy as np
import pytest

import monnto
from monnto import *


class Basic(Behavior):
    def initialize(self, n):
        n.v = n.vector()

    def iteration(self, n):
        n.v += 1


@pytest.fixture
def net():
    net = Network(tag="mynet")
    a = NeuronGroup(net, 3, {1: Basic(), 9: Recorder(["v"], tag="my_recorder")}, tag="a")
    b = NeuronGroup(net, 2, {1: Basic()}, tag="b,special")
    SynapseGroup(net, a, b, tag="S,GLU")
    net.initialize(info=False)
    return net


def test_tags_of_everything(net):
    assert net.tags == ["mynet", "Network"] and Network().tags == ["Network"]
    assert net.a.tags == ["a", "NeuronGroup", "ng"]
    assert net.SynapseGroups[0].tags == ["S", "GLU", "SynapseGroup", "syn", "a_to_b"]
    assert net.a.Basic.tags == ["Basic"]
    assert net.my_recorder.tags == ["my_recorder", "Recorder", "recorder"]
    assert Recorder("v", tag="x").tags[:2] == ["x", "Recorder"]
    assert net.a.tag == "a"


def test_automatic_names():
    net = Network()
    assert NeuronGroup(net, 1).tag == "NeuronGroup_1"
    assert NeuronGroup(net, 1).tag == "NeuronGroup_2"
    n = net.NeuronGroups[0]
    assert SynapseGroup(net, n, n).tag == "SynapseGroup_1"


def test_forms_of_search(net):
    a, b = net.NeuronGroups
    assert net["a"] == [a] and net["a", 0] is a
    assert net["ng"] == [a, b] and net["ng", -1] is b and net["NeuronGroup", 1] is b
    assert net["nothing"] == [] and net["nothing", 0] is None
    assert net["nothing", 0, "np"].item() is None
    with pytest.raises(IndexError):
        net["a", 5]
    assert net[1] == [a.behavior[1], b.behavior[1]] and a[9] == [a.behavior[9]] and a[4] == []
    assert net[Recorder] == [a.behavior[9]] and net[NeuronGroup] == [a, b]
    assert net["mynet"] == [net] and "a" in net and net.has_module("a")
    assert not net.has_module("zzz")
    assert net.tag_shortcuts["special"] == net["special"] == [b]
    net.simulate_iterations(2)
    assert isinstance(net["v", 0, "np"], np.ndarray) and net["v", 0, "np"].shape == (2, 3)


def test_unique_tags_are_attributes(net):
    a, b = net.NeuronGroups
    assert net.a is a and net.special is b and net.GLU is net.S is net.a_to_b
    assert a.Basic is a.behavior[1] and net.my_recorder is a.my_recorder is a.Recorder
    assert "special" in dir(net)


def test_attributes_set_by_users_win(net):
    net.a.special = 5
    net.special = 7
    assert net.special == 7 and net.a.special == 5


def test_searches_follow_every_change(net):
    assert net["late"] == []
    late = NeuronGroup(net, 1, tag="late")
    assert net["late"] == [late]
    late.add_tag("later,latest")
    assert net["latest"] == [late]
    added = late.add_behavior(3, Basic(tag="extra"))
    assert net["extra"] == [added]
    late.remove_behavior("extra")
    assert net["extra"] == [] and late["extra"] == []
    assert net["w"] == []
    net.a.my_recorder.add_variables(["v*2"])
    assert len(net["v*2"]) == 1


def test_recordings_found_before_are_live(net):
    handle = net["v", 0]
    assert len(handle) == 0
    net.simulate_iterations(4)
    assert len(handle) == 4 and net["v", 0] is handle and net.a["v", 0] is handle


def test_duplicate_first_tags_become_unique():
    net = Network()
    groups = [NeuronGroup(net, 1, tag="x") for _ in range(4)]
    with pytest.warns(monnto.ModelWarning, match="'x'"):
        net.initialize(info=False)
    assert [g.tag for g in groups] == ["x", "xb", "xc", "xd"]
    assert net["xb"] == [groups[1]]


def test_renaming_attributes_of_all_matches(net):
    net.set_tag_attrs("ng", "flag", 3)
    assert [g.flag for g in net.NeuronGroups] == [3, 3]
    assert net.call_tag_functions("ng", "vector", mode=2)[0].tolist() == [2, 2, 2]


def test_unknown_names_are_answered_with_the_nearest(net):
    with pytest.raises(AttributeError, match="did you mean 'special'"):
        net.specail
    with pytest.raises(AttributeError, match="did you mean 'voltage'"):
        net.a.voltage = net.a.vector()
        net.a.votlage
    with pytest.raises(AttributeError, match="did you mean 'vector'"):
        net.a.vectr("uniform")
    with pytest.raises(monnto.UnknownName, match="did you mean 'special'") as caught:
        SynapseGroup(net, "a", "specal")
    assert (caught.value.kind, caught.value.name) == ("tag", "specal")
    assert caught.value.nearest == "special"


def test_properties_are_not_shadowed(net):
    a = net.a
    for name in ("tags", "network", "iteration", "def_dtype", "afferent_synapses"):
        with pytest.raises(AttributeError):
            setattr(a, name, 1)
    with pytest.raises(AttributeError, match="size is fixed"):
        a.size = 7
    assert a.size == 3
