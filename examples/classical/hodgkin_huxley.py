"""A cable of 20 compartments with Hodgkin and Huxley's channels (1952,
doi 10.1113/jphysiol.1952.sp004764): spikes enter at one end, and some get lost on the way.

python examples/classical/hodgkin_huxley.py [--quick]
"""

from monnto import *

COMPARTMENTS = 20
DT = 0.01  # ms


class HodgkinHuxley(Behavior):
    def initialize(self, n):
        n.v = n.vector_buffer(COMPARTMENTS) - 65.0
        n.m = n.vector_buffer(COMPARTMENTS) + 0.05
        n.h = n.vector_buffer(COMPARTMENTS) + 0.6
        n.n_gate = n.vector_buffer(COMPARTMENTS) + 0.32
        n.I = n.vector_buffer(COMPARTMENTS)

    def iteration(self, n):
        v, m, h, k = n.v, n.m, n.h, n.n_gate
        alpha_m = 0.1 * (v + 40) / (1 - np.exp(-(v + 40) / 10))
        beta_m = 4 * np.exp(-(v + 65) / 18)
        alpha_h = 0.07 * np.exp(-(v + 65) / 20)
        beta_h = 1 / (1 + np.exp(-(v + 35) / 10))
        alpha_n = 0.01 * (v + 55) / (1 - np.exp(-(v + 55) / 10))
        beta_n = 0.125 * np.exp(-(v + 65) / 80)
        sodium = 120 * m**3 * h * (v - 50)
        potassium = 36 * k**4 * (v + 77)
        leak = 0.3 * (v + 54.387)
        n.v = v + (n.I - sodium - potassium - leak) * DT
        n.m = m + (alpha_m * (1 - m) - beta_m * m) * DT
        n.h = h + (alpha_h * (1 - h) - beta_h * h) * DT
        n.n_gate = k + (alpha_n * (1 - k) - beta_n * k) * DT


class Electrode(Behavior):
    """Current into the first compartment: 5 from 100 to 200 ms, 10 from 300 to 400 ms."""

    def initialize(self, n):
        n.step = n.vector("int")

    def iteration(self, n):
        n.step += 1  # an array: a number that changes would keep the iteration from being replayed
        t = n.step * DT
        n.I.fill(0)
        n.I[0] = 5.0 * ((t > 100) & (t < 200)) + 10.0 * ((t > 300) & (t < 400))


class Coupling(Behavior):
    """Neighbors pull at each other, in both directions."""

    def initialize(self, n):
        self.resistance = self.parameter("resistance", 0.15)

    def iteration(self, n):
        flow = (n.v[:-1] - n.v[1:]) / self.resistance * DT
        n.I[1:] += flow
        n.I[:-1] -= flow


def build(recorders=True, **settings):
    net = Network(**settings)
    behavior = {1: Electrode(), 2: Coupling(), 3: HodgkinHuxley()}
    if recorders:
        behavior[9] = Recorder(["v"])
    NeuronGroup(net=net, tag="cable", size=1, behavior=behavior)
    net.initialize(info=False)
    return net


def crossings(v, level=0.0):
    """Iterations (from 1) after which each column lies above the level, and before below it."""
    above = v > level
    rises = above[1:] & ~above[:-1]
    return [np.flatnonzero(column) + 1 for column in rises.T]


def figure(net, path):
    import matplotlib.pyplot as plt

    v = net["v", 0, "np"][:, :, 0][::20]
    t = np.arange(len(v)) * DT * 20
    fig, axes = plt.subplots(figsize=(8, 5))
    for compartment in range(COMPARTMENTS):
        axes.plot(t, v[:, compartment] - 60 * compartment, color="black", linewidth=0.6)
    axes.set(xlabel="t (ms)", ylabel="v of compartment 0 (top) to 19 (bottom)", yticks=[])
    fig.tight_layout()
    fig.savefig(path, dpi=100)


if __name__ == "__main__":
    from common import options, saved

    quick = options(__doc__)
    net = build()
    net.simulate_iterations(12_000 if quick else 50_000)
    v = net["v", 0, "np"][:, :, 0]
    for compartment, places in enumerate(crossings(v)):
        if compartment in (0, 5, 10, 19):
            print(f"compartment {compartment}: spikes at {np.round(places * DT, 2)} ms")
    print(f"highest v of compartment 0: {v[:, 0].max():.2f} mV")
    figure(net, saved("hodgkin_huxley"))
