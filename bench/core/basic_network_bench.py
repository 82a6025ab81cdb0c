"""How many iterations per second does the published basic network make, written naively?

N neurons, all-to-all synapses of which 10 % are not zero, reset, decay, noise at 1 % density: the
same script runs with monnto and with PymoNNto, with behaviors as they are (replayed where their
code is known to repeat), declared static, and recorded in every iteration.
"""

from __future__ import annotations

UNIT = "iterations/s"
HIGHER_IS_BETTER = True
PEER = "pymonnto"
COUNT_INSTRUCTIONS_AT = 100


def cases(quick: bool) -> list[dict]:
    sizes = (100, 1000) if quick else (100, 1000, 5000, 10_000)
    return [{"n": n, "declared": kind} for n in sizes for kind in ("naive", "static", "recorded")]


def value(seconds_per_iteration: float) -> float:
    return 1 / seconds_per_iteration


class Model:
    threads = 1

    def __init__(self, package, n: int, declared: str = "naive") -> None:
        class Basic(package.Behavior):
            static = {"static": True, "naive": None, "recorded": False}[declared]

            def initialize(self, neurons):
                neurons.voltage = neurons.vector()
                self.threshold = 0.5

            def iteration(self, neurons):
                neurons.spike = neurons.voltage > self.threshold
                neurons.voltage[neurons.spike] = 0.0
                neurons.voltage *= 0.9
                neurons.voltage += neurons.vector("uniform", density=0.01)

        class Input(package.Behavior):
            static = {"static": True, "naive": None, "recorded": False}[declared]

            def initialize(self, neurons):
                for synapse in neurons.synapses(package.afferent, "GLUTAMATE"):
                    synapse.W = synapse.matrix("uniform", density=0.1)

            def iteration(self, neurons):
                for synapse in neurons.synapses(package.afferent, "GLUTAMATE"):
                    neurons.voltage += synapse.W.dot(synapse.src.spike) / synapse.src.size * 10

        self.net = package.Network()
        self.group = package.NeuronGroup(
            net=self.net, tag="neurons", size=n, behavior={1: Basic(), 2: Input()}
        )
        package.SynapseGroup(net=self.net, src="neurons", dst="neurons", tag="GLUTAMATE")
        self.net.initialize(info=False)

    def run(self, iterations: int) -> None:
        self.net.simulate_iterations(iterations, batch_size=-1, measure_block_time=False)

    def check(self) -> None:
        """The activity settles where it does in the original: 0.53 % of the neurons per iteration.

        200,000 chances make about 1,060 spikes, so a quarter off is eight deviations of a Poisson
        count: a false alarm is out of the question, a lost input or threshold is not.
        """
        iterations = max(200, 200_000 // self.group.size)
        spikes = 0
        for _ in range(iterations):
            self.net.simulate_iteration()
            spikes += int(self.group.spike.sum())
        activity = spikes / (iterations * self.group.size)
        assert 0.004 < activity < 0.0066, f"activity {activity:.4%} instead of 0.53 %"
