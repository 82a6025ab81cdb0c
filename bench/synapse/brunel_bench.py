"""How many steps per second does Brunel's network make, written as a person would?

10,000 excitatory and 2,500 inhibitory neurons with 1,250 synapses each, driven by Poisson spikes
(N. Brunel, J. Comput. Neurosci. 8 (2000), doi 10.1023/A:1008925309027), 0.1 ms steps, one thread.
10,000 steps per second are real time. In smaller networks each synapse is stronger.
"""

from __future__ import annotations

UNIT = "steps/s"
HIGHER_IS_BETTER = True
PEER = "nest"
COUNT_INSTRUCTIONS_AT = None

WEIGHT = 0.1  # mV, of 12,500 neurons
DELAY = 1.5  # ms


def cases(quick: bool) -> list[dict]:
    return [{"n": 2_500 if quick else 12_500}]


def value(seconds_per_iteration: float) -> float:
    return 1 / seconds_per_iteration


def Model(package, n: int):  # noqa: N802
    return (Nest if package.__name__ == "nest" else Monnto)(package, n)


class _Brunel:
    threads = 1
    iterations = 1_000

    def __init__(self, package, n: int) -> None:
        self.package = package
        self.size = n
        self.exc = n * 4 // 5
        share = n / 12_500
        self.weight = WEIGHT / share
        self.drive = 20_000 * share  # Hz
        self.build()
        self.run(1_000)  # settles

    def prepare(self) -> None:
        pass

    def check(self) -> None:
        """NEST, GeNN, Brian2 and Auryn: 30.3 to 32.2 Hz; more in small networks."""
        rate = self.spikes(2_000) / self.size / 0.2
        assert 29 < rate < (36 if self.size == 12_500 else 60), rate


class Monnto(_Brunel):
    def build(self) -> None:
        mn, np = self.package, self.package.np
        kept = float(np.exp(-0.1 / 20))

        class Neurons(mn.Behavior):
            static = True

            def initialize(self, g):
                g.v = g.vector("uniform(0, 20)")
                g.input, g.held = g.vector(), g.vector()
                g.spike = g.v > 20

            def iteration(self, g):
                moved = np.where(g.held > 0, g.v, g.v * kept + g.input)
                g.spike = moved >= 20
                g.v = np.where(g.spike, 0, moved)
                g.held = np.where(g.spike, 20, np.maximum(g.held - 1, 0))
                g.input = g.vector()

        class Synapses(mn.Behavior):
            static = True

            def initialize(self, s):
                exc, size, weight = self.parameter("exc", 0), s.src.size, self.parameter("w", 0.0)
                for name, part, strength in (
                    ("E", slice(0, exc), weight),
                    ("I", slice(exc, size), -5 * weight),
                ):
                    source = s.src.subGroup(part)
                    rule = {"rule": "fixed_indegree", "k": source.size // 10}
                    made = mn.Projection(**rule, weight=strength, delay=DELAY, src=source)
                    setattr(s, name, s.connect([made]))

            def iteration(self, s):
                s.dst.input += s.E.deliver(s.src.spike)
                s.dst.input += s.I.deliver(s.src.spike)

        drive = mn.PoissonInput(rate=self.drive, weight=self.weight, variable="input")
        self.net = mn.Network(dt=0.1, seed=1, threads=self.threads)
        self.group = mn.NeuronGroup(self.net, self.size, {2: drive, 3: Neurons()}, tag="g")
        synapses = Synapses(exc=self.exc, w=self.weight)
        mn.SynapseGroup(self.net, src="g", dst="g", behavior={1: synapses}, tag="s")
        self.net.initialize(info=False)

    def run(self, iterations: int) -> None:
        self.net.simulate_iterations(iterations, measure_block_time=False)

    def spikes(self, iterations: int) -> int:
        total = 0
        for _ in range(iterations):
            self.net.simulate_iteration()
            total += int(self.group.spike.sum())
        return total


class Nest(_Brunel):
    def build(self) -> None:
        nest = self.package
        nest.verbosity = nest.VerbosityLevel.ERROR
        nest.ResetKernel()
        nest.SetKernelStatus({"resolution": 0.1, "local_num_threads": self.threads, "rng_seed": 1})
        neuron = {"tau_m": 20.0, "E_L": 0.0, "V_th": 20.0, "V_reset": 0.0, "t_ref": 2.0, "C_m": 1.0}
        group = nest.Create("iaf_psc_delta", self.size, params=neuron)
        group.V_m = nest.random.uniform(0.0, 20.0)
        drive = nest.Create("poisson_generator", params={"rate": self.drive})
        nest.Connect(drive, group, syn_spec={"weight": self.weight, "delay": DELAY})
        for source, strength in (
            (group[: self.exc], self.weight),
            (group[self.exc :], -5 * self.weight),
        ):
            nest.Connect(
                source,
                group,
                {"rule": "fixed_indegree", "indegree": len(source) // 10},
                {"synapse_model": "static_synapse_hpc", "weight": strength, "delay": DELAY},
            )
        self.recorder = nest.Create("spike_recorder")
        nest.Connect(group, self.recorder)

    def run(self, iterations: int) -> None:
        self.package.Simulate(iterations * 0.1)

    def spikes(self, iterations: int) -> int:
        before = self.recorder.n_events
        self.run(iterations)
        return self.recorder.n_events - before
