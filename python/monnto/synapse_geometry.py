"""Matrices that follow from where neurons are; they need the coordinates of a NeuronDimension."""

from __future__ import annotations

import copy

from monnto import _engine
from monnto.geometry import coordinates
from monnto.partition import Partition


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
        reach = _engine.largest_reach(
            self._enabled_pairs(), coordinates(self.src), coordinates(self.dst)
        )
        return tuple(reach)

    def get_sub_synapse_group(self, src_mask, dst_mask):
        """A synapse group between parts of both groups: tags, behaviors, attributes are copied.

        `enabled` and every other attribute of the shape of the matrix are cut out; attributes of
        other shapes are shared. It is listed by `synapses()` of both groups.
        """
        source, destination = self.src.subGroup(src_mask), self.dst.subGroup(dst_mask)
        part = type(self)(self.network, source, destination, tag=self._user_tags())
        rows, columns = _where(dst_mask), _where(src_mask)
        if self.network.transposed_synapse_matrix_mode:
            rows, columns = columns, rows
        for name, value in list(vars(self).items()):
            if name.startswith("_") or name in ("behavior", "analysis_modules"):
                continue
            if getattr(value, "shape", None) == self.matrix_dim():
                value = value[rows[:, None], columns[None, :]]
            setattr(part, name, value)
        part.recording = self.recording
        part.group_weighting = self.group_weighting
        for key, behavior in self.behavior.items():
            if not isinstance(behavior, Partition):
                part.add_behavior(key, copy.copy(behavior), initialize=False)
        return part

    def _enabled_pairs(self):
        """`enabled` as a boolean matrix (destination, source)."""
        import numpy as np

        shape = (self.dst.size, self.src.size)
        return np.broadcast_to(np.asarray(self._enabled_by_destination()), shape).astype(bool)

    def _enabled_by_destination(self):
        if getattr(self.enabled, "ndim", 0) < 2:
            return self.enabled
        return self.ignore_transpose_mode(self.enabled)

    def _user_tags(self) -> str:
        return ",".join(self.tags[: self.tags.index(type(self).__name__)])


def _place(group, axis: str, given=None):
    import numpy as np

    return np.asarray(getattr(group, axis) if given is None else given, dtype=float)


def _where(mask):
    import numpy as np

    index = np.asarray(mask)
    return np.flatnonzero(index) if index.dtype == bool else index
