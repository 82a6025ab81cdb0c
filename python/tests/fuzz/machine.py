"""Runs statements on NumPy and on monnto side by side and stops where they differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

import monnto
from fuzz.compare import adds_exactly, difference, is_near, multiplies_exactly, outputs_differ
from fuzz.language import NAMES, Template, in_c_order

FAMILIES_OF_ERRORS = (TypeError, ValueError, IndexError, OverflowError, ZeroDivisionError)


@dataclass(frozen=True, eq=False)
class Statement:
    template: Template
    arguments: tuple

    def __getitem__(self, name: str) -> Any:
        return self.arguments[self.template.names.index(name)]

    def source(self) -> str:
        return self.template.source(self.arguments)


@dataclass
class Machine:
    """Both sides' variables. `problem` says what differs, beginning with the kind of difference."""

    numpy: list[Any] = field(default_factory=lambda: [None] * len(NAMES))
    monnto: list[Any] = field(default_factory=lambda: [None] * len(NAMES))
    problem: str = ""
    #: Lines of source where both sides took NumPy's inexact result, after which statement.
    adopted: list[tuple[Statement, str]] = field(default_factory=list)
    raised: set[int] = field(default_factory=set)

    def run(self, statement: Statement) -> bool:
        """Whether the statement did something: not so where both sides raise alike."""
        template, arguments = statement.template, statement.arguments
        for at in template.reads:  # a program that was cut short may have lost where it came from
            if self.numpy[arguments[at]] is None:
                return False
        # What inexact results are judged by must be seen before the statement changes it.
        tolerance = self._tolerance(statement) if template.check != "exact" else None
        error = other = theirs = ours = None
        try:
            theirs = template.on_numpy(self.numpy, *arguments)
        except Exception as raised:  # noqa: BLE001
            error = raised
        try:
            ours = template.on_monnto(self.monnto, *arguments)
        except Exception as raised:  # noqa: BLE001
            other = raised
        if error is not None or other is not None:
            self.raised.add(id(statement))
            if not _alike(error, other):
                self.problem = f"raise: {other!r} where NumPy raises {error!r}"
            return False
        if template.kind in ("rebind", "create"):
            self._order(statement)
        if tolerance is not None:
            self._settle(statement, *tolerance)
        elif template.kind == "read":
            self.problem = outputs_differ(ours, theirs) or self._difference(statement)
        return True

    def _order(self, statement: Statement) -> None:
        """Lays a new result of NumPy out in C order, as monnto does.

        NumPy keeps the order of the operands (`w.T + 1` is in Fortran order), which shows only in
        whether a later reshape or ravel is a view.
        """
        slot = self._target(statement)
        value = self.numpy[slot]
        if isinstance(value, np.ndarray) and not value.flags.c_contiguous:
            self.numpy[slot] = in_c_order(value)
            name = NAMES[slot]
            self.adopted.append((statement, f"{name} = in_c_order({name})"))

    def _target(self, statement: Statement) -> int:
        names = statement.template.names
        return statement[next(n for n in "tra" if n in names)]

    def finish(self) -> None:
        """Compares every variable."""
        for slot, name in enumerate(NAMES):
            if self.problem:
                return
            problem = difference(self.monnto[slot], self.numpy[slot])
            self.problem = f"{problem} (in {name})" if problem else ""

    def _difference(self, statement: Statement) -> str:
        if "a" not in statement.template.names:
            return ""
        slot = statement["a"]
        problem = difference(self.monnto[slot], self.numpy[slot])
        return f"{problem} (in {NAMES[slot]})" if problem else ""

    def _tolerance(self, statement: Statement) -> tuple[float, int] | None:
        """Scale and count of a sum; a scale of 0 where it is exact but for the sign of zero."""
        check, names = statement.template.check, statement.template.names
        x = self.numpy[statement["a"]]
        y = self.numpy[statement["b"]] if "b" in names else x
        if not all(isinstance(v, (np.ndarray, np.generic)) for v in (x, y)):
            return None
        if check == "ulp":
            return 0.0, 1
        text = statement.template.text
        if check == "product":
            if multiplies_exactly(x, y):
                return 0.0, 1
            # BLAS leaves out zeros, so that 0 * inf is 0 there.
            is_finite = np.isfinite(x).all() and np.isfinite(y).all()
            return float(_size(x) * _size(y)) if is_finite else np.inf, max(x.size, y.size)
        if adds_exactly(x, as_float="mean" in text) and not any(
            f in text for f in ("prod", "std", "var")
        ):
            return 0.0, 1
        scale = _size(x)
        if "prod" in text:
            scale = max(scale, 1.0) ** x.size
        return float(scale if "var" not in text else scale * scale), x.size

    def _settle(self, statement: Statement, scale: float, count: int) -> None:
        """Compares an inexact result; both sides go on with NumPy's, so that errors cannot grow."""
        slot = self._target(statement)
        ours, theirs = self.monnto[slot], self.numpy[slot]
        problem = difference(ours, theirs)
        if not problem:
            return
        is_float = np.asarray(theirs).dtype.kind == "f"
        if not problem.startswith("value") or not is_float or not is_near(
            np.array(ours), np.asarray(theirs), statement.template.check, scale, count
        ):  # fmt: skip
            self.problem = f"{problem} (in {NAMES[slot]})"
            return
        host = np.array(theirs)
        values = (
            f"array(np.array({host.ravel().tolist()!r}, {host.dtype.name!r}).reshape({host.shape}))"
        )
        if statement.template.kind == "in place":
            self.monnto[slot][...] = host
            self.adopted.append((statement, f"{NAMES[slot]}[...] = {values}  # NumPy's bits"))
            return
        if isinstance(theirs, np.ndarray):
            self.monnto[slot] = monnto.array(host)
        else:
            self.monnto[slot] = monnto.array(host)[()]
            values += "[()]"
        # A result is new, so nobody else holds what is replaced here.
        self.numpy[slot] = np.array(host) if isinstance(theirs, np.ndarray) else host[()]
        self.adopted.append((statement, f"{NAMES[slot]} = {values}  # NumPy's bits"))


def _size(x: Any) -> np.float64:
    finite = np.abs(np.asarray(x, np.float64))
    finite = finite[np.isfinite(finite)]
    return np.float64(finite.max(initial=0))


def _alike(one: Exception | None, other: Exception | None) -> bool:
    if one is None or other is None:
        return False
    # A statement may be wrong in two ways, and the sides may look at them in another order.
    # Which of several errors wins is nobody's promise; tests of single functions check the types.
    return type(one) is type(other) or (
        isinstance(one, FAMILIES_OF_ERRORS) and isinstance(other, FAMILIES_OF_ERRORS)
    )
