"""What this build is and what the machine can do."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from monnto import _engine


def print_information() -> None:
    """One line for each thing that matters to speed or to bug reports."""
    import numpy

    rows = {
        "monnto": f"{_engine.__version__} ({Path(_engine.__file__).parent})",
        "python": f"{platform.python_version()} ({sys.executable})",
        "compiler": _engine.compiler,
        **dict(_engine.machine()),
        "GPU": "not used by this version",
        "numpy": numpy.__version__,
        "plots": _version_of("matplotlib"),
        "classes": _version_of("scipy"),
        "behaviors": ", ".join(_engine.behavior_names()) or "none of the engine's own yet",
    }
    for name, value in rows.items():
        print(f"{name:<10} {value}")


def cmake_dir() -> Path:
    """The folder that ``find_package(monnto)`` needs as ``monnto_DIR``."""
    return Path(_engine.__file__).parent / "cmake"


def _version_of(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"none: pip install {package}"
