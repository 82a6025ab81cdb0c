"""How many steps per second does the CUBA network make, written as a person would?

Neurons with exponential currents and 80 synapses each (Brette et al. 2007, benchmark 2), 0.1 ms
steps; Brian2 with its Cython target, which compiles as it runs. 10,000 steps per second are real
time.
"""

from __future__ import annotations

UNIT = "steps/s"
HIGHER_IS_BETTER = True
PEER = "brian2"
COUNT_INSTRUCTIONS_AT = None


def cases(quick: bool) -> list[dict]:
    return [{"n": n} for n in ((4000,) if quick else (4000, 100_000))]


def value(seconds_per_iteration: float) -> float:
    return 1 / seconds_per_iteration


def Model(package, n: int):  # noqa: N802
    return (Brian2 if package.__name__ == "brian2" else Monnto)(package, n)


class _Runs:
    """Runs of one length, the first of which compiles."""

    size: int

    @property
    def iterations(self) -> int:
        return 10_000 if self.size < 10_000 else 500

    def prepare(self) -> None:
        pass


class Monnto(_Runs):
    threads = 1

    def __init__(self, package, n: int) -> None:
        np = package.np
        keep_v, keep_e, keep_i = (float(np.exp(-0.1 / tau)) for tau in (20, 5, 10))
        drive_e = 5 / (20 - 5) * (keep_v - keep_e)
        drive_i = 10 / (20 - 10) * (keep_v - keep_i)

        class Neurons(package.Behavior):
            static = True

            def initialize(self, g):
                g.v = g.vector("uniform(-60, -50)")
                g.ge, g.gi, g.held = g.vector(), g.vector(), g.vector()
                g.spike = g.v > 0

            def iteration(self, g):
                moved = -49 + (g.v + 49) * keep_v + g.ge * drive_e + g.gi * drive_i
                moved = np.where(g.held > 0, g.v, moved)
                g.ge = g.ge * keep_e
                g.gi = g.gi * keep_i
                g.spike = moved > -50
                g.v = np.where(g.spike, -60, moved)
                g.held = np.where(g.spike, 50, np.maximum(g.held - 1, 0))

        class Synapses(package.Behavior):
            static = True

            def initialize(self, s):
                exc, inh = (
                    s.src.subGroup(part) for part in (slice(0, n * 4 // 5), slice(n * 4 // 5, n))
                )
                rule = {"rule": "fixed_probability", "p": 80 / n}
                s.E = s.connect([package.Projection(**rule, weight=1.62, src=exc)])
                s.I = s.connect([package.Projection(**rule, weight=-9.0, src=inh)])

            def iteration(self, s):
                s.dst.ge = s.dst.ge + s.E.dot(s.src.spike)
                s.dst.gi = s.dst.gi + s.I.dot(s.src.spike)

        self.size = n
        self.net = package.Network(dt=0.1, seed=1, threads=self.threads)
        self.group = package.NeuronGroup(self.net, n, {1: Neurons()}, tag="g")
        package.SynapseGroup(self.net, src="g", dst="g", behavior={2: Synapses()}, tag="s")
        self.net.initialize(info=False)

    def run(self, iterations: int) -> None:
        self.net.simulate_iterations(iterations)

    def check(self) -> None:
        """Between 4 and 7.5 spikes per second and neuron, as in all simulators."""
        spikes = 0
        for _ in range(2000):
            self.net.simulate_iteration()
            spikes += int(self.group.spike.sum())
        assert 4 < spikes / self.group.size / 0.2 < 7.5


class Brian2(_Runs):
    threads = 1

    def __init__(self, package, n: int) -> None:
        b = package
        b.prefs.codegen.target = "cython"
        b.prefs.core.default_float_dtype = b.float32
        b.defaultclock.dt = 0.1 * b.ms
        self.package = b
        equations = """
            dv/dt = (ge + gi - (v + 49*mV)) / (20*ms) : volt (unless refractory)
            dge/dt = -ge / (5*ms) : volt
            dgi/dt = -gi / (10*ms) : volt
        """
        group = b.NeuronGroup(
            n,
            equations,
            threshold="v > -50*mV",
            reset="v = -60*mV",
            refractory=5 * b.ms,
            method="exact",
        )
        group.v = "-60*mV + rand() * 10*mV"
        exc, inh = group[: n * 4 // 5], group[n * 4 // 5 :]
        to_e = b.Synapses(exc, group, on_pre="ge += 1.62*mV")
        to_i = b.Synapses(inh, group, on_pre="gi -= 9*mV")
        to_e.connect(p=80 / n)
        to_i.connect(p=80 / n)
        self.monitor = b.SpikeMonitor(group)
        self.size = n
        self.net = b.Network(group, to_e, to_i, self.monitor)

    def run(self, iterations: int) -> None:
        self.net.run(iterations * 0.1 * self.package.ms)

    def check(self) -> None:
        before = self.monitor.num_spikes
        self.run(2000)
        assert 4 < (self.monitor.num_spikes - before) / self.size / 0.2 < 7.5
