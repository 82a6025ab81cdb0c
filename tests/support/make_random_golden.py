"""Writes random_golden.hpp: draws computed from the definition of the streams, in plain Python.

python make_random_golden.py > random_golden.hpp
Nothing here is shared with the engine: the generator, the places of elements and the distributions are
written down a second time, so streams cannot change by accident.
"""

import math
import struct
from fractions import Fraction

KEY, STEP, ORDINAL = 0x0123456789ABCDEF, 0x0000000300000005, 7
MASK32, MASK64 = 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF
ELEMENTS = [0, 1, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 1000, 4095, 4096, 9999]


def philox(counter, key):
    c0, c1, c2, c3 = counter
    k0, k1 = key & MASK32, key >> 32
    for _ in range(10):
        left, right = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (
            (right >> 32) ^ c1 ^ k0,
            right & MASK32,
            (left >> 32) ^ c3 ^ k1,
            left & MASK32,
        )
        k0, k1 = (k0 + 0x9E3779B9) & MASK32, (k1 + 0xBB67AE85) & MASK32
    return c0, c1, c2, c3


def block(index, attempt=0):
    key = (KEY + attempt * 0x9E3779B97F4A7C15) & MASK64
    return philox((index, ORDINAL, STEP & MASK32, STEP >> 32), key)


def draw32(e):
    return block(e // 64 * 16 + e % 16)[e % 64 // 16]


def draw64(e):
    words = block(e // 32 * 16 + e % 16)
    pair = e % 32 // 16
    return words[2 * pair] | words[2 * pair + 1] << 32


def unit32(e):
    return (draw32(e) >> 8) * 2.0**-24


def unit64(word):
    return (word >> 11) * 2.0**-53


def float32(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def signed32(word):
    return word - 2**32 if word >> 31 else word


def radius32(word):
    return math.sqrt(-2 * math.log((float32(word >> 1) + 0.5) * 2.0**-31))


def normal_of(word, bits, turns, radius, is_second):
    """Where the upper bits of the angle's word are a sign and a swap of the axes."""
    major, minor = math.cos(2 * math.pi * turns), math.sin(2 * math.pi * turns)
    if word >> (bits - 1):
        major = -major
    swapped = word >> (bits - 2) & 1
    return radius * (major if swapped == is_second else minor)


def normal32(e):
    words = block(e // 64 * 16 + e % 16)
    place = e % 64 // 16
    word = words[place | 1]
    turns = float32(signed32(word << 2 & MASK32)) * 2.0**-34
    return normal_of(word, 32, turns, radius32(words[place & 2]), place & 1)


def normal64(e):
    words = block(e // 32 * 16 + e % 16)
    radius = math.sqrt(-2 * math.log(((words[0] | words[1] << 32) >> 11) * 2.0**-53 + 2.0**-53))
    word = words[2] | words[3] << 32
    turns = ((word << 2 & MASK64) >> 11) * 2.0**-55 - 0.125
    return normal_of(word, 64, turns, radius, e % 32 // 16)


def exponential32(e):
    return -math.log((float32(draw32(e) >> 1) + 0.5) * 2.0**-31)


def exponential64(e):
    return -math.log(((draw64(e) >> 11) + 1) * 2.0**-53)


def rest(e):
    """The lower 64 bits of the uniform number whose upper 32 are the element's word."""
    words = block(e, 1)
    return words[0] | words[1] << 32


def integers(e, low, high):
    return low + ((draw32(e) << 64 | rest(e)) * (high - low) >> 96)


def bernoulli(e, probability):
    return (draw32(e) << 64 | rest(e)) < Fraction(probability) * 2**96


def poisson_by_words(word, lower, rate):
    """The words are dealt out in whole numbers; fractions share what is left, exactly."""
    terms = [Fraction(math.exp(-rate)) * 2**32]
    while len(terms) < rate or terms[-1] > Fraction(1, 2**60):
        terms.append(terms[-1] * Fraction(rate) / len(terms))
    dealt = 0
    for k, term in enumerate(terms):
        dealt += math.floor(term)
        if word < dealt:
            return k
    place = word - dealt + Fraction(lower, 2**64)
    for k, term in enumerate(terms):
        place -= term - math.floor(term)
        if place < 0:
            return k
    return len(terms)


def poisson(e, rate):
    if rate <= 64:
        return poisson_by_words(draw32(e), rest(e), rate)
    b = 0.931 + 2.53 * math.sqrt(rate)
    a = -0.059 + 0.02483 * b
    attempt = 0
    while True:
        attempt += 1
        words = block(e, attempt)
        u = unit64(words[0] | words[1] << 32) - 0.5
        v = unit64(words[2] | words[3] << 32)
        us = 0.5 - abs(u)
        k = math.floor((2 * a / us + b) * u + rate + 0.43)
        if us >= 0.07 and v <= 0.9277 - 3.6224 / (b - 2):
            return k
        if k < 0 or (us < 0.013 and v > us):
            continue
        bound = k * math.log(rate) - rate - math.lgamma(k + 1)
        if math.log(v * (1.1239 + 1.1328 / (b - 3.4)) / (a / us**2 + b)) <= bound:
            return k


def sparse(probability, count):
    events = []
    for first in range(0, count, 4096):
        at, k = first, 0
        while True:
            at += math.floor(exponential64(first + k) / -math.log1p(-probability))
            if at >= min(first + 4096, count):
                break
            events.append(at)
            at, k = at + 1, k + 1
    return events


def array(kind, name, values, text=repr):
    body = [text(v) for v in values]
    lines = [", ".join(body[i : i + 4]) for i in range(0, len(body), 4)]
    print(f"inline constexpr {kind} {name}[] = {{\n    " + ",\n    ".join(lines) + "};")


print("#pragma once\n\n// Written by make_random_golden.py; do not edit.\n// clang-format off\n")
print("#include <cstddef>\n#include <cstdint>\n\nnamespace monnto::golden {\n")
print(f"inline constexpr std::uint64_t key = {KEY:#x};")
print(f"inline constexpr std::uint64_t step = {STEP:#x};")
print(f"inline constexpr std::uint32_t ordinal = {ORDINAL};")
array("std::size_t", "elements", ELEMENTS)
array("std::uint32_t", "bits32", map(draw32, ELEMENTS), lambda v: f"{v:#010x}")
array("std::uint64_t", "bits64", map(draw64, ELEMENTS), lambda v: f"{v:#018x}")
array("float", "uniform32", map(unit32, ELEMENTS), lambda v: v.hex() + "F")
array("double", "uniform64", [unit64(draw64(e)) for e in ELEMENTS], float.hex)
array("double", "normal32", map(normal32, ELEMENTS))
array("double", "normal64", map(normal64, ELEMENTS))
array("double", "exponential32", map(exponential32, ELEMENTS))
array("double", "exponential64", map(exponential64, ELEMENTS))
array("std::int64_t", "integers_of_13", [integers(e, -3, 10) for e in ELEMENTS])
array(
    "std::int64_t",
    "integers_of_many",
    [integers(e, -(2**63), 2**62) for e in ELEMENTS],
    lambda v: f"{v + 1}LL - 1" if v < 0 else f"{v}LL",
)
array("std::int64_t", "poisson_small", [poisson(e, 3.5) for e in ELEMENTS])
array("std::int64_t", "poisson_large", [poisson(e, 40.0) for e in ELEMENTS])
array("std::int64_t", "poisson_rejected", [poisson(e, 1000.0) for e in ELEMENTS])
array("bool", "bernoulli", [bernoulli(e, 0.3) for e in ELEMENTS], lambda v: str(v).lower())
array("std::size_t", "sparse_events", sparse(0.01, 5000))
print("\n}  // namespace monnto::golden")
