"""Behaviors: the modules that hold all dynamics of a network."""

from __future__ import annotations

from monnto import _engine
from monnto.notices import renamed_method, warn_renamed
from monnto.parameters import is_nan, read_parameter
from monnto.tagged import Tagged, bad_parameter


def _empty():
    pass


def _documented_empty():
    """Text."""


_EMPTY_CODES = {_empty.__code__.co_code, _documented_empty.__code__.co_code}


def is_empty(function) -> bool:
    """Whether a function only returns None: `pass`, `return`, or nothing but a docstring."""
    code = getattr(function, "__code__", None)
    if code is None or code.co_code not in _EMPTY_CODES:
        return False
    constants = code.co_consts
    # `return 5` compiles to the same code as `pass`, with another constant.
    return constants in ((None,), ()) or (len(constants) == 2 and constants[1] is None)


class Behavior(_engine.Watched, Tagged):
    """A module of dynamics: override `initialize(self, obj)` and `iteration(self, obj)`.

    `obj` is the network, group or synapse group that the behavior is attached to. Keywords given
    to the constructor are read with `parameter()`; `tag` and `behavior_enabled` are reserved.
    """

    initialize_on_init = False  # initialize when the owning object is constructed
    initialize_last = False  # initialize in a second round, after all others
    # Whether every iteration does the same operations on other values: no branch on a value, no
    # number that changes, no draws but vector() and matrix(). Where that holds for all behaviors of
    # a network, iterations are replayed without calling them, until an attribute is set. None: found
    # out by reading the code; True: promised; False: called in every iteration.
    static = None

    visualization_module_inputs = None
    visualization_module_outputs = None
    visualization_module_attributes = None

    def __new__(cls, *args, **kwargs):
        # Here, not in __init__: subclasses with an __init__ of their own need not call ours first.
        self = super().__new__(cls)
        self.init_kwargs = {}
        self.used_attr_keys = ["behavior_enabled", "tag"]
        self._core_object = None
        return self

    def __init__(self, *args, **kwargs):
        self.init_kwargs = {f"arg_{i}": value for i, value in enumerate(args)} | kwargs

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        for old, new in (("set_variables", "initialize"), ("new_iteration", "iteration")):
            if old in cls.__dict__ and new not in cls.__dict__:
                warn_renamed(old, new, level=3)
                setattr(cls, new, cls.__dict__[old])

    def initialize(self, obj):
        """Create variables and read parameters; called once."""

    def iteration(self, obj):
        """One step; called every iteration while the behavior is enabled."""

    # -- parameters

    def parameter(
        self,
        key,
        default=None,
        neurons=None,
        do_not_diversify=False,
        search_other_behaviors=False,
        required=False,
    ):
        """The value of a constructor keyword, or `default`.

        With `neurons`, a text such as ``'normal(0.9,0.1)'`` becomes one value per neuron or
        synapse, and ``'same(Tag, attr)'`` the attribute of another part of the network; ``;plot``
        at its end shows a histogram. Otherwise a text is cast to the type of the default;
        ``'50%'`` is 0.5.
        """
        if key not in self.used_attr_keys:
            self.used_attr_keys.append(key)
        self._core.mark_parameter_used(str(key))
        value = self._given(key, default, neurons, search_other_behaviors, required)
        if isinstance(value, str):
            value = read_parameter(key, value, default, None if do_not_diversify else neurons)
        if is_nan(value):
            raise bad_parameter(key, "nan", f"{type(self).__name__} cannot compute with it")
        return value

    kwargs = args = argument = parameter

    def _given(self, key, default, neurons, search_other_behaviors, required):
        if key in self.init_kwargs:
            return self.init_kwargs[key]
        if search_other_behaviors and neurons is not None:
            for other in neurons.behavior.values():
                if key in other.init_kwargs:
                    return other.init_kwargs[key]
        if required:
            raise bad_parameter(key, "missing", f"{type(self).__name__} needs it")
        return default

    def set_parameters_as_variables(self, obj) -> None:
        """Make every keyword an attribute of `obj`; distributions become vectors."""
        for key in self.init_kwargs:
            if key not in ("tag", "behavior_enabled"):
                setattr(obj, key, self.parameter(key, None, obj))

    def _parameters_text(self) -> str:
        """What was given, for the network's summary."""
        given = (
            (k, v) for k, v in self.init_kwargs.items() if k not in ("tag", "behavior_enabled")
        )
        return ", ".join(
            _shortened(v) if k.startswith("arg_") else f"{k}={_shortened(v)}" for k, v in given
        )

    def _unused_parameters(self) -> list[str]:
        return [str(key) for key in self.init_kwargs if key not in self.used_attr_keys]

    def check_unused_attrs(self) -> list[str]:
        """Keywords that were given but never asked for."""
        return self._unused_parameters()

    # -- state

    @property
    def behavior_enabled(self) -> bool:
        """Whether `iteration` is called."""
        return self._core.enabled

    @behavior_enabled.setter
    def behavior_enabled(self, enabled):
        self._core.enabled = bool(enabled)

    @property
    def empty_iteration_function(self) -> bool:
        return not self._iteration_method()

    @classmethod
    def _iteration_method(cls) -> str:
        """The name of the method to call each step; empty where it would do nothing."""
        own, torch_style = cls.iteration, getattr(cls, "forward", None)
        if torch_style is not None and own is Behavior.iteration:
            return "" if is_empty(torch_style) else "forward"
        return "" if is_empty(own) else "iteration"

    @property
    def _core(self):
        core = self._core_object
        return core if core is not None else self._make_core()

    def _make_core(self):
        core = self._new_core()
        self._core_object = core
        self._tie = _engine.Tie(core, self)
        kept_tags, kept_enabled = self.__dict__.pop("_kept", (None, None))
        tag = kept_tags if kept_tags is not None else self.init_kwargs.get("tag")
        if tag:
            core.with_tag(tag if isinstance(tag, str) else ",".join(tag))
        core.complete_tags()
        enabled = self.init_kwargs.get("behavior_enabled", True)
        core.enabled = bool(enabled if kept_enabled is None else kept_enabled)
        return core

    def __getstate__(self):
        state = {k: v for k, v in self.__dict__.items() if k not in ("_core_object", "_tie")}
        state["_kept"] = (self.tags, self.behavior_enabled)
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self._core_object = None

    def _new_core(self):
        return _engine.PythonBehavior(
            type(self).__name__,
            self._iteration_method(),
            bool(self.initialize_on_init),
            bool(self.initialize_last),
            bool(self.static),
            self.static is None,
        )

    def _twin_recipe(self):
        """How to make a behavior of this structure whose state a snapshot then fills in."""
        kept = (self.tags, self.behavior_enabled)
        return make_twin, (type(self), dict(self.init_kwargs), kept, self._twin_details())

    def _twin_details(self) -> dict:
        return {}

    def visualize_module(self, vmi=None, vmo=None, vma=None):
        """The flow chart of this behavior alone; lists of input, output and attribute names go
        before what its source says."""
        from monnto.flow_chart import chart_of_behavior

        return chart_of_behavior(self, vmi, vmo, vma)

    # Hooks of the user interface.

    def get_UI_Tabs(self):  # noqa: N802
        return []

    def get_UI_Preview_Plots(self):  # noqa: N802
        return None

    # -- old names

    get_init_attr = renamed_method("get_init_attr", "parameter")
    set_init_attrs_as_variables = renamed_method(
        "set_init_attrs_as_variables", "set_parameters_as_variables"
    )


def make_twin(cls, init_kwargs: dict, kept: tuple, details: dict):
    twin = cls.__new__(cls)
    twin.__setstate__({"init_kwargs": init_kwargs, "_kept": kept, **details})
    return twin


class Behaviour(Behavior):
    """Old name of `Behavior`, with the old names of its methods."""

    def __new__(cls, *args, **kwargs):
        warn_renamed("Behaviour", "Behavior", level=3)
        return super().__new__(cls, *args, **kwargs)

    def set_variables(self, obj):
        """Old name of `initialize`."""

    def new_iteration(self, obj):
        """Old name of `iteration`."""

    initialize = set_variables
    iteration = new_iteration


class EngineBehavior(Behavior):
    """A behavior written in C++, made by `monnto.behavior('Name', ...)`."""

    def __init__(self, name, **parameters):
        super().__init__(**parameters)
        self.name = name

    def _new_core(self):
        given = {k: v for k, v in self.init_kwargs.items() if k not in ("tag", "behavior_enabled")}
        return _engine.create_behavior(self.name, given)

    def _twin_details(self):
        return {"name": self.name}

    def initialize(self, obj):
        self._core.initialize(obj._core)

    def iteration(self, obj):
        self._core.iteration(obj._core)

    def __repr__(self):
        return f"<{self.name} (C++) {', '.join(map(repr, self.tags))}>"


def behavior(name: str, **parameters) -> EngineBehavior:
    """A behavior of the engine or of a loaded plug-in, by its name."""
    made = EngineBehavior(name, **parameters)
    made._make_core()  # an unknown name or parameter is an error here, not at the first step
    return made


def _shortened(value, most: int = 60) -> str:
    shape = getattr(value, "shape", ())
    if isinstance(shape, tuple) and shape:
        return f"array of shape {shape}"
    text = " ".join(repr(value).split())
    return text if len(text) <= most else text[: most - 3] + "..."
