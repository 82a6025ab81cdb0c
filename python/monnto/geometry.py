"""Cutting a neuron group into boxes; needs the coordinates of a NeuronDimension."""

from __future__ import annotations

from monnto import _engine


def coordinates(group) -> list:
    """x, y and z of a group or subgroup, one value per neuron; 0 for those that it has not."""
    import numpy as np

    found = []
    for axis in "xyz":
        values = np.asarray(getattr(group, axis, 0.0), dtype=float)
        found.append(np.broadcast_to(values, (group.size,)).copy() if values.ndim == 0 else values)
    return found


class Geometry:
    """Methods of NeuronGroup that work on x, y and z."""

    __slots__ = ()

    def partition_masks(self, steps=(1, 1, 1)) -> list:
        """Masks of equal boxes of the bounding box; each neuron is in the first that holds it."""
        return _engine.box_masks(coordinates(self), [int(count) for count in steps])

    def split_grid_into_sub_group_blocks(self, steps=(1, 1, 1)) -> list:
        """The boxes of partition_masks as subgroups."""
        return [self.subGroup(mask) for mask in self.partition_masks(steps)]

    def partition_size(self, block_size=7) -> list:
        """[self] below 2, otherwise block_size**3 boxes, the empty ones included."""
        if block_size < 2:
            return [self]
        return self.split_grid_into_sub_group_blocks([block_size] * 3)

    def get_subgroup_receptive_field_mask(self, subgroup, xyz_rf=(1, 1, 1)):
        """Neurons inside the subgroup's bounding box, widened by `xyz_rf`."""
        margin = [float(part) for part in xyz_rf]
        return _engine.near_mask(coordinates(self), coordinates(subgroup), margin)
