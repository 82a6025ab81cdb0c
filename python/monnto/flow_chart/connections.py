"""Which behavior's output is which behavior's input."""

from __future__ import annotations

from dataclasses import dataclass, field

from monnto.constants import afferent, efferent
from monnto.flow_chart.reading import Module, read_behavior


@dataclass(eq=False)  # each is itself
class Box:
    """A behavior under a key of an object."""

    obj: object
    key: float
    behavior: object
    module: Module
    order: int = 0  # of execution
    places: dict[str, list] = field(default_factory=dict)  # variable: [(object, name), ...]


@dataclass(frozen=True)
class Connection:
    """`source`'s output `output` is `target`'s input `input`."""

    source: Box
    output: str
    target: Box
    input: str

    @property
    def is_feedback(self) -> bool:
        """Whether the value is that of the iteration before."""
        return self.source.order >= self.target.order


def boxes_of(objects) -> list[Box]:
    """The behaviors of some objects in order of execution."""
    found = [
        Box(obj, key, behavior, read_behavior(behavior))
        for obj in objects
        for key, behavior in obj.behavior.items()
    ]
    found.sort(key=lambda box: box.key)
    for order, box in enumerate(found):
        box.order = order
        for name in {**box.module.inputs, **box.module.outputs}:
            box.places[name] = places_of(box.obj, name)
    return found


def places_of(obj, name: str) -> list:
    """(object, variable) that a name such as `GLU.src.spike` means for a behavior of `obj`."""
    *path, variable = name.split(".")
    found = [obj]
    for part in path:
        found = [other for one in found for other in _step(one, part)]
    return [(id(getattr(one, "BaseNeuronGroup", one)), variable) for one in found]


def _step(obj, part: str) -> list:
    from monnto.network_object import NetworkObject
    from monnto.neuron_group import NeuronGroup
    from monnto.synapse_group import SynapseGroup

    if part in ("src", "dst"):
        return [getattr(obj, part)] if isinstance(obj, SynapseGroup) else []
    if part == "network":
        return [obj.network]
    if isinstance(obj, NeuronGroup):
        # Loops over synapses are nearly always over those that arrive.
        tag = "All" if part == "synapses" else part
        for direction in (afferent, efferent):
            if own := obj.synapses(direction, tag):
                return own
    if part == "synapses":
        return obj.network.SynapseGroups
    if part == "neurons":
        return obj.network.NeuronGroups
    return [match for match in obj.network[part] if isinstance(match, NetworkObject)]


def connections_of(boxes: list[Box], only_forward: bool = False) -> list[Connection]:
    """For each input the behavior that wrote it last: before in this iteration, or else in the one
    before."""
    writers: dict = {}
    for box in boxes:
        for name in box.module.outputs:
            for place in box.places[name]:
                writers.setdefault(place, []).append((box, name))
    found = {}
    for box in boxes:
        for name in box.module.inputs:
            for place in box.places[name]:
                source = _last_writer(box, name, writers.get(place, ()))
                if source is not None:
                    connection = Connection(source[0], source[1], box, name)
                    if not (only_forward and connection.is_feedback):
                        found.setdefault((source[0].order, source[1], box.order, name), connection)
    return list(found.values())


def _last_writer(reader: Box, name: str, writers):
    earlier = [w for w in writers if w[0].order < reader.order]
    is_repeated = name in reader.module.read_each_iteration
    others = earlier or [w for w in writers if w[0] is not reader and is_repeated]
    # Its own value of the iteration before is no connection.
    return others[-1] if others else None


def has_writer(boxes: list[Box], reader: Box, name: str) -> bool:
    """Whether anybody, also the behavior itself, writes that input, or it exists already."""
    places = set(reader.places[name])
    for box in boxes:
        for output in box.module.outputs:
            if places.intersection(box.places[output]):
                return True
    known = {id(obj): obj for obj in reader.obj.network.all_objects()}
    return any(where in known and name in vars(known[where]) for where, name in places)
