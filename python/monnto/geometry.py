"""Cutting a neuron group into boxes; needs the coordinates of a NeuronDimension."""

from __future__ import annotations


class Geometry:
    """Methods of NeuronGroup that work on x, y and z."""

    __slots__ = ()

    def partition_masks(self, steps=(1, 1, 1)) -> list:
        """Masks of equal boxes of the bounding box; each neuron is in the first that holds it."""
        import numpy as np

        axes = [np.asarray(axis, dtype=float) for axis in (self.x, self.y, self.z)]
        edges = [
            np.linspace(axis.min(), axis.max(), int(count) + 1)
            for axis, count in zip(axes, steps, strict=True)
        ]
        taken = np.zeros(self.size, dtype=bool)
        masks = []
        for ix in range(int(steps[0])):
            for iy in range(int(steps[1])):
                for iz in range(int(steps[2])):
                    inside = ~taken
                    for axis, edge, i in zip(axes, edges, (ix, iy, iz), strict=True):
                        inside &= (axis >= edge[i]) & (axis <= edge[i + 1])
                    taken |= inside
                    masks.append(inside)
        return masks

    def split_grid_into_sub_group_blocks(self, steps=(1, 1, 1)) -> list:
        """The boxes of partition_masks as subgroups."""
        return [self.subGroup(mask) for mask in self.partition_masks(steps)]

    def partition_size(self, block_size=7) -> list:
        """[self] below 2, otherwise block_size**3 boxes."""
        if block_size < 2:
            return [self]
        return self.split_grid_into_sub_group_blocks([block_size] * 3)

    def get_subgroup_receptive_field_mask(self, subgroup, xyz_rf=(1, 1, 1)):
        """Neurons inside the subgroup's bounding box, widened by `xyz_rf`."""
        import numpy as np

        inside = np.ones(self.size, dtype=bool)
        for name, margin in zip("xyz", xyz_rf, strict=True):
            own = np.asarray(getattr(self, name))
            box = np.asarray(getattr(subgroup, name))
            inside &= (own >= box.min() - margin) & (own <= box.max() + margin)
        return inside
