"""S21: random iterations, written as text, do the same whether their code is read or called."""

import importlib.util
import random

import numpy as np
import pytest

import monnto
from monnto import Network, NeuronGroup, SynapseGroup

HEAD = """
import math
import numpy as np
from monnto import *

LOG = []
RATE = 0.25
LEVELS = (0.5, 0.125)


def curve(x, steep=0.5):
    return np.exp(-np.abs(x) * steep)


def noted(x):
    LOG.append(1)
    return x * 0.5


class Model(Behavior):
    factor = 0.5

    def initialize(self, n):
        n.x = n.vector("uniform")
        n.w = n.vector("normal(0,1)")
        n.spike = n.x > 0.5
        self.trace = n.vector()
        self.gain = 0.25
        self.past = []
        for s in n.synapses(afferent, "GLU"):
            s.W = s.matrix("uniform", density=0.5)

    def bounded(self, x):
        return np.clip(x, -2.0, 2.0)

    def iteration(self, n):
"""

PURE = """
n.x = n.x * 0.5 + n.w * RATE
n.x += self.gain * n.vector("uniform")
n.x -= LEVELS[1] * n.w.mean()
n.x[n.spike] = 0.25
n.x[::2] = n.w[::2]
n.spike = n.x > RATE
n.w = np.where(n.spike, n.w * 0.5, n.w + 0.125)
self.trace = self.trace * 0.5 + n.spike
self.trace += curve(n.x, 0.25)
n.w += self.trace * self.factor
n.x = self.bounded(n.x + 0.5)
n.w = curve(n.w) - math.sqrt(0.25)
n.x = sum(n.w * k for k in range(3))
y = n.x - n.x.min(); n.x = y / (1.0 + y)
n.x = (n.x + 1.0) if self.gain > 0.1 else (n.x - 1.0)
for s in n.synapses(afferent, "GLU"): n.x += s.W.dot(n.spike) / s.src.size
for s in n.synapses(afferent, "GLU"): s.W += s.dst.x[:, None] * s.src.spike[None, :] * 0.01
for s in n.synapses(afferent, "GLU"): s.W = np.clip(s.W, 0.0, 1.0)
""".strip().splitlines()

# Pure as well, but plans cannot take all of them.
HARD = """
n.x[n.x > 0.75] *= 0.5
n.w, n.x = n.x, n.w
""".strip().splitlines()

IMPURE = """
LOG.append(1)
n.x = noted(n.x)
self.past.append(1)
n.x += len(self.past) * 0.001
self.gain += 0.001
if float(n.x[0]) > 0.25: LOG.append(2)
if n.iteration % 7 == 0: n.x += 1.0
n.x += np.random.rand()
n.x += (lambda: LOG.append(1) or 0.5)()
globals()["RATE"] = RATE + 0.001
""".strip().splitlines()


def load(folder, name: str, statements: list):
    file = folder / f"{name}.py"
    file.write_text(HEAD + "".join(f"        {line}\n" for line in statements))
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outcome(module, static):
    """The state after each of three runs, and what happened outside of the network."""
    np.random.seed(3)
    behavior = type("Model", (module.Model,), {"static": static})()
    net = Network(seed=11)
    n = NeuronGroup(net, 12, {1: behavior}, tag="n")
    s = SynapseGroup(net, src=n, dst=n, tag="GLU")
    net.initialize(info=False)
    before = monnto._engine.counters()["replayed"]
    seen = []
    for run in range(3):
        net.simulate_iterations(15, measure_block_time=False)
        arrays = (n.x, n.w, n.spike, behavior.trace, s.W)
        seen.append([np.array(a).tobytes() for a in arrays])
        module.RATE = 0.5 + run
        module.Model.factor = 0.25 * run
    outside = (len(module.LOG), len(behavior.past), float(behavior.gain))
    return seen, outside, monnto._engine.counters()["replayed"] - before, net._core.replay_status


@pytest.mark.parametrize("seed", range(60))
def test_s21_random_iterations_do_the_same_read_or_called(seed, tmp_path):
    chosen = random.Random(seed)
    statements = chosen.choices(PURE, k=chosen.randint(2, 6))
    kind = ("impure", "hard", "pure", "pure")[seed % 4]
    if kind != "pure":
        one = chosen.choice(IMPURE if kind == "impure" else HARD)
        statements.insert(chosen.randrange(len(statements) + 1), one)
    results = [
        outcome(load(tmp_path, f"model_{seed}_{i}", statements), static)
        for i, static in enumerate((None, False))
    ]
    (read, read_outside, replayed, status), (called, called_outside, _, _) = results
    text = "\n".join(statements)
    assert read == called, text
    assert read_outside == called_outside, text
    assert kind == "hard" or (replayed > 0) == (kind == "pure"), f"{text}\n{status}"
