"""Connections between two groups."""

from __future__ import annotations

from monnto import _engine
from monnto.arrays import asarray
from monnto.connections import Projection, connected
from monnto.network import Network
from monnto.network_object import NetworkObject, join_tags, keyed_behaviors, with_old_keyword
from monnto.neuron_group import NeuronGroup
from monnto.neuron_subgroup import NeuronSubGroup
from monnto.notices import renamed_method
from monnto.shared_matrices import ProceduralMatrix
from monnto.sparse_matrix import SparseMatrix
from monnto.synapse_geometry import SynapseGeometry


class SynapseGroup(NetworkObject, SynapseGeometry):
    """Synapses from `src` to `dst`: ``SynapseGroup(net, src='a', dst='b', tag='GLUTAMATE')``.

    Weights are variables that behaviors create, by convention `W`; `enabled` says where synapses
    are. `src` and `dst` are groups, subgroups or tags.
    """

    def __init__(self, net=None, src=None, dst=None, tag=None, behavior=None, **old):
        if isinstance(dst, Network):  # the order of arguments in PymoNNtorch
            net, src, dst = dst, net, src
        behavior = with_old_keyword(behavior, old, "SynapseGroup")
        if not isinstance(net, Network):
            raise TypeError(f"SynapseGroup: net must be a Network, not {net!r}")
        behaviors = keyed_behaviors(behavior)
        self._start(net, _end(net, "src", src), _end(net, "dst", dst), join_tags(tag))
        try:
            self._attach_initial(behaviors)
        except BaseException:
            net.remove(self)
            raise

    def _start(self, net, source, destination, tags: str) -> None:
        self._network = net
        self._src, self._dst = source, destination
        name = type(self).__name__
        self._tie_to(_engine.SynapseGroup(source._core, destination._core, tags, name))
        net._adopt(self, net.SynapseGroups)
        _engine.mirror_rebound()

    @property
    def src(self):
        """The group that the synapses come from."""
        return self._src

    @property
    def dst(self):
        """The group that they go to."""
        return self._dst

    @property
    def group_weighting(self) -> float:
        return self._core.group_weighting

    @group_weighting.setter
    def group_weighting(self, weighting):
        self._core.group_weighting = float(weighting)

    def matrix(
        self,
        mode="zeros()",
        scale=None,
        density=None,
        plot=False,
        dtype=None,
        *,
        sparse=None,
        **synapses,
    ):
        """A new matrix with one value per pair: ``s.matrix('uniform', density=0.1)``.

        With ``sparse=True`` (or in a network with ``settings={'synapses': 'sparse'}``) only the
        synapses that exist are stored (SparseMatrix). A sparse matrix may have delays in ms: `delay`
        for synapses (a number, a distribution such as ``'normal(1.5, 0.75)'``, an array), or
        `axonal_delay` and `dendritic_delay` (numbers, or one per source or target), whose sum counts;
        ``autapses=False`` leaves out the diagonal. ``W.deliver(spikes)`` transmits with delays.
        """
        if sparse is None:
            sparse = bool(synapses) or self.network.synapse_storage == "sparse"
        if sparse and not callable(mode):
            return self._sparse_matrix(mode, scale, density, dtype, synapses)
        if synapses:
            raise TypeError(f"{', '.join(synapses)}: for sparse matrices only; add sparse=True")
        if plot:
            return self._from_mode(mode, scale, density, plot, dtype)
        if callable(mode) and not isinstance(mode, type):
            return asarray(mode(self.matrix_dim())).astype(dtype or self._core.default_dtype)
        return self._core.matrix(mode, scale, density, dtype)

    mat = matrix

    def _sparse_matrix(self, mode, scale, density, dtype, synapses):
        known = {"delay", "axonal_delay", "dendritic_delay", "autapses"}
        if unknown := set(synapses) - known:
            raise TypeError(f"matrix() got an unexpected keyword argument '{unknown.pop()}'")
        given = {"scale": scale, "density": density, "dtype": dtype, **synapses}
        given = {name: value for name, value in given.items() if value is not None}
        return SparseMatrix(*self._core.sparse_matrix(mode, given))

    def connect(self, rule, **keywords) -> SparseMatrix:
        """A sparse matrix of synapses that follow a rule.

        ``s.W = s.connect('fixed_indegree', k=100, weight='normal(0.1, 0.01)', delay=1.5)``

        ==================  ==========================================================
        all_to_all
        one_to_one          source i to destination i
        fixed_probability   each pair with probability p
        fixed_indegree      k synapses arrive at each neuron
        fixed_outdegree     k synapses leave each neuron
        fixed_total_number  n synapses in all
        gaussian            p exp(-d^2 / (2 sigma^2)), d from x, y and z of the groups
        exponential         p exp(-d / length)
        radius, box         p where d <= radius, or no axis differs by more than half_width
        ring                k nearest neighbors
        small_world         a ring of k, each synapse rewired with probability p
        pairs               from i[n] to j[n]
        a function          source -> its destinations
        a SciPy matrix      (source, destination), with its weights
        ==================  ==========================================================

        `weight` and `delay` (ms) are a number, a distribution, or one number per synapse;
        ``autapses=False`` and ``multapses=False`` leave those out; `period` (one number, or one per
        axis) closes space on itself; distances may have a `cutoff`. A list of `Projection`s becomes
        one matrix. Raises BadParameter for numbers that cannot be, UnknownName for rules.
        """
        if not isinstance(rule, (list, tuple)):
            rule = [Projection(rule, **keywords)]
        elif keywords:
            raise TypeError("connect() of several projections: give keywords to each of them")
        return SparseMatrix(*connected(self, rule))

    def procedural(self, rule, value=1.0, *, delay=None, autapses=True, multapses=True, **rule_of):
        """Synapses of a rule that are made again at every spike and cost no memory.

        ``s.W = s.procedural('fixed_probability', 0.1, p=0.05, delay=1.5)``; rules as in `connect`,
        but for those that draw for each destination (fixed_indegree). `value` is a number, or a
        pair (low, high) between which each synapse has one of its own. The matrix cannot be changed.
        """
        low, high = value if hasattr(value, "__len__") else (value, value)
        projection = Projection(
            rule, delay=delay, autapses=autapses, multapses=multapses, **rule_of
        )
        rule, parameters, options, *_ends = projection._parts()
        return ProceduralMatrix(
            *_engine.procedural(self._core, rule, parameters, float(low), float(high), options)
        )

    def matrix_dim(self) -> tuple:
        """(destination, source), or (source, destination) in a network of order SxD."""
        return self._core.matrix_dim()

    def _note_sparse(self):
        stored = (value.nnz for value in vars(self).values() if isinstance(value, SparseMatrix))
        self._core.note_sparse(sum(stored))

    def ignore_transpose_mode(self, W):  # noqa: N803
        """`W` as (destination, source), whatever the order of the network."""
        return self._core.ignore_transpose_mode(W)

    def set_var(self, key, value):
        """Set an attribute; returns self."""
        setattr(self, key, value)
        return self

    def get_random_synapse_mat_fixed(self, min_number_of_synapses=0):
        """Each row gets exactly that many synapses at random places, with values in [0, 1)."""
        import numpy as np

        rows, columns = self.matrix_dim()
        count = min(int(min_number_of_synapses), columns)
        order = np.argsort(np.asarray(self.matrix("uniform")), axis=1)[:, :count]
        matrix = self.matrix()
        if count:
            matrix[np.arange(rows)[:, None], order] = np.asarray(self.matrix("uniform"))[:, :count]
        return matrix

    def get_synapse_group_size_factor(self, synapse_group, synapse_type) -> float:
        """The share of one synapse group among all that arrive with that tag, by weighted size."""
        groups = self.dst.synapses(0, synapse_type)
        total = sum(g.src.size * g.group_weighting for g in groups)
        weightings = sum(g.group_weighting for g in groups)
        own = synapse_group.src.size * synapse_group.group_weighting
        return weightings / total * own

    # -- old names

    get_synapse_mat = renamed_method("get_synapse_mat", "matrix")
    get_synapse_mat_dim = renamed_method("get_synapse_mat_dim", "matrix_dim")


def _end(net, role: str, group):
    if isinstance(group, str):
        match = next((m for m in net[group] if isinstance(m, NeuronGroup)), None)
        if match is None:
            net._refuse_unknown(group)
        return match
    if not isinstance(group, (NeuronGroup, NeuronSubGroup)):
        raise TypeError(f"SynapseGroup: {role} must be a group or its tag, not {group!r}")
    return group
