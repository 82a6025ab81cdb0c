"""A loop that Numba compiles, as a function that a behavior calls on the memory of its arrays.

Needs numba; run it with  python examples/foreign/numba_function.py
"""

import sys

import numba

from monnto import *


@numba.njit
def step(v, u, spike, current):
    """Izhikevich's neuron, one after the other, in place."""
    for i in range(v.size):
        spike[i] = v[i] > 30.0
        if spike[i]:
            v[i] = -65.0
            u[i] += 8.0
        v[i] += 0.5 * (0.04 * v[i] * v[i] + 5.0 * v[i] + 140.0 - u[i] + current[i])
        u[i] += 0.5 * 0.02 * (0.2 * v[i] - u[i])


class Neurons(Behavior):
    def initialize(self, n):
        n.v = n.vector(-65.0)
        n.u = n.vector(-13.0)
        n.spike = n.v > 30.0
        n.function = step  # any object may be an attribute

    def iteration(self, n):
        current = n.vector("uniform") * 20
        n.function(*(np.asarray(x) for x in (n.v, n.u, n.spike, current)))


def build(size=1000, seed=1):
    net = Network(seed=seed)
    NeuronGroup(net, size, {1: Neurons(), 9: EventRecorder("spike")}, tag="neurons")
    net.initialize(info=False)
    return net


if __name__ == "__main__":
    net = build()
    net.simulate_iterations(100 if "--quick" in sys.argv else 1000)
    share = len(net["spike.t", 0]) / (net.iteration * net.neurons.size)
    print(f"{share:.5f} of all chances to fire were taken")
