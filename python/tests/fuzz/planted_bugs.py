#!/usr/bin/env python3
"""Plants bugs in the engine and checks that the random programs on both sides catch each of them.

    python/tests/fuzz/planted_bugs.py --build build/python [--programs 20000] [NUMBER ...]

Compiles one changed file into a library of its own beside a finished build of the Python package,
which stays as it is, and runs the programs on that. Ends with code 1 if a bug survives.
tests/array/planted_bugs.py does the same for the programs in C++.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS.parents[1] / "tools"))
from planting import ROOT, Bug, report  # noqa: E402

LIBRARY = "libmonnto.so.0"

BUGS = [
    Bug("a node that others still hold is overwritten in place", "src/array/evaluate.cpp",
        "input.get()->ref_count() != 1 || ", ""),
    Bug("memory that two nodes share is shown to the host as if it were one's own",
        "src/array/cell.cpp", "(!is_private || !is_ordered)", "!is_ordered"),
    Bug("an overlapping source is overwritten while it is read", "src/array/cell.cpp",
        "if (may_overlap(*content->value().buffer, *to.buffer)) {", "if (false) {"),
    Bug("what the host wrote to a constant is forgotten", "src/array/cell.cpp",
        "if (target.content_->op != Op::data || is_first_export) {", "if (false) {"),
    Bug("an operation on memory that the host may write to waits", "src/array/record.cpp",
        "eager_scopes > 0 || reads_pinned_memory(inputs)", "eager_scopes > 0"),
    Bug("a copy shares the memory that the host writes to", "src/array/array.cpp",
        "!content->is_settled() || !content->value().buffer->is_pinned()", "true"),
    Bug("a mask over the first axis is spread along the last one", "src/array/picked.cpp",
        "shape.push_back(1);", "shape.insert(0, 1);"),
    Bug("negative index arrays count from the front", "src/array/index_plan.cpp",
        "return index < 0 ? index + extent : index;", "return index < 0 ? -index - 1 : index;"),
    Bug("index arrays apart leave their axes where they stood", "src/array/index_plan.cpp",
        "scattered_ ? 0 : first_position_", "first_position_"),
    Bug("an axis of extent 1 is broadcast by walking on", "src/array/dims.cpp",
        "shape[axis] == 1 && target[axis + shift] != 1 ? 0 : strides[axis]", "strides[axis]"),
    Bug("a reduction walks along the first of several axes", "src/jit/reference/reduction.cpp",
        "(reduces ? reduced_strides : kept_strides).push_back(from.strides[axis]);",
        "(reduces ? reduced_strides : kept_strides)\n"
        "            .push_back(from.strides[reduces && axis == 2 ? 1 : axis]);"),
    Bug("in-place operators take what they cannot cast back", "src/array/array.cpp",
        "if (!can_cast_same_kind(types.result, dtype())) {", "if (false) {"),
    Bug("a view of a Scalar writes through to it", "python/bindings/array/operand.cpp",
        "is_scalar(object) ? operand.array().copy() : operand.array()", "operand.array()"),
]  # fmt: skip


def run(command: str | list[str], **options) -> subprocess.CompletedProcess:
    return subprocess.run(command, capture_output=True, text=True, **options)


def compiled(bug: Bug, build: Path, scratch: Path) -> tuple[str, Path]:
    """The object file of the changed source: as the build calls it, and where it lies now."""
    entries = json.loads((build / "compile_commands.json").read_text())
    entry = next(e for e in entries if Path(e["file"]) == ROOT / bug.path)
    source, made = scratch / Path(bug.path).name, scratch / "changed.o"
    source.write_text(bug.source())
    words = shlex.split(entry["command"])
    at = words.index("-o") + 1
    object_name, words[at] = words[at], str(made)
    words[words.index(entry["file"])] = str(source)
    # Private headers are found beside the source, which is elsewhere now.
    words += ["-iquote", str((ROOT / bug.path).parent)]
    done = run(words, cwd=entry["directory"])
    if done.returncode != 0:
        sys.exit(f"the planted bug does not compile: {bug.claim}\n{done.stderr[-3000:]}")
    return object_name, made


def linked(bug: Bug, build: Path, scratch: Path) -> None:
    """Puts the package with the bug in it into `scratch`."""
    package = scratch / "monnto"
    run(["cp", "-rL", str(build / "python/monnto"), str(package)], check=True)
    run(["cp", "-L", str(build / LIBRARY), str(package)], check=True)
    object_name, made = compiled(bug, build, scratch)
    is_binding = bug.path.startswith("python/")
    pattern = r"_engine\S*\.so" if is_binding else r"libmonnto\.so\.\d+\.\d+\.\d+"
    commands = run(["ninja", "-C", str(build), "-t", "commands"], check=True).stdout.splitlines()
    command = next(c for c in commands if re.search(rf"-o \S*{pattern} ", c))
    target = re.search(rf"-o (\S*{pattern}) ", command)[1]
    into = package / (Path(target).name if is_binding else LIBRARY)
    # Only the linker's own part: what follows makes links beside the sound library.
    command = command.removeprefix(": && ").split(" && ")[0]
    command = command.replace(f"-o {target} ", f"-o {into} ").replace(object_name, str(made))
    run(command, shell=True, cwd=build, check=True)


def first_failure(package: Path, programs: int) -> str:
    """How soon the programs fail with the package in that folder; nothing where all pass."""
    code = f"from fuzz.run import first_failure; first_failure(0, {programs})"
    environment = {
        **os.environ,
        "LD_LIBRARY_PATH": str(package / "monnto"),
        "PYTHONPATH": os.pathsep.join([str(package), str(TESTS)]),
    }
    done = run([sys.executable, "-c", code], env=environment)
    seeds = [int(line) for line in done.stdout.split() if line.isdigit()]
    if done.returncode == 0:
        return ""
    if not seeds:  # that is no catch: nothing has run
        sys.exit(f"the programs do not start:\n{done.stderr[-3000:]}")
    how = "" if done.returncode == 1 else f" (ended with code {done.returncode})"
    return f"after {seeds[-1] + 1} programs{how}"


def catch(bug: Bug, build: Path, programs: int) -> str:
    scratch = build / "planted"
    run(["rm", "-rf", str(scratch)], check=True)
    scratch.mkdir(parents=True)
    linked(bug, build, scratch)
    return first_failure(scratch, programs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", nargs="*", type=int, help="only these, counted from 0")
    parser.add_argument("--build", type=Path, default=ROOT / "build/python")
    parser.add_argument("--programs", type=int, default=20_000)
    options = parser.parse_args()
    chosen = [BUGS[n] for n in options.numbers] or BUGS
    build = options.build.resolve()
    if early := first_failure(build / "python", options.programs):
        sys.exit(f"without a planted bug the programs fail {early}")
    return report(chosen, lambda bug: catch(bug, build, options.programs))


if __name__ == "__main__":
    sys.exit(main())
