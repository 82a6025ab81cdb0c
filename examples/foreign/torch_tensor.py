"""A torch tensor as attribute: weights that are learned by torch's gradient while the network runs.

Needs torch; run it with  python examples/foreign/torch_tensor.py
"""

import sys

import torch

from monnto import *


class Rates(Behavior):
    """Firing rates that follow a slow sine."""

    def initialize(self, n):
        n.step = n.vector("int")
        n.phase = n.vector("uniform(0, 6.28)")
        n.rate = n.vector()

    def iteration(self, n):
        n.step += 1
        n.rate = np.sin(n.step * 0.1 + n.phase)


class Readout(Behavior):
    """Learns to read the first neuron's next rate from all rates."""

    def initialize(self, n):
        n.weights = torch.zeros(n.size, requires_grad=True)
        self.optimizer = torch.optim.SGD([n.weights], lr=0.01)
        self.before = torch.zeros(n.size)
        n.error = 0.0

    def iteration(self, n):
        rates = torch.from_numpy(np.array(n.rate, dtype=np.float32))
        loss = (n.weights @ self.before - rates[0]) ** 2
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        self.before = rates
        n.error = float(loss)


def build(size=50, seed=1):
    net = Network(seed=seed)
    NeuronGroup(net, size, {1: Rates(), 2: Readout(), 9: Recorder("error")}, tag="neurons")
    net.initialize(info=False)
    return net


if __name__ == "__main__":
    net = build()
    net.simulate_iterations(100 if "--quick" in sys.argv else 500)
    errors = np.array(net["error", 0])
    print(f"squared error: {errors[1:20].mean():.4f} at first, {errors[-20:].mean():.6f} at last")
