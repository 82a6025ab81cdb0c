"""The command line.

    monnto run script.py ...     run a script, also one written for PymoNNto or PymoNNtorch
    monnto runs [experiment]     what is stored in the folder Data: experiments, runs, parameters
    monnto info                  what this build and this machine can do

`python -m monnto script.py ...` is short for `python -m monnto run script.py ...`.
"""

from __future__ import annotations

import argparse
import sys


def _parser() -> argparse.ArgumentParser:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="monnto", description=__doc__, formatter_class=shape)
    parser.add_argument("--version", action="store_true", help="print the version and end")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_run(commands, shape)
    _add_runs(commands, shape)
    command = commands.add_parser(
        "info", help="what this build and this machine can do", description="What computes here."
    )
    command.add_argument(
        "--cmake-dir", action="store_true", help="print only the folder for CMake's monnto_DIR"
    )
    return parser


def _add_run(commands, shape) -> None:
    command = commands.add_parser(
        "run",
        help="run a script, also one written for PymoNNto or PymoNNtorch",
        formatter_class=shape,
        description=(
            "Run a script as python would: its arguments, exit code and tracebacks are the same. "
            "Imports of\nPymoNNto, pymonntorch and their modules give monnto's names, and, where it "
            "is not installed, torch."
        ),
        epilog="Ctrl-C ends a simulation after the present iteration, a second one at once.",
    )
    command.add_argument("script", help="a Python file")
    command.add_argument(
        "arguments", nargs=argparse.REMAINDER, help="what the script finds in sys.argv"
    )


def _add_runs(commands, shape) -> None:
    command = commands.add_parser(
        "runs",
        help="list what is stored in the folder Data",
        formatter_class=shape,
        description="List experiments, or the runs of one with their parameters.",
        epilog=(
            "examples:\n"
            "  monnto runs                                    all experiments\n"
            "  monnto runs scan --sort score                  runs of `scan`, best last\n"
            "  monnto runs scan --where 'n>10' --show score   one column, of some runs\n"
            "  monnto runs scan --csv > scan.csv              for other programs"
        ),
    )
    command.add_argument("experiment", nargs="?", help="the name given to StorageManager")
    command.add_argument("--sort", metavar="PARAMETER", help="sort by a parameter, ascending")
    command.add_argument("--where", metavar="EXPRESSION", help="only runs where it is true")
    command.add_argument(
        "--show", metavar="PARAMETER", nargs="+", help="these parameters instead of all"
    )
    command.add_argument("--csv", action="store_true", help="comma-separated values")
    command.add_argument(
        "--data", metavar="FOLDER", help="the folder Data; by default the nearest one above"
    )


def main(arguments: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments and arguments[0].endswith(".py"):  # python -m monnto script.py
        arguments = ["run", *arguments]
    if arguments and arguments[0] == "run" and len(arguments) > 1 and arguments[1][:1] != "-":
        # Not through argparse, which would take options of the script for its own.
        from monnto.old_packages import run_program

        run_program(arguments[1], arguments[2:])
        return 0
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.version:
        from monnto import __version__

        print(f"monnto {__version__}")
    elif options.command == "runs":
        return _runs(options)
    elif options.command == "info":
        from monnto.information import cmake_dir, print_information

        print(cmake_dir()) if options.cmake_dir else print_information()
    else:
        parser.print_help()
        return 2
    return 0


def _runs(options) -> int:
    from monnto._engine import Error
    from monnto.storage.listing import print_experiments, print_runs

    try:
        if options.experiment is None:
            print_experiments(options.data)
        else:
            print_runs(options)
    except (Error, OSError) as error:
        print(f"monnto runs: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
