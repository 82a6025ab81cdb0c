"""Writes the polynomials of the elementary functions: src/jit/math/coefficients.hpp.

    python tools/make_coefficients.py | clang-format-19 > src/jit/math/coefficients.hpp
    python tools/make_coefficients.py NAME... | two_over_pi

Needs mpmath. With names only those are printed; `two_over_pi` prints the bits that huge angles need. Every polynomial is the
best one in the maximum norm under its weight: least squares whose weights grow where the error is large
(C. L. Lawson 1961; J. R. Rice, K. H. Usow 1968, Math. Comp. 22, 118). Its coefficients are then rounded to the type one after the other, the lowest
first, and after each rounding the others are fitted again, so that they take over what rounding lost
(after N. Brisebarre, S. Chevillard 2007, doi:10.1109/ARITH.2007.17, without its lattices).
"""

import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass

import mpmath
from mpmath import mp, mpf

mp.dps = 60
POINTS = 12  # per coefficient
ROUNDS = 12


def rounded(value, dtype):
    if dtype == "double":
        return mpf(float(value))
    # Through double there would be two roundings, but half a unit of a coefficient is no matter.
    return mpf(struct.unpack("f", struct.pack("f", float(value)))[0])


@dataclass
class Fit:
    """`value` ~ a polynomial of `terms` coefficients on [low, high], where an error e of the polynomial is
    an error weight * e of the function."""

    name: str
    dtype: str
    terms: int
    value: Callable
    weight: Callable
    low: mpf
    high: mpf
    note: str = ""


def solve(rows, right, importance):
    """Least squares, in numbers long enough for plain normal equations."""
    terms = len(rows[0])
    weighted = [[w * x for x in row] for w, row in zip(importance, rows)]
    left = mpmath.matrix(terms, terms)
    side = mpmath.matrix(terms, 1)
    for j in range(terms):
        side[j] = mpmath.fdot(zip((row[j] for row in weighted), right))
        for k in range(j + 1):
            left[j, k] = mpmath.fdot(zip((row[j] for row in weighted), (row[k] for row in rows)))
            left[k, j] = left[j, k]
    solution = mpmath.lu_solve(left, side)
    return [solution[j] for j in range(terms)]


def fit(task):
    count = POINTS * task.terms
    low, high = mpf(task.low), mpf(task.high)
    middle, half = (low + high) / 2, (high - low) / 2
    grid = [middle - half * mpmath.cos(mp.pi * (i + mpf(1) / 2) / count) for i in range(count)]
    weights = [task.weight(x) for x in grid]
    right = [w * task.value(x) for w, x in zip(weights, grid)]
    rows = [[w * x**j for j in range(task.terms)] for w, x in zip(weights, grid)]
    importance = [mpf(1)] * count
    for _ in range(ROUNDS):
        coefficients = solve(rows, right, importance)
        errors = [abs(r - mpmath.fdot(zip(row, coefficients))) for r, row in zip(right, rows)]
        importance = [i * e for i, e in zip(importance, errors)]
        total = sum(importance) / count
        importance = [i / total for i in importance]
    kept = []
    for first in range(task.terms):
        coefficients = solve([row[first:] for row in rows], right, importance)
        kept.append(rounded(coefficients[0], task.dtype))
        right = [r - kept[-1] * row[first] for r, row in zip(right, rows)]
    return kept, max(abs(r) for r in right)


def literal(value, dtype):
    digits, exponent = float(value).hex().split("p")
    return digits.rstrip("0") + "p" + exponent + ("F" if dtype == "float" else "")


FITS = []


def both(name, terms, value, weight, low, high, note=""):
    for dtype, count in zip(("float", "double"), terms):
        if count:
            FITS.append(Fit(name, dtype, count, value, weight, low, high, note))


LN2 = mpmath.log(2)
SQRT2 = mpmath.sqrt(2)

both(
    "exp_tail",
    (5, 10),
    lambda r: (mpmath.exp(r) - 1 - r) / r**2,
    lambda r: r**2 / mpmath.exp(r),
    -LN2 / 2 * mpf("1.0001"),
    LN2 / 2 * mpf("1.0001"),
    "exp(r) = 1 + r + r^2 p(r), |r| <= ln(2) / 2",
)
both(
    "exp2_tail",
    (6, 11),
    lambda r: (2**r - 1) / r,
    lambda r: r / 2**r,
    mpf("-0.50001"),
    mpf("0.50001"),
    "2^r = 1 + r p(r), |r| <= 1/2",
)
both(
    "log_tail",
    (8, 20),
    lambda f: (mpmath.log1p(f) - f + f**2 / 2) / f**3,
    lambda f: f**3 / mpmath.log1p(f),
    SQRT2 / 2 - 1 - mpf("1e-6"),
    SQRT2 - 1 + mpf("1e-6"),
    "log(1 + f) = f - f^2 / 2 + f^3 p(f), sqrt(1/2) <= 1 + f <= sqrt(2)",
)
TAU = 2 * mp.pi
both(
    "sin_turns_tail",
    (4, 8),
    lambda t: (mpmath.sin(TAU * mpmath.sqrt(t)) / mpmath.sqrt(t) - TAU) / t,
    lambda t: t / (mpmath.sin(TAU * mpmath.sqrt(t)) / mpmath.sqrt(t)),
    mpf("1e-12"),
    mpf(1) / 64,
    "sin(2 pi r) = r (2 pi + r^2 p(r^2)), |r| <= 1/8",
)
both(
    "cos_turns_tail",
    (4, 8),
    lambda t: (mpmath.cos(TAU * mpmath.sqrt(t)) - 1) / t,
    lambda t: t / mpmath.cos(TAU * mpmath.sqrt(t)),
    mpf("1e-12"),
    mpf(1) / 64,
    "cos(2 pi r) = 1 + r^2 p(r^2), |r| <= 1/8",
)

QUARTER = mp.pi / 4 * mpf("1.01")  # a little more: the nearest multiple is not always found
START = mpf("1e-12")  # in place of 0, where some formulas have 0 / 0

both(
    "sin_tail",
    (3, 6),
    lambda t: (mpmath.sin(mpmath.sqrt(t)) / mpmath.sqrt(t) - 1) / t,
    lambda t: t / (mpmath.sin(mpmath.sqrt(t)) / mpmath.sqrt(t)),
    START,
    QUARTER**2,
    "sin(r) = r + r^3 p(r^2), |r| <= pi/4",
)
both(
    "cos_tail",
    (4, 7),
    lambda t: (mpmath.cos(mpmath.sqrt(t)) - 1) / t,
    lambda t: t / mpmath.cos(mpmath.sqrt(t)),
    START,
    QUARTER**2,
    "cos(r) = 1 + r^2 p(r^2), |r| <= pi/4",
)
both(
    "tan_tail",
    (7, 15),
    lambda t: (mpmath.tan(mpmath.sqrt(t)) / mpmath.sqrt(t) - 1) / t,
    lambda t: t / (mpmath.tan(mpmath.sqrt(t)) / mpmath.sqrt(t)),
    START,
    QUARTER**2,
    "tan(r) = r + r^3 p(r^2), |r| <= pi/4",
)
both(
    "arcsin_tail",
    (5, 12),
    lambda t: (mpmath.asin(mpmath.sqrt(t)) / mpmath.sqrt(t) - 1) / t,
    lambda t: t / (mpmath.asin(mpmath.sqrt(t)) / mpmath.sqrt(t)),
    START,
    mpf(1) / 4,
    "arcsin(x) = x + x^3 p(x^2), |x| <= 1/2",
)
both(
    "arctan_tail",
    (9, 20),
    lambda t: (mpmath.atan(mpmath.sqrt(t)) / mpmath.sqrt(t) - 1) / t,
    lambda t: t / (mpmath.atan(mpmath.sqrt(t)) / mpmath.sqrt(t)),
    START,
    mpf(1),
    "arctan(x) = x + x^3 p(x^2), |x| <= 1",
)
both(
    "sinh_tail",
    (3, 6),
    lambda t: (mpmath.sinh(mpmath.sqrt(t)) / mpmath.sqrt(t) - 1) / t,
    lambda t: t / (mpmath.sinh(mpmath.sqrt(t)) / mpmath.sqrt(t)),
    START,
    (LN2 / 2 * mpf("1.0001")) ** 2,
    "sinh(r) = r + r^3 p(r^2), |r| <= ln(2) / 2",
)
both(
    "cosh_tail",
    (3, 6),
    lambda t: (mpmath.cosh(mpmath.sqrt(t)) - 1) / t,
    lambda t: t / mpmath.cosh(mpmath.sqrt(t)),
    START,
    (LN2 / 2 * mpf("1.0001")) ** 2,
    "cosh(r) = 1 + r^2 p(r^2), |r| <= ln(2) / 2",
)
both(
    "tanh_tail",
    (5, 10),
    lambda t: (mpmath.tanh(mpmath.sqrt(t)) / mpmath.sqrt(t) - 1) / t,
    lambda t: t / (mpmath.tanh(mpmath.sqrt(t)) / mpmath.sqrt(t)),
    START,
    mpf("0.5625") ** 2,
    "tanh(x) = x + x^3 p(x^2), |x| <= 9/16",
)
both(
    "arcsinh_tail",
    (5, 12),
    lambda t: (mpmath.asinh(mpmath.sqrt(t)) / mpmath.sqrt(t) - 1) / t,
    lambda t: t / (mpmath.asinh(mpmath.sqrt(t)) / mpmath.sqrt(t)),
    START,
    mpf(1) / 4,
    "arcsinh(x) = x + x^3 p(x^2), |x| <= 1/2",
)
both(
    "arctanh_tail",
    (6, 13),
    lambda t: (mpmath.atanh(mpmath.sqrt(t)) / mpmath.sqrt(t) - 1) / t,
    lambda t: t / (mpmath.atanh(mpmath.sqrt(t)) / mpmath.sqrt(t)),
    START,
    mpf(1) / 4,
    "arctanh(x) = x + x^3 p(x^2), |x| <= 1/2",
)
both(
    "erf_near",
    (7, 15),
    lambda t: mpmath.erf(mpmath.sqrt(t)) / mpmath.sqrt(t) - 1,
    lambda t: 1 / (mpmath.erf(mpmath.sqrt(t)) / mpmath.sqrt(t)),
    START,
    mpf(1),
    "erf(x) = x + x p(x^2), |x| <= 1",
)
both(
    "erf_far",
    (7, 18),
    lambda x: mpmath.log(mpmath.erfc(x)),
    lambda x: mpmath.erfc(x) / mpmath.erf(x),
    mpf(1),
    mpf(6),
    "erf(x) = 1 - exp(p(x)), 1 <= x <= 6",
)
both(
    "reciprocal_cbrt",
    (4, 4),
    lambda f: mpmath.cbrt(1 / (1 + f)),
    lambda f: mpmath.cbrt(1 + f),
    SQRT2 / 2 - 1,
    SQRT2 - 1,
    "1 / cbrt(1 + f), a first guess",
)
FITS.append(
    Fit(
        "pow_log_tail",
        "double",
        8,
        lambda t: (2 * mpmath.atanh(mpmath.sqrt(t)) / mpmath.sqrt(t) - 2 - 2 * t / 3) / t**2,
        lambda t: t**2 / (2 * mpmath.atanh(mpmath.sqrt(t)) / mpmath.sqrt(t)),
        mpf("1e-8"),
        (3 - 2 * SQRT2) ** 2 * mpf("1.0001"),
        "log((1 + s) / (1 - s)) = 2 s + 2/3 s^3 + s^5 p(s^2), |s| <= 3 - 2 sqrt(2)",
    )
)
FITS.append(
    Fit(
        "pow_log2_short",
        "double",
        13,
        lambda f: mpmath.log1p(f) / LN2 / f,
        lambda f: f * LN2 / mpmath.log1p(f),
        SQRT2 / 2 - 1,
        SQRT2 - 1,
        "log2(1 + f) = f p(f), for powers of floats",
    )
)
FITS.append(
    Fit(
        "pow_exp2_short",
        "double",
        6,
        lambda r: (2**r - 1) / r,
        lambda r: r / 2**r,
        mpf("-0.50001"),
        mpf("0.50001"),
        "2^r = 1 + r p(r), for powers of floats",
    )
)

HEADER = """\
#pragma once

// Written by tools/make_coefficients.py; do not edit.

#include <array>

/// Polynomials of the elementary functions, lowest coefficient first, with the largest error that each
/// adds to its function (relative to the function where nothing else is said).
namespace monnto::lane::coefficients {

// NOLINTBEGIN(modernize-use-std-numbers)
"""


def print_two_over_pi(words):
    mp.prec = 64 * words + 100
    bits = int(mpmath.floor(2 / mp.pi * mpf(2) ** (64 * words)))
    print(", ".join(f"0x{bits >> 64 * i & (1 << 64) - 1:016x}U" for i in reversed(range(words))))


def main():
    names = set(sys.argv[1:])
    if names == {"two_over_pi"}:
        print_two_over_pi(words=20)
        return
    if not names:
        print(HEADER)
    declared = set()
    for task in FITS:
        if names and task.name not in names:
            continue
        coefficients, worst = fit(task)
        if task.name not in declared:
            declared.add(task.name)
            print(f"\n/// {task.note}.")
            print(f"template <class T>\ninline constexpr std::array<T, 0> {task.name}{{}};")
        digits = f"2^{float(mpmath.log(worst, 2)):.1f}"
        print(f"template <>  // error {digits}")
        numbers = ", ".join(literal(c, task.dtype) for c in coefficients)
        print(
            f"inline constexpr std::array<{task.dtype}, {task.terms}> {task.name}<{task.dtype}>{{"
        )
        print(f"    {numbers}}};")
    if not names:
        print(
            "\n// NOLINTEND(modernize-use-std-numbers)\n\n}  // namespace monnto::lane::coefficients"
        )


if __name__ == "__main__":
    main()
