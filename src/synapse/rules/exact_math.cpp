#include "exact_math.hpp"

#include <bit>
#include <cmath>
#include <cstdint>

namespace monnto::exact {
namespace {

// ln 2 in two parts; the upper has so few bits that its product with an exponent is exact.
constexpr double ln2_upper = 0x1.62e42fee00000p-1;
constexpr double ln2_lower = 0x1.a39ef35793c76p-33;

}  // namespace

double log(double x) noexcept {
    constexpr std::uint64_t fraction = 0x000FFFFFFFFFFFFFULL;
    const auto bits = std::bit_cast<std::uint64_t>(x);
    auto exponent = static_cast<int>(bits >> 52U) - 1023;
    auto m = std::bit_cast<double>((bits & fraction) | 0x3FF0000000000000ULL);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        ++exponent;
    }
    // log m = 2 artanh t with |t| < 0.172: what follows t^21 is below the rounding.
    const double t = (m - 1.0) / (m + 1.0);
    const double s = t * t;
    double series = 1.0 / 21.0;
    for (int k = 19; k >= 3; k -= 2) {
        series = series * s + 1.0 / k;
    }
    return exponent * ln2_upper + (2.0 * t + (2.0 * t * s * series + exponent * ln2_lower));
}

double exp(double x) noexcept {
    if (x < -700.0) {
        return 0.0;
    }
    const double n = std::floor(x * 1.4426950408889634 + 0.5);
    const double r = (x - n * ln2_upper) - n * ln2_lower;  // |r| <= ln 2 / 2
    double series = 1.0;
    for (int k = 14; k >= 1; --k) {
        series = 1.0 + series * r / k;
    }
    const auto power = static_cast<std::uint64_t>(static_cast<std::int64_t>(n) + 1023) << 52U;
    return series * std::bit_cast<double>(power);
}

}  // namespace monnto::exact
