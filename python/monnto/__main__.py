"""The command line: ``monnto info``, ``monnto run script.py``."""

from __future__ import annotations

import argparse
import platform
import sys
from pathlib import Path

import numpy

from monnto import _engine


def info() -> None:
    """Print what this build is and where C++ programs find it."""
    rows = {
        "monnto": f"{_engine.__version__} ({Path(_engine.__file__).parent})",
        "python": f"{platform.python_version()} ({sys.executable})",
        "compiler": _engine.compiler,
        **dict(_engine.machine()),
        "GPU": "not used by this version",
        "numpy": numpy.__version__,
        "plots": _version_of("matplotlib"),
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


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="monnto", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("info", help="what this build and this machine can do")
    command.add_argument(
        "--cmake-dir", action="store_true", help="print only the folder for CMake's monnto_DIR"
    )
    command = commands.add_parser(
        "run", help="run a script, also one written for PymoNNto or PymoNNtorch"
    )
    command.add_argument("script", type=Path)
    command.add_argument("arguments", nargs=argparse.REMAINDER)
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments and arguments[0].endswith(".py"):  # python -m monnto script.py
        arguments = ["run", *arguments]
    options = parser.parse_args(arguments)
    if options.command == "run":
        from monnto.old_packages import run_script

        run_script(options.script, options.arguments)
    elif options.cmake_dir:
        print(cmake_dir())
    else:
        info()
    return 0


if __name__ == "__main__":
    sys.exit(main())
