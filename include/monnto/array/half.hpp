#pragma once

#include <bit>
#include <cstdint>

namespace monnto {

/// The two 16-bit float formats are for storage: arithmetic converts, computes in float and rounds
/// once. In the header so that loops over elements are vectorized.

/// IEEE binary16 to float, exact; infinity and NaN keep their payload.
[[nodiscard]] inline float half_to_float(std::uint16_t bits) noexcept {
    const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000U) << 16U;
    const std::uint32_t magnitude = bits & 0x7fffU;
    if (magnitude >= 0x7c00U) {
        return std::bit_cast<float>(sign | 0x7f800000U | (magnitude << 13U));
    }
    // 2^112 moves the exponent's bias; it also normalizes subnormal numbers.
    const float scaled = std::bit_cast<float>(magnitude << 13U) * 0x1p112F;
    return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(scaled));
}

/// float to IEEE binary16, to nearest even.
[[nodiscard]] inline std::uint16_t half_from_float(float v) noexcept {
    const auto word = std::bit_cast<std::uint32_t>(v);
    const auto sign = static_cast<std::uint16_t>((word >> 16U) & 0x8000U);
    const std::uint32_t magnitude = word & 0x7fffffffU;
    if (magnitude > 0x7f800000U) {
        return static_cast<std::uint16_t>(sign | 0x7e00U | ((magnitude >> 13U) & 0x3ffU));
    }
    if (magnitude >= 0x477ff000U) {  // 65520 and above round to infinity
        return static_cast<std::uint16_t>(sign | 0x7c00U);
    }
    if (magnitude < 0x38800000U) {
        // Subnormal result: adding 0.5 lets the float unit do the rounding at the right bit.
        const float shifted = std::bit_cast<float>(magnitude) + 0.5F;
        return static_cast<std::uint16_t>(sign |
                                          (std::bit_cast<std::uint32_t>(shifted) - 0x3f000000U));
    }
    const std::uint32_t half_to_even = 0xfffU + ((magnitude >> 13U) & 1U);
    return static_cast<std::uint16_t>(sign | ((magnitude + half_to_even - 0x38000000U) >> 13U));
}

/// bfloat16 is the upper half of a float.
[[nodiscard]] inline float bfloat_to_float(std::uint16_t bits) noexcept {
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U);
}

/// float to bfloat16, to nearest even; NaN stays NaN.
[[nodiscard]] inline std::uint16_t bfloat_from_float(float v) noexcept {
    const auto word = std::bit_cast<std::uint32_t>(v);
    if ((word & 0x7fffffffU) > 0x7f800000U) {
        return static_cast<std::uint16_t>((word >> 16U) | 0x40U);
    }
    const std::uint32_t half_to_even = 0x7fffU + ((word >> 16U) & 1U);
    return static_cast<std::uint16_t>((word + half_to_even) >> 16U);
}

namespace detail {

/// `v` as a float whose last bit says whether anything was cut off below it ("round to odd"), so
/// that rounding it again to a shorter type gives what rounding the double once would have given.
[[nodiscard]] inline float rounded_to_odd(double v) noexcept {
    const auto nearest = static_cast<float>(v);
    const auto back = static_cast<double>(nearest);
    if (back == v || v != v) {
        return nearest;
    }
    auto word = std::bit_cast<std::uint32_t>(nearest);
    const bool away = (back > v) == (v > 0);  // rounded to the larger magnitude
    if (away) {
        word -= 1;
    }
    return std::bit_cast<float>(word | 1U);
}

}  // namespace detail

/// double to binary16 in one rounding: through float there would be two.
[[nodiscard]] inline std::uint16_t half_from_double(double v) noexcept {
    return half_from_float(detail::rounded_to_odd(v));
}
/// double to bfloat16 in one rounding.
[[nodiscard]] inline std::uint16_t bfloat_from_double(double v) noexcept {
    return bfloat_from_float(detail::rounded_to_odd(v));
}

}  // namespace monnto
