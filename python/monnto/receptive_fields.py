"""Which pairs of neurons may have a synapse: behaviors of synapse groups."""

from __future__ import annotations

from monnto import _engine
from monnto.behavior import Behavior
from monnto.geometry import coordinates


class Receptive_Fields(Behavior):  # noqa: N801
    """Multiplies `synapses.enabled` by a mask; override `get_enabled_mat`.

    Needs coordinates in both groups, as NeuronDimension gives them. Works in the constructor of a
    SynapseGroup as well as attached later.
    """

    initialize_on_init = True

    def initialize(self, synapses):
        import numpy as np

        mask = self._mask(synapses)
        mask = np.broadcast_to(mask, (synapses.dst.size, synapses.src.size))
        if synapses.network.transposed_synapse_matrix_mode:
            mask = mask.T
        synapses.enabled = np.asarray(synapses.enabled) * np.asarray(mask)

    def _mask(self, synapses):
        import numpy as np

        source, destination = coordinates(synapses.src), coordinates(synapses.dst)
        return self.get_enabled_mat(
            synapses,
            np.arange(synapses.src.size)[None, :],
            *(axis[None, :] for axis in source),
            np.arange(synapses.dst.size)[:, None],
            *(axis[:, None] for axis in destination),
        )

    def get_enabled_mat(self, synapses, s_id, sx, sy, sz, d_id, dx, dy, dz):
        """A boolean matrix (destination, source); the arguments broadcast to that shape."""
        raise NotImplementedError(f"{type(self).__name__} must override get_enabled_mat")

    def _of_engine(self, function, synapses, reach):
        mask = function(coordinates(synapses.src), coordinates(synapses.dst), float(reach))
        if self.parameter("remove_autapses", False) and synapses.src is synapses.dst:
            mask = mask & _engine.off_diagonal(synapses.dst.size, synapses.src.size)
        return mask


class Remove_Autapses(Receptive_Fields):  # noqa: N801
    """No synapse from a neuron to the one of the same index."""

    def _mask(self, synapses):
        return _engine.off_diagonal(synapses.dst.size, synapses.src.size)


class Box_Receptive_Fields(Receptive_Fields):  # noqa: N801
    """Synapses where no coordinate differs by more than `range`; optional: `remove_autapses`."""

    def _mask(self, synapses):
        reach = self.parameter("range", required=True)
        return self._of_engine(_engine.within_box, synapses, reach)


class Circle_Receptive_Fields(Receptive_Fields):  # noqa: N801
    """Synapses up to a distance of `radius`; optional: `remove_autapses`."""

    def _mask(self, synapses):
        radius = self.parameter("radius", required=True)
        return self._of_engine(_engine.within_circle, synapses, radius)
