#!/usr/bin/env python3
"""Plants bugs in a copy of the engine and checks that the random programs catch each of them.

    tests/array/planted_bugs.py [--programs 2000] [--jobs 2] [FOLDER]

A test that never fails proves nothing: this one shows what property_test.cpp can see. Builds in
FOLDER (default build/planted), prints one line per bug and ends with code 1 if one survives.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
from planting import ROOT, Bug, report  # noqa: E402

FILTER = "--gtest_filter=RandomPrograms.*"


BUGS = [
    Bug(
        "a node that others still hold is overwritten in place",
        "src/array/evaluate.cpp",
        "input.get()->ref_count() != 1 || ",
        "",
    ),
    Bug(
        "a buffer that two nodes share is overwritten in place",
        "src/array/evaluate.cpp",
        "value.buffer->ref_count() == 1 && ",
        "",
    ),
    Bug(
        "a window of full size is taken for the whole array, whatever its order",
        "src/array/cell.cpp",
        "window_.offset == 0 && is_contiguous(whole, window_.strides)",
        "window_.offset == 0",
    ),
    Bug(
        "read-only views can be written",
        "src/array/cell.cpp",
        "return writable_ && (!base_",
        "return (!base_",
    ),
    Bug(
        "a reshaped view is given where only a copy keeps the order",
        "src/array/functions/reshape.cpp",
        "if (!walks_evenly(extents, steps, old_axes)) {",
        "if (false) {",
    ),
    Bug(
        "ravel of elements that lie apart is a view",
        "src/array/functions/reshape.cpp",
        "return is_dense ? ",
        "return true ? ",
    ),
    Bug(
        "roll turns the wrong way",
        "src/array/functions/join.cpp",
        "((shift % extent) + extent) % extent",
        "((-shift % extent) + extent) % extent",
    ),
    Bug(
        "a flipped view starts one element late",
        "src/array/functions/views.cpp",
        "last > 0 ? last * attribute.strides[axis] : 0",
        "last > 1 ? last * attribute.strides[axis] : 0",
    ),
    Bug(
        "add.at forgets duplicates",
        "src/jit/reference/index.cpp",
        "target = added(target, in[at.dense + i * steps[1]]);",
        "target = added(T{}, in[at.dense + i * steps[1]]);",
    ),
    Bug(
        "writing a part forgets the rest",
        "src/jit/reference/window.cpp",
        "covers && !can_donate(base) ? fresh",
        "!can_donate(base) ? fresh",
    ),
    Bug(
        "slices with a negative step stop at the first element",
        "src/array/index_plan.cpp",
        "low = step < 0 ? -1 : 0",
        "low = step < 0 ? 0 : 0",
    ),
    Bug(
        "a view of a view forgets where the first one starts",
        "src/array/functions/reshape.cpp",
        "{.offset = from.offset, .shape = to",
        "{.offset = 0, .shape = to",
    ),
]


def run(*command: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(command, capture_output=True, text=True, **options)


def copy_engine(tree: Path) -> None:
    for name in [
        "CMakeLists.txt",
        "VERSION",
        "cmake",
        "include",
        "src/base",
        "src/array",
        "src/jit",
        "tests/CMakeLists.txt",
    ]:
        source, target = ROOT / name, tree / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copy2(source, target)
    tests = tree / "tests/array"
    tests.mkdir(parents=True, exist_ok=True)
    for name in ["property_test.cpp", "program.hpp", "model_array.hpp"]:
        shutil.copy2(ROOT / "tests/array" / name, tests / name)


def build(tree: Path, jobs: int) -> None:
    if not (tree / "build/build.ninja").exists():
        run(
            "cmake",
            "-G",
            "Ninja",
            "-S",
            str(tree),
            "-B",
            str(tree / "build"),
            "-DMONNTO_BUILD_TESTS=ON",
            "-DCMAKE_BUILD_TYPE=",
            "-DCMAKE_CXX_FLAGS=-O1",
            check=True,
        )
    done = run("ninja", "-C", str(tree / "build"), f"-j{jobs}", "array_tests")
    if done.returncode != 0:
        sys.exit(f"the build failed:\n{done.stdout[-3000:]}")


def programs_pass(tree: Path, programs: int) -> bool:
    environment = {**os.environ, "MONNTO_PROGRAMS": str(programs)}
    found = list((tree / "build").rglob("array_tests"))
    executable = next(path for path in found if path.is_file() and os.access(path, os.X_OK))
    try:
        return run(str(executable), FILTER, env=environment, timeout=600).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def catch(bug: Bug, tree: Path, options: argparse.Namespace) -> str:
    path = tree / bug.path
    sound = path.read_text()
    path.write_text(bug.source(tree))
    try:
        build(tree, options.jobs)
        return "" if programs_pass(tree, options.programs) else "by the random programs"
    finally:
        path.write_text(sound)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build/planted")
    parser.add_argument("--programs", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    tree = options.folder.resolve()
    copy_engine(tree)
    build(tree, options.jobs)
    if not programs_pass(tree, options.programs):
        sys.exit("the programs fail without a planted bug")
    return report(BUGS, lambda bug: catch(bug, tree, options))


if __name__ == "__main__":
    sys.exit(main())
