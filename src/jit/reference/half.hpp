#pragma once

#include <bit>
#include <cstdint>

namespace monnto::reference {

/// IEEE binary16 as storage (S3): arithmetic converts to float and rounds once per operation.
struct Half {
    std::uint16_t bits = 0;

    Half() = default;
    explicit Half(float value) noexcept : bits(rounded(value)) {}
    /// From double in one rounding: through float there would be two.
    explicit Half(double value) noexcept;
    operator float() const noexcept {  // NOLINT(google-explicit-constructor)
        const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000U) << 16U;
        const std::uint32_t magnitude = bits & 0x7fffU;
        if (magnitude >= 0x7c00U) {  // infinity and NaN keep their payload
            return std::bit_cast<float>(sign | 0x7f800000U | (magnitude << 13U));
        }
        // 2^112 moves the exponent's bias; it also normalizes subnormal numbers.
        const float scaled = std::bit_cast<float>(magnitude << 13U) * 0x1p112F;
        return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(scaled));
    }

private:
    [[nodiscard]] static std::uint16_t rounded(float value) noexcept;
};

/// The upper half of a float.
struct BFloat {
    std::uint16_t bits = 0;

    BFloat() = default;
    explicit BFloat(float value) noexcept {
        const auto word = std::bit_cast<std::uint32_t>(value);
        if ((word & 0x7fffffffU) > 0x7f800000U) {
            bits = static_cast<std::uint16_t>((word >> 16U) | 0x40U);  // NaN must stay one
        } else {
            const std::uint32_t half_to_even = 0x7fffU + ((word >> 16U) & 1U);
            bits = static_cast<std::uint16_t>((word + half_to_even) >> 16U);
        }
    }
    explicit BFloat(double value) noexcept;
    operator float() const noexcept {  // NOLINT(google-explicit-constructor)
        return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U);
    }
};

/// `value` as a float whose last bit says whether anything was cut off below it ("round to odd"),
/// so that rounding it again to a shorter type gives what rounding the double once would have
/// given.
[[nodiscard]] inline float rounded_to_odd(double value) noexcept {
    const auto nearest = static_cast<float>(value);
    const auto back = static_cast<double>(nearest);
    if (back == value || value != value) {
        return nearest;
    }
    auto word = std::bit_cast<std::uint32_t>(nearest);
    const bool away = (back > value) == (value > 0);  // rounded to the larger magnitude
    if (away) {
        word -= 1;
    }
    return std::bit_cast<float>(word | 1U);
}

inline Half::Half(double value) noexcept : Half(rounded_to_odd(value)) {}
inline BFloat::BFloat(double value) noexcept : BFloat(rounded_to_odd(value)) {}

inline std::uint16_t Half::rounded(float value) noexcept {
    const auto word = std::bit_cast<std::uint32_t>(value);
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

/// The type in which operations on elements of type T are computed.
template <class T>
struct Computed {
    using type = T;
};
template <>
struct Computed<Half> {
    using type = float;
};
template <>
struct Computed<BFloat> {
    using type = float;
};
template <class T>
using computed_t = typename Computed<T>::type;

}  // namespace monnto::reference
