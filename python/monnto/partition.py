"""Replacing one large synapse group, locally connected, by many small ones."""

from __future__ import annotations

from monnto import _engine
from monnto.behavior import Behavior
from monnto.geometry import coordinates
from monnto.tagged import bad_parameter


class Partition(Behavior):
    """Splits its synapse group into small ones whose matrices hold little but enabled pairs.

    Give it a key behind that of a receptive field: ``{1: Box_Receptive_Fields(range=1),
    2: Partition([2, 2, 1])}``. The destination is cut into `split_size` boxes (x, y, z), each with
    the sources in reach of it; ``'auto'`` makes boxes of about seven places and leaves groups alone
    that are too small to gain. What the parts deliver is, to the last bit, what the whole did.

    The parts have the tags of the whole and `partitioned`, copies of its behaviors, and are listed
    by `synapses()` of both groups; the whole leaves the network.
    """

    initialize_on_init = True

    def initialize(self, synapses):
        steps = self.parameter("split_size", self.parameter("arg_0", "auto"))
        if isinstance(steps, str):
            if steps != "auto":
                raise bad_parameter("split_size", repr(steps), "'auto' or [nx, ny, nz]")
            places = coordinates(synapses.src), coordinates(synapses.dst)
            steps = _engine.automatic_steps(*places)
        if steps is not None:
            self.parts = split(synapses, steps)


def split(synapses, steps) -> list:
    """Replace a synapse group by its parts; returns these."""
    source, places = coordinates(synapses.src), coordinates(synapses.dst)
    reach = synapses.get_max_receptive_field_size()
    parts = []
    for box in _engine.box_masks(places, [int(count) for count in steps]):
        if box.any():
            chosen = [axis[box.to_numpy()] for axis in places]
            near = _engine.near_mask(source, chosen, list(reach))
            parts.append(synapses.get_sub_synapse_group(near, box).add_tag("partitioned"))
    entries = sum(part.src.size * part.dst.size for part in parts)
    whole = synapses.src.size * synapses.dst.size
    print(
        f"{synapses.tag}: {len(parts)} parts with {entries} matrix entries instead of {whole} "
        f"({100 * entries / max(whole, 1):.0f}%)"
    )
    synapses.network.remove(synapses)
    return parts
