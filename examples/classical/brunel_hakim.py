"""A fully connected inhibitory network with delays and strong noise, whose population oscillates
although its neurons fire irregularly (Brunel, Hakim 1999, doi 10.1162/089976699300016179).

python examples/classical/brunel_hakim.py [--quick]
"""

from monnto import *

DT = 0.2  # ms
TAU = 20.0
SLOTS = int(TAU * 2)  # of the ring that delays spikes


class Neurons(Behavior):
    def initialize(self, n):
        self.reset = self.parameter("reset", 10)
        self.threshold = self.parameter("threshold", 20)
        self.mu = self.parameter("mu", 25)
        self.sigma = self.parameter("sigma", 1)
        n.v = n.vector() + self.reset
        n.refractory = n.vector() + 10
        n.spike = n.vector("bool")
        n.ring = n.vector_buffer(SLOTS) > 0

    def iteration(self, n):
        noise = 13 * n.vector("normal(0, 1)")
        n.v += (-n.v + self.mu + self.sigma * np.sqrt(TAU) * noise) / TAU * DT
        n.spike = (n.v > self.threshold) & (n.refractory > 2)
        n.refractory += DT / TAU
        n.refractory[n.spike] = 0
        n.v[n.spike] = self.reset
        n.buffer_roll(n.ring, n.spike)


class Inhibition(Behavior):
    def initialize(self, n):
        for s in n.synapses(afferent, "GABA"):
            s.W = (s.matrix("uniform") < 1000 / n.size) * -0.1

    def iteration(self, n):
        for s in n.synapses(afferent, "GABA"):
            n.v += s.W.dot(s.src.ring[-1])


def build(recorders=True, size=1000, **settings):
    net = Network(**settings)
    behavior = {1: Neurons(), 2: Inhibition()}
    if recorders:
        behavior |= {9: Recorder("np.sum(spike)"), 10: EventRecorder("spike")}
    NeuronGroup(net=net, tag="neurons", size=size, behavior=behavior)
    SynapseGroup(net=net, src="neurons", dst="neurons", tag="GABA")
    net.initialize(info=False)
    return net


def rhythm(counts, lags=range(20, 301)):
    """The lag of the largest autocorrelation of the smoothed counts, and how large it is."""
    x = np.convolve(np.asarray(counts, dtype=float), np.ones(5) / 5, "same")
    x = x - x.mean()
    values = [float(np.dot(x[:-lag], x[lag:]) / np.dot(x, x)) for lag in lags]
    best = int(np.argmax(values))
    return lags[best], values[best]


def figure(net, path):
    import matplotlib.pyplot as plt

    counts = net["np.sum(spike)", 0, "np"]
    fig, (raster, rate) = plt.subplots(2, 1, figsize=(8, 6), sharex=True)
    raster.plot(net["spike.t", 0], net["spike.i", 0], ".", ms=1, color="black")
    raster.set_ylabel("neuron")
    rate.plot(np.convolve(counts, np.ones(5) / 5, "same"), linewidth=0.8)
    rate.set(xlabel="iteration (0.2 ms)", ylabel="spikes, smoothed over 5")
    fig.tight_layout()
    fig.savefig(path, dpi=100)


if __name__ == "__main__":
    from common import options, saved

    quick = options(__doc__)
    net = build(seed=1)
    net.simulate_iterations(600 if quick else 2000)
    counts = net["np.sum(spike)", 0, "np"]
    lag, height = rhythm(counts)
    print(f"{counts.sum()} spikes, the first in iteration {np.flatnonzero(counts)[0]}")
    print(f"the population repeats itself after {lag} iterations (correlation {height:.2f})")
    figure(net, saved("brunel_hakim"))
