# The "Tagging System" section: every line of it as an assertion.
from monnto import *  # repaired: the package was called PymoNNto


class Basic_Behavior(Behavior):  # repaired: from the section before

    def initialize(self, neurons):
        neurons.voltage = neurons.vector()
        self.threshold = 0.5

    def iteration(self, neurons):
        neurons.voltage += neurons.vector('uniform',density=0.01)


My_Network = Network()
My_Neurons = NeuronGroup(net=My_Network, tag='my_neurons', size=100, behavior={  # repaired: the name was missing
    1: Basic_Behavior(),
    9: Recorder(['voltage', 'np.mean(voltage)'], tag='my_recorder')
})
SynapseGroup(net=My_Network, src='my_neurons', dst='my_neurons', tag='S1,GLUTAMATE')

My_Network.initialize()  # repaired: left out in print
My_Network.simulate_iterations(3)

#Unique tag access:
assert My_Network.my_neurons is My_Neurons
assert My_Network.my_neurons.Basic_Behavior is My_Neurons.behavior[1]
assert My_Network.my_neurons.Recorder is My_Neurons.behavior[9]
assert My_Network.my_neurons.my_recorder is My_Neurons.behavior[9]
assert My_Network.S1 is My_Network.SynapseGroups[0]

#[] tag search
assert My_Network['my_neurons'] == [My_Neurons]
assert My_Network['my_recorder'] == My_Network.my_neurons['my_recorder'] == [My_Neurons.behavior[9]]

assert len(My_Network['np.mean(voltage)'][0]) == 3
assert My_Network.my_neurons['voltage'][0][-1].shape == (100,)
assert len(My_Network.my_neurons.my_recorder['np.mean(voltage)'][0]) == 3

assert My_Neurons['voltage', 0] is My_Neurons['voltage'][0]
