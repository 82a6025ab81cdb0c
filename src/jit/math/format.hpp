#pragma once

#include "lane.hpp"

#include <cstdint>
#include <limits>

/// What functions need to know about the bits of a float.
namespace monnto::lane::inline MONNTO_LANE_TARGET {

template <class T>
struct Format;
template <>
struct Format<float> {
    using Bits = std::uint32_t;
    static constexpr unsigned mantissa = 23;
    static constexpr Bits bias = 127;
    static constexpr Bits sign = 0x80000000U;
    /// Numbers between this and 4/3 of it are whole.
    static constexpr float whole = 0x1.8p23F;
    /// The square root of 1/2, as bits.
    static constexpr Bits root_half = 0x3f3504f3U;
};
template <>
struct Format<double> {
    using Bits = std::uint64_t;
    static constexpr unsigned mantissa = 52;
    static constexpr Bits bias = 1023;
    static constexpr Bits sign = 0x8000000000000000U;
    static constexpr double whole = 0x1.8p52;
    static constexpr Bits root_half = 0x3fe6a09e667f3bcdU;
};
template <class F>
using FormatOf = Format<Element<F>>;
template <class F>
inline constexpr Element<F> infinity = std::numeric_limits<Element<F>>::infinity();
template <class F>
inline constexpr Element<F> not_a_number = std::numeric_limits<Element<F>>::quiet_NaN();

/// A whole number n as a float, and as the low bits of an integer.
template <class F>
struct Whole {
    F value;
    UnsignedOf<F> bits;
};

/// The whole number next to x * factor, halves to even; its bits have `offset` added. Contract: |x
/// * factor| < 2^(mantissa - 2). Adding a number with no room for fractions rounds, and leaves the
/// whole number in the low bits: cheaper than rint and a conversion, which AVX2 lacks for double.
template <class F>
[[nodiscard]] inline Whole<F> nearest_whole(F x, Element<F> factor,
                                            Element<F> offset = 0) noexcept {
    const F shift(FormatOf<F>::whole + offset);
    const F shifted = fma(x, F(factor), shift);
    return {shifted - shift, bits_as<typename FormatOf<F>::Bits>(shifted)};
}

/// 2^n from the bits of n + bias.
template <class F>
[[nodiscard]] inline F power_of_two(UnsignedOf<F> biased) noexcept {
    return bits_as<Element<F>>(biased << UnsignedOf<F>(FormatOf<F>::mantissa));
}

template <class F>
[[nodiscard]] inline Mask<F> is_nan(F x) noexcept {
    return x != x;  // NOLINT(misc-redundant-expression)
}

/// `x` with its sign changed where `y` has one.
template <class F>
[[nodiscard]] inline F negated_where_negative(F x, F y) noexcept {
    using Bits = typename FormatOf<F>::Bits;
    const UnsignedOf<F> flip = bits_as<Bits>(y) & UnsignedOf<F>(FormatOf<F>::sign);
    return bits_as<Element<F>>(bits_as<Bits>(x) ^ flip);
}

/// The larger and the smaller of two; the first where it is NaN.
template <class F>
[[nodiscard]] inline F at_least(F x, Element<F> bound) noexcept {
    return select(x < F(bound), F(bound), x);
}
template <class F>
[[nodiscard]] inline F at_most(F x, Element<F> bound) noexcept {
    return select(x > F(bound), F(bound), x);
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
