#include "huge_angle.hpp"
#include "trigonometry.hpp"

#include <array>
#include <bit>
#include <cstdint>

/// The remainder of a huge angle: only the bits of 2/pi that decide the last quarter turns are
/// multiplied (M. H. Payne, R. N. Hanek 1983, doi:10.1145/1057600.1057602), in integers.
namespace monnto::lane::huge {
namespace {

__extension__ using Wide = unsigned __int128;

/// 2/pi as a binary fraction, from the highest bit; tools/make_coefficients.py two_over_pi.
constexpr std::array<std::uint64_t, 20> two_over_pi{
    0xa2f9836e4e441529U, 0xfc2757d1f534ddc0U, 0xdb6295993c439041U, 0xfe5163abdebbc561U,
    0xb7246e3a424dd2e0U, 0x06492eea09d1921cU, 0xfe1deb1cb129a73eU, 0xe88235f52ebb4484U,
    0xe99c7026b45f7e41U, 0x3991d639835339f4U, 0x9c845f8bbdf9283bU, 0x1ff897ffde05980fU,
    0xef2f118b5a0a6d1fU, 0x6d367ecf27cb09b7U, 0x4f463f669e5fea2dU, 0x7527bac7ebe5f17bU,
    0x3d0739f78a5292eaU, 0x6bfb5fb11f8d5d08U, 0x56033046fc7b6babU, 0xf0cfbc209af4361dU};

/// 64 bits of 2/pi from bit `first` after the binary point on; bits before it are 0.
[[nodiscard]] std::uint64_t bits_of_two_over_pi(int first) noexcept {
    const auto word = [](int index) {
        return index < 0 ? 0 : two_over_pi[static_cast<std::size_t>(index)];
    };
    const int index = first >= 0 ? first / 64 : -((63 - first) / 64);
    const int shift = first - 64 * index;
    return shift == 0 ? word(index) : (word(index) << shift) | (word(index + 1) >> (64 - shift));
}

struct Remainder {
    double rest;  // within pi/4
    double lost;  // what rounding took from it
    std::uint64_t quarters;
};

/// Contract: x >= 2, finite.
[[nodiscard]] Remainder remainder_of(double x) noexcept {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const std::uint64_t mantissa = (bits & 0xfffffffffffffU) | 0x10000000000000U;
    const int exponent = static_cast<int>(bits >> 52U) - 1075;  // x = mantissa 2^exponent
    // Bits of 2/pi before this one make multiples of four quarter turns.
    const int first = exponent - 2;
    // mantissa times 192 bits, modulo 2^192: two bits of quarter turns, then a fraction.
    const Wide low = Wide{mantissa} * bits_of_two_over_pi(first + 128);
    const Wide middle = Wide{mantissa} * bits_of_two_over_pi(first + 64) + (low >> 64U);
    const Wide high = ((Wide{mantissa} * bits_of_two_over_pi(first)) << 64U) + middle;
    auto quarters = static_cast<std::uint64_t>(high >> 126U);
    Wide fraction = high << 2U;
    // To the nearest multiple instead of the one below.
    const bool above = (fraction >> 127U) != 0;
    if (above) {
        quarters += 1;
        fraction = -fraction;
    }
    // Two parts of a float each: their rounding is far below that of the product.
    const auto upper = static_cast<double>(fraction);
    const auto taken = static_cast<Wide>(upper);
    const double lower = taken > fraction ? -static_cast<double>(taken - fraction)
                                          : static_cast<double>(fraction - taken);
    using C = CircleConstants<double>;
    const double small = fma(lower, C::quarter_first, upper * C::quarter_second);
    const double rest = fma(upper, C::quarter_first, small);
    const double lost = fma(upper, C::quarter_first, -rest) + small;
    const double scale = above ? -0x1p-128 : 0x1p-128;
    return {rest * scale, lost * scale, quarters};
}

/// The sine of `quarters` quarter turns more than `x`.
[[nodiscard]] double sin_after(double x, std::uint64_t quarters) noexcept {
    const Remainder r = remainder_of(abs(x));
    // sin(-x) = -sin(x) and cos(-x) = cos(x): the sign belongs to the remainder.
    const std::uint64_t turned = (x < 0 ? 0 - r.quarters : r.quarters) + quarters;
    const double rest = x < 0 ? -r.rest : r.rest;
    return negated_by_bit<1>((turned & 1U) != 0 ? cos_of_rest(rest) : sin_of_rest(rest), turned);
}

[[nodiscard]] bool is_moderate(double x) noexcept {
    return !is_huge_angle(x);
}

}  // namespace

double sin_double(double x, double /*unused*/) noexcept {
    if (is_moderate(x)) {
        return sin_of_moderate(x);
    }
    return x - x == 0 ? sin_after(x, 0) : x - x;
}
double cos_double(double x, double /*unused*/) noexcept {
    if (is_moderate(x)) {
        return cos_of_moderate(x);
    }
    return x - x == 0 ? sin_after(x, 1) : x - x;
}
double tan_double(double x, double /*unused*/) noexcept {
    if (is_moderate(x)) {
        return tan_of_moderate(x);
    }
    if (x - x != 0) {
        return x - x;
    }
    const Remainder r = remainder_of(abs(x));
    const double t = tan_of_rest(r.rest, r.lost);
    return negated_where_negative((r.quarters & 1U) != 0 ? -1 / t : t, x);
}

float sin_float(float x, float /*unused*/) noexcept {
    return static_cast<float>(sin_double(static_cast<double>(x), 0));
}
float cos_float(float x, float /*unused*/) noexcept {
    return static_cast<float>(cos_double(static_cast<double>(x), 0));
}
float tan_float(float x, float /*unused*/) noexcept {
    return static_cast<float>(tan_double(static_cast<double>(x), 0));
}

}  // namespace monnto::lane::huge
