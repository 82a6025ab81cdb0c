"""Behaviors whose logic is C++, as classes that scripts construct and extend."""

from __future__ import annotations

from monnto import _engine
from monnto.behavior import Behavior
from monnto.notices import warn


class NativeBehavior(Behavior):
    """Base of the library: a registered behavior of the engine under the name that scripts know.

    A class that overrides `initialize` or `iteration` runs as Python and reaches the engine's part
    through `super()`; all others run without Python.
    """

    engine_name = ""
    positional: tuple = ()  # names of arguments that may be given without one
    static = True

    def __init__(self, *args, **kwargs):
        names = self.positional
        if len(args) > len(names):
            raise TypeError(
                f"{type(self).__name__} takes {len(names)} arguments without a name, "
                f"{len(args)} were given"
            )
        super().__init__(**dict(zip(names, args, strict=False)), **kwargs)
        self._make_core()  # a wrong parameter is an error here, not at the first step

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        # What a subclass does is found out.
        if cls._is_extended() and "static" not in cls.__dict__:
            cls.static = None

    @classmethod
    def _is_extended(cls) -> bool:
        own = NativeBehavior
        return (
            cls.initialize is not own.initialize
            or cls.iteration is not own.iteration
            or hasattr(cls, "forward")
        )

    def _new_core(self):
        part = self._new_part()
        return super()._new_core() if self._is_extended() else part

    def _new_part(self):
        known = _engine.behavior_parameter_names(self.engine_name)
        given = {}
        for key, value in self.init_kwargs.items():
            if key in known:
                self.used_attr_keys.append(key)
                if value is not None:
                    given[key] = value
            elif key not in ("tag", "behavior_enabled") and not self._is_extended():
                warn(
                    f"{type(self).__name__} has no parameter {key!r}; it knows {', '.join(known)}",
                    level=4,
                )
        return _engine.create_behavior(self.engine_name, given)

    @property
    def _part(self):
        """The engine's behavior: this one itself, or what an extended class is built upon."""
        if not self._is_extended():
            return self._core
        if "_engine_part" not in self.__dict__:
            self.__dict__["_engine_part"] = self._new_part()
        return self._engine_part

    def initialize(self, obj):
        self._part.initialize(obj._core)

    def iteration(self, obj):
        self._part.iteration(obj._core)

    def __getstate__(self):
        state = super().__getstate__()
        state.pop("_engine_part", None)
        return state
