"""Large matrices are there once: no run of a naive script holds a second copy of one."""

import importlib.util
from pathlib import Path

import pytest

N = 3000  # 36 MB
NETWORKS = ["lif_stdp", "izhikevich_stdp", "basic_network"]


def memory_bench():
    file = Path(__file__).parents[2] / "bench" / "core" / "memory_bench.py"
    spec = importlib.util.spec_from_file_location("memory_bench", file)
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    return bench


@pytest.mark.parametrize("network", NETWORKS)
def test_a_run_needs_its_matrix_once(network):
    # Drawing a tenth of a matrix takes a mask of 1 byte per element for a moment, a quarter of it.
    assert memory_bench().multiple(network, "monnto", N) < 1.5


def test_one_more_copy_would_be_noticed():
    assert memory_bench().multiple("lif_stdp", "monnto", N, hold_a_copy=True) > 1.7
