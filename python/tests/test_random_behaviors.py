"""Random behaviors and networks, with one thread and with two, are NumPy after every iteration."""

import contextlib
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

sys.path[:0] = [str(Path(__file__).parent)]
from fuzz import behaviors, networks  # noqa: E402
from fuzz.program import IS_OLD  # noqa: E402

SEEDS = 300


@contextlib.contextmanager
def as_numpy_2():
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if IS_OLD:
            np._set_promotion_state("weak")
        try:
            yield
        finally:
            if IS_OLD:
                np._set_promotion_state("legacy")


def replayed_without_a_problem(problem_of, made, threads):
    replayed = 0
    with as_numpy_2():
        for seed in range(SEEDS):
            problem, count = problem_of(made(seed), threads)
            assert not problem, problem
            replayed += count
    return replayed


# Plans are at work: without them the tests would prove less than they say.
@pytest.mark.parametrize("threads", [1, 2])
def test_random_behaviors_are_numpy_after_every_iteration(threads):
    replayed = replayed_without_a_problem(behaviors.problem_of, behaviors.Behaviors, threads)
    assert replayed > 3 * SEEDS


@pytest.mark.skipif(IS_OLD, reason="NumPy 1 reads in v[order] = v what it has just written")
@pytest.mark.parametrize("threads", [1, 2])
def test_random_networks_are_numpy_after_every_iteration(threads):
    assert replayed_without_a_problem(networks.problem_of, networks.Model, threads) > 2 * SEEDS


def test_a_wrong_result_is_found(monkeypatch):
    monkeypatch.setattr("fuzz.behaviors._roll", lambda buffer, newest: buffer.fill(0))
    with as_numpy_2():
        found = [behaviors.problem_of(behaviors.Behaviors(seed), 1)[0] for seed in range(1, 40)]
    assert any("buffer_roll" in problem and "NumPy has" in problem for problem in found)


@pytest.mark.skipif(IS_OLD, reason="as above")
def test_a_part_of_a_group_that_is_not_written_through_is_found(monkeypatch):
    monkeypatch.setattr("fuzz.networks.Part.__setattr__", lambda part, name, value: None)
    with as_numpy_2():
        found = [networks.problem_of(networks.Model(seed), 1)[0] for seed in range(60)]
    assert any("n.sub." in problem and "NumPy has" in problem for problem in found)
