"""docs/pymonnto_checks.md: every value names its test; those that belong nowhere else are here."""

import re
from pathlib import Path

import numpy as np
import pytest

from monnto import *
from monnto.behaviors import Instant_Homeostasis
from monnto.equations import Clock

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "pymonnto_checks.md").read_text()
ROWS = [row for row in PAGE.splitlines() if row.startswith("| ") and "---" not in row]
VALUES = [row for row in ROWS if not row.endswith(("| test |", "| here |"))]


@pytest.mark.parametrize("row", VALUES, ids=[row.split("|")[1].strip()[:40] for row in VALUES])
def test_every_value_names_a_test(row):
    sources = "".join(path.read_text() for path in HERE.glob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", row.split("|")[-2])
    assert named and all(f"def {name}(" in sources for name in named)


def test_no_value_was_dropped():
    assert len(VALUES) == 45


def test_homeostasis_saturates_where_the_target_is_clipped():
    net = Network()
    homeostasis = Instant_Homeostasis(
        adjustment_param="target",
        measurement_param="n.act",
        threshold=1,
        distance_sensitive=False,
        inc=0.1,
        dec=0.2,
        adj_strength=0.5,
        target_clip_min=-0.5,
        target_clip_max=0.5,
    )
    group = NeuronGroup(net, 3, {1: homeostasis})
    group.act = np.array([0, 1, 2], dtype=np.float32)
    group.target = group.vector()
    net.initialize(info=False)
    net.simulate_iterations(2)
    np.testing.assert_allclose(group.target, [0.1, 0, -0.2], rtol=1e-6)
    net.simulate_iterations(20)
    assert group.target.tolist() == [0.5, 0, -0.5]


@pytest.mark.parametrize(
    ("step", "time", "iterations"),
    [
        ("0.1*ms", "1000*ms", 10000),
        ("1*ms", "1*second", 1000),
        ("1*ms", "2*minute", 120000),
        ("0.1*ms", "0.3*second", 3000),  # 2999 there
    ],
)
def test_times_become_iterations(step, time, iterations):
    net = Network()
    NeuronGroup(net, 1, {0: Clock(step=step)})
    net.initialize(info=False)
    assert net["Clock", 0].time_to_iterations(time) == iterations


def test_times_that_are_no_multiple_of_a_step_are_rounded():
    with pytest.warns(UserWarning, match="no multiple"):
        assert Clock("0.3*ms").time_to_iterations("10*ms") == 33
