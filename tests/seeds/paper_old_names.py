# Code blocks 1 to 4 of the publication, in the names of that time; spaces and letters that the
# print swallowed are repaired throughout.
import matplotlib
matplotlib.use('Agg')  # repaired: no display is needed
import matplotlib.pyplot as plt
from monnto import *  # repaired: the package was called PymoNNto


class Basic_Behaviour(Behaviour):

    def set_variables(self, neurons):
        neurons.voltage = neurons.get_neuron_vec()
        self.threshold = 0.5
        self.leak_factor = self.get_init_attr(
            'leak_factor', 0.9, neurons)

    def new_iteration(self, neurons):
        # spikes
        neurons.spike = (neurons.voltage >
                         self.threshold)
        # reset
        neurons.voltage[neurons.spike] = 0.0
        # voltage decay
        neurons.voltage *= self.leak_factor  # repaired: printed as ==
        # 1% noise (uniform 0-1)
        neurons.voltage += neurons.get_neuron_vec(
            'uniform', density=0.01)


class Input_Behaviour(Behaviour):

    def set_variables(self, neurons):
        for synapse in neurons.afferent_synapses[
                'GLUTAMATE']:
            # 10% connectivity
            synapse.W = synapse.get_synapse_mat(
                'uniform(0, 10)',
                density=0.1)
            synapse.enabled = synapse.W > 0

    def new_iteration(self, neurons):
        for synapse in neurons.afferent_synapses[
                'GLUTAMATE']:
            neurons.voltage += (
                synapse.W.dot(synapse.src.spike) /
                synapse.src.size)


My_Network = Network()
My_Neurons = NeuronGroup(
    net=My_Network,
    tag='my_neurons',
    size=get_squared_dim(100),
    behaviour={
        1: Basic_Behaviour(),
        2: Input_Behaviour(),
        9: Recorder(
            tag='my_recorder',
            variables=[
                'n.voltage',
                'np.mean(n.voltage)']),
        10: EventRecorder(
            tag='my_event_recorder',
            variables=['n.spike'])})

SynapseGroup(
    net=My_Network,
    src=My_Neurons,
    dst=My_Neurons,
    tag='GLUTAMATE')

My_Network.initialize()
My_Network.simulate_iterations(1000)

# Plot voltages
plt.plot(My_Network['n.voltage', 0])
plt.plot(
    My_Network['np.mean(n.voltage)', 0],
    color='black')
plt.axhline(
    My_Neurons['Basic_Behaviour', 0].threshold,
    linestyle='dashed')
plt.show()

# Plot spike trains (with EventRecorder)
plt.plot(
    My_Network['n.spike.t', 0],
    My_Network['n.spike.i', 0],
    '.k')
plt.show()

# General tagging examples
assert My_Network['my_neurons'] == [My_Neurons]
assert My_Network['my_recorder'] == My_Neurons['my_recorder']
n = 0  # repaired: not given
assert My_Neurons['n.voltage', n] is My_Neurons['n.voltage'][n]
