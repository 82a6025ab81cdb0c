"""What `explain()` and `monnto info` say, and that looking changes nothing (S17)."""

import json
import subprocess
import sys

import numpy as np
import pytest

import monnto
from monnto import Behavior, Network, NeuronGroup


class Leaky(Behavior):
    def initialize(self, neurons):
        neurons.v = neurons.vector("uniform")
        neurons.calls = 0

    def iteration(self, neurons):
        neurons.v *= 0.9
        neurons.v += neurons.vector("uniform", density=0.5)
        neurons.spike = neurons.v > 0.8
        neurons.v[neurons.spike] = 0.0
        neurons.calls += 1


def network():
    net = Network(seed=3)
    NeuronGroup(net=net, size=1000, behavior={1: Leaky()}, tag="n")
    net.initialize(info=False)
    return net


def test_explain_is_json_with_steps_that_name_their_operations():
    explained = json.loads(network().explain("json"))
    operations = [name for step in explained["steps"] for name in step["operations"]]
    assert {"multiply", "greater", "where"} <= set(operations)
    assert any(step["bytes"] > 0 for step in explained["steps"])
    assert explained["bandwidth"] > 1e8
    if explained["executor"] == "llvm":
        assert any(step["kernel"] for step in explained["steps"])


def test_explain_as_text_is_a_table():
    text = network().explain()
    assert "bandwidth" in text and "multiply" in text


def test_explain_refuses_other_formats():
    with pytest.raises(ValueError, match="'text' or 'json'"):
        network().explain("xml")


def test_s17_explain_leaves_the_network_where_it_was():
    watched, unwatched = network(), network()
    watched.simulate_iterations(5)
    watched.explain()
    assert watched.iteration == 5
    assert watched["n", 0].calls == 5
    watched.simulate_iterations(5)
    unwatched.simulate_iterations(10)
    assert np.array_equal(np.asarray(watched["n", 0].v), np.asarray(unwatched["n", 0].v))


def test_info_names_the_machine_and_its_compiler():
    shown = subprocess.run(
        [sys.executable, "-m", "monnto", "info"], capture_output=True, text=True, check=True
    ).stdout
    for name in ("processor", "vectors", "LLVM", "memory", "GPU"):
        assert name in shown
    assert monnto.__version__ in shown
