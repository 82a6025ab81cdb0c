"""How long does the simulation phase of each classical example take, beside PymoNNto?

The very scripts of examples/classical run with both packages: their networks are built anew before each repeat, with recorders, and
`simulate_iterations` alone is timed. Figures are for a process that has run the script before; the first run of a process, which
also compiles, is shown beside them. Both use one thread; the one network that is bound by whole matrices also runs as users run it,
with all threads that the machine has. Parts of runs tell where time goes.
"""

from __future__ import annotations

import importlib
import os
import sys
import types
from pathlib import Path

UNIT = "ms per run"
HIGHER_IS_BETTER = False
PEER = "pymonnto"
EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples" / "classical"

LENGTHS = {
    "izhikevich": 1000,
    "leaky_integrate_and_fire": 1000,
    "brunel_hakim": 2000,
    "hopfield": 199,
    "synfire_chain": 100,
    "hodgkin_huxley": 50_000,
    "hindmarsh_rose": 200_000,
    "wang_buzsaki": 10_000,
    "basic": 1000,
    "stdp_homeostasis_normalization": 200,
    "equation": 10_000,
}


# Of a run: the iterations before the part, and its own.
PARTS = {
    ("hopfield", "learning"): (0, 99),
    ("hopfield", "recall"): (99, 100),
    ("synfire_chain", "first"): (0, 1),
}


def cases(quick: bool) -> list[dict]:
    if quick:
        return [{"network": "izhikevich"}, {"network": "basic"}]
    return [
        *({"network": name} for name in LENGTHS),
        {"network": "hopfield", "threads": "all"},
        *({"network": name, "part": part} for name, part in PARTS),
    ]


def environment(case: dict) -> dict[str, str]:
    return {} if "threads" in case else {"OPENBLAS_NUM_THREADS": "1"}


def value(seconds_per_iteration: float) -> float:
    return 1e3 * seconds_per_iteration


def example(package, name: str):
    """The script `name`, whose `monnto` is the package that is measured."""
    sys.path.insert(0, str(EXAMPLES))
    if package.__name__ != "monnto":
        sys.modules["monnto"] = package
        sys.modules["monnto.equations"] = _old_equations() if name == "equation" else package
    return importlib.import_module(name)


def _old_equations():
    folder = "PymoNNto.NetworkBehavior.EulerEquationModules"
    parts = types.ModuleType("monnto.equations")
    for module, names in (
        ("EulerClock", ("Clock",)),
        ("VariableInitializer", ("Variable",)),
        ("Equation", ("Equation",)),
    ):
        found = importlib.import_module(f"{folder}.{module}")
        for each in names:
            setattr(parts, each, getattr(found, each))
    return parts


class Model:
    iterations = 1  # of a whole run, so that the figure is its time

    def __init__(self, package, network: str, threads: str | int = 1, part: str = "") -> None:
        import numpy as np

        np.random.seed(1)
        self.script = example(package, network)
        is_limited = threads != "all" and package.__name__ == "monnto"
        self.settings = {"threads": threads} if is_limited else {}
        self.threads = os.cpu_count() if threads == "all" else threads
        self.before, self.length = PARTS.get((network, part), (0, LENGTHS[network]))

    def prepare(self) -> None:
        self.net = self.script.build(**self.settings)
        if self.before:
            self.simulate(self.before)

    def run(self, runs: int) -> None:
        for _ in range(runs):
            self.simulate(self.length)

    def simulate(self, iterations: int) -> None:
        self.net.simulate_iterations(iterations, batch_size=-1, measure_block_time=False)

    def check(self) -> None:
        """That everything ran; python/tests/test_classical.py has the values."""
        assert self.net.iteration == self.before + self.length, f"{self.net.iteration} iterations"
