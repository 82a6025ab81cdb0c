"""A chain of ten groups, each of which excites the next (Diesmann, Gewaltig, Aertsen 1999,
doi 10.1038/990101): activity grows along the chain.

python examples/classical/synfire_chain.py [--quick]
"""

from monnto import *

DT = 0.01  # ms
REST, THRESHOLD = -70, -55  # mV
TAU, TAU_PSP = 10, 0.325  # ms


class Neurons(Behavior):
    def initialize(self, n):
        # The published script has its sign so: every neuron starts above the threshold.
        n.v = -REST + 15 * n.vector("uniform")
        n.x = n.vector()
        n.y = n.vector()
        n.spike = n.vector("bool")

    def iteration(self, n):
        n.v += (-(n.v - REST) + n.x) / TAU * DT
        n.x += (-n.x + n.y) / TAU_PSP * DT
        noise = 10 * np.sqrt(39.24) * n.vector("uniform")
        n.y += (-n.y / TAU_PSP + 25.27 + noise) * DT
        n.spike = n.v > THRESHOLD
        n.v[n.spike] = REST


class Input(Behavior):
    def initialize(self, n):
        self.is_first = self.parameter("is_first", False)
        for s in n.synapses(afferent, "GLUTAMATE"):
            s.W = s.matrix("uniform")

    def iteration(self, n):
        for s in n.synapses(afferent, "GLUTAMATE"):
            n.v += s.W.dot(s.src.spike)
        if self.is_first:
            n.v += n.vector("uniform")


def build(recorders=True, groups=10, **settings):
    net = Network(**settings)
    for index in range(groups):
        behavior = {1: Neurons(), 2: Input(is_first=index == 0)}
        if recorders:
            behavior[9] = EventRecorder("spike")
        NeuronGroup(net=net, tag=f"g{index}", size=100, behavior=behavior)
    for index in range(groups - 1):
        SynapseGroup(net=net, src=f"g{index}", dst=f"g{index + 1}", tag="GLUTAMATE")
    net.initialize(info=False)
    return net


def figure(net, path):
    import matplotlib.pyplot as plt

    fig, axes = plt.subplots(figsize=(8, 5))
    for index, group in enumerate(net.NeuronGroups):
        times, neurons = group["spike.t", 0], group["spike.i", 0]
        axes.plot(times, neurons + 100 * index, ".", ms=1)
    axes.set(xlabel="iteration (0.01 ms)", ylabel="neuron, group by group")
    fig.tight_layout()
    fig.savefig(path, dpi=100)


if __name__ == "__main__":
    from common import options, saved

    options(__doc__)
    net = build(seed=1)
    net.simulate_iterations(100)
    print("spikes by group:", [len(group["spike.t", 0]) for group in net.NeuronGroups])
    figure(net, saved("synfire_chain"))
