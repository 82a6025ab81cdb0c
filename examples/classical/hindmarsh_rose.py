"""Hindmarsh and Rose's neuron (1984, doi 10.1098/rspb.1984.0024) under three currents: quiet after a
first burst, bursting, and firing fast.

python examples/classical/hindmarsh_rose.py [--quick]
"""

from monnto import *

DT = 0.01


class HindmarshRose(Behavior):
    def initialize(self, n):
        self.a = self.parameter("a", 1.0)
        self.b = self.parameter("b", 3.0)
        self.c = self.parameter("c", 1.0)
        self.d = self.parameter("d", 5.0)
        self.r = self.parameter("r", 0.001)
        self.s = self.parameter("s", 4.0)
        self.x1 = self.parameter("x1", -1.6)
        n.I = n.vector()
        n.I[:] = [0.4, 2, 4]
        n.x = n.vector() + self.x1
        n.y = self.c - self.d * n.x**2
        n.z = self.r * (self.s * (n.x - self.x1))

    def iteration(self, n):
        dx = n.y - self.a * n.x**3 + self.b * n.x**2 + n.I - n.z
        dy = self.c - self.d * n.x**2 - n.y
        dz = self.r * (self.s * (n.x - self.x1) - n.z)
        n.x = n.x + dx * DT
        n.y = n.y + dy * DT
        n.z = n.z + dz * DT


def build(recorders=True, **settings):
    net = Network(**settings)
    behavior = {1: HindmarshRose()}
    if recorders:
        behavior[9] = Recorder("x")
    NeuronGroup(net=net, tag="neurons", size=3, behavior=behavior)
    net.initialize(info=False)
    return net


def figure(net, path):
    import matplotlib.pyplot as plt

    x = net["x", 0, "np"][::50]
    fig, axes = plt.subplots(3, 1, figsize=(8, 6), sharex=True, sharey=True)
    for axis, trace, current in zip(axes, x.T, (0.4, 2, 4), strict=True):
        axis.plot(np.arange(len(trace)) * DT * 50, trace, linewidth=0.7)
        axis.set_ylabel(f"x, I = {current}")
    axes[-1].set_xlabel("t")
    fig.tight_layout()
    fig.savefig(path, dpi=100)


if __name__ == "__main__":
    from common import options, saved
    from hodgkin_huxley import crossings

    quick = options(__doc__)
    net = build()
    net.simulate_iterations(20_000 if quick else 200_000)
    x = net["x", 0, "np"]
    for current, trace, places in zip((0.4, 2, 4), x.T, crossings(x, 1.0), strict=True):
        print(f"I = {current}: {len(places)} spikes, x from {trace.min():.3f} to {trace.max():.3f}")
    figure(net, saved("hindmarsh_rose"))
