"""Programs: made from a seed, run, shrunk where they fail, and printed as a script of their own."""

from __future__ import annotations

import random
import re
from bisect import bisect
from inspect import getsource
from itertools import accumulate

import numpy as np

from fuzz.draws import MOST_ELEMENTS, Draws
from fuzz.language import ARRAYS, HOSTS, NAMES, SCALARS, diagonal, in_c_order
from fuzz.machine import Machine, Statement
from fuzz.statements import FAMILIES, FIRST, FIRST_HOST, FIRST_SCALAR, REQUIRED, Family

LEAST_STATEMENTS = 12
IS_OLD = np.__version__.startswith("1.")

_WEIGHTS = list(accumulate(family.weight for family in FAMILIES))
_FORMS = {
    id(family): [form for form in family.forms if not (IS_OLD and form.is_new)]
    for family in FAMILIES
}


class Program:
    """The program of a seed, run while it is drawn: the arguments depend on what is there."""

    def __init__(self, seed: int):
        self.seed = seed
        self.statements: list[Statement] = []
        self.machine = Machine()
        rng = random.Random(seed)
        self._draws = Draws(rng, self.machine.numpy)
        self._random = rng.random
        for slot in ARRAYS:
            self._try(FIRST, t=slot)
        for slot in SCALARS:
            self._try(FIRST_SCALAR, r=slot)
        self._try(FIRST_HOST, g=HOSTS[0])
        self._fill(LEAST_STATEMENTS + int(rng.random() * 16))
        if not self.machine.problem:
            self.machine.finish()
        self.problem = self.machine.problem

    def _fill(self, count: int) -> None:
        missing = {id(family): family for family in REQUIRED}
        done = 0
        while (done < count or missing) and not self.machine.problem:
            # What every program must have is spread over it, not bunched at its end.
            if missing and self._random() < 0.3:
                family = next(iter(missing.values()))
            else:
                draw = self._random() * _WEIGHTS[-1]
                family = FAMILIES[bisect(_WEIGHTS, draw)]
            if self._add(family):
                done += 1
                missing.pop(id(family), None)

    def _add(self, family: Family) -> bool:
        forms = _FORMS[id(family)]
        return self._try(forms[int(self._random() * len(forms))])

    def _try(self, template, **fixed) -> bool:
        arguments = self._draws.arguments(template, fixed)
        if arguments is None:
            return False
        statement = Statement(template, arguments)
        self.statements.append(statement)
        done = self.machine.run(statement)
        if done and "t" in template.names:
            self._bound(self._draws.by_name["t"])
        return done

    def _bound(self, slot: int) -> None:
        """Outer products and tiles grow: start over where a variable became large."""
        value = self.machine.numpy[slot]
        if isinstance(value, np.ndarray) and (value.size > MOST_ELEMENTS or value.ndim > 4):
            self._try(FIRST, t=slot)


def replay(statements: list[Statement]) -> Machine:
    """Runs the statements again, up to the first difference."""
    machine = Machine()
    for statement in statements:
        machine.run(statement)
        if machine.problem:
            return machine
    machine.finish()
    return machine


def kind_of(problem: str) -> str:
    """What stays the same while a failing program shrinks: the kind, and the errors that were raised."""
    kind = problem.split(":", 1)[0]
    return re.sub(r"\(.*?\)( where|$)", r"\1", problem) if kind == "raise" else kind


def shrink(statements: list[Statement], problem: str) -> list[Statement]:
    """Leaves out statements, several at a time at first, while the same kind of problem remains."""
    wanted = kind_of(problem)
    chunk = max(1, len(statements) // 2)
    while True:
        at = len(statements) - chunk
        shrunk = False
        while at > -chunk:
            shorter = statements[: max(at, 0)] + statements[at + chunk :]
            if kind_of(replay(shorter).problem) == wanted:
                statements, shrunk = shorter, True
            at -= chunk
        if chunk == 1 and not shrunk:
            return statements
        chunk = max(1, chunk // 2)


def script(statements: list[Statement]) -> str:
    """A program that stands alone: prints what NumPy and what monnto make of it."""
    machine = replay(statements)
    lines = []
    for statement in statements:
        text = statement.source()
        if text.startswith("return "):
            text = f"print({text[7:]})"
        if id(statement) in machine.raised:
            lines += ["try:", f"    {text}"]
            lines += ["except Exception as error:", "    print(type(error), error)"]
        else:
            lines.append(text)
        lines += [text for adopting, text in machine.adopted if adopting is statement]
    # Only variables that the program touches, so that the script shows nothing else.
    used = [n for slot, n in enumerate(NAMES) if machine.numpy[slot] is not None]
    lines += [f"for x in ({''.join(n + ', ' for n in used)}):", "    show(x)"]
    helpers = [
        getsource(f) + "\n\n" for f in (in_c_order, diagonal) if f.__name__ in "".join(lines)
    ]
    body = "\n".join("    " + line for line in lines)
    return f"""import copy
import pickle

import numpy as np

import monnto


def show(x):
    print(type(x).__name__, x.dtype, x.shape, np.array(x).tolist())


{"".join(helpers)}def program(array, asarray):
{body}


np.seterr(all="ignore")
print("NumPy:")
program(np.array, lambda x: np.asarray(x).view())
print("monnto:")
program(monnto.array, monnto.asarray)
# {machine.problem}
"""
