# The seeds' second readme: activity that decays and is passed on.
import matplotlib
matplotlib.use('Agg')  # repaired: no display is needed
from monnto import *  # repaired: the package was called PymoNNto


class Input_Behavior(Behavior):

    def initialize(self, neurons):
        for synapse in neurons.synapses(afferent,'GLUTAMATE'):
            synapse.W = synapse.matrix('uniform', density=0.1)

    def iteration(self, neurons):
        for synapse in neurons.synapses(afferent,'GLUTAMATE'):
            neurons.activity += synapse.W.dot(synapse.src.activity) / synapse.src.size

        neurons.activity += neurons.vector('uniform', density=0.01)


class Basic_Behavior(Behavior):

    def initialize(self, neurons):
        neurons.activity = neurons.vector('uniform')
        self.decay_factor = 0.99

    def iteration(self, neurons):
        neurons.activity *= self.decay_factor


net = Network()

NeuronGroup(net=net, tag='my_neurons', size=get_squared_dim(100), behavior={
    1: Basic_Behavior(),
    2: Input_Behavior(),
    9: Recorder(['activity', 'np.mean(activity)'], tag='my_recorder')
})

SynapseGroup(net=net, src='my_neurons', dst='my_neurons', tag='GLUTAMATE')

net.initialize()

net.simulate_iterations(1000)

import matplotlib.pyplot as plt

plt.plot(net['activity', 0])  # repaired: printed as My_Network, which is called net here
plt.plot(net['np.mean(activity)', 0], color='black')
plt.show()

My_Neurons = net.my_neurons  # repaired: not assigned in print
plt.scatter(My_Neurons.x, My_Neurons.y)
