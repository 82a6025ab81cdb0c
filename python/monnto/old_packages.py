"""Scripts written for PymoNNto or PymoNNtorch, unchanged: ``python -m monnto script.py``."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import io
import sys
import types
from pathlib import Path

from monnto import _engine

_ROOT = "PymoNNto"
_TORCH_ROOT = "pymonntorch"
_ROOTS = (_ROOT, _TORCH_ROOT, "torch")


class OldPackages(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers imports of the old packages with monnto, and those of torch where it is missing."""

    def find_spec(self, name, path=None, target=None):
        root, *below = name.split(".")
        if root not in _ROOTS or (root == "torch" and _is_installed("torch")):
            return None
        if root == _ROOT and _names_of_pymonnto(below) is None:
            raise ModuleNotFoundError(_no_such_module(name, ".".join(below)), name=name)
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
            names = _names_of_pymonnto(below)
        if root != "torch":
            module.__all__ = list(names)
        vars(module).update(names)


def _names_of_pymonnto(below: list):
    from monnto.pymonnto.modules import names_of

    return names_of(".".join(below))


def _no_such_module(name: str, path: str) -> str:
    from monnto.pymonnto.modules import nearest_path

    nearest = nearest_path(path)
    hint = f"; did you mean {_ROOT}.{nearest}?" if nearest else ""
    return f"No module named '{name}': {_ROOT} has none of that name{hint}"


def _is_installed(package: str) -> bool:
    return importlib.machinery.PathFinder.find_spec(package) is not None


def _stand_in(below: list):
    """The part of `monnto.torch` that stands for ``torch.<below>``; None where there is none."""
    import monnto.torch as found

    for name in below:
        found = getattr(found, name, None)
    return found if isinstance(found, types.ModuleType) else None


class old_names:  # noqa: N801
    """While inside, imports of the old packages give monnto's names, and Arrays count as ndarrays
    in `isinstance` and type comparisons."""

    def __enter__(self):
        self.finder = OldPackages()
        sys.meta_path.insert(0, self.finder)
        _engine.pretend_ndarray(True)

    def __exit__(self, *failure):
        _engine.pretend_ndarray(False)
        sys.meta_path.remove(self.finder)
        for name, module in list(sys.modules.items()):
            if name.split(".")[0] in _ROOTS and isinstance(module.__loader__, OldPackages):
                del sys.modules[name]


def run_script(path, arguments=()) -> None:
    """Run a script as `python script.py` would, with the old packages' names mapped to ours.

    Afterwards `sys.argv`, `sys.path` and `__main__` are what they were.
    """
    before = sys.argv, list(sys.path), sys.modules.get("__main__")
    try:
        with old_names():
            _run_as_main(path, arguments)
    finally:
        sys.argv, sys.path[:] = before[:2]
        if before[2] is not None:
            sys.modules["__main__"] = before[2]


def run_program(path, arguments=()) -> None:
    """As run_script for a process that ends with the script: what it leaves (functions at exit,
    threads) finds its names, and a traceback begins with the script's own lines."""
    script, show = str(Path(path).resolve()), sys.excepthook

    def show_from_script(kind, error, trace):
        trace = _of_script(error, trace, script)
        show(kind, error.with_traceback(trace), trace)

    sys.excepthook = show_from_script
    if sys.path and not getattr(sys.flags, "safe_path", False):
        del sys.path[0]  # what `-m` put there; a script has its own folder instead
    old_names().__enter__()
    _run_as_main(path, arguments)


def _of_script(error, trace, script: str):
    """The part of a traceback from the script's first line on; all of it where there is none."""
    found = trace
    while found is not None and found.tb_frame.f_code.co_filename != script:
        found = found.tb_next
    return trace if found is None and not isinstance(error, SyntaxError) else found


def _run_as_main(path, arguments) -> None:
    script = Path(path).resolve()
    if not script.is_file():
        print(f"monnto: can't open file '{script}': no such file", file=sys.stderr)
        raise SystemExit(2)  # python's
    _add_project_root(script)
    sys.argv = [str(path), *arguments]
    sys.path.insert(0, str(script.parent))
    main = types.ModuleType("__main__")
    main.__file__ = str(script)
    main.__builtins__ = __builtins__
    sys.modules["__main__"] = main
    with io.open_code(str(script)) as file:
        code = compile(file.read(), str(script), "exec", dont_inherit=True)
    exec(code, main.__dict__)  # the script that the user asked to run


def _add_project_root(script: Path) -> None:
    """The old package appended the folder that holds `Data` to the path; scripts in folders of a
    project import its modules that way."""
    folder = Path(_engine.data_folder(str(Path.cwd()), False))
    if folder.is_dir() and str(folder.parent) not in sys.path:
        sys.path.append(str(folder.parent))
