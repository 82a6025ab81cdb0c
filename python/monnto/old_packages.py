"""Scripts written for PymoNNto or PymoNNtorch, unchanged: ``python -m monnto script.py``."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import runpy
import sys
import types
from pathlib import Path

from monnto import _engine, old_modules

# What a script may import from; other parts of the old package are not there yet.
_ROOT = "PymoNNto"
_KNOWN = ("NetworkCore", "NetworkBehavior")
_TORCH_ROOT = "pymonntorch"
_ROOTS = (_ROOT, _TORCH_ROOT, "torch")


class OldPackages(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers imports of the old packages with monnto, and those of torch where it is missing."""

    def find_spec(self, name, path=None, target=None):
        root, *below = name.split(".")
        if root not in _ROOTS or (root == "torch" and _is_installed("torch")):
            return None
        if root == _ROOT and below and below[0] not in _KNOWN:
            raise ModuleNotFoundError(
                f"{name}: this part of {_ROOT} is not in monnto yet; networks, groups, behaviors, "
                "recorders and grids are",
                name=name,
            )
        if root == "torch" and _stand_in(below) is None:
            raise ModuleNotFoundError(
                f"{name}: torch is not installed, and monnto has no stand-in for this part of it",
                name=name,
            )
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        root, *below = module.__name__.split(".")
        if root == "torch":
            names = {n: v for n, v in vars(_stand_in(below)).items() if n[:2] != "__"}
        elif root == _TORCH_ROOT:
            from monnto.torch.networks import names as names_of_scripts

            names = names_of_scripts()
        else:
            import monnto

            names = {name: getattr(monnto, name) for name in monnto.__all__}
            names |= old_modules.names_of(below)
        if root != "torch":
            module.__all__ = list(names)
        vars(module).update(names)


def _is_installed(package: str) -> bool:
    return importlib.machinery.PathFinder.find_spec(package) is not None


def _stand_in(below: list):
    """The part of `monnto.torch` that stands for ``torch.<below>``; None where there is none."""
    import monnto.torch as found

    for name in below:
        found = getattr(found, name, None)
    return found if isinstance(found, types.ModuleType) else None


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
        for name, module in list(sys.modules.items()):
            if name.split(".")[0] in _ROOTS and isinstance(module.__loader__, OldPackages):
                del sys.modules[name]
