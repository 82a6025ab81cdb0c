#pragma once

#include "log.hpp"
#include "trigonometry.hpp"

#include <cstdint>

/// Real numbers from random words, over lanes. U are words of 32 bits and give float, or of 64 bits
/// (two words, the first one the lower half) and give double.
namespace monnto::lane::inline MONNTO_LANE_TARGET {

template <class U>
using RealOf = Rebind<U, std::conditional_t<sizeof(Element<U>) == 8, double, float>>;

/// The upper bits of a word, as many as convert exactly, as a float. AVX2 converts neither unsigned
/// words nor any of 64 bits, so the latter are written into the last bits of two large numbers.
template <class U>
[[nodiscard]] inline RealOf<U> upper_bits(U word) noexcept {
    if constexpr (sizeof(Element<U>) == 8) {
        using F = RealOf<U>;
        constexpr auto low_bits = std::bit_cast<std::uint64_t>(0x1p52);
        constexpr auto high_bits = std::bit_cast<std::uint64_t>(0x1p84);
        const U kept = word >> U(std::uint64_t{11});
        const F high = bits_as<double>((kept >> U(std::uint64_t{32})) | U(high_bits));
        const F low = bits_as<double>((kept & U(std::uint64_t{0xFFFFFFFF})) | U(low_bits));
        return (high - F(0x1p84 + 0x1p52)) + low;
    } else {
        return convert<float>(bits_as<std::int32_t>(word >> U(std::uint32_t{8})));
    }
}

/// [0, 1) in steps of 2^-24 or 2^-53.
template <class U>
[[nodiscard]] inline RealOf<U> unit_interval(U word) noexcept {
    using F = RealOf<U>;
    return upper_bits(word) * F(sizeof(Element<U>) == 8 ? 0x1p-53F : 0x1p-24F);
}

/// (0, 1], for logarithms. Small floats keep their low bits: numbers down to 2^-32 occur, without
/// which no normal number beyond 5.8 deviations would be drawn and no exponential one beyond 17.
template <class U>
[[nodiscard]] inline RealOf<U> above_zero(U word) noexcept {
    using F = RealOf<U>;
    if constexpr (sizeof(Element<U>) == 8) {
        return (upper_bits(word) + F(1)) * F(0x1p-53);
    } else {
        const F kept = convert<float>(bits_as<std::int32_t>(word >> U(std::uint32_t{1})));
        return (kept + F(0.5F)) * F(0x1p-31F);
    }
}

/// The logarithm of a normal positive number.
template <class F>
[[nodiscard]] inline F log_of_normal(F x) noexcept {
    using Format = FormatOf<F>;
    return log_of_split(split_bits(bits_as<typename Format::Bits>(x), F(Element<F>(Format::bias))));
}

/// Mean 1.
template <class U>
[[nodiscard]] inline RealOf<U> exponential(U word) noexcept {
    return -log_of_normal(above_zero(word));
}

/// [-1/8, 1/8].
template <class U>
[[nodiscard]] inline RealOf<U> eighth_of_turn(U word) noexcept {
    using F = RealOf<U>;
    if constexpr (sizeof(Element<U>) == 8) {
        return fma(upper_bits(word), F(0x1p-55), F(-0.125));
    } else {
        return convert<float>(bits_as<std::int32_t>(word)) * F(0x1p-34F);
    }
}

/// A point of the unit circle: an angle of less than an eighth of a turn from the x axis, whose
/// sign and whose swapping with the y axis take the two upper bits of the word. That needs no
/// reduction, which sines of an arbitrary angle do.
template <class U>
inline void circle_point(U word, RealOf<U>& x, RealOf<U>& y) noexcept {
    using F = RealOf<U>;
    using E = Element<F>;
    using Bits = Element<U>;
    constexpr Bits sign = Bits{1} << (8 * sizeof(Bits) - 1);
    const F turns = eighth_of_turn(word << U(Bits{2}));
    const F square = turns * turns;
    const F sine = turns * fma(square, polynomial(square, coefficients::sin_turns_tail<E>),
                               F(CircleConstantsOf<F>::turn));
    const F cosine = fma(square, polynomial(square, coefficients::cos_turns_tail<E>), F(1));
    const F major = bits_as<E>(bits_as<Bits>(cosine) | (word & U(sign)));
    const Mask<U> swapped = (word & U(sign >> 1)) != U(Bits{0});
    x = select(swapped, sine, major);
    y = select(swapped, major, sine);
}

/// The distance from the origin of two independent standard normal numbers.
template <class U>
[[nodiscard]] inline RealOf<U> normal_radius(U word) noexcept {
    return sqrt(RealOf<U>(-2) * log_of_normal(above_zero(word)));
}

/// Two independent standard normal numbers (G. E. P. Box, M. E. Muller 1958, "A note on the
/// generation of random normal deviates", doi 10.1214/aoms/1177706645).
template <class U>
inline void normal_pair(U radius_word, U angle_word, RealOf<U>& first, RealOf<U>& second) noexcept {
    const RealOf<U> radius = normal_radius(radius_word);
    RealOf<U> x = radius;
    RealOf<U> y = radius;
    circle_point(angle_word, x, y);
    first = radius * x;
    second = radius * y;
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
