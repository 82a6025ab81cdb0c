"""Runs one case of one bench in this interpreter and prints the result as a line of JSON.

worker.py BENCH PACKAGE CASE quick|full|<iterations>
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
import time


def repeats(run, quick: bool) -> list[float]:
    """Seconds per call of `run(count)`, several times, each long enough to trust the clock."""
    wanted, rounds = (0.1, 3) if quick else (0.5, 5)
    count, spent = 1, 0.0
    while spent < wanted / 4:  # also warms up
        count *= 2
        start = time.perf_counter()
        run(count)
        spent = time.perf_counter() - start
    count = max(1, round(count * wanted / spent))
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        run(count)
        found.append((time.perf_counter() - start) / count)
    return found


def repeats_of_whole_runs(model, quick: bool) -> list[float]:
    """For models whose activity changes as they run: always the same iterations.

    The first of them also compiles, and so may the second: what comes once is interpreted. Short runs are repeated more often, so
    that neither is the median.
    """
    found, spent = [], 0.0
    least, most, enough = (2, 5, 0.1) if quick else (4, 12, 1.0)
    while len(found) < least or (len(found) < most and spent < enough):
        model.prepare()
        start = time.perf_counter()
        model.run(model.iterations)
        seconds = time.perf_counter() - start
        found.append(seconds / model.iterations)
        spent += seconds
    return found


def main() -> None:
    file, package, case, mode = sys.argv[1:]
    spec = importlib.util.spec_from_file_location("bench", file)
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    model = bench.Model(importlib.import_module(package), **json.loads(case))
    if mode.isdigit():
        model.run(int(mode))
        return
    is_quick = mode == "quick"
    result = {"threads": model.threads}
    if hasattr(model, "measured"):
        model.check()
        print(json.dumps(result | {"values": [bench.value(each) for each in model.measured()]}))
        return
    if hasattr(model, "prepare"):
        cold, *seconds = repeats_of_whole_runs(model, is_quick)
        result["first"] = bench.value(cold)  # it also compiles
    else:
        seconds = repeats(model.run, is_quick)
    model.check()
    print(json.dumps(result | {"values": [bench.value(s) for s in seconds]}))


if __name__ == "__main__":
    main()
