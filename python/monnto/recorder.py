"""Recorders: what is kept of a run, and when."""

from __future__ import annotations

import sys

from monnto import _engine
from monnto.behavior import Behavior
from monnto.recording import ObjectRecording
from monnto.tagged import bad_parameter


def _globals_of_caller() -> dict:
    """Names that the user's own expressions may use: those of the module that made the recorder."""
    frame = sys._getframe(1)
    while frame is not None:
        if not frame.f_globals.get("__name__", "").startswith("monnto."):
            return frame.f_globals
        frame = frame.f_back
    return {}


def _texts(variables) -> list[str]:
    if isinstance(variables, str):
        return [variables]
    texts = list(variables or ())
    for text in texts:
        if not isinstance(text, str):
            raise bad_parameter("variables", repr(text), "expressions are texts, as 'voltage'")
    return texts


class Recorder(Behavior):
    """Keeps values of expressions over time: ``Recorder(['voltage', 'np.mean(voltage)'])``.

    ``net['voltage', 0]`` is then the history of `voltage`, live. `gapwidth` g samples every g
    steps, `max_length` keeps only the newest samples.
    """

    initialize_last = True
    _engine_class = _engine.PythonRecorder

    def __init__(
        self, variables=None, *args, gapwidth=0, save_as_numpy=False, max_length=None, **kwargs
    ):
        super().__init__(*args, **kwargs)
        given = {"variables": variables, "gapwidth": gapwidth, "max_length": max_length}
        self.init_kwargs.update({k: v for k, v in given.items() if v is not None})
        self.used_attr_keys += ["variables", "gapwidth", "save_as_numpy", "max_length"]
        self.save_as_numpy = save_as_numpy
        self._objects = {}
        self._globals = _globals_of_caller()
        self._recorder = self._engine_class(_texts(variables), int(gapwidth), int(max_length or 0))

    def _new_core(self):
        cls = type(self)
        if cls.iteration is Recorder.iteration and cls.initialize is Recorder.initialize:
            return self._recorder  # runs without Python
        core = super()._new_core()
        core.set_results(self._recorder)
        return core

    def initialize(self, obj):
        self._recorder.initialize(obj._core)
        if "recorder" not in self.tags:
            self.add_tag("recorder")

    def iteration(self, obj):
        if obj.recording:
            self._recorder.iteration(obj._core)

    # -- what is recorded

    @property
    def variables(self) -> dict:
        """Histories by the text of their expression."""
        return {text: self._history(text) for text in self._recorder.variables()}

    def _history(self, text):
        return self._core.find_all(text)[-1]

    def add_variables(self, variables) -> None:
        for text in _texts(variables):
            self._recorder.add_variable(text)

    add_variable = add_varable = add_variables

    @property
    def gapwidth(self) -> int:
        return self._recorder.gapwidth

    @gapwidth.setter
    def gapwidth(self, steps):
        self._recorder.gapwidth = int(steps)

    @property
    def max_length(self):
        return self._recorder.max_length or None

    def reset(self) -> None:
        """Start empty; histories already handed out keep what they have."""
        self._recorder.reset()
        for text, old in list(self._objects.items()):
            self._keep(text, old._max_length)

    def clear(self) -> None:
        """Empty everything, also histories handed out."""
        self._recorder.clear()
        for history in self._objects.values():
            history.cut_length(0)

    clear_recorder = clear

    def cut_length(self, length) -> None:
        """Keep only the newest samples."""
        self._recorder.cut_length(int(length))
        for history in self._objects.values():
            history.cut_length(int(length))

    def is_new_data_available(self) -> bool:
        """True once after new samples came."""
        return self._recorder.is_new_data_available()

    def swaped(self, name):
        """A history as ndarray with time and neurons exchanged."""
        import numpy as np

        return np.swapaxes(self[name, 0, "np"], 0, 1)

    def swap(self, x):
        import numpy as np

        return np.swapaxes(np.array(x), 0, 1)

    def memory_forecast(self, obj, iterations) -> int:
        """Bytes that so many more iterations will add."""
        return self._recorder.memory_forecast(obj._core, int(iterations))

    # -- objects that are no arrays

    def _keep(self, text, max_length) -> None:
        history = ObjectRecording(text, max_length)
        self._objects[text] = history
        self._recorder.keep_objects(text, history._core)

    def _keep_objects(self, text) -> None:
        if text not in self._objects:
            self._keep(text, self._recorder.max_length)

    def _restore_objects(self, samples: dict) -> None:
        if self._objects:
            self._recorder.drop_objects()
        self._objects = {}
        for text, values in samples.items():
            self._keep_objects(text)
            self._objects[text]._samples = values

    # -- copies: structure and options, no samples (those belong to a network's state)

    def _twin_details(self):
        options = (self._recorder.gapwidth, self._recorder.max_length)
        return {"_texts": self._recorder.variables(), "_options": options}

    def __getstate__(self):
        state = super().__getstate__() | self._twin_details()
        for name in ("_recorder", "_globals", "_objects"):
            state.pop(name, None)
        return state

    def __setstate__(self, state):
        texts, options = state["_texts"], state["_options"]
        super().__setstate__({k: v for k, v in state.items() if k not in ("_texts", "_options")})
        self._globals = {}
        self._objects = {}
        self._recorder = self._engine_class(texts, *options)


class EventRecorder(Recorder):
    """Keeps where expressions are not zero: ``net['spike.t', 0]`` when, ``net['spike.i', 0]`` who.

    ``net['spike', 0]`` has rows (iteration, index), or (iteration, row, column) for a matrix.
    """

    _engine_class = _engine.EventRecorder
