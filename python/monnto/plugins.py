"""Behaviors in C++: compiling, loading, making them by name."""

from __future__ import annotations

from pathlib import Path

from monnto import _engine
from monnto.tagged import bad_parameter

_loaded: dict[str, list[str]] = {}


def load_plugin(path, **options) -> list[str]:
    """Load behaviors from a shared library, or from a C++ source that is compiled first.

    Returns their names; `monnto.behavior(name, ...)` makes them.
    """
    path = Path(path).resolve()
    if path.suffix in (".cpp", ".cc", ".cxx"):
        path = build_plugin(path, **options)
    if str(path) not in _loaded:
        if not path.exists():
            raise bad_parameter("plugin", path, "no such file")
        _loaded[str(path)] = _engine.load_plugin(str(path))
    return list(_loaded[str(path)])


def build_plugin(source, folder=None, compiler=None) -> Path:
    """Compile one C++ source to a plug-in; what is up to date is not compiled again."""
    import hashlib
    import os
    import subprocess

    source = Path(source).resolve()
    if not source.exists():
        raise bad_parameter("plugin", source, "no such file")
    compiler = compiler or os.environ.get("CXX", "c++")
    library = _library()
    # Another library, compiler or text is another plug-in.
    identity = f"{library.stat().st_mtime_ns} {compiler} {source}\n".encode() + source.read_bytes()
    digest = hashlib.sha256(identity).hexdigest()[:16]
    target = Path(folder or _cache_folder()) / f"{source.stem}-{digest}.so"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        command = [compiler, "-std=c++20", "-O2", "-ffp-contract=off", "-fPIC", "-shared"]
        command += [str(source), "-o", f"{target}.{os.getpid()}", f"-I{include_dir()}"]
        command += [str(library), f"-Wl,-rpath,{library.parent}"]
        _run(command, source, subprocess)
        Path(f"{target}.{os.getpid()}").replace(target)  # whole or not at all
    return target


def _run(command: list[str], source: Path, subprocess) -> None:
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise bad_parameter("compiler", command[0], "not found; install a C++ compiler") from None
    if result.returncode != 0:
        first = "\n".join(result.stderr.splitlines()[:30])
        raise bad_parameter("plugin", source, f"it does not compile:\n{first}")


def include_dir() -> Path:
    """The folder with `monnto/monnto.hpp`."""
    return _find("include/monnto/monnto.hpp").parent.parent


def _library() -> Path:
    for name in ("lib/libmonnto.so", "libmonnto.so"):
        for folder in _folders():
            if (folder / name).exists():
                return (folder / name).resolve()
    raise _engine.BadState("libmonnto.so was not found beside the Python package")


def _find(name: str) -> Path:
    for folder in _folders():
        if (folder / name).exists():
            return folder / name
    raise _engine.BadState(f"{name} was not found beside the Python package")


def _folders() -> list[Path]:
    # The installed package holds everything; in a build tree it lies further up.
    package = Path(_engine.__file__).resolve().parent
    return [package, *list(package.parents)[:4]]


def _cache_folder() -> Path:
    import os

    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "monnto" / "plugins"
