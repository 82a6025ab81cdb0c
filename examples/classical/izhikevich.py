"""Izhikevich's network of 800 excitatory and 200 inhibitory neurons (2003,
doi 10.1109/TNN.2003.820440): noise, sparse firing, faint rhythms.

python examples/classical/izhikevich.py [--quick]
"""

from monnto import *

DT = 0.5  # ms


class Izhikevich(Behavior):
    def initialize(self, n):
        self.a = self.parameter("a", 0.02)
        self.b = self.parameter("b", 0.2)
        self.c = self.parameter("c", -65)
        self.d = self.parameter("d", 8)
        n.v = n.vector("uniform") * -65
        n.u = n.vector("uniform") * -8
        n.fired = n.vector("bool")
        n.I = n.vector()

    def iteration(self, n):
        n.fired = n.v > 30
        n.v[n.fired] = self.c
        n.u += n.fired * self.d
        n.v += DT * (0.04 * n.v**2 + 5 * n.v + 140 - n.u + n.I)
        n.u += DT * self.a * (self.b * n.v - n.u)


class Input(Behavior):
    def initialize(self, n):
        for s in n.synapses(afferent):
            s.W = s.matrix("uniform")

    def iteration(self, n):
        n.I = 20 * n.vector("uniform")
        for s in n.synapses(afferent, "GLUTAMATE"):
            n.I += 0.5 * s.W.dot(s.src.fired)
        for s in n.synapses(afferent, "GABA"):
            n.I -= s.W.dot(s.src.fired)


def build(recorders=True, **settings):
    net = Network(**settings)

    def behavior():
        made = {1: Izhikevich(), 2: Input()}
        if recorders:
            made |= {9: Recorder(["np.mean(v)", "n.v[:3]"]), 10: EventRecorder("fired")}
        return made

    NeuronGroup(net=net, tag="exc", size=get_squared_dim(800), behavior=behavior())
    NeuronGroup(net=net, tag="inh", size=NeuronDimension(width=10, height=20), behavior=behavior())
    for src, dst in (("exc", "exc"), ("exc", "inh"), ("inh", "exc"), ("inh", "inh")):
        SynapseGroup(net=net, src=src, dst=dst, tag="GLUTAMATE" if src == "exc" else "GABA")
    net.initialize(info=False)
    return net


def fired_fraction(group, first=0, last=None):
    """The share of (iteration, neuron) pairs that fired."""
    last = group.iteration if last is None else last
    times = np.asarray(group["fired.t", 0])
    return float(((times > first) & (times <= last)).mean() * len(times)) / (
        (last - first) * group.size
    )


def figure(net, path):
    import matplotlib.pyplot as plt

    fig, (traces, raster) = plt.subplots(2, 1, figsize=(8, 6), sharex=True, height_ratios=(1, 2))
    traces.plot(net.exc["n.v[:3]", 0], linewidth=0.7)
    traces.set_ylabel("v (mV)")
    shift = 0
    for group, color in ((net.exc, "tab:blue"), (net.inh, "tab:red")):
        raster.plot(group["fired.t", 0], group["fired.i", 0] + shift, ".", ms=1, color=color)
        shift += group.size
    raster.set(xlabel="iteration", ylabel="neuron")
    fig.tight_layout()
    fig.savefig(path, dpi=100)


if __name__ == "__main__":
    from common import options, saved

    quick = options(__doc__)
    net = build(seed=1)
    net.simulate_iterations(200 if quick else 1000)
    for group in (net.exc, net.inh):
        print(f"{group.tag}: {fired_fraction(group):.5f} of all chances to fire were taken")
    print(f"mean v of exc: {np.mean(net.exc['np.mean(v)', 0]):.2f} mV")
    figure(net, saved("izhikevich"))
