"""Where activity comes from and goes to: spreading a pattern through the weights of a network."""

from __future__ import annotations

from monnto.tagged import bad_parameter

_MODES = ("forward", "backward")
_ACCUMULATION = ("additive", "first_touch", "forget")
_FILTERS = ("all", "biggest")


class Reconstruct_Analyze_Label_Network:  # noqa: N801
    """Spreads `recon`, a vector of each neuron group, through all synapse groups of one tag.

    ``r = Reconstruct_Analyze_Label_Network(net); r.zero_recon(); group.recon[0] = 1;
    r.propagation("W", 3, "backward", "forget")``: then `recon` says how much each neuron contributes
    to neuron 0 three steps later.
    """

    def __init__(self, network):
        self.network = network

    def zero_recon(self) -> None:
        """Set `recon` of every group to zeros."""
        for group in self.network.NeuronGroups:
            group.recon = group.vector()

    def propagation(
        self,
        weight_attribute_name,
        recon_steps,
        propagation_mode="forward",
        accumulation_mode="additive",
        synapse_filter="all",
        clip_min=None,
        clip_max=None,
        temporal_recon_groups=(),
        layer_compute_groups=(),
        exponent=None,
        normalize=False,
        filter_weakest_percent=None,
        tag="GLU",
    ) -> None:
        """Take `recon_steps` steps along the weights.

        `propagation_mode`: 'forward' adds W.src to the destination, 'backward' W^T.dst to the source.
        `accumulation_mode`: 'additive' adds to what is there, 'forget' replaces it, 'first_touch' gives
        values to neurons that have none yet.
        `synapse_filter`: 'all', 'biggest' (of each row), or the fraction of a row's maximum below which
        weights do not count.
        After each step and in every group: `recon` is raised to `exponent`, divided by its maximum
        (`normalize`), freed from the weakest `filter_weakest_percent` of its values above 0, and clipped.
        Groups in `temporal_recon_groups` get a list `temporal_recon` with a copy of each step, those in
        `layer_compute_groups` a vector `layer_recon` with the step in which a neuron was first reached
        (inf: never).
        """
        _check("propagation_mode", propagation_mode, _MODES)
        _check("accumulation_mode", accumulation_mode, _ACCUMULATION)
        import numpy as np

        groups = self.network.NeuronGroups
        values = {id(g): np.array(g.recon, dtype=float) for g in groups}
        matrices = self._matrices(weight_attribute_name, tag, synapse_filter)
        for group in temporal_recon_groups:
            group.temporal_recon = []
        for group in layer_compute_groups:
            group.layer_recon = np.full(group.size, np.inf, dtype=group.def_dtype)
        for step in range(1, recon_steps + 1):
            arriving = _arriving(matrices, values, propagation_mode == "backward")
            for group in groups:
                came = arriving.get(id(group), np.zeros(group.size))
                new = _accumulated(values[id(group)], came, accumulation_mode)
                new = _shaped(new, exponent, normalize, filter_weakest_percent)
                values[id(group)] = (
                    np.clip(new, clip_min, clip_max) if _is_clipped(clip_min, clip_max) else new
                )
                if any(group is g for g in temporal_recon_groups):
                    group.temporal_recon.append(values[id(group)].copy())
                if any(group is g for g in layer_compute_groups):
                    first = (came != 0) & np.isinf(np.asarray(group.layer_recon))
                    group.layer_recon[first] = step
        for group in groups:
            group.recon = values[id(group)].astype(group.def_dtype)

    def _matrices(self, attribute: str, tag: str, synapse_filter) -> list:
        """(source, destination, indices of both, weights (destination, source)) of each group."""
        import numpy as np

        found = []
        for synapse in self.network[tag]:
            if not hasattr(synapse, attribute):
                continue
            weights = np.asarray(
                synapse.ignore_transpose_mode(getattr(synapse, attribute)), dtype=float
            )
            ends = [e.group_without_subGroup() for e in (synapse.src, synapse.dst)]
            places = [_places(e) for e in (synapse.src, synapse.dst)]
            found.append((*ends, *places, _filtered(weights, synapse_filter)))
        return found


def _check(name: str, value, known) -> None:
    if value not in known:
        raise bad_parameter(name, repr(value), " or ".join(map(repr, known)))


def _is_clipped(low, high) -> bool:
    return low is not None or high is not None


def _places(group):
    import numpy as np

    return np.asarray(group.id_mask) if hasattr(group, "id_mask") else np.arange(group.size)


def _filtered(weights, synapse_filter):
    """Weights that count."""
    import numpy as np

    if synapse_filter == "all":
        return weights
    largest = weights.max(axis=1, keepdims=True, initial=0.0)
    if synapse_filter == "biggest":
        return np.where((weights == largest) & (weights != 0), weights, 0.0)
    if isinstance(synapse_filter, str):
        raise bad_parameter(
            "synapse_filter", repr(synapse_filter), "'all', 'biggest' or a fraction"
        )
    return np.where(weights >= largest * synapse_filter, weights, 0.0)


def _arriving(matrices, values, is_backward: bool) -> dict:
    """What each group gets in one step, by the id of the group."""
    import numpy as np

    found: dict = {}
    for source, destination, source_ids, destination_ids, weights in matrices:
        start, end, start_ids, end_ids = source, destination, source_ids, destination_ids
        if is_backward:
            start, end, start_ids, end_ids = end, start, end_ids, start_ids
        came = found.setdefault(id(end), np.zeros(end.size))
        came[end_ids] += (weights.T if is_backward else weights) @ values[id(start)][start_ids]
    return found


def _accumulated(old, came, mode: str):
    import numpy as np

    if mode == "additive":
        return old + came
    return came if mode == "forget" else np.where(old == 0, came, old)


def _shaped(values, exponent, normalize: bool, weakest):
    import numpy as np

    if exponent is not None:
        values = values**exponent
    if normalize and values.max(initial=0.0) > 0:
        values = values / values.max()
    if weakest:
        above = values[values > 0]
        if len(above):
            values = np.where(values < np.percentile(above, weakest), 0.0, values)
    return values


def compute_temporal_reconstruction(
    network,
    single_neuron_group=None,
    single_neuron_id=None,
    recon_group_tag="recon",
    tag="GLU",
):
    """Which input symbols led to activity, step by step back in time.

    Starts from one neuron of a group, or from the present `output` of all groups; goes ten steps back
    with exponent 4, normalized, without the weakest 40 %. Each step is projected on the `Input_Weights`
    (neurons, symbols) of the groups tagged `recon_group_tag`, and the last step, which is what always
    comes out, subtracted. Returns a list over time of one value per symbol.
    """
    import numpy as np

    reconstruct = Reconstruct_Analyze_Label_Network(network)
    reconstruct.zero_recon()
    if single_neuron_group is not None:
        single_neuron_group.recon[single_neuron_id] = 1.0
    else:
        for part in network.NeuronGroups:
            if hasattr(part, "output"):
                part.recon = np.array(part.output, dtype=part.def_dtype)
    groups = [g for g in network[recon_group_tag] if hasattr(g, "Input_Weights")]
    if not groups:
        raise bad_parameter("recon_group_tag", repr(recon_group_tag), "groups with Input_Weights")
    reconstruct.propagation(
        *("W", 10, "backward", "forget"),
        temporal_recon_groups=groups,
        exponent=4,
        normalize=True,
        filter_weakest_percent=40,
        tag=tag,
    )
    steps = zip(*(g.temporal_recon for g in groups))
    symbols = [
        sum(np.asarray(g.Input_Weights).T @ values for g, values in zip(groups, step))
        for step in steps
    ]
    return [values - symbols[-1] for values in symbols]


def generate_text_from_recon_mat(recon_mat, generator) -> str:
    """The symbol with the largest value of each step, in order of time, as text.

    `generator.index_to_char(i)` says which symbol an index stands for.
    """
    import numpy as np

    indices = [int(np.argmax(values)) for values in recon_mat]
    return "".join(generator.index_to_char(i) for i in reversed(indices))
