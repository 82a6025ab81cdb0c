"""Helper functions, analysis modules and reconstruction: sections 1.9, 7.1, 7.4 and 7.5."""

from itertools import islice

import numpy as np
import pytest

from monnto import *
from monnto.analysis import reconstruction, resolution, spike_trains, weight_classes


class Passing(AnalysisModule):
    def initialize(self, obj):
        self.add_tag("tool")
        self.factor = self.parameter("q", 1)

    def execute(self, obj, x=3, *, y=None):
        return None if x is None else self.factor * x


def test_analysis_modules_run_and_keep_results():
    net = Network()
    group = NeuronGroup(net, 2, tag="n")
    module = Passing(group, q=5)
    assert module.parent is group and group.Passing is module and group.analysis_modules == [module]
    seen, progress = [], []
    module.set_update_notifier(seen.append)
    module.add_progress_update_function(progress.append)
    assert module(x=2) == 10 and module.exec() == 15
    assert module.get_results() == {"Passing(5) {'x': 2}": 10, "Passing(5)": 15}
    assert module.result() == module.last_call_result() == 15
    assert seen == list(module.get_results()) and progress == [0, 100, 0, 100]
    assert module(x=None) is None and len(module.get_results()) == 2
    assert module.execution_arguments == {"x": 3, "y": None} and module.is_executable()
    module.remove_update_notifier(seen.append)
    module.remove_result("Passing(5)")
    module.save_result("own", 7)
    assert module.get_results() == {"Passing(5) {'x': 2}": 10, "own": 7}
    assert group.get_all_analysis_module_results("tool") == module.get_results()
    results, modules = net.get_all_analysis_module_results("tool", return_modules=True)
    assert modules["own"] is module and results["own"] == 7
    module.clear_results()
    assert module.result() is None


def test_analysis_modules_have_their_class_name_twice():
    module = NeuronGroup(Network(), 2).add_analysis_module(Passing(tag="mine"))
    assert module.tags == ["mine", "Passing", "Passing", "tool"]


# -- classes of neurons


def test_classes_are_published():
    group = NeuronGroup(Network(), 3)
    module = weight_classes.Static_Classification(group, name="cell type", classes=[1, 2, 2])
    assert group.get_all_analysis_module_results("classifier") == {"cell type": [1, 2, 2]}
    assert not module.is_executable()


@pytest.mark.parametrize("kind", ["Weight_Classifier_Pre", "Weight_Classifier_Post"])
def test_blocks_of_weights_are_classes(kind):
    pytest.importorskip("scipy")
    net = Network()
    group = NeuronGroup(net, 16, tag="n")
    synapse = SynapseGroup(net, "n", "n", tag="EE")
    synapse.W = np.kron(np.eye(2), np.ones((8, 8)))
    module = getattr(weight_classes, kind)(group, syn_tag="EE")
    assert module().tolist() == [1] * 8 + [2] * 8
    key = f"{kind}(EE)"
    matrix, order = module.get_cluster_matrix(key)
    assert matrix.shape == (16, 16) and order.tolist() == list(range(16))
    assert {"classifier", "cluster_matrix_classifier"} <= set(module.tags)


def test_classes_keep_their_numbers():
    before = np.array([2, 2, 2, 1, 1, 1])
    assert weight_classes.matched(np.array([1, 1, 1, 2, 2, 2]), before).tolist() == before.tolist()
    # A new class gets a new number; the larger part keeps the old one.
    assert weight_classes.matched(np.array([5, 5, 6, 7, 7, 7]), before).tolist() == [
        2,
        2,
        3,
        1,
        1,
        1,
    ]


# -- matrices of parts


def local_network(parts):
    net = Network(seed=2)
    group = NeuronGroup(net, NeuronDimension(width=6, height=4), tag="n")
    synapse = SynapseGroup(net, "n", "n", tag="GLU", behavior={1: Box_Receptive_Fields(range=1)})
    synapse.W = synapse.matrix("uniform") * synapse.enabled
    whole = synapse.W.to_numpy().copy()
    if parts:
        synapse.add_behavior(2, Partition(split_size=[3, 2, 1]))
    return group, whole


@pytest.mark.parametrize("parts", [False, True])
def test_matrices_of_parts_are_put_together(parts):
    group, whole = local_network(parts)
    synapses = group.synapses(afferent, "GLU")
    assert len(synapses) == (6 if parts else 1)
    combined = get_combined_syn_mats(synapses)
    assert list(combined) == ["GLU,SynapseGroup,syn,n_to_n"]
    assert np.array_equal(combined["GLU,SynapseGroup,syn,n_to_n"], whole)
    assert np.array_equal(get_partitioned_synapse_matrix(group, "GLU", "W"), whole)
    assert len(get_partitioned_synapse_matrix(group, "GLU", "W", return_first=False)) == 1
    assert get_partitioned_synapse_matrix(group, "none", "W") is None
    row = get_combined_syn_mats(synapses, neuron_id=7)["GLU,SynapseGroup,syn,n_to_n"]
    assert row.shape == (4, 6) and np.array_equal(row.ravel(), whole[7])
    alone = get_single_neuron_combined_partition_matrix(group, "GLU", "W", 7)
    assert np.array_equal(alone, row)
    assert len(SingleNeuron_attached_SubSGs(group, "GLU", 7)) == 1
    assert get_unique_non_partitioned_Groups(synapses) == synapses[:1]
    set_partitioned_synapse_matrix(group, "GLU", "W", whole * 2)
    assert np.array_equal(get_partitioned_synapse_matrix(group, "GLU", "W"), whole * 2)


def test_environments_for_tests_of_behaviors():
    class Counter(Behavior):
        def initialize(self, neurons):
            neurons.count = neurons.vector()

        def iteration(self, neurons):
            neurons.count += 1

    net, group, behaviors = behavior_test_environment(Counter(), size=3, iteration=4)
    assert group.count.tolist() == [4, 4, 4] and net.iteration == 4
    assert type(behaviors[0]) is Counter
    _, group, _ = behavior_test_environment(Counter(), initialize=False)
    assert not hasattr(group, "count")


# -- scans, spike trains


def test_scans_get_finer_without_repeating():
    points = list(islice(infinite_resolution_1D(0, 1), 12))
    expected = [0, 0.2, 0.4, 0.6, 0.8, 0.1, 0.3, 0.5, 0.7, 0.9, 0.05, 0.15]
    assert np.allclose(points, expected)
    assert len(list(infinite_resolution_1D(0, 1, 2))) == 20
    square = list(infinite_resolution_2D(0, 1, 10, 20, max_resolution=1))
    assert len(square) == 100 == len(set(square)) and square[0] == (0, 10)
    assert len(set(infinite_resolution_3D(0, 1, 0, 1, 0, 1, 0))) == 125
    assert resolution._STEPS == 5


def test_intervals_between_spikes():
    assert spike_trains.SpikeTrain_ISI([0, 1, 0, 0, 1, 1, 0, 1]) == [3, 1, 2]
    assert spike_trains.SpikeTrain_ISI([0, 0]) == []


def test_activity_against_its_next_step():
    activity = [0, 0, 1, 0, 1]
    counts = spike_trains.get_t_vs_tp1_mat(activity, activity, 2, flip=False)
    assert counts.tolist() == [[0, 1], [2, 0]]
    everything = spike_trains.get_t_vs_tp1_mat(activity, activity, 2, False, False)
    assert everything.tolist() == [[1, 1], [2, 0]]
    assert spike_trains.get_t_vs_tp1_mat(activity, activity, 2).tolist() == [[2, 0], [0, 1]]


def test_weights_are_tiles():
    tiles = spike_trains.weight_tiles(np.arange(12).reshape(3, 4), width=2, height=2)
    assert tiles.shape == (5, 5) and np.isnan(tiles[2]).all()
    assert np.allclose(tiles[:2, :2], np.arange(4).reshape(2, 2) / 3)
    assert np.isnan(tiles[3:, 3:]).all()


# -- reconstruction


def ring(order=DxS):
    net = Network(settings={"syn_dim": order})
    group = NeuronGroup(net, 3, tag="n")
    synapse = SynapseGroup(net, "n", "n", tag="GLU")
    weights = np.array([[0, 1, 0], [0, 0, 2], [3, 0, 0]], dtype=np.float32)
    synapse.W = weights if order == DxS else weights.T.copy()
    reconstruct = reconstruction.Reconstruct_Analyze_Label_Network(net)
    reconstruct.zero_recon()
    group.recon[0] = 1
    return group, reconstruct


@pytest.mark.parametrize("order", [DxS, SxD])
def test_patterns_spread_backward(order):
    for steps, expected in ((1, [0, 1, 0]), (2, [0, 0, 2]), (3, [6, 0, 0])):
        group, reconstruct = ring(order)
        reconstruct.propagation("W", steps, "backward", "forget")
        assert group.recon.tolist() == expected


@pytest.mark.parametrize("order", [DxS, SxD])
def test_patterns_spread_forward(order):
    group, reconstruct = ring(order)
    reconstruct.propagation(
        "W", 2, "forward", "additive", temporal_recon_groups=[group], layer_compute_groups=[group]
    )
    assert group.recon.tolist() == [1, 6, 6]
    assert group.layer_recon.tolist() == [np.inf, 2, 1]
    assert [step.tolist() for step in group.temporal_recon] == [[1, 0, 3], [1, 6, 6]]
    group, reconstruct = ring(order)
    reconstruct.propagation("W", 2, "forward", "first_touch")
    assert group.recon.tolist() == [1, 6, 3]


def test_patterns_are_shaped_in_every_group():
    group, reconstruct = ring()
    reconstruct.propagation("W", 2, exponent=2, normalize=True)
    # (1, 0, 3)^2 / 9 = (1/9, 0, 1); then (1/9, 2, 1 + 1/3)^2 / 4.
    assert np.allclose(group.recon, np.square([1 / 9, 2, 4 / 3]) / 4)
    group, reconstruct = ring()
    reconstruct.propagation("W", 2, clip_max=2, filter_weakest_percent=40)
    assert group.recon.max() == 2 and group.recon[0] == 0


def test_weights_are_filtered():
    group, reconstruct = ring()
    group.network["GLU", 0].W = np.array([[0.5, 1, 0], [0, 1, 2], [3, 0, 0]])
    reconstruct.propagation("W", 1, "forward", "forget", synapse_filter="biggest")
    assert group.recon.tolist() == [0, 0, 3]
    group, reconstruct = ring()
    group.network["GLU", 0].W = np.array([[0.5, 1, 0], [0.4, 1, 2], [3, 0, 0]])
    reconstruct.propagation("W", 1, "forward", "forget", synapse_filter=0.5)
    assert group.recon.tolist() == [0.5, 0, 3]
    for wrong in (
        {"synapse_filter": "none"},
        {"accumulation_mode": "x"},
        {"propagation_mode": "x"},
    ):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            reconstruct.propagation("W", 1, **wrong)


def test_symbols_of_the_past():
    class Letters:
        def index_to_char(self, i):
            return "abc"[i]

    net = Network()
    group = NeuronGroup(net, 3, tag="recon")
    synapse = SynapseGroup(net, group, group, tag="GLU")
    # c (2) is driven by b (1), and b by a (0).
    synapse.W = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], dtype=np.float32)
    group.Input_Weights = np.eye(3)
    symbols = reconstruction.compute_temporal_reconstruction(net, group, 2)
    assert (
        len(symbols) == 10 and symbols[0].tolist() == [0, 1, 0] and symbols[1].tolist() == [1, 0, 0]
    )
    assert reconstruction.generate_text_from_recon_mat(symbols[:2], Letters()) == "ab"
    group.output = np.array([0, 0, 1.0])
    again = reconstruction.compute_temporal_reconstruction(net)
    assert [s.tolist() for s in again] == [s.tolist() for s in symbols]
    with pytest.raises(ValueError, match="Input_Weights"):
        reconstruction.compute_temporal_reconstruction(net, group, 2, "none")
