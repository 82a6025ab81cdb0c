"""A fast-spiking interneuron (Wang, Buzsaki 1996, doi 10.1523/JNEUROSCI.16-20-06402.1996) that fires
every 10.12 ms.

python examples/classical/wang_buzsaki.py [--quick]
"""

from monnto import *

DT = 0.01  # ms


def exprel(x):
    """(exp(x) - 1)/x"""
    return np.expm1(x) / x


class WangBuzsaki(Behavior):
    def initialize(self, n):
        self.current = self.parameter("current", 2)
        n.v = n.vector() - 70
        n.h = n.vector() + 1
        n.k = n.vector()

    def iteration(self, n):
        v, h, k = n.v, n.h, n.k
        alpha_m = 1 / exprel(-(v + 35) / 10)
        beta_m = 4 * np.exp(-(v + 60) / 18)
        m = alpha_m / (alpha_m + beta_m)
        alpha_h = 5 * 0.07 * np.exp(-(v + 58) / 20)
        beta_h = 5 / (np.exp(-0.1 * (v + 28)) + 1)
        alpha_n = 5 * 0.1 / exprel(-(v + 34) / 10)
        beta_n = 5 * 0.125 * np.exp(-(v + 44) / 80)
        currents = 35 * m**3 * h * (v - 55) + 9 * k**4 * (v + 90) + 0.1 * (v + 65)
        n.v = v + (self.current - currents) * DT
        n.h = h + (alpha_h * (1 - h) - beta_h * h) * DT
        n.k = k + (alpha_n * (1 - k) - beta_n * k) * DT


def build(recorders=True, **settings):
    net = Network(**settings)
    behavior = {1: WangBuzsaki()}
    if recorders:
        behavior[9] = Recorder("v")
    NeuronGroup(net=net, tag="neuron", size=1, behavior=behavior)
    net.initialize(info=False)
    return net


def figure(net, path):
    import matplotlib.pyplot as plt

    v = net["v", 0, "np"]
    fig, axes = plt.subplots(figsize=(8, 3))
    axes.plot(np.arange(1, len(v) + 1) * DT, v, linewidth=0.8)
    axes.set(xlabel="t (ms)", ylabel="v (mV)")
    fig.tight_layout()
    fig.savefig(path, dpi=100)


if __name__ == "__main__":
    from common import options, saved
    from hodgkin_huxley import crossings

    quick = options(__doc__)
    net = build()
    net.simulate_iterations(3_000 if quick else 10_000)
    v = net["v", 0, "np"]
    print(f"spikes at {np.round(crossings(v)[0] * DT, 2)} ms")
    print(f"v from {v.min():.2f} to {v.max():.2f} mV")
    figure(net, saved("wang_buzsaki"))
