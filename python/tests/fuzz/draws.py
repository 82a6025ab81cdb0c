"""Random arguments that fit the variables as NumPy sees them at that moment."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from fuzz.language import ARRAYS, HOSTS, SCALARS, Template

DTYPES = ["bool", "uint8", "int8", "int32", "int64", "float32", "float64"]
SHAPES = [(), (0,), (1,), (2,), (3,), (4,), (5,), (6,), (7,), (12,), (1, 1), (1, 3), (3, 1), (2, 2),
          (2, 3), (3, 2), (3, 3), (3, 4), (4, 3), (0, 3), (2, 0), (2, 6), (2, 3, 2), (1, 2, 3),
          (2, 1, 2), (3, 2, 2), (2, 0, 2)]  # fmt: skip
#: Common shapes more often, so that operands fit each other.
LIKELY_SHAPES = [(3,), (4,), (3, 4), (4, 3), (3, 3), (2, 3), (3, 1), (1, 3), (4,), (3,)]
MOST_ELEMENTS = 200

# Multiples of a quarter: sums of a few are exact in any order, so that most programs need no
# tolerance at all.
_REALS = [0.5, -1.5, 2.0, 0.0, 3.25, -0.75, 1.0, -2.0, 4.0, -0.0, 1.5, -3.0, 0.25, 8.0, -4.5] * 3
_RARE_REALS = [0.1, float("nan"), float("inf"), -1e10, float("-inf"), 1e-3, 0.7, -0.0, 300.7, 1e30]
_INTEGERS = [3, -1, 0, 2, 5, -4, 1, 7, -2, 4, 6, -3, 0, 9, -7, 1] * 3
_RARE_INTEGERS = [127, -128, 2**31 - 1, -(2**31), 100, -100, 255, 17, 0, 2**62, -(2**63)]
_NUMBERS = [0, 1, 2, 3, -1, -2, 5, 0.5, 1.5, 2.0, -0.25, 0.0, True, 4, -3, 1, 2]
_RARE_NUMBERS = [300, -129, False, float("inf"), float("nan"), np.float32(1.5), np.float64(0.25),
                 np.int8(3), np.int64(2), np.bool_(True), 10**6, 0.1]  # fmt: skip


class Draws:
    """Draws the arguments of a template; `variables` are those of the NumPy side."""

    def __init__(self, rng: random.Random, variables: list[Any]):
        self.rng = rng
        self.variables = variables
        self.by_name: dict[str, Any] = {}

    def arguments(self, template: Template, fixed: dict[str, Any]) -> tuple | None:
        """None where nothing fits."""
        self.by_name = by_name = fixed
        for name in template.order:
            if name not in by_name:
                value = getattr(self, name)()
                if value is None and name != "x":
                    return None
                if name == "a" and not self._is_fit(template, value):
                    return None
                by_name[name] = value
        if template.assigns and self._overlaps():
            return None
        return tuple([by_name[name] for name in template.names])

    def _is_fit(self, template: Template, slot: int) -> bool:
        """False where NumPy is alone in what it does."""
        value = self.variables[slot]
        if template.masks_rows and np.ndim(value) != 2:  # empty masks may have any shape
            return False
        if template.ignores_read_only:
            # np.add.at counts uint64 in floats.
            return isinstance(value, np.ndarray) and value.flags.writeable and value.dtype != "u8"
        # Which functions give the array itself where nothing is to be done is not ours to copy, and
        # only setting a shape would show it.
        return not template.sets_shape or not any(
            np.size(v) == 0 or (np.shape(v) == np.shape(value) and np.may_share_memory(v, value))
            for k, v in enumerate(self.variables)
            if k != slot and isinstance(v, np.ndarray)
        )

    def _overlaps(self) -> bool:
        """NumPy copies along one axis from front to back, whatever it overwrites on the way."""
        into = self._window() if "i" in self.by_name else self.variables[self._container()]
        for name in "yeub":
            source = self.variables[self.by_name[name]] if name in self.by_name else None
            if isinstance(source, np.ndarray) and isinstance(into, np.ndarray) and into.size > 1:
                # NumPy 1 does not look for overlaps behind index arrays.
                same_steps = source.strides == into.strides and "L" not in self.by_name
                if not same_steps and np.may_share_memory(source, into):
                    return True
        return False

    def _container(self) -> int:
        return self.by_name["a"] if "a" in self.by_name else self.by_name["h"]

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    # Variables. `a` is an array; `b` and `c` broadcast with it; `u` broadcasts into it; `y` into the
    # part that `i` selects; `w` has its shape; `q` is an index array's or mask's source.

    def _some(self, slots: range) -> int:
        return slots[int(self.rng.random() * len(slots))]

    def _where(self, accepts, slots: range = ARRAYS) -> int | None:
        start = int(self.rng.random() * len(slots))
        for k in range(len(slots)):
            slot = slots[(start + k) % len(slots)]
            value = self.variables[slot]
            if isinstance(value, np.ndarray) and accepts(value):
                return slot
        return None

    def t(self) -> int:
        return self._some(ARRAYS)

    def r(self) -> int:
        return self._some(SCALARS)

    def g(self) -> int:
        return self._some(HOSTS)

    def a(self) -> int:
        slot = self._some(ARRAYS)
        return self._some(ARRAYS) if np.ndim(self.variables[slot]) == 0 else slot

    def h(self) -> int | None:
        return self._where(lambda x: True, HOSTS)

    def k(self) -> int:
        return self._some(SCALARS)

    def f(self) -> int | None:
        """A scalar that `a` can hold: NumPy refuses some others and wraps the rest."""
        slot = self._some(SCALARS)
        scalar, array = self.variables[slot], self.variables[self.by_name["a"]]
        fits = scalar is None or np.can_cast(scalar.dtype, array.dtype)
        return slot if fits else None

    def shape(self) -> tuple[int, ...]:
        return np.shape(self.variables[self._container()])

    def b(self) -> int | None:
        if self.chance(0.03) or "a" not in self.by_name:
            return self._some(ARRAYS)
        shape = self.shape()
        return self._where(lambda x: fits(x.shape, shape) or fits(shape, x.shape))

    def u(self) -> int | None:
        return self._into(self.shape())

    def y(self) -> int | None:
        shape = np.shape(self._window())
        # Versions of NumPy differ in whether a single element takes an array of size 1.
        if shape:
            return self._into(shape)
        dtype = self.variables[self._container()].dtype
        return self._where(lambda x: x.ndim == 0 and x.dtype == dtype)

    def e(self) -> int | None:
        shape = np.shape(self._window())
        return self._where(lambda x: fits(x.shape, shape), HOSTS)

    def w(self) -> int | None:
        shape = self.shape()
        return self._where(lambda x: x.shape == shape)

    c = b

    def q(self) -> int | None:
        """A boolean array over the leading axes of `a`."""
        shape = self.shape()
        return self._where(lambda x: x.dtype == bool and x.ndim > 0 and x.shape == shape[: x.ndim])

    def _into(self, shape: tuple[int, ...]) -> int | None:
        if self.chance(0.03):
            return self._where(lambda x: True)
        return self._where(lambda x: fits(x.shape, shape))

    def _window(self) -> Any:
        try:
            return self.variables[self._container()][self.by_name["i"]]
        except (IndexError, TypeError):
            return 0

    # Literals.

    def n(self) -> Any:
        return self.rng.choice(_RARE_NUMBERS if self.chance(0.06) else _NUMBERS)

    def N(self) -> Any:  # noqa: N802
        """A number after which a single integer still fits where it came from."""
        is_single = np.shape(self._window()) == ()
        if is_single and self.variables[self._container()].dtype.kind != "f":
            return self.o()
        return self.rng.choice(_NUMBERS)

    def m(self) -> int:
        return int(self.rng.random() * 7) - 2

    def o(self) -> int:
        return int(self.rng.random() * 4)

    def D(self) -> str:  # noqa: N802
        return "float16" if self.chance(0.015) else self.rng.choice(DTYPES)

    def d(self) -> str:
        """A dtype that holds what `a` holds: casts out of range differ between builds of NumPy."""
        dtype = self.D()
        x = self.variables[self.by_name["a"]]
        if dtype in ("uint8", "int8", "int32") and np.asarray(x).dtype.kind == "f":
            finite = np.all(np.abs(x) < 100) and (dtype[0] == "i" or np.all(np.asarray(x) >= 0))
            return dtype if finite else "float64"
        return dtype

    def S(self) -> tuple[int, ...]:  # noqa: N802
        return self.rng.choice(LIKELY_SHAPES if self.chance(0.6) else SHAPES)

    def V(self) -> list:  # noqa: N802
        """Values for the shape S and the dtype D, in C order."""
        shape = self.by_name.setdefault("S", self.S())
        dtype = self.by_name.setdefault("D", self.D())
        count = 1
        for extent in shape:
            count *= extent
        is_rare = self.chance(0.08)
        if dtype[0] == "f":
            pool = _RARE_REALS * 3 if is_rare and dtype != "float16" else _REALS
        else:
            pool = _RARE_INTEGERS * 3 if is_rare else _INTEGERS
        start = int(self.rng.random() * 16)
        values = pool[start : start + count]
        if dtype == "bool":
            return [v > 1 for v in values]
        if dtype[0] == "u":
            return [v & 255 for v in values]
        if dtype == "int8":
            return [(v + 128) % 256 - 128 for v in values]
        if dtype == "int32":
            return [(v + 2**31) % 2**32 - 2**31 for v in values]
        return values

    def x(self) -> int | None:
        """An axis of `a`; out of range now and then."""
        rank = len(self.shape())
        if self.chance(0.25):
            return None
        if rank == 0 or self.chance(0.02):
            return self.m()
        return self.rng.randrange(-rank, rank)

    def z(self) -> int:
        axis = self.x()
        return 0 if axis is None else axis

    def K(self) -> bool:  # noqa: N802
        return self.chance(0.4)

    def s(self) -> tuple[int, ...]:
        """A shape that `a` can be reshaped to."""
        size = 1
        for extent in self.shape():
            size *= extent
        if size == 0:
            return self.rng.choice([(0,), (0, 3), (2, 0)])
        rows = self.rng.choice([r for r in (1, 2, 3, 4) if size % r == 0])
        return self.rng.choice([(rows, size // rows), (size // rows, rows), (-1,), (rows, -1),
                                (size,), (1, size), (rows, size // rows, 1)])  # fmt: skip

    def p(self) -> tuple[int, ...]:
        axes = list(range(len(self.shape())))
        self.rng.shuffle(axes)
        return tuple(axes)

    def i(self) -> tuple | None:
        """Ints, slices, None and Ellipsis for `a`: a view."""
        rng = self.rng
        items: list[Any] = []
        for extent in self.shape():
            draw = rng.random()
            if draw < 0.22:
                if extent == 0 and draw < 0.2:
                    return None
                items.append(rng.randrange(-extent, extent) if extent and draw > 0.004 else extent)
            elif draw < 0.9:
                items.append(self._slice(extent))
            else:
                break
        if rng.random() < 0.1:
            items.insert(rng.randrange(len(items) + 1), None)
        if rng.random() < 0.08:
            items.insert(rng.randrange(len(items) + 1), Ellipsis)
        return tuple(items)

    def _slice(self, extent: int) -> slice:
        rng = self.rng
        draw = rng.random()
        if draw < 0.2:
            return slice(None)
        if draw < 0.35:
            return slice(None, None, -1)
        if draw < 0.5:
            return slice(rng.randrange(0, extent + 1), None)
        if draw < 0.65:
            return slice(None, rng.randrange(-extent, extent + 1))
        start = rng.choice([None, rng.randrange(-extent - 1, extent + 2)])
        stop = rng.choice([None, rng.randrange(-extent - 1, extent + 2)])
        return slice(start, stop, rng.choice([None, 1, 2, -1, -2, 3, -3]))

    def j(self) -> tuple | None:
        """Another window on `a` of the shape that `i` selects, often overlapping it."""
        items: list[Any] = []
        x = self.variables[self.by_name["a"]]
        wanted = self.by_name["i"]
        if not isinstance(x, np.ndarray) or any(w is None or w is Ellipsis for w in wanted):
            return None
        for item, extent in zip(wanted, x.shape):
            if not isinstance(item, slice):
                items.append(self.rng.randrange(-extent, extent) if extent else 0)
                continue
            count = len(range(*item.indices(extent)))
            # NumPy copies along one axis from front to back where both steps have one sign: with
            # different ones it overwrites what it has yet to read.
            own = item.indices(extent)[2]
            step = own if self.chance(0.7) else -own
            reach = (count - 1) * abs(step) + 1 if count else 0
            if reach > extent:
                return wanted
            low = self.rng.randrange(0, extent - reach + 1)
            if step > 0:
                items.append(slice(low, low + reach, step if step != 1 else None))
            else:
                items.append(slice(low + reach - 1 if count else 0, low - 1 if low else None, step)
                             if count else slice(0, 0))  # fmt: skip
        return tuple(items)

    def l(self) -> list[int] | None:
        """Indices on the first axis of `a`, with duplicates and negative ones."""
        return self._indices(0)

    def L(self) -> list[int] | None:  # noqa: N802
        return self._indices(1)

    def _indices(self, axis: int) -> list[int] | None:
        shape = self.shape()
        if len(shape) <= axis:
            return None
        extent = shape[axis]
        if 0 in shape:  # NumPy 1 does not look at indices where nothing is selected anyway
            return []
        bad = 1 if self.rng.random() < 0.01 else 0
        return [self.rng.randrange(-extent, extent + bad) for _ in range(self.rng.randrange(1, 5))]

    def F(self) -> list[int]:  # noqa: N802
        """As many indices as `l`, for the second axis."""
        shape = self.shape()
        extent = shape[1] if len(shape) > 1 else 1
        return [self.rng.randrange(-extent, extent) if extent else 0 for _ in self.by_name["l"]]


def fits(shape: tuple[int, ...], into: tuple[int, ...]) -> bool:
    """Whether `shape` broadcasts to `into`."""
    if len(shape) > len(into):
        return False
    return all(a in (1, b) for a, b in zip(shape[::-1], into[::-1]))
