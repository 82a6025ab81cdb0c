"""What networks, neuron groups and synapse groups have in common."""

from __future__ import annotations

from numbers import Real

from monnto import _engine
from monnto.arrays import asarray
from monnto.behavior import Behavior
from monnto.notices import nearest_hint, renamed_method, warn, warn_renamed
from monnto.tagged import Tagged


def keyed_behaviors(behaviors) -> dict:
    """A dict {key: Behavior} of what a constructor was given: a dict, a list or nothing."""
    if behaviors is None:
        return {}
    if isinstance(behaviors, (list, tuple)):
        behaviors = dict(enumerate(behaviors))
    if not isinstance(behaviors, dict):
        raise TypeError(
            f"behavior: a dict {{key: Behavior}} or a list is needed, not {behaviors!r}"
        )
    for key, behavior in behaviors.items():
        check_behavior(key, behavior)
    return dict(behaviors)


def check_behavior(key, behavior) -> None:
    if not isinstance(key, Real):
        raise TypeError(f"the key of a behavior orders it and must be a number, not {key!r}")
    if isinstance(behavior, type):
        raise TypeError(
            f"key {key}: {behavior.__name__} is a class; did you forget the parentheses, "
            f"{behavior.__name__}()?"
        )
    if not isinstance(behavior, Behavior):
        raise TypeError(f"key {key}: a Behavior is needed, not {behavior!r}")


def with_old_keyword(behavior, old: dict, what: str):
    """`behavior`, or what was given under its old spelling."""
    if "behaviour" in old:
        warn_renamed("behaviour=", "behavior=", level=4)
        behavior = old.pop("behaviour")
    if old:
        name = next(iter(old))
        hint = nearest_hint(name, ["net", "tag", "size", "behavior", "src", "dst", "settings"])
        raise TypeError(f"{what}() got an unexpected keyword '{name}'{hint}")
    return behavior


def join_tags(tag) -> str:
    if tag is None:
        return ""
    return tag if isinstance(tag, str) else ",".join(tag)


class NetworkObject(_engine.Attributes, Tagged):
    """Free attributes, behaviors by key, a recording flag.

    Attributes are variables: ``n.voltage = n.vector()``. ndarrays become Arrays on assignment.
    """

    def _everything(self) -> list:
        return [self, *self.behavior.values(), *self.analysis_modules]

    def _tie_to(self, core) -> None:
        if _engine.has_torch_dialect(self.network):
            _engine.set_torch_dialect(self)
        self._core = core
        self._tie = _engine.Tie(core, self)
        self.behavior = {}
        self.analysis_modules = []

    def _attach_initial(self, behaviors: dict) -> None:
        for key, behavior in behaviors.items():
            self.behavior[key] = behavior
        pairs = [(float(key), behavior._core) for key, behavior in behaviors.items()]
        with self.network._explaining():
            self._core.attach_initial_behaviors(pairs)

    # -- behaviors

    def add_behavior(self, key, behavior, initialize=True):
        """Attach a behavior, by default initializing it at once; returns it."""
        check_behavior(key, behavior)
        # In the dict first: its `initialize` may look for itself.
        is_free = key not in self.behavior
        if is_free:
            self.behavior[key] = behavior
        try:
            with self.network._explaining():
                self._core.add_behavior(float(key), behavior._core, bool(initialize))
        except BaseException:
            if is_free:
                self._core.remove_behavior(behavior._core)
                del self.behavior[key]
            raise
        return behavior

    def add_behaviors(self, behaviors, initialize=True):
        """Attach several; returns the dict."""
        for key, behavior in keyed_behaviors(behaviors).items():
            self.add_behavior(key, behavior, initialize)
        return behaviors

    def remove_behavior(self, which) -> None:
        """Remove by key, tag, instance or class."""
        for key, behavior in list(self.behavior.items()):
            if self._is_meant(which, key, behavior):
                self._core.remove_behavior(behavior._core)
                del self.behavior[key]

    @staticmethod
    def _is_meant(which, key, behavior) -> bool:
        if isinstance(which, type):
            return isinstance(behavior, which)
        if isinstance(which, str):
            return which in behavior.tags
        return behavior is which or (isinstance(which, Real) and key == which)

    def set_behaviors(self, tag, enabled=None, enabeled=None) -> int:
        """Enable or disable every behavior with that tag, here and below; returns how many."""
        on = enabled if enabeled is None else enabeled
        count = self._core.set_behaviors_enabled(tag, bool(on))
        if count == 0:
            hint = nearest_hint(tag, self._core.known_tags())
            warn(f"{self._core.description()}: no behavior has the tag '{tag}'{hint}", level=3)
        return count

    def activate_behaviors(self, tag) -> int:
        return self.set_behaviors(tag, True)

    def deactivate_behaviors(self, tag) -> int:
        return self.set_behaviors(tag, False)

    # -- settings

    @property
    def network(self):
        """The network that this belongs to."""
        return self._network

    @property
    def iteration(self) -> int:
        """The present iteration: 0 before the first step, which has value 1."""
        return self._core.iteration

    @property
    def def_dtype(self):
        """The type of everything that vector() and matrix() create; it makes numbers of it, too."""
        return self._core.default_dtype.type

    @property
    def recording(self) -> bool:
        """Whether recorders attached here take samples."""
        return self._core.recording

    @recording.setter
    def recording(self, on):
        self._core.recording = bool(on)

    # -- arrays

    def _from_mode(self, mode, scale=None, density=None, plot=False, dtype=None):
        array = self._core.from_mode(mode, scale, density, dtype)
        if plot:
            from monnto.parameters import show_histogram

            show_histogram(array, mode, bins=50)
        return array

    def buffer_roll(self, mat, new=None, counter=False):
        """Shift rows in place by one; the newest is at 0, or last with `counter`."""
        # One statement each, so that NumPy and Arrays take care of the overlap.
        if counter:
            mat[:-1] = mat[1:]
        else:
            mat[1:] = mat[:-1]
        if new is not None:
            mat[-1 if counter else 0] = new
        return mat

    def get_buffer_mat(self, dim, size):
        """Zeros of shape (size, dim)."""
        import numpy as np

        shape = dim if isinstance(dim, (tuple, list)) else (dim,)
        return asarray(np.zeros((size, *shape), dtype=self._core.default_dtype))

    def get_nparray(self, dim):
        """Zeros of the default dtype."""
        import numpy as np

        return asarray(np.zeros(dim, dtype=self._core.default_dtype))

    # -- analysis modules

    def add_analysis_module(self, module):
        """Attach an analysis module and initialize it; returns it."""
        module._attach(self)
        return module

    def get_all_analysis_module_results(self, tag, return_modules=False):
        """Results of all analysis modules with that tag, by name."""
        results, modules = {}, {}
        for module in self[tag]:
            for name, value in module.get_results().items():
                results[name] = value
                modules[name] = module
        return (results, modules) if return_modules else results

    def visualize_module(
        self, show_dimension=True, show_recorder=True, only_feed_forward_connections=False
    ):
        """The flow chart of behaviors and the variables between them, in order of execution.

        ``net.visualize_module().save("chart.svg")`` (or .png) writes it, `.show()` opens a window,
        notebooks show it by themselves. See monnto.flow_chart.
        """
        from monnto.flow_chart import flow_chart

        return flow_chart(self, show_dimension, show_recorder, only_feed_forward_connections)

    # -- state

    def _touched(self) -> None:
        """The `__dict__` was changed behind the engine's back: let it look again."""
        self._touch_count = self.__dict__.pop("_touch_count", 0)
        del self._touch_count

    def __reduce_ex__(self, protocol):
        from monnto.copying import member
        from monnto.snapshots import parts_of

        parts = parts_of(self.network)
        return member, (self.network, next(i for i, part in enumerate(parts) if part is self))

    # -- attributes that are tags

    @property
    def tag_shortcuts(self) -> dict:
        """Every tag that can be found from here with its matches."""
        return {tag: self[tag] for tag in self._core.known_tags()}

    def _missing_attribute(self, name):
        """An attribute that does not exist: a unique tag, or an error that names the nearest."""
        core = self.__dict__.get("_core")
        if core is None:
            raise AttributeError(f"{type(self).__name__}.__init__ was not called before '{name}'")
        if name == "t" and "clock_step_size" in self.__dict__:  # a Clock is attached
            return self.network._core.engine_step * float(self.clock_step_size)
        for match in core.find_all(name):
            if match is not self and isinstance(match, Tagged):
                return match
        known = core.known_tags() + [k for k in dir(type(self)) if k[0] != "_"]
        nearest = _engine.nearest_name(name, known + [k for k in self.__dict__ if k[0] != "_"])
        hint = f"; did you mean '{nearest}'?" if nearest else ""
        raise AttributeError(
            f"{core.description()} has no variable or tag '{name}'{hint}", name=name, obj=self
        )

    def __dir__(self):
        tags = [tag for tag in self._core.known_tags() if tag.isidentifier()]
        return sorted({*super().__dir__(), *tags})

    # -- old names

    add_behaviour = renamed_method("add_behaviour", "add_behavior")
    add_behaviours = renamed_method("add_behaviours", "add_behaviors")
    remove_behaviour = renamed_method("remove_behaviour", "remove_behavior")
    set_behaviours = renamed_method("set_behaviours", "set_behaviors")
    set_mechanisms = renamed_method("set_mechanisms", "set_behaviors")
    activate_behaviours = renamed_method("activate_behaviours", "activate_behaviors")
    deactivate_behaviours = renamed_method("deactivate_behaviours", "deactivate_behaviors")
    activate_mechanisms = renamed_method("activate_mechanisms", "activate_behaviors")
    deactivate_mechanisms = renamed_method("deactivate_mechanisms", "deactivate_behaviors")
