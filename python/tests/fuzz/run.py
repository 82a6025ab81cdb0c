"""Runs the programs of a range of seeds in processes of their own; stops, resumes, shows progress."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
import warnings
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from fuzz.program import IS_OLD, Program, replay, script, shrink

CHUNK = 500
#: A program takes a millisecond: a chunk that takes this long has stopped.
LONGEST_CHUNK = 120.0


def prepare() -> None:
    """How every run is set up: no warnings, and NumPy 1 promotes as NumPy 2 does (NEP 50)."""
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    if IS_OLD:
        np._set_promotion_state("weak")


@dataclass
class Failure:
    seed: int
    problem: str
    script: str


def run_seeds(first: int, last: int) -> list[Failure]:
    """The failures among the programs of seeds [first, last), each as short as it still fails."""
    return [failure for seed in range(first, last) if (failure := run_seed(seed))]


def run_seed(seed: int) -> Failure | None:
    program = Program(seed)
    if not program.problem:
        return None
    if not replay(program.statements).problem:
        return Failure(seed, f"{program.problem} (once, not when run again)", "")
    statements = shrink(program.statements, program.problem)
    return Failure(seed, replay(statements).problem, script(statements))


def first_failure(first: int, last: int) -> None:
    """Ends the process with code 1 at the first failure, its seed printed; for planted bugs."""
    prepare()
    for seed in range(first, last):
        if seed % 10 == 0:  # what is left to see where the process crashes
            print(seed, flush=True)
        if Program(seed).problem:
            print(seed, flush=True)
            sys.exit(1)


@dataclass
class State:
    """What a run has done so far: kept as JSON, so that the same command goes on from there."""

    first: int
    last: int
    next: int
    seconds: float = 0.0
    failures: list[dict] = field(default_factory=list)

    @staticmethod
    def load(path: Path, first: int, last: int) -> State:
        if path.exists():
            state = State(**json.loads(path.read_text()))
            if (state.first, state.last) == (first, last):
                return state
        return State(first, last, first)

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting = path.with_suffix(".new")
        waiting.write_text(json.dumps(asdict(self), indent=1))
        waiting.replace(path)


class Worker:
    """A process that runs chunks: a crash of the engine costs one chunk and names the seed."""

    def __init__(self, first: int, last: int):
        self.first, self.last = first, last
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "fuzz", "--chunk", f"{first}:{last}"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        )  # fmt: skip

    def is_done(self) -> bool:
        if time.monotonic() - self.started > LONGEST_CHUNK * (self.last - self.first) / CHUNK:
            self.process.kill()
        return self.process.poll() is not None

    def failures(self) -> list[Failure]:
        out, errors = self.process.communicate()
        lines = [line for line in out.splitlines() if line.startswith("{")]
        found = [Failure(**json.loads(line)) for line in lines if "problem" in line]
        if self.process.returncode != 0:
            seeds = [json.loads(line)["at"] for line in lines if '"at"' in line]
            seed = seeds[-1] if seeds else self.first
            code = self.process.returncode
            found.append(Failure(seed, f"the process ended with code {code}: {errors[-2000:]}", ""))
        return found


def run_chunk(first: int, last: int) -> None:
    """What a worker does; the seed in hand goes to the pipe, where it survives a crash."""
    prepare()
    for seed in range(first, last):
        if seed % 10 == 0:
            sys.stdout.write(f'{{"at": {seed}}}\n')
            sys.stdout.flush()
        if failure := run_seed(seed):
            print(json.dumps(asdict(failure)), flush=True)


def drive(state: State, path: Path, jobs: int, chunk: int, most_failures: int) -> None:
    """Runs what is left, in chunks; the state names the first seed that has not been run."""
    began, seconds = time.monotonic(), state.seconds
    begin = upcoming = state.next
    workers: list[Worker] = []
    shown = 0.0
    while state.next < state.last and len(state.failures) < most_failures:
        while len(workers) < jobs and upcoming < state.last:
            workers.append(Worker(upcoming, min(upcoming + chunk, state.last)))
            upcoming = workers[-1].last
        while workers and workers[0].is_done():  # in order, so that `next` has no gaps behind it
            worker = workers.pop(0)
            for failure in worker.failures():
                state.failures.append(asdict(failure))
                print(f"\nseed {failure.seed}: {failure.problem}\n{failure.script}", flush=True)
            state.next = worker.last
            state.seconds = seconds + time.monotonic() - began
            state.save(path)
        if time.monotonic() - shown > (1 if sys.stdout.isatty() else 30):
            shown = time.monotonic()
            report(state, (state.next - begin) / max(shown - began, 1e-9))
        time.sleep(0.02)
    for worker in workers:
        worker.process.kill()
    report(state, (state.next - begin) / max(time.monotonic() - began, 1e-9))
    print()


def report(state: State, rate: float) -> None:
    done, total = state.next - state.first, state.last - state.first
    left = (state.last - state.next) / rate if rate else float("inf")
    text = (f"{done:,} of {total:,} programs, {len(state.failures)} failures, {rate:,.0f}/s, "
            f"{left / 60:.1f} min left")  # fmt: skip
    print(f"\r{text}   " if sys.stdout.isatty() else text, end="" if sys.stdout.isatty() else "\n",
          flush=True)  # fmt: skip


def _range(text: str) -> tuple[int, int]:
    first, last = text.split(":")
    return int(first), int(last)


def main() -> int:
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--seeds", type=_range, default=(0, 2000), metavar="FIRST:LAST")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--state", type=Path, help="where the run notes how far it is (JSON)")
    parser.add_argument("--most-failures", type=int, default=20)
    parser.add_argument("--show", type=int, metavar="SEED", help="print the program of a seed")
    parser.add_argument("--chunk", type=_range, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.chunk:
        run_chunk(*options.chunk)
        return 0
    prepare()
    if options.show is not None:
        print(script(Program(options.show).statements))
        return 0
    name = f"fuzz-{options.seeds[0]}-{options.seeds[1]}-numpy-{np.__version__}.json"
    path = options.state or Path("out") / name
    state = State.load(path, *options.seeds)
    drive(state, path, options.jobs, CHUNK * 10 if options.seeds[1] - options.seeds[0] > 50_000
          else CHUNK, options.most_failures)  # fmt: skip
    print(f"{len(state.failures)} failures; noted in {path}")
    return 1 if state.failures else 0
