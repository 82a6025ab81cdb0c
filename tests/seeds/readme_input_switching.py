# The "Input switching" section: training and testing stimuli in turn.
import numpy as np
from monnto import *  # repaired: the package was called PymoNNto

trainging_stimulus = np.eye(4)[[0, 1, 2, 3, 0]]  # repaired: printed as "..."
testing_stimulus = np.eye(4)[[3, 2]]  # repaired: printed as "..."
loop_count = 3  # repaired: not given


class InputStimulus(Behavior):  # repaired: only described ("increase the self.index variable ...")

    def initialize(self, neurons):
        self.stimulus = self.parameter('stimulus')
        self.index = 0
        neurons.v = neurons.vector()
        neurons.fired = neurons.vector('bool')

    def iteration(self, neurons):
        neurons.v += self.stimulus[self.index]
        neurons.fired = neurons.v > 1.5
        self.index += 1


network = Network()
NeuronGroup(net=network, size=4,  behavior={  # repaired: printed as "..."
            1: InputStimulus(tag='train', stimulus=trainging_stimulus),
            2: InputStimulus(tag='test', stimulus=testing_stimulus),
            # ...
            9: Recorder(tag="rec", variables=["n.v", "n.fired"]),
})

# initialize
network.initialize()

lengths = []
for loop in range(loop_count):
        network.activate_mechanisms('train')
        network.deactivate_mechanisms('test')
        network.train.index = 0 # [tag,0] is equivalent to [tag][0] and gives you the first found object with the given tag
        network.simulate_iterations(len(trainging_stimulus))
        recorded = network["n.fired", 0] 
        network.rec.reset()
        lengths.append(len(recorded))

        network.deactivate_mechanisms('train')
        network.activate_mechanisms('test')
        network.test.index = 0
        network.simulate_iterations(len(testing_stimulus))
        recorded = network["n.v", 0]
        network.rec.reset()
        lengths.append(len(recorded))

assert lengths == [5, 2] * 3  # repaired: a handle keeps what it has when the recorder is reset
