"""Writes elementwise_golden.hpp: what NumPy answers in the corners of every elementwise operation.

Run with NumPy 2 on x86-64 and redirect: python make_elementwise_golden.py > elementwise_golden.hpp
Numbers are bit patterns in hex. A result whose dtype is not the input's (or bool, for predicates and
comparisons) is left out: recording casts first in that case.
"""

import math

import numpy as np

np.seterr(all="ignore")

INTEGERS = ["uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"]
FLOATS = ["float16", "float32", "float64"]
DTYPES = ["bool"] + INTEGERS + FLOATS

# Arrays this long are computed by NumPy's vector loops, whose answers for max(0, -0) differ from those
# of its loops for a few elements.
LONG = 64


def singles(dtype):
    if dtype == "bool":
        return np.array([False, True])
    if dtype in INTEGERS:
        info = np.iinfo(dtype)
        return np.array(
            [
                0,
                1,
                2,
                5,
                7,
                info.max,
                info.max - 1,
                info.min,
                info.min + 1,
                *([-1, -2, -7] if info.min < 0 else [100]),
            ],
            dtype=dtype,
        )
    info = np.finfo(dtype)
    return np.array(
        [
            0.0,
            -0.0,
            1.0,
            -1.0,
            0.5,
            -0.5,
            1.5,
            2.5,
            -2.5,
            0.3,
            -0.7,
            3.0,
            10.0,
            100.25,
            info.max,
            info.smallest_subnormal,
            -info.tiny,
            np.inf,
            -np.inf,
            np.nan,
        ],
        dtype=dtype,
    )


def pairs(dtype):
    if dtype == "bool":
        return np.array([0, 0, 1, 1], dtype=bool), np.array([0, 1, 0, 1], dtype=bool)
    if dtype in INTEGERS:
        info = np.iinfo(dtype)
        bits = info.bits
        both = [
            (7, 2),
            (0, 5),
            (5, 0),
            (0, 0),
            (info.max, info.max),
            (info.max, 2),
            (info.min, 2),
            (info.min, info.min),
            (info.min, 1),
            (1, bits - 1),
            (1, bits),
            (3, bits + 5),
            (100, 3),
        ]
        if info.min < 0:
            both += [
                (-7, 2),
                (7, -2),
                (-7, -2),
                (info.min, -1),
                (-1, info.min),
                (-1, 3),
                (-1, bits),
            ]
        return tuple(np.array(side, dtype=dtype) for side in zip(*both))
    info = np.finfo(dtype)
    inf, nan = np.inf, np.nan
    both = [
        (7.5, 2),
        (-7.5, 2),
        (7.5, -2),
        (-7.5, -2),
        (6, 0.1),
        (-6, 0.1),
        (1, 0.1),
        (0.0, -0.0),
        (-0.0, 0.0),
        (0.0, 3),
        (-0.0, 3),
        (0.0, -3),
        (1, 0.0),
        (-1, 0.0),
        (1, -0.0),
        (0.0, 0.0),
        (inf, 1),
        (1, inf),
        (-1, inf),
        (1, -inf),
        (inf, inf),
        (inf, -inf),
        (nan, 1),
        (1, nan),
        (nan, nan),
        (info.max, info.max),
        (info.smallest_subnormal, 2),
        (0.1, 0.3),
        (2, 0.5),
        (2, -3),
        (100, 1),
    ]
    return tuple(np.array(side, dtype=dtype) for side in zip(*both))


def hexed(array):
    width = 2 * array.dtype.itemsize
    words = np.ascontiguousarray(array).view(f"u{array.dtype.itemsize}")
    return "".join(f"{int(word):0{width}x}" for word in words.ravel())


def long(array):
    return np.tile(array, -(-LONG // len(array)) + 1)


def result(function, inputs, wanted):
    """The answers of the vector loops, or None where NumPy computes in another dtype."""
    try:
        whole = function(*(long(x) for x in inputs))
    except (TypeError, ValueError):
        return None
    return whole[: len(inputs[0])] if whole.dtype == wanted else None


def integer_power(a, b):
    return np.power(a, np.abs(b))


def sigmoid(x):
    # In double, rounded once: the oracle has no function of its own. Half as well as the tolerance asks.
    wide = x.astype(np.float64)
    return (1.0 / (1.0 + np.exp(-wide))).astype(x.dtype)


def erf(x):
    return np.array([math.erf(v) for v in x.astype(np.float64)]).astype(x.dtype)


UNARY = {
    name: getattr(np, name)
    for name in (
        "negative absolute invert sign floor ceil trunc rint square reciprocal sqrt cbrt exp exp2 expm1 log log2 "
        "log10 log1p sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh"
    ).split()
}
UNARY["sigmoid"] = sigmoid
UNARY["erf"] = erf
PREDICATES = {
    name: getattr(np, name) for name in "logical_not isnan isinf isfinite signbit".split()
}
BINARY = {
    name: getattr(np, name)
    for name in (
        "add subtract multiply divide floor_divide remainder fmod power maximum minimum fmax fmin arctan2 hypot "
        "copysign logaddexp bitwise_and bitwise_or bitwise_xor left_shift right_shift"
    ).split()
}
COMPARISONS = {
    name: getattr(np, name)
    for name in (
        "equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor"
    ).split()
}


def row(op, dtype, out_dtype, text):
    chunks = [text[i : i + 200] for i in range(0, len(text), 200)] or [""]
    body = "\n     ".join(f'"{chunk}"' for chunk in chunks)
    print(f'    {{Op::{op}, "{dtype}", "{out_dtype}",\n     {body}}},')


def table(name, functions, inputs, is_bool):
    print(f"inline constexpr Answers {name}[] = {{")
    for op, function in functions.items():
        for dtype in DTYPES:
            if op in ("sigmoid", "erf") and dtype not in FLOATS:
                continue
            chosen = integer_power if op == "power" and dtype in INTEGERS else function
            out = "bool" if is_bool else dtype
            answer = result(chosen, inputs(dtype), np.dtype(out))
            if answer is not None:
                row(op, dtype, out, hexed(answer))
    print("};\n")


def casts():
    print("inline constexpr Answers cast_answers[] = {")
    for source in DTYPES:
        values = singles(source)
        if source in FLOATS:
            values = values_to_cast(source)
        for target in DTYPES:
            # One by one: for u32 out of range NumPy's vector loop answers differently from its others.
            answer = np.concatenate([values[i : i + 1].astype(target) for i in range(len(values))])
            row("cast", source, target, hexed(answer))
    print("};\n")


def values_to_cast(dtype):
    return np.array(
        [
            0.0,
            -0.0,
            1.9,
            -1.9,
            127.5,
            128.0,
            255.9,
            256.0,
            -129.0,
            300.7,
            40000.0,
            -40000.0,
            65504.0,
            70000.5,
            2.0**31,
            -(2.0**31),
            3e9,
            -3e9,
            2.0**32 + 512,
            2.0**63,
            -(2.0**63),
            1e19,
            2.0**64,
            1e25,
            np.inf,
            -np.inf,
            np.nan,
            2049.0,
            2051.0,
            65519.0,
            65520.0,
            1e-8,
            3e-8,
            6.1e-5,
        ],
        dtype=np.float64,
    ).astype(dtype)


def inputs_table():
    print("inline constexpr Inputs single_inputs[] = {")
    for dtype in DTYPES:
        print_inputs(dtype, hexed(singles(dtype)), "")
    print("};\n")
    print("inline constexpr Inputs pair_inputs[] = {")
    for dtype in DTYPES:
        print_inputs(dtype, *(hexed(side) for side in pairs(dtype)))
    print("};\n")
    print("inline constexpr Inputs cast_inputs[] = {")
    for dtype in DTYPES:
        values = values_to_cast(dtype) if dtype in FLOATS else singles(dtype)
        print_inputs(dtype, hexed(values), "")
    print("};\n")


def print_inputs(dtype, first, second):
    def literal(text):
        return "\n     ".join(f'"{text[i : i + 200]}"' for i in range(0, max(len(text), 1), 200))

    print(f'    {{"{dtype}",\n     {literal(first)},\n     {literal(second)}}},')


print(
    """#pragma once

// Written by make_elementwise_golden.py with NumPy """
    + np.__version__
    + """; do not edit.
// clang-format off

#include <monnto/array/op.hpp>

#include <string_view>

namespace monnto::golden {

struct Inputs {
    std::string_view dtype, first, second;
};
struct Answers {
    Op op;
    std::string_view dtype, result_dtype, values;
};
"""
)
inputs_table()
table("unary_answers", UNARY, lambda dtype: (singles(dtype),), False)
table("predicate_answers", PREDICATES, lambda dtype: (singles(dtype),), True)
table("binary_answers", BINARY, pairs, False)
table("comparison_answers", COMPARISONS, pairs, True)
casts()
print("}  // namespace monnto::golden")
