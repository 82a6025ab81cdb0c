"""Grids, receptive fields, partitions and subgroups as the old package documents them."""

import numpy as np
import pytest

from monnto import *


def grid(net, tag="n", width=5, height=5, **more):
    return NeuronGroup(net, NeuronDimension(width=width, height=height, **more), tag=tag)


@pytest.mark.parametrize(
    ("n", "shape"),
    [(100, (10, 10)), (800, (25, 32)), (1000, (25, 40)), (12, (3, 4)), (7, (1, 7)), (2, (1, 2))],
)
def test_squared_dimensions(n, shape):
    group = NeuronGroup(Network(), get_squared_dim(n))
    assert (group.width, group.height, group.depth) == (*shape, 1)
    assert group.size == n and isinstance(group.shape, NeuronDimension)
    assert getGrid is get_squared_dim and Grid is NeuronGrid is NeuronDimension


def test_no_neurons_are_a_grid_of_nothing():
    from monnto._engine import squared_grid

    assert (squared_grid(0).width, squared_grid(0).height) == (0, 0)


@pytest.mark.parametrize("centered", [True, False])
def test_coordinates_are_those_of_the_formula(centered):
    group = grid(Network(), width=3, height=4, depth=2, centered=centered)
    i = np.arange(24)
    places = [i % 3, i // 3 % 4, i // 12]
    for axis, place, extent in zip("xyz", places, (3, 4, 2)):
        expected = place - (extent - 1) / 2 * centered
        assert np.array_equal(getattr(group, axis), expected)
        assert getattr(group, axis).dtype == np.float32


def test_moves_chain_and_keep_the_dtype():
    group = grid(Network())
    shape = group.shape.move(1, 2, 3).scale(2, 1, 1)
    assert shape is group.shape
    assert np.array_equal(group.x[:3], [-2, 0, 2]) and group.y[0] == 0 and group.z[0] == 3
    assert group.x.dtype == np.float32
    shape.set_positions()
    assert group.x[0] == -2
    shape.set_positions(3, 10)
    assert group.x[:4].tolist() == [0, 1, 2, 0] and group.y[:4].tolist() == [0, 0, 0, 1]


def test_moves_change_the_arrays_that_others_hold():
    group = grid(Network())
    x = group.x
    group.shape.move(1).scale(2)
    assert group.x is x and x[0] == -2


def test_rotate_turns_counter_clockwise():
    group = grid(Network(), width=2, height=1, centered=False)
    group.shape.rotate([0, 0, 1], np.pi / 2)
    assert np.allclose(group.x, [0, 0], atol=1e-7) and np.allclose(group.y, [0, 1])
    assert np.allclose(rotation_matrix([0, 0, 3], np.pi / 2) @ [1, 0, 0], [0, 1, 0])
    with pytest.raises(ValueError, match="of length 0"):
        group.shape.rotate([0, 0, 0], 1)


def test_noise_is_uniform_in_its_width():
    net = Network(seed=1)
    group = grid(net, width=40, height=40)
    before = group.x.copy()
    group.shape.noise(x_noise=0.5, y_noise=0, z_noise=0)
    moved = group.x - before
    assert -0.25 <= moved.min() < -0.2 and 0.2 < moved.max() <= 0.25
    group.shape.set_positions().noise(1, 0, 0, centered=False)
    assert (group.x - before).min() >= 0


def test_stretching_covers_another_group():
    net = Network()
    small, large = grid(net, "a", 3, 3), grid(net, "b", 6, 12)
    small.shape.stretch_to_equal_size(large)
    assert np.array_equal(small.x[:3], [-2, 0, 2]) and small.y[0] == -4


def test_area_masks_count_places_and_have_open_limits():
    group = grid(Network(), width=4, height=3)
    shape = group.shape
    assert shape.get_area_mask().all()
    assert np.flatnonzero(shape.get_area_mask(xmin=1, xmax=3, ymax=1)).tolist() == [1, 2]
    assert shape.get_area_mask(ymin=2).sum() == 4 == shape.get_area_mask(ymin=-1).sum()
    shape.move(100)  # places are those of the grid, wherever the neurons are
    assert np.flatnonzero(shape.get_area_mask(xmin=1, xmax=3, ymax=1)).tolist() == [1, 2]


def test_patterns_enlarge_the_grid_and_transformations_replace_places():
    class Pattern:
        def get_pattern_dimension(self):
            return self.shape

    def grid_for(*shape):
        pattern = Pattern()
        pattern.shape = shape
        group = NeuronGroup(Network(), NeuronDimension(width=5, input_patterns=[pattern]))
        return group.width, group.height, group.depth

    assert grid_for(9) == (5, 9, 1)
    assert grid_for(9, 7) == (7, 9, 1)  # rows and columns
    assert grid_for(2, 9, 3) == (5, 9, 2)
    group = grid(Network(), width=2, height=2)
    chosen = group.shape.apply_pattern_transformation_function([0, 3, 4, 11], hup=3, wup=4)
    assert chosen is group.shape
    assert group.x.tolist() == [0, 3, 0, 3] and group.y.tolist() == [0, 0, 1, 2]
    with pytest.raises(ValueError, match="indices below 12"):
        group.shape.apply_pattern_transformation_function([0, 0, 0, 12], 3, 4)


def test_id_has_the_size_of_the_grid():
    assert len(grid(Network()).id) == 25


def test_vectors_become_matrices():
    assert vec_to_mat([1, 2], 3).tolist() == [[1, 2], [1, 2], [1, 2]]
    assert vec_to_mat_transposed([1, 2], 3).tolist() == [[1, 1, 1], [2, 2, 2]]


# -- masks


def enabled_pairs(behavior, later=False, **settings):
    net = Network(settings=settings)
    group = grid(net)
    synapse = SynapseGroup(net, group, group, behavior={} if later else {1: behavior})
    if later:
        synapse.add_behavior(1, behavior)
    return synapse.enabled


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize("order", [DxS, SxD])
def test_receptive_fields_enable_the_documented_pairs(later, order):
    def count(behavior):
        return int(np.sum(enabled_pairs(behavior, later, syn_dim=order)))

    assert count(Box_Receptive_Fields(range=1)) == 169
    assert count(Circle_Receptive_Fields(radius=1)) == 105
    assert count(Remove_Autapses()) == 600
    assert count(Box_Receptive_Fields(range=1, remove_autapses=True)) == 144


def test_masks_multiply():
    net = Network()
    group = grid(net)
    synapse = SynapseGroup(
        net, group, group, behavior={1: Box_Receptive_Fields(range=1), 2: Remove_Autapses()}
    )
    assert np.sum(synapse.enabled) == 144


def test_own_receptive_fields_see_indices_and_coordinates():
    class Below(Receptive_Fields):
        def get_enabled_mat(self, synapses, s_id, sx, sy, sz, d_id, dx, dy, dz):
            assert s_id.shape == (1, 6) and dx.shape == (25, 1)
            return (sy < dy) & (s_id >= 0)

    net = Network(settings={"syn_dim": SxD})
    synapse = SynapseGroup(net, grid(net, "a", 3, 2), grid(net, "b"), behavior={1: Below()})
    assert synapse.enabled.shape == (6, 25)
    # y of the source: -0.5 and 0.5; of the destination: -2 ... 2.
    assert np.sum(synapse.enabled) == 3 * 5 * 3 + 3 * 5 * 2
    with pytest.raises(NotImplementedError, match="get_enabled_mat"):
        SynapseGroup(net, "a", "b", behavior={1: Receptive_Fields()})


def test_a_range_is_required():
    with pytest.raises(ValueError, match="range = missing"):
        enabled_pairs(Box_Receptive_Fields())


# -- boxes and subgroups


def test_boxes_of_a_grid():
    group = grid(Network())
    assert [int(m.sum()) for m in group.partition_masks([2, 2, 1])] == [9, 6, 6, 4]
    blocks = group.split_grid_into_sub_group_blocks([2, 2, 1])
    assert [block.size for block in blocks] == [9, 6, 6, 4]
    assert group.partition_size(1) == [group]
    assert len(group.partition_size(2)) == 8  # half of them empty: the grid is flat
    near = group.get_subgroup_receptive_field_mask(blocks[0], [1, 1, 1])
    assert near.sum() == 16


def test_subgroups_read_copies_and_write_through():
    group = grid(Network())
    group.v = group.vector()
    group.rate = 3.0
    part = group.subGroup(group.x > 0)
    part.v[:] = 7
    assert group.v.sum() == 0
    part.v += 1
    assert group.v.sum() == 10 == part.size
    assert part.vector().shape == (25,)  # of the group: see S27
    part.rate = 5.0  # a number goes to the group
    assert group.rate == 5.0
    assert part.id_mask.tolist() == np.flatnonzero(group.x > 0).tolist()
    assert part.BaseNeuronGroup is group and part.group_without_subGroup() is group


def test_synapses_of_subgroups_are_listed_by_their_groups():
    net = Network()
    group = grid(net)
    part = group.subGroup(group.y > 0)
    synapse = SynapseGroup(net, group, part, tag="S")
    assert synapse.matrix_dim() == (10, 25)
    assert group.synapses(afferent, "S") == [synapse] == group.synapses(efferent, "S")
    assert group.synapses(afferent, "unknown") == []


# -- partition


class Receive(Behavior):
    def iteration(self, synapses):
        synapses.dst.v += synapses.ignore_transpose_mode(synapses.W).dot(synapses.src.spike)


def local_network(steps, order=DxS, whole=True):
    net = Network(settings={"syn_dim": order}, seed=5)
    group = grid(net, width=8, height=6)
    group.v = group.vector()
    group.spike = group.vector("bernoulli(0.4)") > 0
    synapse = SynapseGroup(
        net, "n", "n", tag="GLU", behavior={1: Circle_Receptive_Fields(radius=1.5), 5: Receive()}
    )
    synapse.W = synapse.matrix("uniform") * synapse.enabled
    synapse.name = "kept"
    if not whole:
        synapse.add_behavior(2, Partition(split_size=steps))
    net.initialize(info=False)
    return net, group


@pytest.mark.parametrize("order", [DxS, SxD])
@pytest.mark.parametrize("steps", [[2, 2, 1], [3, 1, 1], [8, 6, 1]])
def test_parts_deliver_what_the_whole_does(order, steps, capsys):
    whole_net, whole = local_network(steps, order)
    parts_net, parts = local_network(steps, order, whole=False)
    assert len(parts_net.SynapseGroups) == steps[0] * steps[1]
    for net in (whole_net, parts_net):
        net.simulate_iterations(4)
    assert np.array_equal(whole.v, parts.v) and whole.v.sum() > 0
    assert "instead of 2304" in capsys.readouterr().out


def test_partition_as_derived_by_hand():
    net = Network()
    group = grid(net)
    SynapseGroup(
        net,
        "n",
        "n",
        tag="GLU",
        behavior={1: Box_Receptive_Fields(range=1), 2: Partition(split_size=[2, 2, 1])},
    )
    parts = group.synapses(afferent, "GLU")
    assert [(p.dst.size, p.src.size) for p in parts] == [(9, 16), (6, 12), (6, 12), (4, 9)]
    assert sum(p.dst.size * p.src.size for p in parts) == 324
    assert sum(int(np.sum(p.enabled)) for p in parts) == 169
    assert group.synapses(efferent, "GLU") == parts == net.SynapseGroups == net["GLU"]
    assert parts[0].tags == ["GLU", "SynapseGroup", "syn", "n_to_n", "partitioned"]
    assert 1 in parts[0].behavior and 2 not in parts[0].behavior
    net.initialize(info=False)
    net.simulate_iterations(2)


def test_parts_share_small_attributes_and_copy_behaviors():
    _, group = local_network([2, 2, 1], whole=False)
    parts = group.synapses(afferent, "GLU")
    assert {part.name for part in parts} == {"kept"}
    assert parts[0].behavior[5] is not parts[1].behavior[5]
    assert parts[0].W.shape == parts[0].matrix_dim()


def test_auto_leaves_small_groups_alone():
    net = Network()
    small = grid(net)
    SynapseGroup(net, "n", "n", tag="S", behavior={1: Partition()})
    assert [s.src for s in net.SynapseGroups] == [small]
    large = grid(net, "large", 50, 20)
    SynapseGroup(
        net,
        large,
        large,
        tag="L",
        behavior={1: Box_Receptive_Fields(range=2), 2: Partition("auto")},
    )
    assert len(net["L"]) == 14  # 7 x 2
    with pytest.raises(ValueError, match="split_size"):
        SynapseGroup(net, "n", "n", behavior={1: Partition("none")})


# -- geometry of synapses


def test_matrices_that_follow_from_places():
    net = Network()
    group = grid(net)
    synapse = SynapseGroup(net, group, group)
    near = synapse.get_distance_mat(2)
    assert near.shape == (25, 25) and near[3, 3] == 1 and near[0, 24] == 0
    assert np.isclose(near[12, 13], (2 - 1) / 2)
    assert synapse.get_ring_mat(2, 2).max() == 1
    assert synapse.get_max_receptive_field_size() == (4, 4, 1)
    fixed = synapse.get_random_synapse_mat_fixed(3)
    assert ((fixed > 0).sum(axis=1) == 3).all() and fixed.max() < 1


def test_size_factors_weigh_by_size():
    net = Network()
    NeuronGroup(net, 10, tag="a")
    NeuronGroup(net, 30, tag="b")
    first = SynapseGroup(net, "a", "b", tag="GLU")
    second = SynapseGroup(net, "b", "b", tag="GLU")
    second.group_weighting = 2.0
    assert np.isclose(first.get_synapse_group_size_factor(first, "GLU"), 3 / 70 * 10)
    assert np.isclose(first.get_synapse_group_size_factor(second, "GLU"), 3 / 70 * 60)


def test_neighbors_are_asked_for_values():
    net = Network()
    a, b = NeuronGroup(net, 2, tag="a"), NeuronGroup(net, 3, tag="b")
    SynapseGroup(net, a, b, tag="GLU")
    a.rate, b.rate = 1, 2
    a.add_behavior(1, Behavior()).rate = 7
    ask = b.connected_NG_param_list
    assert ask("rate", "GLU", afferent_NGs=True) == [1]
    assert ask("rate", "GLU", afferent_NGs=True, same_NG=True) == [2, 1]
    assert ask("rate", "GLU", afferent_NGs=True, search_behaviors=True) == [1, 7]
    assert a.connected_NG_param_list("rate", "GLU", efferent_NGs=True) == [2]
    a.twice = lambda group: group.size * 2
    assert ask("twice", afferent_NGs=True) == [4]
    assert b.get_combined_synapse_shape("GLU") == (3, 2)
