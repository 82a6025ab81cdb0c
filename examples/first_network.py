"""The smallest useful model: 100 leaky neurons that excite each other.

Run it with  python examples/first_network.py
"""

import sys

from monnto import *


class LeakyNeurons(Behavior):
    """Voltage decays by a tenth each step; above the threshold a neuron spikes and is reset."""

    def initialize(self, neurons):
        neurons.voltage = neurons.vector()
        self.threshold = self.parameter("threshold", 0.5)

    def iteration(self, neurons):
        neurons.spike = neurons.voltage > self.threshold
        neurons.voltage[neurons.spike] = 0.0
        neurons.voltage *= 0.9
        neurons.voltage += neurons.vector("uniform", density=0.01)


class RecurrentInput(Behavior):
    """One tenth of all pairs is connected; a spike raises the voltage of its targets."""

    def initialize(self, neurons):
        for synapse in neurons.synapses(afferent, "GLUTAMATE"):
            synapse.W = synapse.matrix("uniform", density=0.1)

    def iteration(self, neurons):
        for synapse in neurons.synapses(afferent, "GLUTAMATE"):
            neurons.voltage += synapse.W.dot(synapse.src.spike) / synapse.src.size * 10


net = Network(seed=1)
NeuronGroup(
    net,
    size=100,
    tag="neurons",
    behavior={
        1: LeakyNeurons(threshold=0.5),
        2: RecurrentInput(),
        9: Recorder(["voltage", "np.mean(voltage)"]),
        10: EventRecorder("spike"),
    },
)
SynapseGroup(net, src="neurons", dst="neurons", tag="GLUTAMATE")

net.initialize()
net.simulate_iterations(100 if "--quick" in sys.argv else 1000)

print("voltage:", net["voltage", 0].shape, "(iterations, neurons)")
print("spikes: ", len(net["spike.i", 0]))
print("mean voltage at the end:", round(float(net["np.mean(voltage)", 0][-1]), 4))
