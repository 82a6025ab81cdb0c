"""What `explain()` says of matrices, with the names, keys and iterations of the script."""

import json

import numpy as np
import pytest

from monnto import Behavior, Network, NeuronGroup, SynapseGroup, behavior

SIZE = 200


class Neurons(Behavior):
    def initialize(self, n):
        n.v = n.vector("uniform")
        n.rate = n.vector("uniform") + 0.5
        n.trace = n.vector()
        n.spike = n.v > 6.0
        n.old = n.v > 6.0

    def iteration(self, n):
        n.old = n.spike
        n.spike = n.v > 6.0
        n.v[n.spike] = 0.0
        n.v *= 0.9
        n.v += n.vector("uniform")
        n.trace *= 0.9
        n.trace[n.spike] = 1.0


class Synapses(Behavior):
    def initialize(self, s):
        s.W = s.matrix("uniform") / s.src.size


class Stdp(Synapses):
    def iteration(self, s):
        s.dst.v += s.W.dot(s.src.spike)
        s.W += s.dst.spike[:, None] * s.src.old[None, :] * 0.001
        s.W = np.clip(s.W, 0.0, 1.0)


class Watcher(Behavior):
    """Keeps its network from being replayed."""

    def iteration(self, n):
        print(end="")


def network(synapses, watched=False, size=SIZE, **others):
    net = Network(seed=3)
    keys = {1: Neurons(), **({9: Watcher()} if watched else {})}
    NeuronGroup(net=net, size=size, behavior=keys, tag="exc")
    others = {int(key[3:]): each for key, each in others.items()}
    SynapseGroup(net=net, src="exc", dst="exc", tag="GLU", behavior={3: synapses, **others})
    net.initialize(info=False)
    if net.explain().find("executor llvm") < 0:
        pytest.skip("the interpreter rewrites nothing")
    return net


def told(net, iterations=20):
    """Per step its line of origin and what is said of its rewrite."""
    net.simulate_iterations(iterations)
    explained = json.loads(net.explain("json"))
    return {
        "; ".join(
            f"key {o['key']} {o['behavior']} of {o['object']}: {', '.join(o['variables'])}"
            for o in step["origins"]
        )
        + (" from " + ", ".join(step["reads"]) if step["reads"] else ""): step["rewrite"]
        for step in explained["steps"]
    }


def updates(net, iterations=20):
    return told(net, iterations)[f"key 3 {type(net['GLU', 0].behavior[3]).__name__} of GLU: `W`"]


@pytest.mark.parametrize("watched", [False, True])
def test_steps_are_called_by_variable_object_key_and_behavior(watched):
    net = network(Stdp(), watched)
    steps = told(net)
    text = net.explain()
    assert ("iterations are recorded: Watcher" if watched else "iterations are replayed") in text
    assert any("key 1 Neurons of exc: `old`" in s or "`spike`, `v`" in s for s in steps)
    product = steps["key 3 Stdp of GLU:  from `W`, `spike` of exc"]
    assert product.startswith("events: ") and product.endswith("of 200 sources (`spike` of exc)")
    assert "key 3 Stdp of GLU: `v` of exc" in steps
    rows, columns = steps["key 3 Stdp of GLU: `W`"].split(", ")
    assert rows.startswith("events: ") and rows.endswith(" of 200 rows (`spike` of exc)")
    assert columns.endswith(" of 200 columns (`old` of exc)")
    assert "\n                 key 3 Stdp of GLU: `W`\n                 events: " in text


class Dense(Synapses):
    def iteration(self, s):
        s.dst.v += s.W @ s.src.rate


def test_a_product_with_a_dense_vector_counts_its_elements():
    said = told(network(Dense()))["key 3 Dense of GLU:  from `W`, `rate` of exc"]
    assert said.startswith("plain: `rate` of exc has 200 of 200 elements that are not 0")


class Small(Synapses):
    def iteration(self, s):
        s.dst.v += s.W.dot(s.src.spike)


def test_a_small_matrix_is_not_worth_looking():
    said = told(network(Small(), size=20))["key 3 Small of GLU:  from `W`, `spike` of exc"]
    assert said.startswith("plain: fewer than 1024 elements")


class BornWithNaN(Small):
    def initialize(self, s):
        s.W = s.matrix("uniform")
        s.W[3, 3] = np.nan


class Poison(Behavior):
    def iteration(self, s):
        if s.network.iteration == 7:
            s.W[3, 3] = np.nan


def test_a_product_says_since_when_its_matrix_is_not_finite():
    born = told(network(BornWithNaN()))["key 3 BornWithNaN of GLU:  from `W`, `spike` of exc"]
    assert "`W` holds infinities or NaN, since key 3, iteration 0" in born
    later = told(network(Small(), key4=Poison()))["key 3 Small of GLU:  from `W`, `spike` of exc"]
    assert "`W` holds infinities or NaN, since key 4, iteration 7" in later


class Grow(Synapses):
    def iteration(self, s):
        s.dst.v += s.W.dot(s.src.old) * 0.0
        s.W *= 2.0


def test_what_happened_in_a_replay_has_its_iteration():
    net = network(Grow())
    largest = float(np.max(net["GLU", 0].W))
    iterations = next(i for i in range(1, 200) if largest * 2.0**i > float(np.finfo("f4").max))
    net.simulate_iterations(130)
    assert net._core.replay_status == "replayed as a plan"
    steps = told(net)
    said = steps["key 3 Grow of GLU:  from `W`, `old` of exc"]
    assert f"finite, since key 3, iteration {iterations}," in said
    assert steps["key 3 Grow of GLU: `W`"].startswith("plain: no vector takes part")


class Hebb(Synapses):
    def iteration(self, s):
        s.W += s.dst.rate[:, None] * s.src.rate[None, :]


class HalfHebb(Synapses):
    def iteration(self, s):
        s.W += s.dst.rate[:, None] * s.src.rate[None, :] + s.dst.spike[:, None] * 0.5


class Decay(Synapses):
    def iteration(self, s):
        s.W = s.W * 0.99 + s.dst.spike[:, None] * s.src.trace[None, :]


class Signed(Synapses):
    def initialize(self, s):
        s.W = s.matrix("uniform(-1, 1)")
        s.W[0, 0] = -0.0

    def iteration(self, s):
        s.W += s.dst.spike[:, None] * s.src.spike[None, :] * 0.01


class Negative(Signed):
    def iteration(self, s):
        s.W += s.dst.spike[:, None] * s.src.trace[None, :] * 0.01
        s.W *= s.src.spike[None, :] * -1.0 + 1.0


class Clipped(Signed):
    def iteration(self, s):
        s.W = np.where(s.dst.spike[:, None], np.clip(s.W, 0.0, 1.0), np.maximum(s.W, 0.25))


@pytest.mark.parametrize(
    ("synapses", "said"),
    [
        (Hebb, "plain: no vector rests at 0 or 1 (`rate` of exc: 200 of 200 differ from 0)"),
        (HalfHebb, "as `rate` of exc does not rest (200 of 200 differ from 0)"),
        (Decay, "plain: the formula may change all of `W`, also where `"),
        (Negative, "its elements may be -0, since key 3, iteration 0"),
        (Clipped, "its elements may be below 0.25, since key 3, iteration 0"),
    ],
)
def test_an_update_says_what_is_in_its_way(synapses, said):
    assert said in updates(network(synapses()))


class Held(Synapses):
    def iteration(self, s):
        s.before = s.W
        s.W = s.W + s.dst.spike[:, None] * s.src.spike[None, :] * 0.01


def test_a_copy_says_who_holds_the_old_content():
    said = updates(network(Held()))
    assert said.endswith("; copied first, as `before` holds the old content")


class InPlace(Synapses):
    def iteration(self, s):
        s.W += s.dst.spike[:, None] * s.src.spike[None, :] * 0.01


class Late(Synapses):
    def iteration(self, s):
        s.dst.v += s.W.dot(s.src.spike)  # gathers columns, so that these lie side by side
        s.W = np.clip(s.W + s.dst.spike[:, None] * s.src.trace[None, :] * 0.001, 0.0, 1.0)


def test_rows_of_a_large_matrix_wait_for_its_columns():
    said = updates(network(Late(), size=600), 100)
    assert "of 600 rows (`spike` of exc), 600 of 600 columns; rows wait until a column" in said


class Export(Behavior):
    def iteration(self, s):
        if s.network.iteration == 2:
            self.kept = np.asarray(s.W)


def test_an_export_is_named_with_key_and_iteration():
    said = told(network(InPlace(), key4=Export()))
    assert any(
        "`W` is shared with NumPy" in s and "since key 4, iteration 2" in s for s in said.values()
    )
    net = network(InPlace())
    net.simulate_iterations(5)
    kept = np.asarray(net["GLU", 0].W)
    assert any("since after iteration 5" in s for s in told(net).values()), kept.shape


def test_behaviors_of_cpp_are_named_as_well():
    net = Network(seed=3)
    NeuronGroup(net=net, size=10, behavior={2: behavior("LeakyIntegrateAndFire")}, tag="n")
    net["n", 0].i = net["n", 0].vector("uniform")
    net.initialize(info=False)
    assert "key 2 LeakyIntegrateAndFire of n: `spike`, `v`" in told(net)


class Picks(Stdp):
    """Keeps what a mask picks, which nobody has counted yet when names are looked up."""

    def iteration(self, s):
        super().iteration(s)
        s.picked = s.dst.v[s.dst.spike]
        s.total = s.picked.sum()


@pytest.mark.parametrize("synapses", [Stdp, Held, InPlace, Picks])
@pytest.mark.parametrize("watched", [False, True])
def test_s17_names_change_nothing(synapses, watched):
    looked_at, unseen = network(synapses(), watched), network(synapses(), watched)
    for net in (looked_at, unseen):
        net.simulate_iterations(20)
        if net is looked_at:
            told(net, 0)
        net.simulate_iterations(20)
    for name in ("v", "trace", "spike", "old"):
        assert np.array_equal(
            *(np.asarray(getattr(n["exc", 0], name)) for n in (looked_at, unseen))
        )
    assert np.array_equal(*(np.asarray(n["GLU", 0].W) for n in (looked_at, unseen)))
