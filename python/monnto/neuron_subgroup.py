"""A selection of the neurons of a group."""

from __future__ import annotations

from monnto.arrays import Array


class NeuronSubGroup:
    """The neurons of a group where a mask is true: reads are selections, writes go through.

    ``sub.v`` is a copy of the selected values, ``sub.v += 1`` changes the group. Attributes that
    are not one value per neuron are passed on. ``sub.vector()`` has the size of the *group*.
    """

    def __init__(self, base, mask):
        own = self.__dict__
        own["BaseNeuronGroup"] = base
        own["_core"] = base._core.subgroup(_as_mask(base, mask))
        own["mask"] = own["_core"].mask
        own["id_mask"] = own["_core"].indices

    @property
    def size(self) -> int:
        return self._core.size

    def __getattr__(self, name):
        if name.startswith("__") or "_core" not in self.__dict__:
            raise AttributeError(name)
        return self.mask_var(getattr(self.BaseNeuronGroup, name))

    def __setattr__(self, name, value):
        base = self.BaseNeuronGroup
        present = base.__dict__.get(name)
        if isinstance(present, Array) and (index := self._index(present)) is not None:
            present[index] = value
        elif present is None and name not in base.__dict__ and self._is_per_neuron(value):
            whole = base.vector(0, dtype=value.dtype)
            whole[self.mask] = value
            setattr(base, name, whole)
        else:
            setattr(base, name, value)

    def __getitem__(self, key):
        return self.BaseNeuronGroup[key]

    def mask_var(self, var):
        """The selected part of an array of the group; anything else as it is."""
        if isinstance(var, Array) and self._index(var) is not None:
            return self._core.select(var)
        return var

    def group_without_subGroup(self):  # noqa: N802
        return self.BaseNeuronGroup

    def subGroup(self, mask=None):  # noqa: N802
        """A selection of this selection."""
        whole = self.BaseNeuronGroup.vector("bool")
        whole[self.id_mask[_as_mask(self, mask)]] = True
        return NeuronSubGroup(self.BaseNeuronGroup, whole)

    def get_masked_dict(self, dict_name, key):
        return self.mask_var(getattr(self.BaseNeuronGroup, dict_name)[key])

    def _index(self, array):
        """How the group's array is indexed by this selection; None where it has no such axis."""
        count = self.BaseNeuronGroup.size
        if array.ndim and array.shape[0] == count:
            return self.mask
        if array.ndim > 1 and array.shape[1] == count:
            return (slice(None), self.mask)
        return None

    def _is_per_neuron(self, value) -> bool:
        return getattr(value, "shape", None) == (self.size,)

    def __repr__(self):
        return f"<NeuronSubGroup: {self.size} of {self.BaseNeuronGroup!r}>"

    def __reduce__(self):
        return NeuronSubGroup, (self.BaseNeuronGroup, self.mask)


def _as_mask(group, mask):
    if mask is None:
        return group.vector("bool") == False  # noqa: E712
    import numpy as np

    index = np.asarray(mask) if not isinstance(mask, slice) else mask
    if not isinstance(index, slice) and index.dtype == bool:
        return index
    whole = np.zeros(group.size, dtype=bool)
    whole[index] = True
    return whole
