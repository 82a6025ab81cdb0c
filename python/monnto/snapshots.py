"""The Python part of a network's state (S19): attributes, behaviors, generators.

A tree of plain values stands for it. What cannot be a plain value is a token: Arrays by number (the
engine keeps their contents), parts of the network by their place, generators by their state.
"""

from __future__ import annotations

import collections
import copy
import random  # here, so that its state is there whenever it is compared
import sys
import types

from monnto import _engine
from monnto.analysis_module import AnalysisModule
from monnto.arrays import Array, Scalar
from monnto.behavior import Behavior
from monnto.fingerprint import real_torch
from monnto.network_object import NetworkObject
from monnto.neuron_subgroup import NeuronSubGroup
from monnto.recording import History, Recording

_ATOMIC = (
    *(type(None), bool, int, float, complex, str, bytes, type, range, slice, type(Ellipsis)),
    *(types.FunctionType, types.BuiltinFunctionType, types.ModuleType, Scalar),
)
# What belongs to the structure, which the tree does not describe.
_STRUCTURE = frozenset(
    "_core _tie _core_object _network _lock _proofs _src _dst _recorder _globals _objects behavior "
    "analysis_modules NeuronGroups SynapseGroups BaseNeuronGroup".split()
)


class Token:
    """Stands for something in the tree; two equal things share one token."""

    def __init__(self, kind: str, *parts):
        self.kind = kind
        self.parts = parts


def parts_of(network) -> list:
    """Network, groups and behaviors in an order that networks built alike share."""
    parts = network.all_objects()
    known = {id(part) for part in parts}
    for obj in list(parts):
        for part in (*obj.behavior.values(), *obj.analysis_modules):
            if id(part) not in known:
                known.add(id(part))
                parts.append(part)
    return parts


def save_tree(network):
    """(tree, arrays) of everything that Python holds."""
    freezer = Freezer(network)
    tree = {
        "attributes": [freezer.attributes(part) for part in parts_of(network)],
        "objects": [_object_samples(part, freezer) for part in parts_of(network)],
        "generators": _global_generators(),
    }
    return tree, freezer.arrays


def restore_tree(network, tree, arrays) -> None:
    thawer = Thawer(network, arrays)
    for part, saved in zip(parts_of(network), tree["attributes"], strict=True):
        restored = {name: thawer.value(value) for name, value in saved.items()}
        own = part.__dict__
        for name in [n for n in own if n not in _STRUCTURE and n not in restored]:
            del own[name]
        own.update(restored)
        if isinstance(part, NetworkObject):
            part._touched()
    for part, saved in zip(parts_of(network), tree["objects"], strict=True):
        if saved is not None:
            part._restore_objects(thawer.value(saved))
    _restore_global_generators(tree["generators"])


def _object_samples(part, freezer):
    objects = getattr(part, "_objects", None)
    if not objects:
        return None if objects is None else freezer.value({})
    return freezer.value({text: history._samples for text, history in objects.items()})


def _global_generators() -> dict:
    states = {}
    if "numpy.random" in sys.modules:
        states["numpy"] = sys.modules["numpy.random"].get_state(legacy=False)
    states["random"] = random.getstate()
    if (torch := real_torch()) is not None:
        states["torch"] = torch.get_rng_state().clone()
    if "monnto.torch" in sys.modules:
        states["monnto.torch"] = sys.modules["monnto.torch"].get_rng_state()
    return states


def _restore_global_generators(states: dict) -> None:
    if "numpy" in states:
        import numpy as np

        np.random.set_state(copy.deepcopy(states["numpy"]))
    if "random" in states:
        random.setstate(states["random"])
    if "torch" in states:
        import torch

        torch.set_rng_state(states["torch"])
    if "monnto.torch" in states:
        import monnto.torch

        monnto.torch.set_rng_state(states["monnto.torch"])


def _is_generator(value) -> bool:
    numpy_random = sys.modules.get("numpy.random")
    return numpy_random is not None and isinstance(
        value, (numpy_random.Generator, numpy_random.RandomState)
    )


def _is_torch_generator(value) -> bool:
    """torch's, or that of the stand-in."""
    return all(hasattr(value, name) for name in ("initial_seed", "get_state", "set_state"))


class Freezer:
    """Copies values into a tree. Whatever is met twice becomes the same token twice."""

    def __init__(self, network):
        self.parts = parts_of(network)
        self.places = {id(part): i for i, part in enumerate(self.parts)}
        self.arrays = []
        self.known = {}  # id: token
        self.alive = []  # ids in `known` must stay those of these values

    def attributes(self, part) -> dict:
        return {n: self.value(v) for n, v in part.__dict__.items() if n not in _STRUCTURE}

    def value(self, value):
        if isinstance(value, _ATOMIC):
            return value
        token = self.known.get(id(value))
        if token is None:
            token = Token("")
            self.known[id(value)] = token
            self.alive.append(value)
            token.kind, token.parts = self._parts(value)
        return token

    def _parts(self, value):
        if isinstance(value, Array):
            self.arrays.append(value)
            return "array", (len(self.arrays) - 1, isinstance(value, _engine.Tensor))
        if id(value) in self.places:
            return "part", (self.places[id(value)],)
        if isinstance(value, NeuronSubGroup):
            return "subgroup", (self.value(value.BaseNeuronGroup), self.value(value.mask))
        if isinstance(value, Recording) and (place := self._recorder_of(value)) is not None:
            return "recording", (place, value._core.key)
        if isinstance(value, (NetworkObject, Behavior, AnalysisModule, History)):
            return "same", (value,)  # of another network, or not attached
        if _is_generator(value):
            return "generator", (value, copy.deepcopy(value))
        if _is_torch_generator(value):
            return "torch_generator", (value, copy.deepcopy(value.get_state()))
        return self._container(value)

    def _recorder_of(self, recording):
        key = getattr(recording._core, "key", None)
        for part, place in ((p, i) for i, p in enumerate(self.parts) if hasattr(p, "_recorder")):
            if key is not None and any(found is recording for found in part[key]):
                return place
        return None

    def _container(self, value):
        kind = type(value)
        if kind in (list, tuple, set, frozenset):
            return kind.__name__, tuple(self.value(item) for item in value)
        if kind is collections.deque:
            return "deque", (value.maxlen, *(self.value(item) for item in value))
        if kind is dict:
            return "dict", tuple((self.value(k), self.value(v)) for k, v in value.items())
        if kind.__module__ == "numpy" or hasattr(value, "__deepcopy__"):
            return "copy", (copy.deepcopy(value),)
        return self._object(value)

    def _object(self, value):
        try:
            reduced = value.__reduce_ex__(4)
        except Exception:  # noqa: BLE001  a file, a socket, a lock: the thing itself stays
            return "same", (value,)
        if isinstance(reduced, str):
            return "same", (value,)
        make, arguments, state, items, pairs = (*reduced, None, None, None)[:5]
        return "object", (
            make,
            self.value(tuple(arguments)),
            self.value(state),
            self.value(None if items is None else list(items)),
            self.value(None if pairs is None else list(pairs)),
        )


class Thawer:
    """Makes new values of a tree, with the same sharing."""

    def __init__(self, network, arrays):
        self.parts = parts_of(network)
        self.arrays = arrays
        self.made = {}  # token: value

    def value(self, token):
        if type(token) is not Token:
            return token
        if token not in self.made:
            value = getattr(self, f"_{token.kind}")(token, *token.parts)
            self.made.setdefault(token, value)
        return self.made[token]

    def _array(self, token, index, is_tensor=False):
        array = self.arrays[index]
        return _engine.tensors.tensor_of(array) if is_tensor else array

    def _part(self, token, place):
        return self.parts[place]

    def _subgroup(self, token, base, mask):
        return NeuronSubGroup(self.value(base), self.value(mask))

    def _recording(self, token, place, key):
        return self.parts[place]._history(key)

    def _same(self, token, value):
        return value

    def _copy(self, token, value):
        return copy.deepcopy(value)

    def _generator(self, token, original, saved):
        # In place, since others may hold the same generator; a copy of the network gets its own.
        if original is None or not self._is_ours(original):
            return copy.deepcopy(saved)
        if hasattr(original, "bit_generator"):
            original.bit_generator.state = saved.bit_generator.state
        else:
            original.set_state(saved.get_state(legacy=False))
        return original

    def _torch_generator(self, token, original, state):
        generator = original if self._is_ours(original) else type(original)()
        generator.set_state(copy.deepcopy(state))
        return generator

    def _is_ours(self, generator) -> bool:
        return any(value is generator for part in self.parts for value in part.__dict__.values())

    def _list(self, token, *items):
        made = self.made[token] = []
        made.extend(self.value(item) for item in items)
        return made

    def _tuple(self, token, *items):
        return tuple(self.value(item) for item in items)

    def _set(self, token, *items):
        made = self.made[token] = set()
        made.update(self.value(item) for item in items)
        return made

    def _frozenset(self, token, *items):
        return frozenset(self.value(item) for item in items)

    def _deque(self, token, maxlen, *items):
        made = self.made[token] = collections.deque(maxlen=maxlen)
        made.extend(self.value(item) for item in items)
        return made

    def _dict(self, token, *pairs):
        made = self.made[token] = {}
        for key, value in pairs:
            made[self.value(key)] = self.value(value)
        return made

    def _object(self, token, make, arguments, state, items, pairs):
        made = self.made[token] = make(*self.value(arguments))
        state, items, pairs = self.value(state), self.value(items), self.value(pairs)
        if state is not None:
            _set_state(made, state)
        if items is not None:
            made.extend(items)
        for key, value in pairs or ():
            made[key] = value
        return made


def _set_state(made, state) -> None:
    if hasattr(made, "__setstate__"):
        made.__setstate__(state)
        return
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    if state:
        made.__dict__.update(state)
    for name, value in (slots or {}).items():
        setattr(made, name, value)
