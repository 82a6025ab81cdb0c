"""The names of PymoNNtorch: networks, groups and behaviors as its scripts write them.

``python -m monnto script.py`` gives these to a script that imports `pymonntorch`.
"""

from __future__ import annotations

import re

import monnto
from monnto import _engine
from monnto.constants import DxS, SxD, afferent, efferent
from monnto.notices import warn
from monnto.tagged import bad_parameter
from monnto.torch.dtypes import NAMES
from monnto.torch.foreign import torch_or_stand_in

_DIRECTIONS = {
    **dict.fromkeys(("afferent", "dendrite", "pre", "preSynaptic", 0, False), afferent),
    **dict.fromkeys(("efferent", "axon", "post", "postSynaptic", 1, True), efferent),
}
_KEYWORDS = {"mean": "loc", "std": "scale"}  # torch.normal's: numpy.random's


DEVICE = "cpu"  # a text, as there: scripts compare it with one


def _take_device(name) -> None:
    if str(name) != DEVICE:
        warn(f"device '{name}': where arrays live is the engine's choice; this changes nothing")


def _mode(mode):
    """A mode with torch's keywords as the engine knows them."""
    if not isinstance(mode, str):
        return mode
    return re.sub(r"\b(mean|std)\s*=", lambda found: f"{_KEYWORDS[found[1]]}=", mode)


class TorchObject:
    """What networks and groups have in common there."""

    device = DEVICE

    def tensor(self, mode, dim, scale=None, density=None, dtype=None):
        """Random or constant numbers of any shape."""
        shape = (dim,) if isinstance(dim, int) else tuple(dim)
        count = monnto.torch.Size(shape).numel()
        flat = self._core.from_mode(_mode(mode), None, None, dtype or self.def_dtype)
        # A mode gives one number per neuron; other shapes are drawn by a group of that size.
        if flat.numel() != count:
            flat = _numbers(self.network, mode, count, dtype or self.def_dtype)
        made = flat.reshape(shape)
        if density is not None:
            made = made * (monnto.torch.rand(shape) <= density)
        return made if scale is None else made * scale

    @property
    def def_dtype(self):
        return _engine.tensors.tensor_of(_zero(self._core.default_dtype)).dtype

    def buffer_roll(self, mat, new=None, counter=False):
        """A new buffer, shifted by one: the newest is at 0, or last with `counter`."""
        rolled = mat.roll(-1 if counter else 1, 0)
        if new is not None:
            rolled[-1 if counter else 0] = new
        return rolled

    def get_buffer_mat(self, dim, size):
        shape = dim if isinstance(dim, (tuple, list)) else (dim,)
        return monnto.torch.zeros(size, *shape, dtype=self.def_dtype)


def _zero(dtype):
    import numpy as np

    return np.zeros((), dtype)


def _numbers(network, mode, count: int, dtype):
    """Drawn by a group that is gone afterwards."""
    core = _engine.NeuronGroup(count, "drawn", "NeuronGroup")
    network._core.adopt(core)
    try:
        return _engine.tensors.tensor_of(core.vector(_mode(mode), None, None, dtype))
    finally:
        network._core.remove(core)


class Network(TorchObject, monnto.Network):
    """``Network(dtype=torch.float32, synapse_mode='SxD')``; its arrays are tensors."""

    def __init__(
        self,
        tag=None,
        behavior=None,
        dtype=None,
        device="cpu",
        synapse_mode="SxD",
        index=True,
        *,
        settings=None,
        **keywords,
    ):
        if synapse_mode not in ("SxD", "DxS"):
            raise bad_parameter("synapse_mode", repr(synapse_mode), "'SxD' or 'DxS'")
        own = {"syn_dim": SxD if synapse_mode == "SxD" else DxS, "dialect": "torch"}
        _take_device(device)
        # Before anything reads a dtype of torch's.
        torch_or_stand_in()
        own["dtype"] = str(NAMES["float32"] if dtype is None else dtype).removeprefix("torch.")
        super().__init__(tag, behavior, {**own, **(settings or {})}, **keywords)
        self.index_neurons = index
        self.transposed_synapse_matrix = synapse_mode == "SxD"


class NeuronGroup(TorchObject, monnto.NeuronGroup):
    """``NeuronGroup(size, net, behavior={...}, tag='exc')``."""

    def __init__(self, size=None, net=None, behavior=None, tag=None, **old):
        super().__init__(net, size, behavior, tag, **old)

    def vector(self, mode="zeros()", scale=None, density=None, plot=False, dtype=None):
        return super().vector(_mode(mode), scale, density, plot, dtype)

    def vector_buffer(self, buffer_size, dtype=None):
        made = super().vector_buffer(buffer_size)
        return made if dtype is None else made.to(dtype)

    def synapses(self, mode, tag="All"):
        if mode not in _DIRECTIONS:
            raise bad_parameter("mode", repr(mode), "'afferent' or 'efferent'")
        return super().synapses(_DIRECTIONS[mode], tag)

    # Dicts from tags to lists, without the warning that the numpy package's name gives.
    afferent_synapses = property(lambda self: monnto.neuron_group.SynapsesByTag(self, afferent))
    efferent_synapses = property(lambda self: monnto.neuron_group.SynapsesByTag(self, efferent))


class SynapseGroup(TorchObject, monnto.SynapseGroup):
    """``SynapseGroup(net, src, dst, tag='GLU', behavior={...})``; found as 'src => dst' too."""

    def __init__(self, net=None, src=None, dst=None, tag=None, behavior=None, **old):
        super().__init__(net, src, dst, tag, behavior, **old)
        self.add_tag(f"{self.src.tags[0]} => {self.dst.tags[0]}")

    def matrix(
        self,
        mode="zeros()",
        scale=None,
        density=None,
        only_enabled=True,
        clone_along_first_axis=False,
        plot=False,
        dtype=None,
    ):
        made = super().matrix(_mode(mode), scale, density, plot, dtype)
        if clone_along_first_axis:
            made = made[0].expand(made.shape).clone()
        if only_enabled and "enabled" in self.__dict__ and hasattr(self.enabled, "dim"):
            made = made * self.enabled
        return made


class Behavior(monnto.Behavior):
    """Override `initialize(self, obj)` and `forward(self, obj)`."""

    device = DEVICE

    def parameter(
        self,
        key,
        default=None,
        object=None,
        do_not_diversify=False,
        search_other_behaviors=False,
        tensor=False,
        required=False,
    ):
        """As monnto's; an explicit None counts as not given, `tensor` makes a tensor of it."""
        if key in self.init_kwargs and self.init_kwargs[key] is None:
            self.used_attr_keys.append(key)
            return default
        value = super().parameter(
            key, default, object, do_not_diversify, search_other_behaviors, required
        )
        return monnto.torch.as_tensor(value) if tensor and value is not None else value


class Recorder(monnto.Recorder):
    """``Recorder(['voltage', 'torch.mean(voltage)'], gap_width=0)``."""

    def __init__(self, variables=None, gap_width=0, max_length=None, auto_annotate=True, **kwargs):
        super().__init__(variables, gapwidth=gap_width, max_length=max_length, **kwargs)


class EventRecorder(monnto.EventRecorder):
    def __init__(self, variables=None, gap_width=0, max_length=None, auto_annotate=True, **kwargs):
        super().__init__(variables, gapwidth=gap_width, max_length=max_length, **kwargs)


def check_is_torch_tensor(value) -> bool:
    return isinstance(value, _engine.Tensor)


def is_number(value) -> bool:
    """Whether a text is one."""
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


NAMES_OF_SCRIPTS = (
    "AnalysisModule NeuronDimension get_squared_dim rotation_matrix vec_to_mat "
    "vec_to_mat_transposed NeuronSubGroup NetworkObject SxD DxS"
).split()


def names() -> dict:
    """Everything that ``from pymonntorch import *`` gives."""
    import copy
    import time

    import numpy as np

    here = (Network, NeuronGroup, SynapseGroup, Behavior, Recorder, EventRecorder)
    return {
        **{name: getattr(monnto, name) for name in NAMES_OF_SCRIPTS},
        **{cls.__name__: cls for cls in here},
        "check_is_torch_tensor": check_is_torch_tensor,
        "is_number": is_number,
        "torch": torch_or_stand_in(),
        "np": np,
        "time": time,
        "copy": copy,
    }
