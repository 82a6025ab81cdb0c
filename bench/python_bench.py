"""Benches written in Python; bench/README.md says what one has to define."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import peers
from row import Row

# With two threads of a matrix product waiting for each other, one foreign process costs the peer a
# factor of hundreds, which must not stay in the cache.
QUIET = 0.15
WORKER = Path(__file__).resolve().parent / "worker.py"


class BenchFailed(Exception):
    """The program of one case ended with an error; carries its last line."""


def load(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(file: Path, name: str, wanted: list[str], quick: bool, turns: int) -> list[Row]:
    bench = load(file)
    print(f"{name}: {bench.__doc__.strip().splitlines()[0]}", flush=True)
    rows = []
    for case in bench.cases(quick):
        if wanted and not any(part in label_of(name, case) for part in wanted):
            continue
        rows.append(run_case(file, bench, name, case, quick, turns))
        print(f"  {rows[-1].summary()}", flush=True)
    return rows


def label_of(name: str, case: dict) -> str:
    return "/".join([name, *(str(value) for value in case.values())])


def run_case(
    file: Path, bench: ModuleType, name: str, case: dict, quick: bool, turns: int = 0
) -> Row:
    label = label_of(name, case)
    row = Row(label, n=case.get("n"), unit=bench.UNIT, higher_is_better=bench.HIGHER_IS_BETTER)
    peer = peers.PEERS.get(getattr(bench, "PEER", ""))
    if peer:
        row.peer = peer.title
    try:
        if peer and turns:
            take_turns(row, peer, file, case, quick, turns)
        else:
            row.peer_values = peer_result(peer, file, case, quick)["values"] if peer else []
            note_ours(row, in_worker(sys.executable, file, "monnto", case, quick))
        counted_at = getattr(bench, "COUNT_INSTRUCTIONS_AT", None)
        if counted_at is not None and case.get("n") == counted_at and not quick:
            row.instructions = instructions_per_iteration(file, case)
    except BenchFailed as error:
        row.problem = f"failed: {error}"
    return row


def note_ours(row: Row, result: dict) -> None:
    row.values = result["values"]
    row.first = result.get("first")
    row.threads = result.get("threads", 1)


def take_turns(row: Row, peer: peers.Peer, file: Path, case: dict, quick: bool, turns: int) -> None:
    """Ours, then the peer's, again and again: a machine that is slow for minutes is so for both."""
    for _ in range(turns):
        note_ours(row, in_worker(sys.executable, file, "monnto", case, quick))
        theirs = in_worker(str(peer.python()), file, peer.package, case, quick)["values"]
        row.turns.append((statistics.median(row.values), statistics.median(theirs)))
    row.values = [ours for ours, _ in row.turns]
    row.peer_values = [theirs for _, theirs in row.turns]


def peer_result(peer: peers.Peer, file: Path, case: dict, quick: bool) -> dict:
    key = peers.cache_key(peer, file, case, quick)
    result = peers.cached(key)
    if result is None:
        python = str(peer.python())
        is_quiet = peers.busy_share() < QUIET
        result = in_worker(python, file, peer.package, case, quick)
        if is_quiet and peers.busy_share() < QUIET:
            peers.remember(key, result)
        else:
            print("  the machine is busy with other work: this figure is not kept", flush=True)
    return result


def in_worker(python: str, file: Path, package: str, case: dict, quick: bool) -> dict:
    """A process of its own for each case, in an empty folder: packages may write where they run."""
    arguments = [python, WORKER, file, package, json.dumps(case), "quick" if quick else "full"]
    bench = load(file)
    environment = bench.environment(case) if hasattr(bench, "environment") else {}
    return json.loads(output_of(arguments, **environment).splitlines()[-1])


def output_of(arguments: list, **settings: str) -> str:
    # A fixed hash seed: otherwise the import alone varies by more instructions than we count.
    environment = os.environ | {"PYTHONHASHSEED": "0"} | settings
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            arguments, cwd=folder, env=environment, capture_output=True, text=True
        )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"code {done.returncode}"]
        raise BenchFailed(lines[-1][:100])
    return done.stdout + done.stderr


def instructions_per_iteration(file: Path, case: dict) -> float | None:
    """What an iteration executes, start-up excluded: the difference of a long and a short run."""
    if not shutil.which("valgrind"):
        return None
    short, long = 100, 2100
    counts = []
    for iterations in (short, long):
        # The worker runs `iterations` and measures nothing.
        arguments = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
        arguments += [sys.executable, WORKER, file, "monnto", json.dumps(case), str(iterations)]
        # Valgrind has no AVX-512.
        output = output_of(arguments, MONNTO_VECTOR="avx2")
        collected = re.search(r"Collected\s*:\s*(\d+)", output)
        counts.append(int(collected[1]))
    return (counts[1] - counts[0]) / (long - short)
