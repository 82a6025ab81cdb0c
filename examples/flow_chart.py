"""Draw which behavior reads and writes what: writes out/flow_chart.svg and out/flow_chart.png.

Run it with  python examples/flow_chart.py
"""

from pathlib import Path

from monnto import *


class LeakyNeurons(Behavior):
    def initialize(self, neurons):
        self.threshold = self.parameter("threshold", 0.5)
        self.leak = self.parameter("leak", 0.9)
        neurons.voltage = neurons.vector()

    def iteration(self, neurons):
        neurons.spike = neurons.voltage > self.threshold
        neurons.voltage[neurons.spike] = 0.0
        neurons.voltage *= self.leak
        neurons.voltage += neurons.vector("uniform", density=0.01)


class RecurrentInput(Behavior):
    def initialize(self, neurons):
        for synapse in neurons.synapses(afferent, "GLUTAMATE"):
            synapse.W = synapse.matrix("uniform", density=0.1)

    def iteration(self, neurons):
        for synapse in neurons.synapses(afferent, "GLUTAMATE"):
            neurons.voltage += synapse.W.dot(synapse.src.spike) / synapse.src.size * 10


class SpikeTimingPlasticity(Behavior):
    def initialize(self, synapses):
        self.rate = self.parameter("rate", 0.001)
        synapses.trace = synapses.src.vector()

    def iteration(self, synapses):
        synapses.trace = synapses.trace * 0.95 + synapses.src.spike
        synapses.W += synapses.dst.spike[:, None] * synapses.trace[None, :] * self.rate


net = Network(tag="two populations")
behaviors = {1: LeakyNeurons(threshold=0.5), 2: RecurrentInput(), 9: Recorder("np.mean(voltage)")}
NeuronGroup(net, get_squared_dim(100), behaviors, tag="excitatory")
behaviors = {1: LeakyNeurons(threshold=0.3, leak="normal(0.8, 0.05)"), 2: RecurrentInput()}
NeuronGroup(net, 25, {**behaviors, 10: EventRecorder("spike")}, tag="inhibitory", color=green)
SynapseGroup(net, "excitatory", "excitatory", "GLUTAMATE", {5: SpikeTimingPlasticity(rate=0.01)})
SynapseGroup(net, "excitatory", "inhibitory", "GLUTAMATE,EI")

chart = net.visualize_module()
Path("out").mkdir(exist_ok=True)
print(chart.save("out/flow_chart.svg"))
try:
    print(chart.save("out/flow_chart.png"))
except ImportError:
    print("no out/flow_chart.png: pip install matplotlib")
print(len(chart.boxes), "behaviors,", len(chart.connections), "connections")
