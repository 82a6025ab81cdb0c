"""Behaviors in C++ from Python: one set of variables, seen from both sides."""

import shutil
from pathlib import Path

import numpy as np
import pytest

import monnto
from monnto import *

pytestmark = pytest.mark.skipif(shutil.which("c++") is None, reason="no C++ compiler")

SOURCE = """
#include <monnto/monnto.hpp>
using namespace monnto;

/// v <- v + height, where `height` may change in Python; counts its steps.
class Pulse final : public NeuronBehavior {
public:
    using NeuronBehavior::NeuronBehavior;
    void initialize(NeuronGroup& n) override {
        height_ = parameter("height", 1.0, &n).resolve(n, "height");
        n["v"] = n.vector();
        n["steps"] = 0;
    }
    void iteration(NeuronGroup& n) override {
        n["v"] = n["v"] + height_;
        n["steps"] += 1;
        if (n["limit"].is_assigned()) {
            n["over"] = n["v"] > n["limit"];
        }
    }
    void visit_state(StateVisitor& visitor) override { visitor.array("height", height_); }
private:
    Array height_;
};
MONNTO_BEHAVIOR(Pulse);
"""


@pytest.fixture(scope="module")
def pulse(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plugin")
    (folder / "pulse.cpp").write_text(SOURCE)
    assert monnto.load_plugin(folder / "pulse.cpp", folder=folder) == ["Pulse"]
    assert monnto.load_plugin(folder / "pulse.cpp", folder=folder) == ["Pulse"]  # compiled once
    return lambda **parameters: monnto.behavior("Pulse", **parameters)


class Look(Behavior):
    def initialize(self, n):
        self.seen = []

    def iteration(self, n):
        self.seen.append(float(n.v[0]))
        n.v *= 2


def model(pulse, *extra, **parameters):
    net = Network(seed=1)
    behaviors = {1: pulse(**parameters), **dict(extra)}
    n = NeuronGroup(net, 3, behaviors, "n")
    net.initialize(info=False)
    return net, n


def test_python_sees_what_the_engine_binds_and_the_other_way_round(pulse):
    look = Look()
    net, n = model(pulse, (2, look), height=3)
    assert n.v.tolist() == [0, 0, 0]
    net.simulate_iterations(3)
    assert look.seen == [3, 9, 21]
    assert n.v.tolist() == [42] * 3
    n.v = np.ones(3, dtype=np.float32)
    kept = n.v
    net.simulate_iteration()
    assert n.v.tolist() == [8] * 3 and kept.tolist() == [1] * 3
    assert n.steps == 4


def test_attributes_of_python_are_variables_of_the_engine(pulse):
    net, n = model(pulse)
    net.simulate_iteration()
    assert not hasattr(n, "over")
    n.limit = 1.5
    net.simulate_iteration()
    assert n.over.tolist() == [True] * 3
    n.limit = np.array([0, 5, 10])
    net.simulate_iteration()
    assert n.over.tolist() == [True, False, False]
    del n.limit, n.over
    net.simulate_iteration()
    assert not hasattr(n, "over")


def test_parameters_and_tags(pulse):
    net, n = model(pulse, height="uniform(1,2)", tag="mine")
    net.simulate_iteration()
    assert len(set(n.v.tolist())) == 3 and min(n.v.tolist()) >= 1
    assert net["mine", 0] is n.behavior[1] is n.Pulse and n.Pulse.tags == ["mine", "Pulse"]
    net.deactivate_behaviors("mine")
    before = n.v.tolist()
    net.simulate_iteration()
    assert n.v.tolist() == before


def test_recorders_and_copies_know_behaviors_of_the_engine(pulse):
    import copy
    import pickle

    net, _ = model(pulse, (2, Look()), (9, Recorder("v")), height=2)
    net.simulate_iterations(2)
    snapshot = net.snapshot()
    twins = [copy.deepcopy(net), pickle.loads(pickle.dumps(net))]
    net.simulate_iterations(3)
    expected = net["v", 0].tolist()
    net.restore(snapshot)
    for network in (net, *twins):
        network.simulate_iterations(3)
        assert network["v", 0].tolist() == expected


def test_unknown_behaviors_name_the_nearest(pulse):
    with pytest.raises(monnto.UnknownName, match="did you mean 'Pulse'"):
        monnto.behavior("Puls")


def test_a_plugin_that_does_not_compile_shows_the_compilers_words(tmp_path):
    (tmp_path / "bad.cpp").write_text("int main( {")
    with pytest.raises(monnto.BadParameter, match="error"):
        monnto.load_plugin(tmp_path / "bad.cpp", folder=tmp_path)
    with pytest.raises(monnto.BadParameter, match="no such file"):
        monnto.load_plugin(tmp_path / "none.so")


def test_the_example_runs(capsys, monkeypatch, tmp_path):
    import runpy
    import sys

    script = Path(__file__).parents[2] / "examples" / "mixed_languages.py"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "argv", [str(script), "--quick"])
    runpy.run_path(str(script), run_name="__main__")
    assert "behaviors from C++: LeakyNeurons" in capsys.readouterr().out
