"""Weights as a SciPy matrix: an attribute that behaviors use as they would without monnto.

Needs scipy; run it with  python examples/foreign/scipy_sparse.py
"""

import sys

import scipy.sparse as sp

from monnto import *
from monnto.behaviors import normalize_synapse_attr_sparse


class Neurons(Behavior):
    def initialize(self, n):
        n.v = n.vector("uniform")
        n.spike = n.v > 0.5

    def iteration(self, n):
        n.spike = n.v > 0.5
        n.v[n.spike] = 0.0
        n.v *= 0.9
        n.v += n.vector("uniform", density=0.01)


class Propagation(Behavior):
    """Connects 2 % of all pairs; every 100 iterations what arrives at a neuron is normalized."""

    def initialize(self, n):
        rng = np.random.default_rng(1)
        for s in n.synapses(afferent, "GLU"):
            dst, src = s.dst.size, s.src.size
            s.W = sp.random(dst, src, density=0.02, format="csc", dtype=np.float32, rng=rng)

    def iteration(self, n):
        for s in n.synapses(afferent, "GLU"):
            n.v += s.W @ s.src.spike  # a product of SciPy's
        if n.iteration % 100 == 0:
            normalize_synapse_attr_sparse("W", "W", 1.0, n, "GLU")


def build(size=1000, seed=1):
    net = Network(seed=seed)
    NeuronGroup(
        net, size, {1: Neurons(), 2: Propagation(), 9: Recorder("np.mean(v)")}, tag="neurons"
    )
    SynapseGroup(net, "neurons", "neurons", tag="GLU,sparse")
    net.initialize(info=False)
    return net


if __name__ == "__main__":
    net = build()
    net.simulate_iterations(100 if "--quick" in sys.argv else 1000)
    weights = net.GLU.W
    print(f"{type(weights).__name__} with {weights.nnz} of {np.prod(weights.shape)} entries")
    print(f"row sums from {weights.sum(axis=1).min():.4f} to {weights.sum(axis=1).max():.4f}")
    print(f"mean v at the end: {net['np.mean(v)', 0][-1]:.4f}")
