"""docs/migration.md: every claim names its test; those that belong nowhere else are here."""

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from monnto import *
from monnto.notices import ModelWarning

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "migration.md").read_text()
CLAIMS = re.findall(r"^\| (?!---)(.*) \| `(test_\w+)` \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("claim", CLAIMS, ids=[test for _, test in CLAIMS])
def test_every_claim_names_a_test(claim):
    sources = "".join(path.read_text() for path in HERE.glob("test_*.py"))
    assert f"def {claim[1]}(" in sources


def test_no_row_is_without_a_test():
    rows = [r for r in PAGE.splitlines() if r.startswith("| ") and "---" not in r]
    headers = [r for r in rows if r.endswith("| test |")]
    assert len(rows) - len(headers) == len(CLAIMS) > 40


class Counter(Behavior):
    def initialize(self, neurons):
        neurons.v = neurons.vector("uniform")

    def iteration(self, neurons):
        neurons.v += neurons.vector("normal(0, 0.1)")


def run(text, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(text))
    command = [sys.executable, "-W", "ignore", "-m", "monnto", str(script)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def small(behaviors=None, **settings):
    net = Network(**settings)
    return net, NeuronGroup(net, 5, {1: Counter()} if behaviors is None else behaviors, tag="n")


def test_arrays_mean_what_those_of_numpy_mean():
    _, group = small()
    v = group.vector("uniform")
    a = v.to_numpy().copy()
    view, mask = v[1:], v > 0.5
    view += 1
    a[1:] += 1
    assert np.array_equal(v, a) and v.dtype == a.dtype
    copied = v[mask]
    copied += 5
    assert np.array_equal(v, a)
    held = v
    v *= 2
    assert np.array_equal(held, a * 2)


def test_the_setting_that_never_worked_is_ignored_as_before():
    with pytest.warns(ModelWarning, match="syn_dim"):
        net = Network(settings={"synapse_mode": SxD})
    NeuronGroup(net, 3, tag="a")
    NeuronGroup(net, 2, tag="b")
    assert SynapseGroup(net, "a", "b").matrix().shape == (2, 3)


def test_names_of_2021_run(tmp_path):
    result = run(
        """
        from PymoNNto import *
        class Old(Behaviour):
            def set_variables(self, n):
                n.v = n.get_neuron_vec()
                self.inc = self.get_init_attr('inc', 1.0, n)
            def new_iteration(self, n):
                n.v += self.inc
                for s in n.afferent_synapses['GLU']:
                    n.v += s.get_synapse_mat('zeros()').dot(s.src.v)
        net = Network()
        n = NeuronGroup(net=net, tag='n', size=3, behaviour={1: Old(inc=2)})
        SynapseGroup(net=net, src=n, dst=n, tag='GLU')
        net.initialize(info=False)
        net.activate_mechanisms('Old')
        net.simulate_iterations(4)
        print(n.v.tolist())
        """,
        tmp_path,
    )
    assert result.stdout == "[8.0, 8.0, 8.0]\n", result.stderr


def values_after(seed=None, observed=False, threads=None):
    if seed is not None:
        np.random.seed(seed)
    behaviors = {1: Counter(), **({9: Recorder("np.mean(v)")} if observed else {})}
    net, group = small(behaviors, seed=None if seed is not None else 7, threads=threads)
    net.initialize(info=False)
    net.simulate_iterations(3)
    return group.v.to_numpy().copy()


def test_seeding_numpy_fixes_a_script():
    assert np.array_equal(values_after(42), values_after(42))
    assert not np.array_equal(values_after(42), values_after(43))


def test_adding_a_recorder_changes_no_number():
    alone = values_after()
    assert np.array_equal(alone, values_after(observed=True))
    assert np.array_equal(alone, values_after(threads=1))
    assert np.array_equal(alone, values_after(threads=2))


def test_recorders_say_what_they_cannot_record():
    net, group = small({1: Counter(), 9: Recorder(["v>4", "np.mean(v,axis=0)"])})
    net.initialize(info=False)
    net.simulate_iterations(2)
    assert net["v>4", 0, "np"].shape == (2, 5) and net["np.mean(v,axis=0)", 0, "np"].shape == (2,)
    group.add_behavior(10, Recorder("volt"))
    with pytest.raises(AttributeError, match="'volt'"):
        net.simulate_iteration()


def test_subgroups_may_make_variables():
    _, group = small({})
    part = group.subGroup([True, False, True, False, False])
    part.rate = 3.0
    part.w = np.array([1.0, 2.0])
    assert group.rate == 3.0 and group.w.tolist() == [1, 0, 2, 0, 0]


def test_identity_of_types_is_what_it_is(tmp_path):
    result = run(
        """
        from PymoNNto import *
        v = NeuronGroup(Network(), 3).vector()
        print(type(v) is np.ndarray, type(v) == np.ndarray, isinstance(v, np.ndarray))
        """,
        tmp_path,
    )
    assert result.stdout == "False True True\n", result.stderr


def test_random_numbers_are_of_the_networks_own():
    np.random.seed(1)
    theirs = np.random.RandomState(1).uniform(size=5)
    _, group = small({})
    before = np.random.get_state()[1].copy()
    ours = group.vector("uniform")
    assert not np.allclose(ours, theirs) and 0 <= ours.min() <= ours.max() < 1
    assert np.array_equal(np.random.get_state()[1], before)  # and leave NumPy's where it is


def test_numbers_adapt_to_arrays():
    _, group = small({})
    assert (group.vector() * 0.1).dtype == np.float32
    small_numbers = group.vector(dtype="uint8")
    with pytest.raises(OverflowError):
        small_numbers + 300
    assert (small_numbers + np.float32(1)).dtype == np.float32


def test_division_by_zero_is_silent_unless_asked(recwarn):
    _, group = small({})
    zero = group.vector()
    assert np.isnan(zero / zero).all() and np.isinf(1 / zero).all()
    assert not recwarn.list
    with np.errstate(divide="raise"), pytest.raises(FloatingPointError):
        float((1 / zero)[0])
