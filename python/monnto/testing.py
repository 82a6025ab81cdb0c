"""For unit tests of behaviors."""

from __future__ import annotations


def behavior_test_environment(behavior, size=1, initialize=True, iteration=0):
    """A network with one group that has `behavior`: (network, group, list of behaviors)."""
    from monnto.network import Network
    from monnto.neuron_group import NeuronGroup

    behaviors = behavior if isinstance(behavior, (dict, list)) else {1: behavior}
    net = Network()
    group = NeuronGroup(net, size, behaviors)
    if initialize:
        net.initialize(info=False)
    if iteration:
        net.simulate_iterations(iteration, measure_block_time=False)
    return net, group, list(group.behavior.values())
