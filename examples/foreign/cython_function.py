"""A loop that Cython compiles, as a function that a behavior calls on the memory of its arrays.

Needs cython, setuptools and a C compiler; run it with  python examples/foreign/cython_function.py
"""

import sys
import tempfile

import pyximport

from monnto import *

# Compiled when it is imported; a project would list it in its setup.py instead.
pyximport.install(build_dir=tempfile.mkdtemp(), language_level=3, inplace=False)
from izhikevich_step import step  # noqa: E402


class Neurons(Behavior):
    def initialize(self, n):
        n.v = n.vector(-65.0)
        n.u = n.vector(-13.0)
        n.spike = n.v > 30.0
        n.function = step  # any object may be an attribute

    def iteration(self, n):
        current = n.vector("uniform") * 20
        n.function(n.v, n.u, np.asarray(n.spike).view(np.uint8), current)


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
