"""Which pairs of neurons may have a synapse: behaviors of synapse groups."""

from __future__ import annotations

from monnto.behavior import Behavior


class Receptive_Fields(Behavior):  # noqa: N801
    """Multiplies `synapses.enabled` by a mask; override `get_enabled_mat`.

    Needs coordinates in both groups, as NeuronDimension gives them.
    """

    initialize_on_init = True

    def initialize(self, synapses):
        import numpy as np

        source, destination = _coordinates(synapses.src), _coordinates(synapses.dst)
        mask = self.get_enabled_mat(
            synapses,
            np.arange(synapses.src.size)[None, :],
            *(axis[None, :] for axis in source),
            np.arange(synapses.dst.size)[:, None],
            *(axis[:, None] for axis in destination),
        )
        mask = np.broadcast_to(mask, (synapses.dst.size, synapses.src.size))
        if synapses.network.transposed_synapse_matrix_mode:
            mask = mask.T
        synapses.enabled = np.asarray(synapses.enabled) * mask

    def get_enabled_mat(self, synapses, s_id, sx, sy, sz, d_id, dx, dy, dz):
        """A boolean matrix (destination, source) of coordinates that broadcast to it."""
        raise NotImplementedError

    def _without_autapses(self, synapses, mask, s_id, d_id):
        if self.parameter("remove_autapses", False) and synapses.src is synapses.dst:
            return mask & (s_id != d_id)
        return mask


def _coordinates(group) -> list:
    import numpy as np

    flat = np.zeros(group.size)
    return [np.asarray(getattr(group, axis, flat), dtype=float) for axis in "xyz"]


class Remove_Autapses(Receptive_Fields):  # noqa: N801
    """No synapse from a neuron to itself."""

    def get_enabled_mat(self, synapses, s_id, sx, sy, sz, d_id, dx, dy, dz):
        return s_id != d_id


class Box_Receptive_Fields(Receptive_Fields):  # noqa: N801
    """Synapses where no coordinate differs by more than `range`."""

    def get_enabled_mat(self, synapses, s_id, sx, sy, sz, d_id, dx, dy, dz):
        reach = self.parameter("range", required=True)
        inside = (abs(sx - dx) <= reach) & (abs(sy - dy) <= reach) & (abs(sz - dz) <= reach)
        return self._without_autapses(synapses, inside, s_id, d_id)


class Circle_Receptive_Fields(Receptive_Fields):  # noqa: N801
    """Synapses up to a distance of `radius`."""

    def get_enabled_mat(self, synapses, s_id, sx, sy, sz, d_id, dx, dy, dz):
        radius = self.parameter("radius", required=True)
        inside = (sx - dx) ** 2 + (sy - dy) ** 2 + (sz - dz) ** 2 <= radius**2
        return self._without_autapses(synapses, inside, s_id, d_id)
