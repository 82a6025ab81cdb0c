"""Weights of several synapse groups as one matrix, also where a Partition has split them."""

from __future__ import annotations

from monnto.constants import afferent
from monnto.neuron_subgroup import NeuronSubGroup


def get_combined_syn_mats(synapses, neuron_id=None, attr="W") -> dict:
    """{joined tags: matrix (destination, source)} of groups that belong together.

    Parts of a partitioned group become the matrix of the whole, with 0 where no part is. With
    `neuron_id` only the row of that neuron, in the shape (depth, height, width) of the source's
    grid where it has one.
    """
    import numpy as np

    combined: dict = {}
    for synapse in synapses:
        values = getattr(synapse, attr, None)
        if getattr(values, "ndim", 0) != 2:
            continue
        whole = combined.setdefault(_name(synapse), _empty_matrix(synapse, values))
        rows, columns = _places(synapse.dst), _places(synapse.src)
        whole[np.ix_(rows, columns)] += np.asarray(synapse.ignore_transpose_mode(values))
    if neuron_id is None:
        return combined
    groups = {_name(synapse): synapse.src.group_without_subGroup() for synapse in synapses}
    return {name: _in_grid(matrix[neuron_id], groups[name]) for name, matrix in combined.items()}


def _name(synapse) -> str:
    return ",".join(tag for tag in synapse.tags if tag != "partitioned")


def _empty_matrix(synapse, values):
    import numpy as np

    ends = synapse.dst.group_without_subGroup(), synapse.src.group_without_subGroup()
    return np.zeros([group.size for group in ends], dtype=values.dtype)


def _places(group):
    """Indices of a group's or subgroup's neurons in the group."""
    import numpy as np

    return np.asarray(group.id_mask) if isinstance(group, NeuronSubGroup) else np.arange(group.size)


def _in_grid(row, group):
    extents = [getattr(group, name, 0) for name in ("depth", "height", "width")]
    if extents[0] * extents[1] * extents[2] != group.size:
        return row
    return row.reshape(extents[1:] if extents[0] == 1 else extents)


def get_partitioned_synapse_matrix(neurons, synapse_tag, synapse_var, return_first=True):
    """The matrix (destination, source) of all afferent synapses of a tag, parts put together.

    The first one where several groups have that tag, or, without `return_first`, a list of all.
    """
    found = get_combined_syn_mats(neurons.synapses(afferent, synapse_tag), attr=synapse_var)
    matrices = list(found.values())
    if not return_first:
        return matrices
    return matrices[0] if matrices else None


def set_partitioned_synapse_matrix(neurons, synapse_tag, synapse_var, mat) -> None:
    """Give each afferent synapse group of a tag its part of a matrix (destination, source)."""
    import numpy as np

    whole = np.asarray(mat)
    for synapse in neurons.synapses(afferent, synapse_tag):
        part = whole[np.ix_(_places(synapse.dst), _places(synapse.src))]
        # Of our own, in the order of the network.
        setattr(synapse, synapse_var, np.array(synapse.ignore_transpose_mode(part), order="C"))


def SingleNeuron_attached_SubSGs(neuron_group, synapse_tag, neuron_id) -> list:  # noqa: N802
    """The afferent synapse groups of a tag, whole or parts, that reach one neuron."""
    return [s for s in neuron_group.synapses(afferent, synapse_tag) if neuron_id in _places(s.dst)]


def get_single_neuron_combined_partition_matrix(
    neurons, synapse_tag, synapse_var, neuron_id, return_first=True
):
    """The weights of one neuron from every neuron of the source, 0 where there are none.

    Of the first synapse group with that tag, or, without `return_first`, a list of all.
    """
    groups = SingleNeuron_attached_SubSGs(neurons, synapse_tag, neuron_id)
    rows = [*get_combined_syn_mats(groups, neuron_id=neuron_id, attr=synapse_var).values()]
    return next(iter(rows), None) if return_first else rows


def get_unique_non_partitioned_Groups(groups) -> list:  # noqa: N802
    """One synapse group for each set of tags: the first of its parts where it was split."""
    unique: dict = {}
    for group in groups:
        unique.setdefault(_name(group), group)
    return list(unique.values())
