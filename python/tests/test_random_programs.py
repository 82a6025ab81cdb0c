"""Random programs run side by side on NumPy and monnto, and the tools that find what is wrong."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2] / "tools")]
from fuzz import language, planted_bugs, program, run, statements  # noqa: E402
from planting import ROOT  # noqa: E402

PROGRAMS = 2000


@pytest.fixture(autouse=True)
def quiet():
    with np.errstate(all="ignore"):
        run.prepare()
        yield


@pytest.fixture
def wrong_negative(monkeypatch):
    """monnto's `-x` loses a sign now and then: something to find."""
    found = next(f for f in statements.REBIND.forms if f.text == "{t} = -{a}")

    def broken(v, t, a):
        v[t] = -v[a] if v[a].size % 3 else +v[a]

    monkeypatch.setitem(found.__dict__, "on_monnto", broken)


def test_s13_random_programs_give_what_numpy_gives():
    failures = []
    for seed in range(PROGRAMS):
        if failure := run.run_seed(seed):
            failures.append(f"seed {seed}: {failure.problem}\n{failure.script}")
    assert not failures, "\n".join(failures[:3])


def test_every_program_has_at_least_12_statements_of_all_kinds():
    for seed in range(200):
        made = program.Program(seed)
        kinds = {s.template.kind for s in made.statements if id(s) not in made.machine.raised}
        assert kinds >= {"view", "alias", "in place", "rebind", "read"}
        assert len(made.statements) - len(made.machine.raised) >= program.LEAST_STATEMENTS


def test_a_seed_always_gives_the_same_program():
    def sources(seed):
        return [s.source() for s in program.Program(seed).statements]

    assert sources(7) == sources(7) != sources(8)


def test_a_failing_program_shrinks_to_a_script_that_stands_alone(wrong_negative, capsys):
    failure = next(f for f in map(run.run_seed, range(1000)) if f)
    body = failure.script.split("def program", 1)[1].split("\n\n\n")[0]
    assert failure.problem.startswith("value") and len(body.splitlines()) <= 8
    assert " = -" in body
    exec(compile(failure.script, "script", "exec"), {"__name__": "script"})
    assert "NumPy:" in capsys.readouterr().out


def test_a_run_goes_on_where_it_was_stopped(tmp_path):
    path = tmp_path / "state.json"
    run.drive(run.State.load(path, 0, 40), path, jobs=2, chunk=20, most_failures=1)
    state = run.State.load(path, 0, 40)
    assert (state.next, state.failures) == (40, [])
    assert run.State.load(path, 0, 50).next == 0


def test_statements_read_as_they_run():
    form = next(f for f in statements.VIEW.forms if f.text == "{t} = {a}[{i}]")
    arguments = {"t": 1, "a": 0, "i": (slice(None, None, -1), None, 2, Ellipsis)}
    assert form.source(tuple(arguments[n] for n in form.names)) == "b = a[::-1, None, 2, ...]"
    assert language.literal([True, float("nan"), np.float32(2)]) == (
        "[True, float('nan'), np.float32(2.0)]"
    )


@pytest.mark.parametrize("bug", planted_bugs.BUGS, ids=lambda bug: bug.claim)
def test_every_planted_bug_still_fits_its_source(bug):
    assert (ROOT / bug.path).exists()
    assert bug.occurrences() == 1 and bug.source() != (ROOT / bug.path).read_text()


def test_ten_bugs_of_different_kinds_are_planted():
    assert len({bug.claim for bug in planted_bugs.BUGS}) == len(planted_bugs.BUGS) >= 10
