"""Recorders of replayed iterations sample without evaluating their expressions (S21, S24)."""

import sys

import numpy as np
import pytest

import monnto
from monnto import Behavior, EventRecorder, Network, NeuronGroup, Recorder


class Neurons(Behavior):
    def initialize(self, n):
        n.v = n.vector("uniform")
        n.u = n.vector()
        n.spike = n.v > 1
        n.gain = 0.25
        n.grid = n.vector("uniform").reshape(5, 8)
        n.still = n.vector("uniform")

    def iteration(self, n):
        n.v = n.v * 0.9 + n.vector("uniform") * n.gain
        n.u += n.v
        n.spike = n.v > 0.8
        n.v[n.spike] = 0.0
        n.grid *= 1.01


class StaticNeurons(Neurons):
    static = True


def double(x):
    return x * 2


EXPRESSIONS = [
    "v",
    "n.u[:3]",
    "v[::-2]",
    "np.mean(n.v)",
    "v*2 + u",
    "np.sum(spike)",
    "spike",
    "gain",
    "still",
    "np.max(still) - gain",
    "grid.T",
    "grid[1:3, 2]",
    "v[2]",
    "n.v.reshape(8, 5)",
    "-v",
]
CHANGING = ["v * n.iteration", "n.vector('uniform')", "np.sum(v[spike])", "double(v)"]


def build(static, recorders):
    net = Network(seed=5)
    behaviors = {1: (StaticNeurons if static else Neurons)()}
    behaviors |= {100 + i: recorder for i, recorder in enumerate(recorders)}
    NeuronGroup(net=net, tag="n", size=40, behavior=behaviors)
    net.initialize(info=False)
    return net


def run(net, count=40):
    before = monnto._engine.counters()
    net.simulate_iterations(count, measure_block_time=False)
    after = monnto._engine.counters()
    return {name: after[name] - before[name] for name in after}


def both(make):
    return build(True, make()), build(False, make())


def assert_same(text, *nets):
    left, right = (np.array(net[text, 0, "np"]) for net in nets)
    assert left.dtype == right.dtype, text
    assert left.shape == right.shape, text
    assert left.tobytes() == right.tobytes(), text


def test_s21_samples_of_replayed_iterations_have_the_bits_of_recorded_ones():
    nets = both(lambda: [Recorder(EXPRESSIONS), EventRecorder(["spike", "v > 0.5"])])
    for net in nets:
        run(net)
    assert nets[0]._core.replay_status == "replayed as a plan"
    for text in [*EXPRESSIONS, "spike.t", "v > 0.5.i"]:
        assert_same(text, *nets)


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_s21_a_sample_of_a_replayed_iteration_evaluates_nothing(text):
    net = build(True, [Recorder(text), EventRecorder("spike")])
    run(net)
    counts = run(net)
    assert counts["replayed"] == 40
    assert (counts["evaluations"], counts["nodes"]) == (0, 0)


def test_s21_a_sample_of_a_replayed_iteration_calls_no_python():
    net = build(True, [Recorder(EXPRESSIONS), EventRecorder("spike")])
    run(net)

    def calls(iterations):
        count = 0

        def profile(frame, event, argument):
            nonlocal count
            count += 1

        sys.setprofile(profile)
        try:
            net.simulate_iterations(iterations, batch_size=-1, measure_block_time=False)
        finally:
            sys.setprofile(None)
        return count

    calls(5)
    assert calls(200) == calls(5)


@pytest.mark.parametrize("text", CHANGING)
def test_s21_what_a_replay_cannot_repeat_is_evaluated_for_each_sample(text):
    nets = both(lambda: [Recorder(["v", text]), EventRecorder("spike")])
    for net in nets:
        run(net)
    for each in ("v", text, "spike"):
        assert_same(each, *nets)


def test_s21_lists_that_change_without_being_set_are_read_for_each_sample():
    nets = both(lambda: [Recorder("v * weights[0]")])
    for net in nets:
        net.n.weights = [1.0, 2.0]
        run(net)
        net.n.weights[0] = 3.0
        run(net)
    assert_same("v * weights[0]", *nets)


@pytest.mark.parametrize("options", [{"gapwidth": 7}, {"max_length": 11}, {"gapwidth": 2}])
def test_s21_options_of_recorders_hold_in_replays(options):
    nets = both(lambda: [Recorder(["v", "np.mean(v)"], **options)])
    for net in nets:
        run(net, 50)
        run(net, 33)
    for text in ("v", "np.mean(v)"):
        assert_same(text, *nets)


def test_s21_recorders_that_change_between_replays_sample_what_they_are_told():
    nets = both(lambda: [Recorder(["v", "np.mean(v)"]), EventRecorder("spike")])
    for net in nets:
        run(net)
        recorder = net.n.behavior[100]
        old = net["v", 0]
        recorder.reset()
        run(net)
        assert len(old) == 40
        recorder.add_variable("u[:5] + 1")
        run(net)
        net.n.recording = False
        run(net)
        net.n.recording = True
        net.n.gain = 0.5
        run(net)
        kept = net.snapshot()
        run(net)
        net.restore(kept)
        net.n.behavior[101].clear()
        run(net, 60)
    for text in ("v", "np.mean(v)", "u[:5] + 1", "spike.t", "spike.i"):
        assert_same(text, *nets)


def test_s21_samples_follow_matrices_that_are_turned():
    def built(static):
        class Synapses(Behavior):
            def initialize(self, s):
                s.W = s.matrix("uniform")

            def iteration(self, s):
                s.dst.u += s.W.dot(s.src.spike) * 0.001
                s.W *= 0.999

        behavior = type("Synapses", (Synapses,), {"static": static})
        net = build(static, [])
        monnto.SynapseGroup(
            net=net,
            src="n",
            dst="n",
            behavior={2: behavior(), 50: Recorder(["W[:2]", "np.mean(W)", "W"])},
        )
        net.initialize(info=False)
        return net

    nets = built(True), built(False)
    for net in nets:
        run(net, 60)
    for text in ("W[:2]", "np.mean(W)", "W"):
        assert_same(text, *nets)
