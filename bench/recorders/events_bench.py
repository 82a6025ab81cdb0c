"""How long does an iteration take whose spikes are recorded, in a run of many thousands of iterations?

The synfire chain of examples/classical, ten groups of 100 neurons with an `EventRecorder` each, read once at the end.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

UNIT = "us per iteration"
HIGHER_IS_BETTER = False
EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "classical"


def cases(quick: bool) -> list[dict]:
    return [{"n": 1000, "iterations": 5_000 if quick else 50_000}]


def value(seconds_per_iteration: float) -> float:
    return 1e6 * seconds_per_iteration


class Model:
    threads = 1

    def __init__(self, package, n: int, iterations: int) -> None:
        sys.path.insert(0, str(EXAMPLES))
        self.script = importlib.import_module("synfire_chain")
        self.iterations, self.groups = iterations, n // 100

    def prepare(self) -> None:
        self.net = self.script.build(groups=self.groups, threads=self.threads, seed=1)

    def run(self, iterations: int) -> None:
        self.net.simulate_iterations(iterations, batch_size=-1, measure_block_time=False)

    def check(self) -> None:
        """Every group has spiked, and the last of its events are recent."""
        for group in self.net.NeuronGroups:
            assert group["spike.t", 0][-1] > 0.9 * self.iterations
