#pragma once

#include <bit>
#include <cstdint>

namespace monnto {

/// The two 16-bit float formats are for storage: arithmetic converts, computes in float and rounds
/// once.

/// IEEE binary16 to float, exact.
[[nodiscard]] float half_to_float(std::uint16_t bits) noexcept;
/// float to IEEE binary16, to nearest even.
[[nodiscard]] std::uint16_t half_from_float(float v) noexcept;
/// double to binary16 with one rounding (going through float would round twice).
[[nodiscard]] std::uint16_t half_from_double(double v) noexcept;

/// bfloat16 is the upper half of a float.
[[nodiscard]] inline float bfloat_to_float(std::uint16_t bits) noexcept {
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U);
}
/// float to bfloat16, to nearest even; NaN stays NaN.
[[nodiscard]] inline std::uint16_t bfloat_from_float(float v) noexcept {
    const auto bits = std::bit_cast<std::uint32_t>(v);
    if ((bits & 0x7fffffffU) > 0x7f800000U) {
        return static_cast<std::uint16_t>((bits >> 16U) | 0x40U);
    }
    return static_cast<std::uint16_t>((bits + 0x7fffU + ((bits >> 16U) & 1U)) >> 16U);
}

}  // namespace monnto
