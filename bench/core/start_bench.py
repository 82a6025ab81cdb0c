"""How long from starting Python to the end of the basic network's first iteration?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

UNIT = "ms"
HIGHER_IS_BETTER = False
PEER = "pymonnto"

BASIC_NETWORK = Path(__file__).parent / "basic_network_bench.py"
SCRIPT = """
import importlib, importlib.util, sys
spec = importlib.util.spec_from_file_location("bench", sys.argv[1])
bench = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bench)
model = bench.Model(importlib.import_module(sys.argv[2]), n=100)
model.run(1)
print(model.net.iteration)
"""


def cases(quick: bool) -> list[dict]:
    return [{"n": 100}]


def value(seconds: float) -> float:
    return 1000 * seconds


class Model:
    threads = 1

    def __init__(self, package, n: int) -> None:
        self.arguments = [sys.executable, "-c", SCRIPT, BASIC_NETWORK, package.__name__]
        self.iterations: set[str] = set()

    def run(self, count: int) -> None:
        for _ in range(count):
            done = subprocess.run(self.arguments, capture_output=True, text=True)
            if done.returncode:
                raise RuntimeError(done.stderr.strip().splitlines()[-1])
            self.iterations.add(done.stdout.split()[-1])

    def check(self) -> None:
        assert self.iterations == {"1"}, self.iterations
