"""Modules that `from PymoNNto import *` gave scripts because it had imported them itself.

Published scripts use `plt`, `time` or `copy` without an import of their own. What is expensive is loaded
at its first use.
"""

from __future__ import annotations

import types
from importlib import import_module

_STANDARD = "copy glob inspect math os pickle random shutil sys time zipfile".split()
_OTHERS = {"plt": "matplotlib.pyplot", "sp": "scipy", "imageio": "imageio"}


class LoadedLater(types.ModuleType):
    """A module that is imported when something of it is asked for."""

    def __init__(self, name: str, target: str):
        super().__init__(name, f"Stands for {target} until something of it is needed.")
        self.__dict__["_target"] = target

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(import_module(self._target), name)

    def __setattr__(self, name, value):
        setattr(import_module(self._target), name, value)

    def __dir__(self):
        return dir(import_module(self._target))


def leaked_names() -> dict:
    """Those modules by the name that scripts know."""
    from configparser import ConfigParser

    standard = {name: import_module(name) for name in _STANDARD}
    later = {name: LoadedLater(name, target) for name, target in _OTHERS.items()}
    return {**standard, **later, "ConfigParser": ConfigParser}
