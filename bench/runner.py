"""Runs the benches of bench/<module>/, prints a table and writes out/bench.json."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import google_benchmark
import peers
import python_bench
from row import Row, text_table

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent


def selected(name: str, wanted: list[str]) -> bool:
    return not wanted or any(part in name or part.startswith(f"{name}/") for part in wanted)


def collect(wanted: list[str], quick: bool, turns: int) -> list[Row]:
    rows: list[Row] = []
    for file in sorted(BENCH.glob("*/*_bench.py")):
        name = f"{file.parent.name}/{file.stem.removesuffix('_bench')}"
        if selected(name, wanted):
            rows += python_bench.run(file, name, wanted, quick, turns)
    for file in sorted(BENCH.glob("*/*_bench.cpp")):
        name = f"{file.parent.name}/{file.stem.removesuffix('_bench')}"
        if selected(name, wanted):
            rows += google_benchmark.run(file, name, quick)
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes and few repeats")
    parser.add_argument(
        "--turns", type=int, default=0, metavar="N", help="ours and the peer's take turns, N times"
    )
    parser.add_argument(
        "name",
        nargs="*",
        help="only benches whose <module>/<subject> contains it, or rows of that name",
    )
    options = parser.parse_args()
    if (busy := peers.busy_share()) > python_bench.QUIET:
        print(f"Others use {busy:.0%} of this machine: expect figures that mean little.")
    rows = collect(options.name, options.quick, options.turns)
    if not rows:
        print("No bench has such a name.", file=sys.stderr)
        return 2
    print(text_table(rows))
    out = ROOT / "out" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps([row.as_json() for row in rows], indent=2) + "\n")
    print(f"\nwritten to {out.relative_to(ROOT)}")
    return 1 if any(row.problem for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
