"""Scripts written for PymoNNto, unchanged: ``python -m monnto script.py``."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import runpy
import sys
from pathlib import Path

from monnto import _engine

# What a script may import from; other parts of the old package are not there yet.
_ROOT = "PymoNNto"
_KNOWN = ("NetworkCore", "NetworkBehavior")


class OldPackages(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers imports of the old package with monnto."""

    def find_spec(self, name, path=None, target=None):
        root, *below = name.split(".")
        if root != _ROOT:
            return None
        if below and below[0] not in _KNOWN:
            raise ModuleNotFoundError(
                f"{name}: this part of {_ROOT} is not in monnto yet; networks, groups, behaviors, "
                "recorders and grids are",
                name=name,
            )
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        import monnto

        module.__all__ = list(monnto.__all__)
        for name in module.__all__:
            setattr(module, name, getattr(monnto, name))


def run_script(path, arguments=()) -> None:
    """Run a script as `python script.py` would, with the old package's names mapped to ours.

    While it runs, Arrays count as ndarrays in `isinstance` and type comparisons.
    """
    script = Path(path)
    if not script.exists():
        raise SystemExit(f"monnto: no script {script}")
    finder = OldPackages()
    before = sys.argv, list(sys.path)
    sys.meta_path.insert(0, finder)
    sys.argv = [str(script), *arguments]
    sys.path.insert(0, str(script.resolve().parent))
    _engine.pretend_ndarray(True)
    try:
        runpy.run_path(str(script), run_name="__main__")
    finally:
        _engine.pretend_ndarray(False)
        sys.meta_path.remove(finder)
        sys.argv, sys.path[:] = before
        for name in [n for n in sys.modules if n.split(".")[0] == _ROOT]:
            del sys.modules[name]
