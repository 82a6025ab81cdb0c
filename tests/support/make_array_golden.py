"""Writes array_golden.hpp: what NumPy answers to every expression that tests/array quotes.

A test names its oracle in place, `numpy("np.sort(m, axis=0)")`; this script collects those quotations,
evaluates them on the inputs below and stores dtype, shape and bits.

Run with NumPy 2 on x86-64 and redirect: python make_array_golden.py > array_golden.hpp
"""

import pathlib
import re
import warnings

import numpy as np

warnings.simplefilter("ignore")
np.seterr(all="ignore")

draw = np.random.RandomState(7)
nan, inf = np.nan, np.inf
INPUTS = {
    "v": np.round(draw.normal(size=11), 3),
    "m": np.round(draw.normal(size=(3, 4)), 3),
    "t": np.round(draw.normal(size=(2, 3, 4)), 3),
    "f": draw.normal(size=(3, 4)).astype("f4"),
    "h": draw.normal(size=(3, 4)).astype("f2"),
    "i": draw.randint(-5, 6, size=(3, 4)),
    "u": draw.randint(200, 256, size=(3, 4)).astype("u1"),
    "b": draw.rand(3, 4) < 0.5,
    "n": np.array([[1.5, nan, -2.0, 4.0], [nan, nan, nan, nan], [0.0, 3.25, nan, -inf]]),
    "d": np.array([3.0, 1.0, 3.0, -2.0, 1.0, 1.0, nan, 0.5, nan]),
    "k": np.array([2, 0, 2, 5, 2, 1, 0]),
    "x": np.linspace(-1.0, 6.0, 29),
    "w": np.abs(np.round(draw.normal(size=(3, 4)), 3)),
    "a": np.round(draw.normal(size=(4, 5)), 3),
    "g": np.round(draw.normal(size=1000), 2),
    "p": np.round(draw.normal(size=(2, 4, 2)), 3),
    "e": np.zeros((0, 3)),
}
QUOTED = re.compile(r'numpy\(\s*((?:"[^"]*"\s*)+)\)')


def quoted_expressions():
    here = pathlib.Path(__file__).resolve().parent.parent / "array"
    found = set(INPUTS)
    for path in sorted(here.glob("*_test.cpp")):
        for match in QUOTED.finditer(path.read_text()):
            found.add("".join(re.findall(r'"([^"]*)"', match.group(1))))
    return sorted(found)


def entry(expression):
    value = np.asarray(eval(expression, {"np": np, "nan": nan, "inf": inf, **INPUTS}))
    shape = ", ".join(map(str, value.shape))
    big_endian = value.astype(value.dtype.newbyteorder(">")).tobytes().hex()
    return f'    {{"{expression}", "{value.dtype.name}", {{{shape}}},\n     "{big_endian}"}},'


print(f"""#pragma once

// Written by make_array_golden.py with NumPy {np.__version__}; do not edit.
// clang-format off

#include <monnto/array/dims.hpp>

#include <string_view>

namespace monnto::golden {{

struct Answer {{
    std::string_view expression, dtype;
    Shape shape;
    std::string_view values;  // bit patterns in hex, C order
}};

inline const Answer answers[] = {{""")
print("\n".join(entry(expression) for expression in quoted_expressions()))
print("""};

}  // namespace monnto::golden""")
