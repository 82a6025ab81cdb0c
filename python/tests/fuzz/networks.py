"""Whole networks at random: several groups, subgroups, and synapses between them, on NumPy and on ours.

Where behaviors.py has one group and the statements of a neuron, these have variables of several dtypes, matrices of their own, index
arrays, views that stay, branches on values and lists of old arrays. After every iteration all variables are equal to the last bit;
weights lie on a grid of eighths, so that sums of them are exact in any order.
"""

from __future__ import annotations

import random
from types import SimpleNamespace

import numpy as np

import monnto
from fuzz.network_statements import (
    NEURONS,
    NEURONS_READING,
    NEURONS_UNPLANNED,
    SYNAPSES,
    SYNAPSES_READING,
    SYNAPSES_UNPLANNED,
    filled,
)

ITERATIONS = 10
OF_NEURONS = (
    "v", "w", "x", "wide", "spike", "old", "count", "small", "ring", "M", "input", "noise",
)  # fmt: skip
OF_SYNAPSES = ("W", "V", "trace")
SIZES = (1, 2, 5, 9, 16, 33, 100, 300)
#: What the behaviors of a network say, by kind: only what plans are made of, all that may be called static, everything.
KINDS = {
    "planned": (NEURONS, SYNAPSES),
    "static": (NEURONS + NEURONS_UNPLANNED, SYNAPSES + SYNAPSES_UNPLANNED),
    "recorded": (
        NEURONS + NEURONS_UNPLANNED + NEURONS_READING,
        SYNAPSES + SYNAPSES_UNPLANNED + SYNAPSES_READING,
    ),
}


class Group:
    def __init__(self, rng, seed: int, index: int, kind: str):
        self.tag, self.seed = f"g{index}", seed * 10 + index
        self.size = rng.choice(SIZES)
        forms = KINDS[kind][0]
        self.statements = [
            filled(rng, rng.choice(forms), "n.") for _ in range(3 + rng.randrange(8))
        ]
        self.after = [filled(rng, rng.choice(forms), "n.") for _ in range(rng.randrange(4))]


class Synapses:
    def __init__(self, rng, seed: int, index: int, groups: list[Group], kind: str):
        self.seed = seed * 10 + 5 + index
        self.src, self.dst = rng.randrange(len(groups)), rng.randrange(len(groups))
        #: Whether the part of the group, not all of it, is connected.
        self.src_is_part, self.dst_is_part = (
            kind != "planned" and rng.random() < 0.25 for _ in range(2)
        )
        forms = KINDS[kind][1]
        self.statements = [filled(rng, rng.choice(forms), "") for _ in range(1 + rng.randrange(4))]


class Model:
    """The groups, synapses and statements of a seed."""

    def __init__(self, seed: int):
        rng = random.Random(seed)
        self.seed = seed
        self.kind = rng.choice(tuple(KINDS))
        self.is_static = self.kind != "recorded"
        self.groups = [Group(rng, seed, k, self.kind) for k in range(rng.choice((1, 2, 2, 3)))]
        self.synapses = [
            Synapses(rng, seed, k, self.groups, self.kind) for k in range(rng.randrange(4))
        ]

    def source(self) -> str:
        lines = []
        for group in self.groups:
            lines += [f"# {group.tag}, {group.size} neurons", *group.statements]
            lines += ["# afterwards", *group.after]
        for s in self.synapses:
            part = {True: " (part)", False: ""}
            ends = f"g{s.src}{part[s.src_is_part]} to g{s.dst}{part[s.dst_is_part]}"
            lines += [f"# synapses {ends}", *s.statements]
        return "\n".join(lines)


class Part:
    """A subgroup on NumPy's side: reads copies, writes through."""

    def __init__(self, base, mask):
        self.__dict__.update(base=base, mask=mask, size=int(mask.sum()))

    def __getattr__(self, name):
        return self._place(name)[self._index(name)]

    def __setattr__(self, name, value):
        self._place(name)[self._index(name)] = value

    def _place(self, name):
        return getattr(self.base, name)

    def _index(self, name):
        return self.mask if self._place(name).ndim == 1 else (slice(None), self.mask)


def _roll(buffer, newest) -> None:
    buffer[1:] = buffer[:-1].copy()
    buffer[0] = newest


def _start(n, seed: int) -> None:
    rng, size = np.random.default_rng(seed), n.size
    for name in ("v", "w", "x"):
        setattr(n, name, rng.normal(size=size).astype(np.float32))
    n.wide = rng.normal(size=size)
    n.spike, n.old = rng.random(size) < 0.3, rng.random(size) < 0.1
    n.count = rng.integers(0, 5, size)
    n.small = rng.integers(0, 255, size).astype(np.uint8)
    n.ring = rng.normal(size=(3, size)).astype(np.float32)
    n.M = rng.normal(size=(3, size)).astype(np.float32)
    n.input = np.zeros(size, np.float32)
    n.order, n.picks = rng.permutation(size), rng.integers(0, size, 4)
    n.rows, n.cols = rng.integers(0, 3, size), rng.permutation(size)
    n.kept, n.views = [], []


def _mask(size: int) -> np.ndarray:
    return np.arange(size) % 3 == 0


def _start_synapses(s, seed: int) -> None:
    rng, shape = np.random.default_rng(seed), (s.dst.size, s.src.size)
    s.W = (rng.integers(-8, 9, shape) / 8).astype(np.float32)
    s.V = (rng.integers(-8, 9, shape) / 8).astype(np.float32)
    s.enabled = rng.random(shape) < 0.5
    s.trace = np.zeros(shape[1], bool)


def _compiled(lines: list[str], name: str):
    return compile("\n".join(lines), name, "exec")


class Theirs:
    """The network on NumPy."""

    def __init__(self, model: Model):
        self.groups = []
        for group in model.groups:
            n = SimpleNamespace(size=group.size, buffer_roll=_roll, iteration=0)
            _start(n, group.seed)
            n.sub = Part(n, _mask(group.size))
            self.groups.append(n)
        self.synapses = []
        for spec in model.synapses:
            src, dst = self.groups[spec.src], self.groups[spec.dst]
            s = SimpleNamespace(
                src=src.sub if spec.src_is_part else src, dst=dst.sub if spec.dst_is_part else dst
            )
            _start_synapses(s, spec.seed)
            self.synapses.append(s)
        self.code = [
            *(("n", n, _compiled(g.statements, g.tag)) for n, g in zip(self.groups, model.groups)),
            *(
                ("s", s, _compiled(g.statements, "s"))
                for s, g in zip(self.synapses, model.synapses)
            ),
            *(("n", n, _compiled(g.after, g.tag)) for n, g in zip(self.groups, model.groups)),
        ]

    def iterate(self, noise) -> None:
        for n, values in zip(self.groups, noise):
            n.iteration += 1
            n.noise = values
        for name, obj, code in self.code:
            exec(code, {name: obj, "np": np})


def _behavior(lines: list[str], name: str, is_static: bool, draws: bool = False):
    code = _compiled(lines, name)

    class Statements(monnto.Behavior):
        static = is_static

        def initialize(self, obj):
            if draws:
                obj.noise = obj.vector()

        def iteration(self, obj):
            if draws:
                obj.noise = obj.vector("normal(0, 1)")
            exec(code, {name: obj, "np": np})

    return Statements()


def network_of(model: Model, threads: int):
    """Ours, and its neuron and synapse groups."""
    net = monnto.Network(seed=model.seed, threads=threads)
    groups, synapses = [], []
    for group in model.groups:
        n = monnto.NeuronGroup(
            net,
            group.size,
            {
                1: _behavior(group.statements, "n", model.is_static, draws=True),
                3: _behavior(group.after, "n", model.is_static),
                9: monnto.Recorder(list(OF_NEURONS)),
            },
            tag=group.tag,
        )
        _start(n, group.seed)
        n.sub = n.subGroup(_mask(group.size))
        groups.append(n)
    for spec in model.synapses:
        src, dst = groups[spec.src], groups[spec.dst]
        s = monnto.SynapseGroup(
            net,
            src.sub if spec.src_is_part else src,
            dst.sub if spec.dst_is_part else dst,
            behavior={
                2: _behavior(spec.statements, "s", model.is_static),
                9: monnto.Recorder(list(OF_SYNAPSES)),
            },
        )
        _start_synapses(s, spec.seed)
        synapses.append(s)
    net.initialize(info=False)
    return net, groups, synapses


def _difference(name: str, ours, theirs) -> str:
    theirs = np.asarray(theirs)
    if ours.shape != theirs.shape:
        return f"{name}: shape {ours.shape} where NumPy has {theirs.shape}"
    # A recording has one dtype, the widest of all samples.
    theirs = theirs.astype(ours.dtype)
    if np.array_equal(ours, theirs, equal_nan=ours.dtype.kind == "f"):
        return ""
    places = np.flatnonzero(ours.ravel() != theirs.ravel())[:4]
    return f"{name}{places}: {ours.ravel()[places]} where NumPy has {theirs.ravel()[places]}"


def _error_of(run) -> str:
    """The kind of error that running something ends with; '' where it does not."""
    try:
        run()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def problem_of(model: Model, threads: int) -> tuple[str, int]:
    """What differs first ('' where nothing does), and how many iterations were replayed."""
    net, groups, synapses = network_of(model, threads)
    theirs = Theirs(model)
    before = monnto._engine.counters()["replayed"]
    our_error = _error_of(lambda: net.simulate_iterations(ITERATIONS))
    replayed = monnto._engine.counters()["replayed"] - before
    objects = [
        *((f"{g.tag}.", n, t, OF_NEURONS) for g, n, t in zip(model.groups, groups, theirs.groups)),
        *(
            (f"synapses {k}.", s, t, OF_SYNAPSES)
            for k, (s, t) in enumerate(zip(synapses, theirs.synapses))
        ),
    ]
    head = f"seed {model.seed}, {model.kind}, {threads} threads"

    def told(found: list[str], iteration) -> tuple[str, int]:
        return "\n".join([f"{head}, iteration {iteration}:", model.source(), *found]), replayed

    recorded = {}
    for prefix, obj, _, names in objects:
        for name in names:
            recorded[prefix + name] = np.array(obj[name, 0])
    done = len(recorded["g0.v"])
    for iteration in range(1, done + 1):
        theirs.iterate([recorded[f"{g.tag}.noise"][iteration - 1] for g in model.groups])
        found = [
            difference
            for prefix, _, their, names in objects
            for name in names
            if (
                difference := _difference(
                    prefix + name, recorded[prefix + name][iteration - 1], getattr(their, name)
                )
            )
        ]
        if found:
            return told(found, iteration)
    if our_error:
        noise = [np.zeros(g.size, np.float32) for g in model.groups]
        if not _error_of(lambda: theirs.iterate(noise)):
            return told([our_error, "where NumPy goes on"], done + 1)
        return "", replayed
    wrong = [
        f"{prefix}{name} is {getattr(obj, name).dtype} where NumPy has {getattr(their, name).dtype}"
        for prefix, obj, their, names in objects
        for name in names
        if getattr(obj, name).dtype != getattr(their, name).dtype
    ]
    return told(wrong, "last") if wrong else ("", replayed)
