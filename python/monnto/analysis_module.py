"""Analysis modules: tagged, callable tools that are attached to a part of a network."""

from __future__ import annotations

from monnto import _engine
from monnto.tagged import Tagged


class AnalysisModule(Tagged):
    """Override `execute(self, obj, **kwargs)`; call the module to run it and store its result."""

    def __init__(self, parent=None, **kwargs):
        self.init_kwargs = kwargs
        self.used_attr_keys = []
        self.parent = None
        self.result_storage = {}
        self.save_results = True
        self._last_key = None
        self._update_notifiers = []
        self._progress_functions = []
        name = type(self).__name__
        # The class name comes twice, as scripts that index tags expect.
        self._core = _engine.PythonFindable(",".join(filter(None, (kwargs.get("tag"), name))), name)
        self._tie = _engine.Tie(self._core, self)
        if parent is not None:
            self._attach(parent)

    def _attach(self, obj) -> None:
        self.parent = obj
        obj.analysis_modules.append(self)
        setattr(obj, type(self).__name__, self)
        self._core.add_tag(type(self).__name__)  # also tells searches that something changed
        self.initialize(obj)

    def initialize(self, obj):
        """Called when the module is attached."""

    def execute(self, obj, **kwargs):
        """Compute and return the result."""

    def parameter(self, key, default=None):
        """The value of a constructor keyword, or `default`."""
        self.used_attr_keys.append(key)
        return self.init_kwargs.get(key, default)

    def __call__(self, **kwargs):
        self.update_progress(0)
        result = self.execute(self.parent, **kwargs)
        self.update_progress(100)
        if result is not None:
            self.save_result(self._key(kwargs), result)
        return result

    exec = __call__

    def generate_current_key(self, args_key, add_args=True) -> str:
        """The name of a result: the class, its values and, where there are any, the arguments."""
        return self._key(args_key if add_args else {})

    def _key(self, kwargs: dict) -> str:
        values = ", ".join(str(v) for k, v in self.init_kwargs.items() if k != "tag")
        return f"{type(self).__name__}({values})" + (f" {kwargs}" if kwargs else "")

    # -- results

    def save_result(self, key, value) -> None:
        self._last_key = key
        if self.save_results:
            self.result_storage[key] = value
        for notify in self._update_notifiers:
            notify(key)

    def get_results(self) -> dict:
        return self.result_storage

    def result(self):
        """The newest result."""
        return self.result_storage.get(self._last_key)

    last_call_result = result

    def remove_result(self, key) -> None:
        self.result_storage.pop(key, None)

    def clear_results(self) -> None:
        self.result_storage.clear()

    # -- for user interfaces

    @property
    def execution_arguments(self) -> dict:
        """Names and defaults of the arguments of `execute`."""
        import inspect

        signature = inspect.signature(self.execute)
        return {
            name: None if p.default is p.empty else p.default
            for name, p in list(signature.parameters.items())[1:]
            if p.kind is not p.VAR_KEYWORD
        }

    def is_executable(self) -> bool:
        return type(self).execute is not AnalysisModule.execute

    def set_update_notifier(self, function) -> None:
        self._update_notifiers.append(function)

    def remove_update_notifier(self, function) -> None:
        if function in self._update_notifiers:
            self._update_notifiers.remove(function)

    def add_progress_update_function(self, function) -> None:
        self._progress_functions.append(function)

    def update_progress(self, percent) -> None:
        for function in self._progress_functions:
            function(percent)

    def __getstate__(self):
        return {k: v for k, v in self.__dict__.items() if k not in ("_core", "_tie")} | {
            "_tags": self.tags
        }

    def __setstate__(self, state):
        tags = state.pop("_tags")
        self.__dict__.update(state)
        self._core = _engine.PythonFindable(",".join(tags[:-1]), tags[-1])
        self._tie = _engine.Tie(self._core, self)
