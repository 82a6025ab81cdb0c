"""How long do 300 iterations of a naively written Izhikevich network with trace STDP take?

All-to-all synapses, every formula written the way it reads. PymoNNto runs the same script ("naive",
where it is large: a few iterations, scaled) or the one that its users tune by hand: synapses by
rows of the source, picked rows and columns instead of whole matrices.
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
            n.v = n.vector("normal(-65, 7)")
            n.u = n.vector("normal(12, 7)")
            n.spike = n.v >= 30.0
            n.pre = n.vector()
            n.post = n.vector()
            n.current = n.vector()

        def iteration(self, n):
            n.spike = n.v >= 30.0
            n.v[n.spike] = -65.0
            n.u[n.spike] += 2.0
            v = n.v
            dv = v * v * 0.04 + v * 5.0 + 140.0 - n.u + n.current
            n.u += 0.02 * (0.04 * v - n.u)
            n.v += dv
            n.pre += n.spike - n.pre / 20.0
            n.post += n.spike - n.post / 20.0
            n.current = n.vector("normal(0, 1)") + 15.0

    class Synapses(package.Behavior):  # W[target, source]
        static = True if is_static else None  # None: found out

        def initialize(self, s):
            s.W = s.matrix("uniform")

        def iteration(self, s):
            s.W -= 0.012 * s.dst.post[:, None] * s.src.spike[None, :] * s.W
            s.W += 0.01 * s.src.pre[None, :] * s.dst.spike[:, None] * (1.0 - s.W)
            s.dst.current += s.W.dot(s.src.spike) / s.src.size

    class TunedSynapses(Synapses):  # W[source, target]
        def iteration(self, s):
            source, target = s.src.spike, s.dst.spike
            s.W[source] -= 0.012 * s.dst.post[None, :] * s.W[source]
            s.W[:, target] += 0.01 * s.src.pre[:, None] * (1.0 - s.W[:, target])
            s.dst.current += np.sum(s.W[source], axis=0) / s.src.size

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
        self.start = {name: getattr(self.group, name).copy() for name in ("v", "u")}
        self.weights = self.synapses.W.copy()
        self.iterations = 3 if is_peer and peer == "naive" and n > 5000 else 300

    def prepare(self) -> None:
        self.synapses.W = self.weights.copy()
        for name, values in self.start.items():
            setattr(self.group, name, values.copy())
        self.group.pre = self.group.vector()
        self.group.post = self.group.vector()
        self.group.spike = self.group.v >= 30.0

    def run(self, iterations: int) -> None:
        self.net.simulate_iterations(iterations, batch_size=-1, measure_block_time=False)

    def check(self) -> None:
        """Published activity: about 1.1 % of the neurons per iteration."""
        if self.group.size < 1000 or self.iterations < 300:
            return
        self.prepare()
        spikes = []
        for _ in range(300):
            self.net.simulate_iteration()
            spikes.append(float(self.group.spike.mean()))
        activity = sum(spikes) / len(spikes)
        assert 0.006 < activity < 0.016, f"activity {activity:.3%} instead of 1.1 %"
