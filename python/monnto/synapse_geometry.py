"""Matrices that follow from where neurons are; they need the coordinates of a NeuronDimension."""

from __future__ import annotations

import copy


class SynapseGeometry:
    """Methods of SynapseGroup that work on x, y and z, and on parts of its matrix.

    All matrices here are (destination, source).
    """

    __slots__ = ()

    def get_distance_mat(self, radius, src_x=None, src_y=None, dst_x=None, dst_y=None):
        """How far inside `radius` each source lies, in the plane; rows divided by their maximum."""
        import numpy as np

        dx = _place(self.dst, "x", dst_x)[:, None] - _place(self.src, "x", src_x)[None, :]
        dy = _place(self.dst, "y", dst_y)[:, None] - _place(self.src, "y", src_y)[None, :]
        inside = np.clip(radius - np.hypot(dx, dy), 0.0, None)
        highest = inside.max(axis=1, keepdims=True)
        return inside / np.where(highest > 0, highest, 1.0)

    def get_ring_mat(self, radius, inner_exp, src_x=None, src_y=None, dst_x=None, dst_y=None):
        """As get_distance_mat, with a hole in the middle that `inner_exp` shapes."""
        import numpy as np

        near = self.get_distance_mat(radius, src_x, src_y, dst_x, dst_y)
        ring = np.clip(near - 1.5 * near**inner_exp, 0.0, None)
        return ring / (ring.max() or 1.0)

    def get_max_receptive_field_size(self) -> tuple:
        """The largest |dx|, |dy|, |dz| over all enabled pairs, at least 1 each."""
        import numpy as np

        shape = (self.dst.size, self.src.size)
        enabled = np.broadcast_to(np.asarray(self._enabled_by_destination()), shape)
        reach = []
        for axis in "xyz":
            apart = np.abs(_place(self.dst, axis)[:, None] - _place(self.src, axis)[None, :])
            reach.append(max(1.0, float(apart[enabled].max(initial=0.0))))
        return tuple(reach)

    def get_sub_synapse_group(self, src_mask, dst_mask):
        """A synapse group between parts of both groups: tags, behaviors, attributes are copied.

        `enabled` is cut out; other attributes are shared.
        """
        import numpy as np

        source, destination = self.src.subGroup(src_mask), self.dst.subGroup(dst_mask)
        part = type(self)(self.network, source, destination, tag=self._user_tags())
        for name, value in vars(self).items():
            if not name.startswith("_") and name not in ("behavior", "analysis_modules", "enabled"):
                setattr(part, name, value)
        shape = (self.dst.size, self.src.size)
        whole = np.broadcast_to(np.asarray(self._enabled_by_destination()), shape)
        cut = whole[np.asarray(destination.id_mask)][:, np.asarray(source.id_mask)]
        part.enabled = cut if not self.network.transposed_synapse_matrix_mode else cut.T.copy()
        for key, behavior in self.behavior.items():
            part.add_behavior(key, copy.copy(behavior), initialize=False)
        return part

    def _enabled_by_destination(self):
        if getattr(self.enabled, "ndim", 0) < 2:
            return self.enabled
        return self.ignore_transpose_mode(self.enabled)

    def _user_tags(self) -> str:
        return ",".join(self.tags[: self.tags.index(type(self).__name__)])


def _place(group, axis: str, given=None):
    import numpy as np

    return np.asarray(getattr(group, axis) if given is None else given, dtype=float)
