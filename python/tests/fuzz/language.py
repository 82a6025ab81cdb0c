"""The language of the random programs: statements are Python with placeholders, compiled once."""

from __future__ import annotations

import copy
import pickle
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from types import FunctionType
from typing import Any

import numpy as np

import monnto

#: Variables by what they hold: arrays, what reductions gave, and plain ndarrays on both sides.
ARRAYS = range(0, 5)
SCALARS = range(5, 7)
HOSTS = range(7, 9)
NAMES = "abcdekmgh"


def in_c_order(x):
    """What NumPy computed, laid out as monnto does."""
    return np.array(x, order="C") if type(x) is np.ndarray else x


def diagonal(x):
    """Writable where `x` is, as monnto's always are (S6) and NumPy's would be."""
    view = x.diagonal()
    if type(view) is np.ndarray:
        view.flags.writeable = x.flags.writeable
    return view


def np_asarray(x: Any) -> Any:
    """An object of its own on the same memory, as monnto.asarray() of an ndarray is."""
    return np.asarray(x).view()


_PLACEHOLDER = re.compile(r"\{(\w)\}")
#: Placeholders that stand for variables; every other one stands for a literal.
VARIABLES = frozenset("abctuwykfrgheq")

_SHARED = {"__builtins__": __builtins__, "np": np, "copy": copy, "pickle": pickle}
_NUMPY = {**_SHARED, "array": np.array, "asarray": np_asarray, "diagonal": diagonal}
_MONNTO = {**_SHARED, "array": monnto.array, "asarray": monnto.asarray, "diagonal": diagonal}


@dataclass(frozen=True, eq=False)
class Template:
    """One form of statement: `{a} += {b}`. A small letter of VARIABLES is a variable."""

    text: str
    kind: str
    #: How far the two sides may differ: "exact", "sum" (order of addition) or "ulp".
    check: str
    names: tuple[str, ...]
    on_numpy: Callable[..., Any]
    on_monnto: Callable[..., Any]
    #: The names in the order of drawing: first what others must fit.
    order: tuple[str, ...]
    #: NumPy 1.26 does something else here although it promotes as NumPy 2 does.
    is_new: bool = False

    @cached_property
    def reads(self) -> tuple[int, ...]:
        """Which arguments are variables that must have a value."""
        return tuple(k for k, name in enumerate(self.names) if name in VARIABLES - set("trg"))

    @cached_property
    def ignores_read_only(self) -> bool:
        """NumPy writes to read-only arrays here, or says nothing, or gives another one."""
        return any(f in self.text for f in ("np.add.at", "np.copyto", "np.put", "np.tile"))

    @cached_property
    def masks_rows(self) -> bool:
        return "[:, 0] >" in self.text

    @cached_property
    def assigns(self) -> bool:
        return "] = {" in self.text or "copyto" in self.text

    @cached_property
    def sets_shape(self) -> bool:
        return ".shape =" in self.text

    def source(self, arguments: tuple) -> str:
        by_name = dict(zip(self.names, arguments))

        def shown(match: re.Match) -> str:
            name = match[1]
            return NAMES[by_name[name]] if name in VARIABLES else literal(by_name[name], name)

        return _PLACEHOLDER.sub(shown, self.text)


def literal(value: Any, name: str = "") -> str:
    """Python source of an argument."""
    if isinstance(value, tuple) and name in "ij":
        return ", ".join(literal(v, "i") for v in value) or "()"
    if isinstance(value, slice):
        parts = ["" if p is None else repr(p) for p in (value.start, value.stop, value.step)]
        return ":".join(parts if parts[2] else parts[:2])
    if value is Ellipsis:
        return "..."
    if isinstance(value, np.generic):
        return f"np.{value.dtype.name}({value.item()!r})"
    if isinstance(value, float):
        return repr(value) if abs(value) < np.inf else f"float('{value}')"
    if isinstance(value, list):
        return f"[{', '.join(literal(v) for v in value)}]"
    return repr(value)


def _drawing_order(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names, key="Vblihka".find, reverse=True))


def _compiled(text: str) -> tuple[tuple[str, ...], Callable, Callable]:
    names = tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))
    body = _PLACEHOLDER.sub(lambda m: f"v[{m[1]}]" if m[1] in VARIABLES else m[1], text)
    # A statement that reads for the host is an expression, whose value both sides must agree on.
    is_expression = body.startswith("return ")
    lines = [body] if is_expression else body.split("\n")
    head = f"def statement({', '.join(('v', *names))}):\n"
    scope: dict[str, Any] = {}
    exec(compile(head + "".join(f"    {line}\n" for line in lines), text, "exec"), scope)
    code = scope["statement"].__code__
    return names, FunctionType(code, _NUMPY), FunctionType(code, _MONNTO)


def templates(
    kind: str, text: str, check: str = "exact", *, is_new: bool = False, **choices: str | list[str]
) -> list[Template]:
    """One template for each combination of what may stand for `<name>` in the text."""
    forms = []
    lists = [c.split() if isinstance(c, str) else c for c in choices.values()]
    for chosen in product(*lists):
        full = text
        for name, value in zip(choices, chosen):
            full = full.replace(f"<{name}>", value)
        names, on_numpy, on_monnto = _compiled(full)
        order = _drawing_order(names)
        forms.append(Template(full, kind, check, names, on_numpy, on_monnto, order, is_new))
    return forms
