"""Benches written in C++ with Google Benchmark."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from row import Row

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "bench"
HEADER = Path("/usr/include/benchmark/benchmark.h")


def build(target: str) -> Path:
    """The program of one bench, compiled as users' libraries are."""
    if not (BUILD / "build.ninja").exists():
        options = ["MONNTO_BUILD_BENCHMARKS=ON", "MONNTO_BUILD_TESTS=OFF"]
        options.append("MONNTO_BUILD_EXAMPLES=OFF")
        command = ["cmake", "--preset", "release", "-B", BUILD]
        quiet(command + [part for option in options for part in ("-D", option)])
    quiet(["ninja", "-C", BUILD, "-j", str(os.cpu_count()), target])
    return BUILD / "bench" / target


def quiet(command: list) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])


def run(file: Path, name: str, quick: bool) -> list[Row]:
    if not (HEADER.exists() or (shutil.which("pkg-config") and has_package())):
        return [Row(name, unit="left out: Debian's libbenchmark-dev is not installed")]
    print(f"{name}: {question_of(file)}", flush=True)
    program = build(f"{file.parent.name}_{file.stem}")
    arguments = [program, "--benchmark_format=json"]
    arguments.append(f"--benchmark_min_time={0.05 if quick else 0.5}")
    arguments.append(f"--benchmark_repetitions={3 if quick else 5}")
    done = subprocess.run(arguments, capture_output=True, text=True)
    if done.returncode:
        return [Row(name, problem=f"failed: {done.stderr.strip().splitlines()[-1:]}")]
    return rows_of(json.loads(done.stdout), name)


def has_package() -> bool:
    return subprocess.run(["pkg-config", "--exists", "benchmark"]).returncode == 0


def question_of(file: Path) -> str:
    """The comment that a bench opens with."""
    lines = (line.strip() for line in file.read_text().splitlines())
    return next((line.lstrip("/ ") for line in lines if line.startswith("//")), "")


def rows_of(report: dict, name: str) -> list[Row]:
    rows: dict[str, Row] = {}
    for run in report["benchmarks"]:
        if run.get("run_type") != "iteration":
            continue
        label = f"{name}/{run['run_name']}"
        has_rate = "items_per_second" in run
        row = rows.setdefault(label, Row(label, unit="items/s", higher_is_better=has_rate))
        row.values.append(run["items_per_second"] if has_rate else run["real_time"])
        row.threads = run.get("threads", 1)
        if not has_rate:
            row.unit = run["time_unit"]
        # By custom the first argument of a benchmark is the number of elements.
        argument = run["run_name"].split("/")[1:2]
        row.n = int(argument[0]) if argument and argument[0].isdigit() else None
        if "error_message" in run:
            row.problem = f"failed: {run['error_message']}"
    return list(rows.values())
