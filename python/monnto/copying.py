"""Networks as values: deepcopy and pickle (S9, S19).

Both make a network built alike, part by part and without calling anybody's constructor, and restore
a snapshot into it.
"""

from __future__ import annotations

from monnto import _engine
from monnto.neuron_subgroup import NeuronSubGroup
from monnto.snapshots import parts_of


def deep_copy(network, memo: dict):
    """A network of its own that shares nothing mutable with `network`."""
    twin = build(describe(network))
    for original, copied in zip(parts_of(network), parts_of(twin), strict=True):
        memo[id(original)] = copied
    twin.restore(network.snapshot())
    return twin


def reduce_network(network):
    """For pickle: how to build such a network, and its state."""
    snapshot = network.snapshot()
    return rebuild, (describe(network), _engine.take_apart(snapshot))


def rebuild(description: dict, parts):
    network = build(description)
    network.restore(_engine.put_together(*parts))
    return network


def member(network, place: int):
    """A part of a network, for the pickle of that part alone."""
    return parts_of(network)[place]


def describe(network) -> dict:
    """The structure of a network as plain values."""
    groups = sorted(network.all_objects()[1:], key=lambda g: g._core.creation_index)
    places = {id(group): i for i, group in enumerate(groups)}
    behaviors, order = [], {}
    for obj in network.all_objects():
        for behavior in obj.behavior.values():
            if id(behavior) not in order:
                order[id(behavior)] = len(behaviors)
                behaviors.append(behavior._twin_recipe())
    core = network._core
    return {
        "class": type(network),
        "tags": core.tags,
        "settings": {
            "dtype": str(core.default_dtype),
            "syn_dim": core.syn_dim,
            "seed": core.seed,
            "threads": core.threads,
            "dt": core.dt,
            "dialect": network.dialect,
            "synapses": network.synapse_storage,
        },
        "groups": [_describe_group(group, places) for group in groups],
        "behaviors": behaviors,
        "attached": [
            [(key, order[id(b)]) for key, b in obj.behavior.items()] for obj in (network, *groups)
        ],
        "modules": [list(obj.analysis_modules) for obj in (network, *groups)],
    }


def _describe_group(group, places: dict) -> dict:
    description = {
        "class": type(group),
        "tags": group._core.tags,
        "index": group._core.creation_index,
    }
    if hasattr(group, "src"):
        description["ends"] = (_end(group.src, places), _end(group.dst, places))
    else:
        description["size"] = group.size
    return description


def _end(group, places: dict):
    mask = group.mask.to_numpy().copy() if isinstance(group, NeuronSubGroup) else None
    return places[id(group.BaseNeuronGroup)], mask


def build(description: dict):
    """A network of that structure; its state is still empty."""
    network = description["class"].__new__(description["class"])
    network._start(_split_tags(description)[0], description["settings"])
    groups, created = [], 1
    for recipe in description["groups"]:
        _skip(network, recipe["index"] - created)
        created = recipe["index"] + 1
        groups.append(_build_group(network, recipe, groups))
    behaviors = [make(*arguments) for make, arguments in description["behaviors"]]
    objects = (network, *groups)
    for obj, attached in zip(objects, description["attached"], strict=True):
        for key, place in attached:
            obj.behavior[key] = behaviors[place]
            obj._core.add_behavior(float(key), behaviors[place]._core, False)
    for obj, recipe in zip(objects, (description, *description["groups"]), strict=True):
        for tag in _split_tags(recipe)[1]:
            obj.add_tag(tag)
    for obj, modules in zip(objects, description["modules"], strict=True):
        for module in modules:
            obj.analysis_modules.append(_twin_of_module(module))
    return network


def _twin_of_module(module):
    twin = type(module).__new__(type(module))
    twin.__setstate__({"_tags": module.tags})
    return twin


def _split_tags(description: dict) -> tuple:
    """(tags of the user as text, tags that were added later)."""
    tags, name = description["tags"], description["class"].__name__
    cut = tags.index(name) if name in tags else 0
    return ",".join(tags[:cut]), tags[cut + 1 :]


def _skip(network, count: int) -> None:
    # Random streams hang on the rank by creation, also where groups were removed in between.
    for _ in range(count):
        gap = _engine.NeuronGroup(1, "gap", "NeuronGroup")
        network._core.adopt(gap)
        network._core.remove(gap)


def _build_group(network, recipe: dict, groups: list):
    cls, tags = recipe["class"], _split_tags(recipe)[0]
    group = cls.__new__(cls)
    if "ends" in recipe:
        group._start(network, *(_find_end(end, groups) for end in recipe["ends"]), tags)
    else:
        group._start(network, recipe["size"], tags)
    return group


def _find_end(end, groups: list):
    place, mask = end
    return groups[place] if mask is None else NeuronSubGroup(groups[place], mask)
