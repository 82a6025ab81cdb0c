"""Groups of neurons that share variables and behaviors."""

from __future__ import annotations

from monnto import _engine
from monnto.arrays import asarray
from monnto.behavior import Behavior
from monnto.constants import afferent, efferent
from monnto.geometry import Geometry
from monnto.network import Network
from monnto.network_object import NetworkObject, join_tags, keyed_behaviors, with_old_keyword
from monnto.notices import renamed_method, warn, warn_renamed
from monnto.tagged import bad_parameter


def whole_number(name: str, value) -> int:
    """`value` as int where it is one."""
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        number = None
    if number is None or number != value:
        raise bad_parameter(name, repr(value), "a whole number is needed")
    return number


class NeuronGroup(NetworkObject, Geometry):
    """Neurons of one kind: ``NeuronGroup(net, size, behavior={1: ...}, tag='exc')``.

    `size` is a number or a behavior that sets it, such as ``get_squared_dim(100)``.
    """

    mask = True  # a subgroup's says which neurons it selects

    def __init__(self, net=None, size=None, behavior=None, tag=None, color=None, **old):
        if isinstance(size, Network):  # the order of arguments in PymoNNtorch
            net, size = size, net
        behavior = with_old_keyword(behavior, old, "NeuronGroup")
        if not isinstance(net, Network):
            raise TypeError(f"NeuronGroup: net must be a Network, not {net!r}")
        behaviors = keyed_behaviors(behavior)
        if isinstance(size, Behavior):
            behaviors, size = _with_dimension(behaviors, size, behavior), None
        elif size is None:
            raise TypeError("NeuronGroup: size is missing; give a number of neurons")
        else:
            size = whole_number("size", size)
        self._start(net, size, join_tags(tag))
        self.color = color
        try:
            self._attach_initial(behaviors)
        except BaseException:
            net.remove(self)
            raise

    def _start(self, net, size, tags: str) -> None:
        self._network = net
        self._tie_to(_engine.NeuronGroup(size, tags, type(self).__name__))
        net._adopt(self, net.NeuronGroups)

    @property
    def size(self) -> int:
        """The number of neurons."""
        return self._core.size

    @size.setter
    def size(self, size):
        if self._core.size not in (0, size):
            raise AttributeError(f"{self._core.description()}: the size is fixed once it is known")
        self._core.size = whole_number("size", size)

    @property
    def BaseNeuronGroup(self):  # noqa: N802
        return self

    def vector(self, mode="zeros()", scale=None, density=None, plot=False, dtype=None):
        """A new array with one value per neuron: ``n.vector('uniform(0, 5)', density=0.1)``."""
        if plot:
            return self._from_mode(mode, scale, density, plot, dtype)
        if callable(mode) and not isinstance(mode, type):
            return asarray(mode(self.size)).astype(dtype or self._core.default_dtype)
        return self._core.vector(mode, scale, density, dtype)

    vec = array = vector

    def vector_buffer(self, rows):
        """Zeros of shape (rows, size)."""
        return self._core.vector_buffer(whole_number("rows", rows))

    # -- synapses

    def synapses(self, mode, tag="All") -> list:
        """Synapse groups that arrive (`afferent`) or leave (`efferent`) with that tag."""
        if mode not in (afferent, efferent):
            raise bad_parameter("mode", repr(mode), "afferent or efferent")
        return self._core.synapses(mode, tag)

    @property
    def afferent_synapses(self):
        warn_renamed("afferent_synapses[tag]", "synapses(afferent, tag)")
        return SynapsesByTag(self, afferent)

    @property
    def efferent_synapses(self):
        warn_renamed("efferent_synapses[tag]", "synapses(efferent, tag)")
        return SynapsesByTag(self, efferent)

    def require_synapses(self, name, afferent=True, efferent=True, warning=True) -> None:
        """Warn where no synapse group has that tag; searches then give an empty list."""
        missing = [
            word
            for word, wanted, mode in (("afferent", afferent, 0), ("efferent", efferent, 1))
            if wanted and not self.synapses(mode, name)
        ]
        if missing and warning:
            warn(f"{self._core.description()} has no {' or '.join(missing)} synapses '{name}'")

    def get_combined_synapse_shape(self, tag):
        """(size, number of all source neurons that arrive with that tag)."""
        return self.size, sum(s.src.size for s in self.synapses(afferent, tag))

    def connected_NG_param_list(  # noqa: N802
        self,
        name,
        syn_tag="All",
        afferent_NGs=False,  # noqa: N803
        efferent_NGs=False,  # noqa: N803
        same_NG=False,  # noqa: N803
        search_behaviors=False,
    ) -> list:
        """Values of an attribute of connected groups; callables are called with the group."""
        groups = [self] if same_NG else []
        if afferent_NGs:
            groups += [s.src for s in self.synapses(afferent, syn_tag)]
        if efferent_NGs:
            groups += [s.dst for s in self.synapses(efferent, syn_tag)]
        values = []
        for group in groups:
            places = [group, *(group.behavior.values() if search_behaviors else ())]
            for place in places:
                if hasattr(place, name):
                    value = getattr(place, name)
                    values.append(value(group) if callable(value) else value)
        return values

    # -- selections

    def subGroup(self, mask=None):  # noqa: N802
        """The neurons where `mask` is true."""
        from monnto.neuron_subgroup import NeuronSubGroup

        return NeuronSubGroup(self, mask)

    def group_without_subGroup(self):  # noqa: N802
        return self

    def mask_var(self, var):
        return var

    def get_masked_dict(self, dict_name, key):
        return getattr(self, dict_name)[key]

    def _missing_attribute(self, name):
        if name == "id":
            # Made when somebody asks: most groups are never indexed by it.
            import numpy as np

            self.id = np.arange(self.size)
            return self.id
        return super()._missing_attribute(name)

    # -- old names

    get_neuron_vec = renamed_method("get_neuron_vec", "vector")
    get_neuron_vec_buffer = renamed_method("get_neuron_vec_buffer", "vector_buffer")


def _with_dimension(behaviors: dict, dimension, given) -> dict:
    """`behaviors` with the one that sets the size in front."""
    if isinstance(given, (list, tuple)):
        return dict(enumerate([dimension, *given]))
    if 0 in behaviors:
        warn("key 0 is taken by the behavior that sets the size; the one given there is dropped")
    return {0: dimension, **{key: b for key, b in behaviors.items() if key != 0}}


class SynapsesByTag:
    """What `afferent_synapses` was: a dict from tags to lists of synapse groups."""

    def __init__(self, group, mode):
        self._group = group
        self._mode = mode

    def __getitem__(self, tag) -> list:
        return self._group.synapses(self._mode, tag)

    def __contains__(self, tag) -> bool:
        return bool(self[tag])

    def get(self, tag, default=None):
        return self[tag] or default

    def keys(self):
        found = {tag: None for s in self["All"] for tag in s.tags}
        return [*found, "All"]

    def values(self):
        return [self[tag] for tag in self.keys()]

    def items(self):
        return [(tag, self[tag]) for tag in self.keys()]

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self.keys())
