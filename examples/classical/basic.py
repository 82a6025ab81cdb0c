"""The basic network of the PymoNNto paper (Vieth et al. 2021, doi 10.3389/fninf.2021.715131): 100
leaky neurons under sparse noise that excite each other.

python examples/classical/basic.py [--quick]
"""

from monnto import *


class BasicBehavior(Behavior):
    def initialize(self, n):
        n.voltage = n.vector()
        self.threshold = self.parameter("threshold", 0.5)
        self.leak_factor = self.parameter("leak_factor", 0.9)
        n.spike = n.voltage > self.threshold

    def iteration(self, n):
        n.spike = n.voltage > self.threshold
        n.voltage[n.spike] = 0.0
        n.voltage *= self.leak_factor
        n.voltage += n.vector("uniform", density=0.01)


class InputBehavior(Behavior):
    def initialize(self, n):
        for s in n.synapses(afferent, "GLUTAMATE"):
            s.W = s.matrix("uniform", density=0.1)
            s.enabled = s.W > 0

    def iteration(self, n):
        for s in n.synapses(afferent, "GLUTAMATE"):
            n.voltage += s.W.dot(s.src.spike) / s.src.size * 10


def build(recorders=True, size=100, extra=None, **settings):
    net = Network(**settings)
    behavior = {1: BasicBehavior(), 2: InputBehavior(), **(extra or {})}
    if recorders:
        behavior |= {9: Recorder(["voltage", "np.mean(voltage)"]), 10: EventRecorder("spike")}
    NeuronGroup(net=net, tag="my_neurons", size=size, behavior=behavior)
    SynapseGroup(net=net, src="my_neurons", dst="my_neurons", tag="GLUTAMATE")
    net.initialize(info=False)
    return net


def figure(net, path):
    import matplotlib.pyplot as plt

    fig, (traces, raster) = plt.subplots(2, 1, figsize=(8, 6), sharex=True)
    traces.plot(net["voltage", 0][:, :10], linewidth=0.6)
    traces.plot(net["np.mean(voltage)", 0], color="black")
    traces.set_ylabel("voltage")
    raster.plot(net["spike.t", 0], net["spike.i", 0], ".", ms=3, color="black")
    raster.set(xlabel="iteration", ylabel="neuron")
    fig.tight_layout()
    fig.savefig(path, dpi=100)


if __name__ == "__main__":
    from common import options, saved

    quick = options(__doc__)
    net = build(seed=1)
    net.simulate_iterations(200 if quick else 1000)
    share = len(net["spike.t", 0]) / (net.iteration * 100)
    print(f"spikes: {share:.4f} per neuron and iteration")
    print(f"mean voltage: {np.mean(net['np.mean(voltage)', 0]):.4f}")
    figure(net, saved("basic"))
