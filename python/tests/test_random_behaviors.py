"""Random behaviors in a network, with one thread and with two, are NumPy after every iteration."""

import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

sys.path[:0] = [str(Path(__file__).parent)]
from fuzz.behaviors import Behaviors, problem_of  # noqa: E402
from fuzz.program import IS_OLD  # noqa: E402

SEEDS = 300


@pytest.mark.parametrize("threads", [1, 2])
def test_random_behaviors_are_numpy_after_every_iteration(threads):
    replayed = 0
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if IS_OLD:
            np._set_promotion_state("weak")
        try:
            for seed in range(SEEDS):
                problem, count = problem_of(Behaviors(seed), threads)
                assert not problem, problem
                replayed += count
        finally:
            if IS_OLD:
                np._set_promotion_state("legacy")
    # Plans are at work: without them the test would prove less than it says.
    assert replayed > 3 * SEEDS


def test_a_wrong_result_is_found(monkeypatch):
    monkeypatch.setattr("fuzz.behaviors._roll", lambda buffer, newest: buffer.fill(0))
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = [problem_of(Behaviors(seed), 1)[0] for seed in range(1, 40)]
    assert any("buffer_roll" in problem and "NumPy has" in problem for problem in found)
