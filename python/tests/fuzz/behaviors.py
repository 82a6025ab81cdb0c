"""Whole behaviors at random: their statements run in a Network, recorded and replayed, and on NumPy.

After every iteration all variables are equal to the last bit. Weights lie on a grid of eighths, so that sums of them are exact in any
order; all other operations round once. Noise is the network's own: NumPy's side takes it over.
"""

from __future__ import annotations

import random
from types import SimpleNamespace

import numpy as np

import monnto
from fuzz.program import IS_OLD

ITERATIONS = 12

FLOATS = ("v", "w", "x")
OF_NEURONS = (*FLOATS, "spike", "old", "count", "ring", "input", "noise")
OF_MATRICES = ("W", "V")
NUMBERS = ("0.5", "-1.25", "2", "0.1", "3.0", "-0.7")
# NumPy 1's np.where takes numbers for float64 also where it otherwise promotes as NumPy 2 does.
CHOSEN = "np.float32({})" if IS_OLD else "{}"
STATEMENTS = (
    "{a} = {b} {op} {c}",
    "{a} = {b} * {n} + {c}",
    "{a} {op}= {n}",
    "{a} {op}= {b}",
    "{a} = {b}.copy()",
    "{a} = {b}",  # a second name, which in-place operations see
    "{a} = np.where({m}, {b}, {c})",
    "{a} = np.where({b} > {n}, " + CHOSEN.format("{n}") + ", {b})",
    "{a} = np.clip({b}, -2, 2)",
    "{a} = np.{f}({b})",
    "{a} = np.maximum({b}, {c})",
    "{a} = {b} / 3",
    "{a}[{m}] = {n}",
    "{a} += {m}",
    "{a} *= {m}",
    "{a} = {m} * {b} - {n}",
    "{a} += n.noise",
    "{a}.fill({n})",
    "{a}[1:] = {b}[:-1]",
    "{a}[:-1] += {b}[1:]",
    "{a}[::2] = {n}",
    "{a}, {b} = {b}, {a}",
    "{a} = np.roll({b}, 1)",
    "{a} = ({b} + {c}) * n.count",
    "{m} = {b} > {n}",
    "{m} = ({b} < {n}) & {k}",
    "{m} = ~{k} | ({b} == {c})",
    "{m} = {k}",
    "n.count += {m}",
    "n.count = n.count * 2 % 7",
    "n.buffer_roll(n.ring, {b})",
    "{a} = n.ring[-1] + {b}",
    "{a} = n.ring[1] * {n}",
)
#: Their masks are read while the iteration runs, so that it is never replayed.
READING = ("{a}[{m}] += {n}", "{a}[{m}] = {b}[{m}]", "if {m}.any():\n    {a} = {b} * {n}")
OF_SYNAPSES = (
    "s.dst.input = s.W.dot(s.src.{m})",
    "s.dst.input += s.W @ s.src.{m}",
    "s.dst.input = np.sum(s.W, axis=1) * 0.125",
    "s.dst.v += s.W.dot(s.src.{m}) * {n}",
    "s.W += s.dst.{m}[:, None] * s.src.{k}[None, :] * 0.125",
    "s.W -= np.outer(s.dst.{m}, s.src.{k}) * 0.25",
    "s.W = np.clip(s.W, -2, 2)",
    "s.W = np.where(s.dst.{m}[:, None] & s.src.{k}[None, :], " + CHOSEN.format("0.5") + ", s.W)",
    "s.W *= s.enabled",
    "s.V = s.W.copy()",
    "s.W, s.V = s.V, s.W",
    "s.W.T[...] = s.V",
)
OF_SYNAPSES_READING = ("s.W[s.dst.{m}] += 0.125", "s.W[:, s.src.{m}] = 0.25")


class Behaviors:
    """The statements of a seed."""

    def __init__(self, seed: int):
        self._rng = random.Random(seed)
        self.seed = seed
        self.is_static = self._rng.random() < 0.7
        self.size = self._rng.choice((1, 3, 8, 17, 40, 40, 200))
        if seed % 12 == 0:
            self.size = 6000  # enough for two threads
        self.has_synapses = self.size <= 200
        self.neurons = self._drawn(STATEMENTS, READING, 4 + self._rng.randrange(9), "n.")
        self.synapses = self._drawn(
            OF_SYNAPSES, OF_SYNAPSES_READING, 2 + self._rng.randrange(4), ""
        )

    def _drawn(self, forms, reading, count: int, prefix: str) -> list[str]:
        if not self.is_static:
            forms = forms + reading
        return [self._filled(self._rng.choice(forms), prefix) for _ in range(count)]

    def _filled(self, form: str, prefix: str) -> str:
        pick = self._rng.choice
        return form.format(
            a=prefix + pick(FLOATS),
            b=prefix + pick(FLOATS),
            c=prefix + pick(FLOATS),
            m=prefix + pick(("spike", "old")),
            k=prefix + pick(("spike", "old")),
            n=pick(NUMBERS),
            op=pick("+-*"),
            f=pick(("abs", "floor", "sign", "square")),
        )

    def source(self) -> str:
        return "\n".join(["# neurons", *self.neurons, "# synapses", *self.synapses])

    def code(self, lines: list[str]):
        return compile("\n".join(lines), f"seed {self.seed}", "exec")


def _start(n, rng) -> None:
    size = n.size
    for name in FLOATS:
        setattr(n, name, rng.normal(size=size).astype(np.float32))
    n.spike, n.old = rng.random(size) < 0.3, rng.random(size) < 0.1
    n.count = rng.integers(0, 5, size)
    n.ring = rng.normal(size=(3, size)).astype(np.float32)
    n.input = np.zeros(size, np.float32)


def _start_synapses(s, rng) -> None:
    shape = s.dst.size, s.src.size
    s.W = (rng.integers(-8, 9, shape) / 8).astype(np.float32)
    s.V = (rng.integers(-8, 9, shape) / 8).astype(np.float32)
    s.enabled = rng.random(shape) < 0.5


def _network(behaviors: Behaviors, threads: int):
    neurons, synapses = behaviors.code(behaviors.neurons), behaviors.code(behaviors.synapses)

    class Neurons(monnto.Behavior):
        static = behaviors.is_static

        def initialize(self, n):
            n.noise = n.vector()

        def iteration(self, n):
            n.noise = n.vector("normal(0, 1)")
            exec(neurons, {"n": n, "np": np})

    class Synapses(monnto.Behavior):
        static = behaviors.is_static

        def iteration(self, s):
            exec(synapses, {"s": s, "np": np})

    net = monnto.Network(seed=behaviors.seed, threads=threads)
    n = monnto.NeuronGroup(
        net, behaviors.size, {1: Neurons(), 9: monnto.Recorder(list(OF_NEURONS))}, tag="n"
    )
    s = None
    if behaviors.has_synapses:
        s = monnto.SynapseGroup(
            net, n, n, behavior={2: Synapses(), 9: monnto.Recorder(list(OF_MATRICES))}, tag="s"
        )
    net.initialize(info=False)
    return net, n, s


def _roll(buffer, newest) -> None:
    buffer[1:] = buffer[:-1].copy()
    buffer[0] = newest


def _differences(recorded: dict, theirs, names, iteration: int) -> list[str]:
    found = []
    for name in names:
        left, right = recorded[name][iteration - 1], getattr(theirs, name)
        # A recording has one dtype, the widest of all samples.
        if not np.array_equal(left, right.astype(left.dtype), equal_nan=left.dtype != bool):
            found.append(f"{name}: {left.ravel()[:6]} where NumPy has {right.ravel()[:6]}")
    return found


def problem_of(behaviors: Behaviors, threads: int) -> tuple[str, int]:
    """What differs first ('' where nothing does), and how many iterations were replayed."""
    neurons, synapses = behaviors.code(behaviors.neurons), behaviors.code(behaviors.synapses)
    net, n, s = _network(behaviors, threads)
    theirs = SimpleNamespace(size=behaviors.size, buffer_roll=_roll)
    for group in (n, theirs):
        _start(group, np.random.default_rng(behaviors.seed))
    their_synapses = SimpleNamespace(src=theirs, dst=theirs)
    if s is not None:
        for group in (s, their_synapses):
            _start_synapses(group, np.random.default_rng(behaviors.seed + 1))
    before = monnto._engine.counters()["replayed"]
    net.simulate_iterations(ITERATIONS)
    replayed = monnto._engine.counters()["replayed"] - before
    recorded = {name: np.array(net[name, 0]) for name in (*OF_NEURONS, *(OF_MATRICES if s else ()))}
    for iteration in range(1, ITERATIONS + 1):
        theirs.noise = recorded["noise"][iteration - 1]
        exec(neurons, {"n": theirs, "np": np})
        found = []
        if s is not None:
            exec(synapses, {"s": their_synapses, "np": np})
            found = _differences(recorded, their_synapses, OF_MATRICES, iteration)
        found += _differences(recorded, theirs, OF_NEURONS, iteration)
        if found:
            kind = "static" if behaviors.is_static else "recorded"
            head = f"seed {behaviors.seed}, {kind}, {behaviors.size} neurons, {threads} threads"
            text = "\n".join([f"{head}, iteration {iteration}:", behaviors.source(), *found])
            return text, replayed
    for group, other, names in ((n, theirs, OF_NEURONS), (s, their_synapses, OF_MATRICES)):
        for name in names if group is not None else ():
            left, right = getattr(group, name).dtype, getattr(other, name).dtype
            if left != right:
                return f"seed {behaviors.seed}: {name} is {left} where NumPy has {right}", replayed
    return "", replayed
