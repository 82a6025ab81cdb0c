"""The network: groups, behaviors, and the loop that runs them."""

from __future__ import annotations

import weakref

from monnto import _engine
from monnto.constants import DxS
from monnto.genes import get_genome, resolve_genes
from monnto.network_object import NetworkObject, join_tags, keyed_behaviors, with_old_keyword
from monnto.notices import ModelWarning
from monnto.running import (
    NetworkLock,
    explain_failure,
    interruptible,
    progress_reporter,
    warn_of_memory,
)
from monnto.settings import engine_settings
from monnto.static_proof.proofs import Proofs
from monnto.time_text import steps_of


class Network(NetworkObject):
    """A model: neuron groups, synapse groups, and the behaviors attached to them and to itself.

    `settings` may hold dtype, syn_dim (SxD or DxS), seed, threads, dt (ms), synapses ('dense', or
    'sparse': matrices store the synapses that exist) and dialect ('numpy', or 'torch' for Arrays
    with torch's names and rules); seed, dt and threads are also keywords.
    Without a seed one is drawn from `np.random` (or torch's generator), so that
    ``np.random.seed(42)`` fixes a script.
    """

    def __init__(
        self, tag=None, behavior=None, settings=None, *, seed=None, dt=None, threads=None, **old
    ):
        behavior = with_old_keyword(behavior, old, "Network")
        given = {"seed": seed, "dt": dt, "threads": threads}
        chosen = engine_settings(settings, {k: v for k, v in given.items() if v is not None})
        behaviors = keyed_behaviors(behavior)
        self._start(join_tags(tag), chosen)
        self.settings = dict(settings or {})
        self._attach_initial(behaviors)

    def _start(self, tags: str, settings: dict) -> None:
        self.NeuronGroups = []
        self.SynapseGroups = []
        self._proofs = Proofs()
        settings = dict(settings)
        if settings.pop("dialect", "numpy") == "torch":
            _become_torch(self)
        self._synapse_storage = settings.pop("synapses", "dense")
        self._tie_to(_engine.Network(tag=tags, **settings))
        self._lock = NetworkLock(self._core)
        self._core.set_warning_sink(_show_warning)
        self._core.set_generator_probe(_generator_fingerprint)
        _engine.set_state_hook(self._core, _state_hook(weakref.ref(self)))

    network = property(lambda self: self)

    # -- looking

    @property
    def iteration(self) -> int:
        """The present iteration: 0 before the first step, which has value 1. May be set."""
        return self._core.iteration

    @iteration.setter
    def iteration(self, value):
        self._core.iteration = int(value)

    @property
    def dialect(self) -> str:
        """Whose names and rules the Arrays of this network follow: 'numpy' or 'torch'."""
        return "torch" if _engine.has_torch_dialect(self) else "numpy"

    @property
    def synapse_storage(self) -> str:
        """How synapse.matrix() stores what it makes, unless told: 'dense' or 'sparse'."""
        return self._synapse_storage

    @property
    def seed(self) -> int:
        """The seed of this network's random numbers, given or drawn."""
        return self._core.seed

    @property
    def dt(self) -> float:
        """Length of one iteration in ms."""
        return self._core.dt

    @dt.setter
    def dt(self, milliseconds):
        self._core.dt = float(milliseconds)

    @property
    def transposed_synapse_matrix_mode(self) -> bool:
        return self._core.syn_dim != DxS

    @property
    def behavior_timesteps(self) -> list:
        """The keys in use, sorted."""
        return sorted({key for obj in self.all_objects() for key in obj.behavior})

    @property
    def sorted_behavior_execution_list(self) -> list:
        """Triples (key, parent, behavior) in the order of execution."""
        return self._core.schedule()

    @property
    def time_measures(self) -> dict:
        """Milliseconds per behavior key, over all measured iterations; 0 where nothing ran."""
        measures = dict.fromkeys(self.behavior_timesteps, 0.0)
        for key, _, _, _, milliseconds in self._core.times():
            key = int(key) if key == int(key) else key
            measures[key] = measures.get(key, 0.0) + milliseconds
        return measures

    def all_objects(self) -> list:
        return [self, *self.NeuronGroups, *self.SynapseGroups]

    def all_behaviors(self) -> list:
        return [behavior for obj in self.all_objects() for behavior in obj.behavior.values()]

    def _everything(self) -> list:
        found = []
        for obj in self.all_objects():
            found += [obj, *obj.behavior.values(), *obj.analysis_modules]
        return found

    def __str__(self) -> str:
        for group in self.SynapseGroups:
            group._note_sparse()
        return self._core.summary()

    # -- running

    def initialize(self, info=True, warnings=True, storage_manager=None) -> None:
        """Initialize all behaviors in the order of their keys; print a summary with `info`.

        Genes in parameters (``'[0.5#key]'``) are resolved first. A storage manager gets the genome
        and the summary.
        """
        resolve_genes(self)
        genome = get_genome()
        if info:
            if genome:
                print("genome:", genome)
            print(self)
        if storage_manager is not None and genome:
            storage_manager.save_param_dict({"evolution_params": genome, **genome})
        with self._lock, self._explaining():
            self._core.set_warning_sink(_show_warning if warnings else _ignore)
            try:
                self._core.initialize()
            finally:
                self._core.set_warning_sink(_show_warning)
        if storage_manager is not None and info:
            storage_manager.save_param("info", str(self))

    def _check_proofs(self) -> None:
        if self._proofs.have_changed():
            _engine.note_change()

    def simulate_iteration(self, measure_behavior_execution_time=False):
        """One step. When measuring, returns {key: milliseconds so far}."""
        self._check_proofs()
        with self._lock, self._explaining():
            self._core.simulate_iteration(bool(measure_behavior_execution_time))
        return self.time_measures if measure_behavior_execution_time else None

    def simulate_iterations(
        self,
        iterations,
        batch_size=100,
        measure_block_time=True,
        disable_recording=False,
        batch_progress_update_func=None,
        *,
        measure_behavior_execution_time=False,
    ):
        """Run steps: a number of them, or a time such as ``'1000*ms'``.

        Progress with rate and time left is shown on a terminal, and after each full batch
        `batch_progress_update_func(percent, network)` is called. Returns the milliseconds of the
        last full batch, or None. Ctrl-C stops between two iterations and keeps all recordings.
        """
        count, batch = steps_of(iterations, self), steps_of(batch_size, self)
        report = None
        self._check_proofs()
        if batch_progress_update_func is not None:
            batches = count // batch if batch > 0 else 1
            report = progress_reporter(batch_progress_update_func, self, batches)
        if not disable_recording:
            warn_of_memory(self, count)
        with self._lock, self._explaining(), interruptible(self):
            _, _, _, last_batch = self._core.simulate_iterations(
                count,
                batch,
                progress=bool(measure_block_time),
                measure=bool(measure_behavior_execution_time),
                disable_recording=bool(disable_recording),
                callback=report,
            )
        return last_batch if measure_block_time else None

    def explain(self, format="text"):
        """What one iteration becomes: its kernels, what each fuses, bytes moved, time, and the
        share of this machine's memory bandwidth; which behaviors and variables each belongs to,
        and per matrix what events saved, or why nothing.

        With `format` 'text' (default) a str for people, with 'json' one for programs. Runs some
        iterations and takes the network back to where it was; what behaviors do outside the
        network (printing, files) happens.
        """
        if format not in ("text", "json"):
            raise ValueError(f"explain: format is 'text' or 'json', not {format!r}")
        with self._lock, self._explaining():
            before = self.snapshot()
            try:
                return self._core.explain(format == "json")
            finally:
                self.restore(before)

    @property
    def lock(self):
        """Held during each iteration: ``with net.lock:`` in another thread sees whole steps."""
        return self._lock

    def _explaining(self):
        return explain_failure(self._core)

    # -- recording

    def recording_off(self) -> None:
        self._core.set_recording_everywhere(False)

    def recording_on(self) -> None:
        self._core.set_recording_everywhere(True)

    def clear_recorder(self, keys=None) -> None:
        """Empty all recorders, or those under `keys`."""
        for obj in self.all_objects():
            for key, behavior in obj.behavior.items():
                if hasattr(behavior, "clear_recorder") and (keys is None or key in keys):
                    behavior.clear_recorder()

    def clear_tag_cache(self) -> None:
        """Searches are always up to date; kept for scripts that call it."""

    def add_behaviors_to_object(self, behaviors, obj):
        obj.add_behaviors(behaviors)

    def add_behaviors_to_objects(self, behaviors, objects):
        for obj in objects:
            obj.add_behaviors(behaviors)

    # -- groups

    def _adopt(self, group, groups: list) -> None:
        self._core.adopt(group._core)
        groups.append(group)

    def remove(self, group) -> None:
        """Remove a neuron group with its synapse groups, or one synapse group."""
        self._core.remove(group._core)
        gone = [s for s in self.SynapseGroups if group in (s, s.src, s.dst)]
        self.SynapseGroups = [s for s in self.SynapseGroups if s not in gone]
        self.NeuronGroups = [n for n in self.NeuronGroups if n is not group]

    # -- state

    def snapshot(self):
        """The whole state: arrays, attributes, recordings, generators, iteration."""
        with self._lock:
            return _engine.take_snapshot(self._core)

    def restore(self, snapshot) -> None:
        """Return to a snapshot of this network, or of one built alike."""
        with self._lock:
            _engine.restore_snapshot(self._core, snapshot)
            _engine.mirror_rebound()

    def __deepcopy__(self, memo):
        from monnto.copying import deep_copy

        return deep_copy(self, memo)

    def __reduce_ex__(self, protocol):
        from monnto.copying import reduce_network

        return reduce_network(self)


def _state_hook(find_network):
    # The engine keeps this function; a strong reference to the network would never be collected.
    def visit(tree, *arrays):
        from monnto.snapshots import restore_tree, save_tree

        network = find_network()
        return save_tree(network) if tree is None else restore_tree(network, tree, *arrays)

    return visit


def _generator_fingerprint() -> str:
    from monnto.fingerprint import generator_fingerprint

    return generator_fingerprint()


def _become_torch(network) -> None:
    import monnto.torch  # noqa: F401  gives Tensors their methods
    from monnto.torch import foreign
    from monnto.torch.recordings import show_recordings_as_tensors

    foreign.connect()
    show_recordings_as_tensors(network)
    _engine.set_torch_dialect(network)


def _show_warning(message: str) -> None:
    import warnings

    warnings.warn(message, ModelWarning, stacklevel=3)


def _ignore(message: str) -> None:
    pass
