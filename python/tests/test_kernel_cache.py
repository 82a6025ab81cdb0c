"""Kernels that a process leaves on disk serve the ones after it."""

import json
import os
import subprocess
import sys

import pytest

import monnto

SCRIPT = """
import json
import monnto
from monnto import _engine

net = monnto.Network(seed=3)
group = monnto.NeuronGroup(net=net, tag="n", size=500)


class Membrane(monnto.Behavior):
    def initialize(self, n):
        n.v = n.vector("uniform")

    def iteration(self, n):
        n.v = n.v * 0.9 + n.vector("normal(0, 1)") * 0.1
        n.spike = n.v > 0.8
        n.rate = n.spike.mean()


group.add_behavior(1, Membrane())
net.initialize(info=False)
net.simulate_iterations(20)
print(json.dumps({**_engine.counters(), "v": [float(x) for x in group.v]}))
"""


def run_process(folder):
    environment = {**os.environ, "MONNTO_KERNEL_CACHE": str(folder)}
    shown = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env=environment
    ).stdout
    return json.loads(shown.splitlines()[-1])


def test_a_second_process_compiles_nothing(tmp_path):
    if "compiled by LLVM" not in dict(monnto._engine.machine())["executor"]:
        pytest.skip("nothing compiles kernels on this machine")
    folder = tmp_path / "kernels"
    first = run_process(folder)
    second = run_process(folder)
    assert first["compiled"] > 0
    assert first["loaded"] == 0
    assert second["compiled"] == 0
    assert second["loaded"] == first["compiled"]
    assert second["v"] == first["v"]
    assert len(list(folder.iterdir())) == first["compiled"]


def test_info_tells_where_kernels_are_kept(tmp_path):
    for folder, expected in [("", "in memory only"), (str(tmp_path), str(tmp_path))]:
        environment = {**os.environ, "MONNTO_KERNEL_CACHE": folder}
        shown = subprocess.run(
            [sys.executable, "-m", "monnto", "info"],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        ).stdout
        (line,) = [line for line in shown.splitlines() if line.startswith("kernels")]
        assert expected in line
