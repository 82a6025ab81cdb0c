"""One network in two languages: neurons in C++, their input in Python.

Both see the same variables. Needs a C++ compiler; run it with  python examples/mixed_languages.py
"""

import sys
from pathlib import Path

import monnto
from monnto import *


class NoisyInput(Behavior):
    """Adds random input to `voltage`, which the behavior in C++ made."""

    def initialize(self, neurons):
        self.share = self.parameter("share", 0.01)

    def iteration(self, neurons):
        neurons.voltage += neurons.vector("uniform", density=self.share)


# Compiles the source where it has changed, and loads it.
names = monnto.load_plugin(Path(__file__).parent / "mixed_languages" / "leaky_neurons.cpp")
print("behaviors from C++:", ", ".join(names))

net = Network(seed=1)
neurons = NeuronGroup(
    net,
    size=100,
    tag="neurons",
    behavior={
        1: monnto.behavior("LeakyNeurons", leak=0.9, threshold="uniform(0.4, 0.6)"),
        2: NoisyInput(share=0.02),
        9: Recorder(["voltage", "np.mean(voltage)"]),
        10: EventRecorder("spike"),
    },
)
net.initialize()
net.simulate_iterations(100 if "--quick" in sys.argv else 1000)

print("mean voltage:", round(float(net["np.mean(voltage)", 0].mean()), 4))
print("spikes:      ", len(net["spike.t", 0]), "in", net.iteration, "iterations")
print("voltage of the first three neurons:", neurons.voltage[:3])
