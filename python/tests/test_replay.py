"""S21: iterations of static behaviors are replayed from a plan, with the same bits."""

import warnings

import numpy as np
import pytest

import monnto
from monnto import Behavior, Network, NeuronGroup, Recorder, SynapseGroup


class Neurons(Behavior):
    static = False

    def initialize(self, n):
        n.v = n.vector("uniform")
        n.spike = n.v > 1
        n.last = n.v
        self.trace = n.vector()
        self.gain = 0.2

    def iteration(self, n):
        n.last = n.v
        n.v = n.v * 0.9 + n.vector("uniform") * self.gain
        n.spike = n.v > 0.8
        n.v[n.spike] = 0.0
        self.trace *= 0.95
        self.trace += n.spike
        n.v[:10] -= self.trace[10:20] * 0.01


class Synapses(Behavior):
    static = False

    def initialize(self, s):
        s.W = s.matrix("uniform", density=0.5)

    def iteration(self, s):
        s.dst.v += s.W.dot(s.src.spike) * 0.01
        s.W += s.dst.v[:, None] * s.src.spike[None, :] * 0.001


class StaticNeurons(Neurons):
    static = True


class StaticSynapses(Synapses):
    static = True


def build(static, recorder=False):
    net = Network(seed=3)
    neurons, synapses = (StaticNeurons, StaticSynapses) if static else (Neurons, Synapses)
    behaviors = {1: neurons()}
    if recorder:
        behaviors[100] = Recorder(["n.v", "np.mean(n.v)"])
    n = NeuronGroup(net=net, tag="n", size=50, behavior=behaviors)
    SynapseGroup(net=net, src=n, dst=n, behavior={2: synapses()})
    net.initialize(info=False)
    return net


def state(net):
    n, s = net.NeuronGroups[0], net.SynapseGroups[0]
    arrays = (n.v, n.spike, n.last, n.behavior[1].trace, s.W)
    return [np.array(a) for a in arrays]


def run(net, count=30):
    before = monnto._engine.counters()["replayed"]
    net.simulate_iterations(count, measure_block_time=False)
    return monnto._engine.counters()["replayed"] - before


def assert_equal(a, b):
    for x, y in zip(state(a), state(b), strict=True):
        assert np.array_equal(x, y)


def test_s21_replayed_iterations_have_the_bits_of_recorded_ones():
    static, dynamic = build(True), build(False)
    assert run(dynamic) == 0
    assert run(static) >= 24, static._core.replay_status
    assert_equal(static, dynamic)
    assert "replayed as a plan" in static.explain()
    assert "Neurons of NeuronGroup 'n' at key 1 is not declared static" in dynamic.explain()
    assert_equal(static, dynamic)


def test_s21_setting_an_attribute_makes_the_next_iteration_record():
    static, dynamic = build(True), build(False)
    for net in (static, dynamic):
        run(net)
        n = net.NeuronGroups[0]
        n.behavior[1].gain = 0.5
        run(net)
        n.v = n.v * 2
        run(net)
        n.v[3] = 1.0
        run(net)
    assert static._core.replay_status == "replayed as a plan"
    assert_equal(static, dynamic)


def test_s21_who_holds_an_array_keeps_it():
    held = []
    for net in (build(True), build(False)):
        run(net)
        n = net.NeuronGroups[0]
        held.append([n.v, n.v + 1, n.v[3:5], np.asarray(n.behavior[1].trace), n.last])
        run(net)
    for a, b in zip(*held, strict=True):
        assert np.array_equal(np.array(a), np.array(b))


def test_s21_recorders_and_snapshots_go_on():
    static, dynamic = build(True, recorder=True), build(False, recorder=True)
    assert run(static) >= 24
    run(dynamic)
    kept = static.snapshot()
    run(static)
    static.restore(kept)
    run(static)
    run(dynamic)
    assert_equal(static, dynamic)
    for name in ("n.v", "np.mean(n.v)"):
        assert np.array_equal(static[name, 0, "np"], dynamic[name, 0, "np"])


class Stdp(Behavior):
    def initialize(self, s):
        s.W = s.matrix("uniform") / 200

    def iteration(self, s):
        s.dst.v += s.W.dot(s.src.spike)
        s.W += s.dst.spike[:, None] * s.src.spike[None, :] * 0.001
        s.W = np.clip(s.W, 0.0, 0.02)


def test_s21_event_driven_updates_are_replayed_and_matrices_turned():
    nets = []
    for static in (True, False):
        behavior = type("Stdp", (Stdp,), {"static": static})
        net = Network(seed=3)
        n = NeuronGroup(
            net=net, tag="n", size=200, behavior={1: (StaticNeurons if static else Neurons)()}
        )
        s = SynapseGroup(net=net, src=n, dst=n, behavior={2: behavior()})
        net.initialize(info=False)
        n.behavior[1].gain = 0.1  # few spikes
        s.W *= 0.01
        nets.append(net)
    replayed = [run(nets[0], 50) for _ in range(4)]
    assert replayed[-1] == 50, nets[0]._core.replay_status
    for _ in range(4):
        run(nets[1], 50)
    assert_equal(*nets)
    assert "events:" in nets[0].explain()
    assert_equal(*nets)


class Branching(Behavior):
    static = True

    def initialize(self, n):
        n.x = n.vector()

    def iteration(self, n):
        n.x = n.x + 0.5
        if (n.x > 3).any():
            n.x = n.x * 0.0


class Drawing(Branching):
    def iteration(self, n):
        n.x = n.x + np.random.rand() * 0


class Foreign(Branching):
    def iteration(self, n):
        n.x = n.x + np.ones(5, dtype=np.float32)


class Counting(Branching):
    def iteration(self, n):
        self.count = getattr(self, "count", 0) + 1
        if self.count % 10 == 0:
            n.x += 1


class Dated(Branching):
    def iteration(self, n):
        if n.iteration % 10 == 0:
            n.x += 1


class Listed(Branching):
    def initialize(self, n):
        n.x = n.vector()
        self.past = []

    def iteration(self, n):
        self.past.append(n.x)
        n.x = n.x + 1.0


@pytest.mark.parametrize(
    ("behavior", "reason"),
    [
        (Branching, "needs a value inside its iteration"),
        (Drawing, "np.random"),
        (Foreign, "NumPy"),
        (Counting, "changes the attribute 'count'"),
        (Dated, "asks for the number of the iteration"),
        (Listed, "kept where a replay cannot reach it"),
    ],
)
def test_s21_what_is_not_static_is_refused_with_the_reason(behavior, reason):
    results = []
    for static in (True, False):
        made = type(behavior.__name__, (behavior,), {"static": static})
        net = Network(seed=1)
        n = NeuronGroup(net=net, size=5, behavior={1: made()})
        net.initialize(info=False)
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            assert run(net, 60) == 0
        if static:
            assert any(reason in str(w.message) for w in seen), [str(w.message) for w in seen]
        results.append(np.array(n.x))
    assert np.array_equal(*results)


@pytest.mark.parametrize("how", ["second name", "copy", "two copies"])
def test_s21_results_under_several_names_are_replayed(how):
    def built(is_static):
        class Neurons(Behavior):
            static = is_static

            def initialize(self, n):
                n.v = n.vector("uniform")
                n.older = n.old = n.spike = n.v > 0.5
                n.count = n.vector()

            def iteration(self, n):
                n.count += n.old * 1.0 + n.older * 0.5
                n.v = n.v * 0.9 + n.vector("uniform") * 0.1
                n.spike = n.v > 0.5
                n.old = n.spike if how == "second name" else n.spike.copy()
                n.older = n.spike.copy() if how == "two copies" else n.older

        net = Network(seed=4)
        NeuronGroup(net, 50, {1: Neurons()}, tag="n")
        net.initialize(info=False)
        net.simulate_iterations(40)
        return net

    replayed, recorded = built(True), built(False)
    assert replayed._core.replay_status == "replayed as a plan"
    for name in ("v", "count", "spike", "old"):
        left, right = getattr(replayed.n, name), getattr(recorded.n, name)
        assert np.asarray(left).tobytes() == np.asarray(right).tobytes(), name


@pytest.mark.parametrize("changes", [True, False])
def test_s21_matrices_that_are_turned_between_iterations_make_a_new_plan(changes):
    class Synapses(Behavior):
        static = True

        def initialize(self, s):
            s.dst.column = s.W[:, -1]

        def iteration(self, s):
            if changes:
                s.W[:, 0] = 0.5
                s.dst.column = s.W[:, -1]
            s.dst.input += s.W.dot(s.src.spike) * 2
            s.src.row = s.W[0] + 0.125
            if changes:
                s.W[0] += 0.125

    net = Network(seed=1)
    src = NeuronGroup(net, 5, {9: Recorder("row")})
    # The recorder evaluates a view of the weights after each iteration: where products asked for the
    # other axis, the matrix is laid out anew then.
    dst = NeuronGroup(net, 300, {9: Recorder("column")})
    s = SynapseGroup(net, src, dst, behavior={2: Synapses()})
    weights = (np.arange(1500).reshape(300, 5) % 17 / 8).astype(np.float32)
    s.W, src.spike = weights.copy(), np.arange(5) % 3 == 0
    src.row, dst.column, dst.input = src.vector(), dst.vector(), dst.vector()
    net.initialize(info=False)
    net.simulate_iterations(10)
    assert net._core.replay_status == "replayed as a plan"
    total = np.zeros(300, np.float32)
    for iteration in range(10):
        if changes:
            weights[:, 0] = 0.5
        total += weights.dot(src.spike) * 2
        assert np.array_equal(net["row", 0][iteration], weights[0] + 0.125), iteration
        if changes:
            weights[0] += 0.125
        assert np.array_equal(net["column", 0][iteration], weights[:, -1]), iteration
    assert np.array_equal(dst.input, total) and np.array_equal(s.W, weights)


def test_s18_numbers_drawn_into_an_attribute_are_new_in_each_replay():
    def built(static):
        class Drawing(Behavior):
            def initialize(self, n):
                n.noise = n.vector("uniform")
                n.total = n.noise * 0 + n.noise.sum()

            def iteration(self, n):
                n.noise = n.vector("uniform")
                n.total = n.noise * 0 + n.noise.sum()

        net = Network(seed=4)
        NeuronGroup(net, 50, {1: type("Drawing", (Drawing,), {"static": static})()}, tag="n")
        net.initialize(info=False)
        return net

    replayed, recorded = built(True), built(False)
    for net in (replayed, recorded):
        run(net, 9)
    assert replayed._core.replay_status == "replayed as a plan"
    assert np.array_equal(replayed.n.noise, recorded.n.noise)
    assert np.array_equal(replayed.n.total, recorded.n.total)
