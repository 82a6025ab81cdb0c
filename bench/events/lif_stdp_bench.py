"""How long do 300 iterations of a naively written LIF network with one-step STDP take?

All-to-all synapses, every formula written the way it reads. PymoNNto runs the same script ("naive",
where it is large: a few iterations, scaled) or the one that its users tune by hand: synapses by
rows of the source, picked rows and pairs instead of whole matrices.
"""

from __future__ import annotations

import numpy as np

UNIT = "s per 300 iterations"
HIGHER_IS_BETTER = False
PEER = "pymonnto"


def cases(quick: bool) -> list[dict]:
    sizes = (100, 1000) if quick else (100, 1000, 10_000)
    kinds = [("naive", "naive"), ("tuned", "naive"), ("tuned", "static")]
    return [{"n": n, "peer": peer, "declared": kind} for n in sizes for peer, kind in kinds]


def value(seconds_per_iteration: float) -> float:
    return 300 * seconds_per_iteration


def behaviors(package, is_tuned: bool, is_static: bool):
    class Neurons(package.Behavior):
        static = True if is_static else None  # None: found out

        def initialize(self, n):
            n.v = n.vector()
            n.spike = n.v > 6.0
            n.old = n.v > 6.0

        def iteration(self, n):
            n.old = n.spike
            n.spike = n.v > 6.0
            n.v[n.spike] = 0.0
            n.v *= 0.9
            n.v += n.vector("uniform")

    class Synapses(package.Behavior):
        static = True if is_static else None  # None: found out

        def initialize(self, s):
            s.W = s.matrix("uniform") / s.src.size

        def iteration(self, s):
            s.dst.v += s.W.dot(s.src.spike)
            s.W += s.dst.spike[:, None] * s.src.old[None, :] * 0.001
            s.W = np.clip(s.W, 0.0, 1.0)

    class TunedSynapses(Synapses):  # W[source, target]
        def iteration(self, s):
            s.dst.v += np.sum(s.W[s.src.spike], axis=0)
            pairs = np.ix_(s.src.old, s.dst.spike)
            s.W[pairs] = np.clip(s.W[pairs] + 0.001, 0.0, 1.0)

    return Neurons(), TunedSynapses() if is_tuned else Synapses()


class Model:
    threads = 1

    def __init__(self, package, n: int, peer: str, declared: str) -> None:
        is_peer = package.__name__ != "monnto"
        neurons, synapses = behaviors(package, is_peer and peer == "tuned", declared == "static")
        settings = {"dtype": np.float32} if is_peer else {"threads": self.threads}
        self.net = package.Network(settings=settings)
        self.group = package.NeuronGroup(net=self.net, tag="n", size=n, behavior={1: neurons})
        self.synapses = package.SynapseGroup(
            net=self.net, src="n", dst="n", tag="GLUTAMATE", behavior={2: synapses}
        )
        self.net.initialize(info=False)
        self.weights = self.synapses.W.copy()
        self.iterations = 3 if is_peer and peer == "naive" and n > 5000 else 300

    def prepare(self) -> None:
        self.synapses.W = self.weights.copy()
        self.group.v = self.group.vector()
        self.group.spike = self.group.v > 6.0

    def run(self, iterations: int) -> None:
        self.net.simulate_iterations(iterations, batch_size=-1, measure_block_time=False)

    def check(self) -> None:
        """Published activity: 1.1 to 1.2 % of the neurons per iteration once it is settled."""
        if self.group.size < 1000 or self.iterations < 300:
            return
        self.prepare()
        spikes = []
        for _ in range(100):
            self.net.simulate_iteration()
            spikes.append(float(self.group.spike.mean()))
        activity = sum(spikes[40:]) / len(spikes[40:])
        assert 0.009 < activity < 0.014, f"activity {activity:.3%} instead of 1.15 %"
