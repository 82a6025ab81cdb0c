#include <monnto/array/half.hpp>

#include <cmath>

namespace monnto {

namespace {

constexpr std::uint16_t half_infinity = 0x7c00;

/// The positive finite double `v` in units of 2^-24, the smallest half, rounded to nearest even
/// where the exponent leaves fewer than all bits; 0x7c00 and above mean overflow.
std::uint32_t half_magnitude(double v) noexcept {
    int exponent = 0;
    std::frexp(v, &exponent);  // v = m * 2^exponent, m in [0.5, 1)
    // Halves with exponent e have 11 significant bits down to 2^(e-11); subnormals stop at 2^-24.
    const int lowest = exponent - 11 < -24 ? -24 : exponent - 11;
    const auto mantissa = static_cast<std::uint32_t>(std::nearbyint(std::ldexp(v, -lowest)));
    const auto biased = static_cast<std::uint32_t>(lowest + 24);
    // Adding the mantissa (with its hidden bit) to the exponent field carries into it as rounding
    // asks.
    return (biased << 10U) + mantissa;
}

}  // namespace

float half_to_float(std::uint16_t bits) noexcept {
    const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000U) << 16U;
    const std::uint32_t exponent = (bits >> 10U) & 0x1fU;
    const std::uint32_t mantissa = bits & 0x3ffU;
    if (exponent == 0) {
        const float magnitude = static_cast<float>(mantissa) * 0x1p-24F;
        return std::bit_cast<float>(std::bit_cast<std::uint32_t>(magnitude) | sign);
    }
    const std::uint32_t wide = exponent == 31 ? 255 : exponent + 112;
    return std::bit_cast<float>(sign | (wide << 23U) | (mantissa << 13U));
}

std::uint16_t half_from_double(double v) noexcept {
    const auto sign = static_cast<std::uint16_t>(std::signbit(v) ? 0x8000U : 0U);
    const double magnitude = std::fabs(v);
    if (std::isnan(v)) {
        return static_cast<std::uint16_t>(sign | 0x7e00U);
    }
    if (magnitude >= 65520.0) {
        return static_cast<std::uint16_t>(sign | half_infinity);
    }
    if (magnitude == 0.0) {
        return sign;
    }
    return static_cast<std::uint16_t>(sign | half_magnitude(magnitude));
}

std::uint16_t half_from_float(float v) noexcept {
    return half_from_double(static_cast<double>(v));
}

}  // namespace monnto
