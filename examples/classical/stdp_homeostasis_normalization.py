"""The second network of the PymoNNto paper: the basic one with homeostasis, plasticity over one
iteration, and normalization of weights.

python examples/classical/stdp_homeostasis_normalization.py [--quick]
"""

from basic import build as build_basic
from basic import figure

from monnto import *


class Homeostasis(Behavior):
    """Exhaustion grows while the voltage lies above its target, and is taken off the voltage."""

    def initialize(self, n):
        target = self.parameter("target_voltage", 0.05)
        self.min_ta = self.parameter("min_ta", target)
        self.max_ta = self.parameter("max_ta", target)
        self.eta_ip = self.parameter("eta_ip", 0.001)
        n.exhaustion = n.vector()

    def iteration(self, n):
        greater = (n.voltage > self.max_ta) * (n.voltage - self.max_ta)
        smaller = (n.voltage < self.min_ta) * (self.min_ta - n.voltage)
        n.exhaustion += -self.eta_ip * (-greater + smaller)
        n.voltage -= n.exhaustion


class STDP(Behavior):
    """Pre before post strengthens, post before pre weakens, both at once strengthen."""

    def initialize(self, n):
        self.stdp_factor = self.parameter("stdp_factor", 0.0015)
        n.spike_old = n.vector("bool")

    def iteration(self, n):
        for s in n.synapses(afferent, "GLUTAMATE"):
            post, pre = s.dst.spike[:, None], s.src.spike[None, :]
            post_old, pre_old = s.dst.spike_old[:, None], s.src.spike_old[None, :]
            change = self.stdp_factor * (post * pre_old * 1.0 - post_old * pre + post * pre)
            s.W = np.clip(s.W + change * s.enabled, 0.0, 10.0)
        n.spike_old = n.spike


class Normalization(Behavior):
    """The weights that arrive at a neuron sum to `norm_factor`."""

    def initialize(self, n):
        self.norm_factor = self.parameter("norm_factor", 10)

    def iteration(self, n):
        for s in n.synapses(afferent, "GLUTAMATE"):
            total = np.sum(np.abs(s.W), axis=1)
            s.W /= np.where(total == 0, 1, total / self.norm_factor)[:, None]


def build(recorders=True, size=100, **settings):
    extra = {
        3: Homeostasis(target_voltage=0.05),
        4: STDP(stdp_factor=0.00015),
        5: Normalization(norm_factor=10),
    }
    return build_basic(recorders, size, extra, **settings)


if __name__ == "__main__":
    from common import options, saved

    options(__doc__)
    net = build(seed=1)
    net.simulate_iterations(200)
    sums = np.sum(net.GLUTAMATE.W, axis=1)
    print(
        f"{len(net['spike.t', 0])} spikes, rows of W sum to {sums.min():.5f} ... {sums.max():.5f}"
    )
    print(f"mean voltage: {np.mean(net['np.mean(voltage)', 0]):.4f}")
    figure(net, saved("stdp_homeostasis_normalization"))
