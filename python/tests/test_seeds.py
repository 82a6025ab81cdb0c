"""The seeds' scripts (repaired where print lost something) run as they are."""

import runpy
import warnings
from pathlib import Path

import pytest

from monnto import RenamedWarning

pytest.importorskip("matplotlib")
FOLDER = Path(__file__).parents[2] / "tests" / "seeds"
SCRIPTS = sorted(FOLDER.glob("*.py"))


def test_there_are_scripts():
    assert len(SCRIPTS) >= 7


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.stem)
def test_script_runs(script, capsys, monkeypatch):
    import matplotlib.pyplot as plt

    with warnings.catch_warnings():
        # Names of old days may warn; anything else is a defect.
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", RenamedWarning)
        warnings.filterwarnings("ignore", message=".*non-interactive.*")
        runpy.run_path(str(script), run_name="__main__")
    plt.close("all")


def test_readme_network_gives_numpys_numbers(capsys):
    """The seeds' model step by step in NumPy, with the draws taken from the network."""
    import numpy as np

    script = runpy.run_path(str(FOLDER / "readme_synapses.py"))
    net = script["My_Network"]
    voltage = net["voltage", 0, "np"]
    assert voltage.shape == (1000, 100)
    assert voltage.dtype == np.float32
    weights = net.GLUTAMATE.W.to_numpy()
    spikes = np.zeros((1001, 100), dtype=bool)
    spikes[net["spike.t", 0, "np"], net["spike.i", 0, "np"]] = True
    for step in range(1, 1000):
        before = voltage[step - 1].copy()
        spike = before > 0.5
        assert (spikes[step + 1] == spike).all()
        before[spike] = 0.0
        decayed = before * np.float32(0.9)
        current = weights.dot(spike) / 100 * 10
        noise = voltage[step] - decayed - current
        # What is left is the noise: nothing, or in [0, 1).
        assert noise.min() > -1e-5 and noise.max() < 1.0 + 1e-5
        assert (noise > 1e-5).mean() < 0.2
