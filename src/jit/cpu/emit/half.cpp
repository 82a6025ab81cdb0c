#include "half.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace monnto::emit {
namespace {

constexpr int upper_half = 16;  // bits of a float below a bfloat

[[nodiscard]] std::string converted(std::string_view instruction, const std::string& from,
                                    const std::string& value, const std::string& to) {
    return writer().value(fmt::format("{} {} {} to {}", instruction, from, value, to));
}
[[nodiscard]] std::string bits_type() {
    return vector_of("i16");
}

/// As `bfloat_from_float`: to nearest even; NaN stays NaN.
[[nodiscard]] Lane<float> rounded_to_bfloat(const Lane<float>& x) {
    using Bits = Lane<std::uint32_t>;
    const Bits word = bits_as<std::uint32_t>(x);
    const Bits half_to_even = ((word >> upper_half) & Bits(1)) + Bits(0x7fffU);
    const Bits nearest = word + half_to_even;
    // NOLINTNEXTLINE(misc-redundant-expression): what differs from itself is NaN
    const Bits kept = select(x != x, word | Bits(0x400000U), nearest);
    return bits_as<float>(kept & Bits(0xffff0000U));
}

/// As `rounded_to_odd`: a float whose last bit says whether anything was cut off below it.
[[nodiscard]] Lane<float> rounded_to_odd(const Lane<double>& x) {
    using Bits = Lane<std::uint32_t>;
    const Lane<float> nearest = convert<float>(x);
    const Lane<double> back = convert<double>(nearest);
    const Bits word = bits_as<std::uint32_t>(nearest);
    const Bits toward_zero = select(abs(back) > abs(x), word - Bits(1), word);
    // NOLINTNEXTLINE(misc-redundant-expression): or NaN
    const Lane<bool> is_exact = either(back == x, x != x);
    return bits_as<float>(select(is_exact, word, toward_zero | Bits(1)));
}

}  // namespace

std::string widened(DType half, const std::string& bits) {
    const std::string floats = vector_type(DType::f32);
    if (half == DType::f16) {
        const std::string type = vector_of("half");
        return converted("fpext", type, converted("bitcast", bits_type(), bits, type), floats);
    }
    const Lane<std::uint32_t> low(converted("zext", bits_type(), bits, vector_type(DType::u32)));
    return bits_as<float>(low << upper_half).text();
}

std::string narrowed(DType half, const std::string& floats) {
    const std::string type = vector_type(DType::f32);
    if (half == DType::f16) {
        const std::string halves = vector_of("half");
        return converted("bitcast", halves, converted("fptrunc", type, floats, halves),
                         bits_type());
    }
    const Lane<std::uint32_t> high = bits_as<std::uint32_t>(Lane<float>(floats)) >> upper_half;
    return converted("trunc", vector_type(DType::u32), high.text(), bits_type());
}

Lane<float> rounded(DType half, const Lane<float>& x) {
    if (half == DType::bf16) {
        return rounded_to_bfloat(x);
    }
    return Lane<float>(widened(half, narrowed(half, x.text())));
}

Lane<float> rounded(DType half, const Lane<double>& x) {
    return rounded(half, rounded_to_odd(x));
}

}  // namespace monnto::emit
