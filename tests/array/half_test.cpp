#include <monnto/array/half.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace monnto {
namespace {

// The oracle follows the definition of binary16 digit by digit: slow, and alike in nothing.
float value_by_digits(std::uint16_t bits) {
    const bool is_negative = (bits & 0x8000U) != 0;
    const int exponent = static_cast<int>((bits >> 10U) & 0x1fU);
    const auto fraction = static_cast<float>(bits & 0x3ffU) / 1024.0F;
    const float magnitude = exponent == 31  ? std::numeric_limits<float>::infinity()
                            : exponent == 0 ? std::ldexp(fraction, -14)
                                            : std::ldexp(1 + fraction, exponent - 15);
    return is_negative ? -magnitude : magnitude;
}

std::uint16_t rounded_by_digits(double v) {
    const auto sign = static_cast<std::uint16_t>(std::signbit(v) ? 0x8000U : 0U);
    const double magnitude = std::fabs(v);
    if (magnitude >= 65520) {
        return static_cast<std::uint16_t>(sign | 0x7c00U);
    }
    int exponent = 0;
    std::frexp(magnitude, &exponent);  // magnitude = m * 2^exponent, m in [0.5, 1)
    // 11 significant bits, of which none lies below 2^-24; the steps of `lowest` are counted.
    const int lowest = std::max(exponent - 11, -24);
    const auto steps = static_cast<std::uint32_t>(std::nearbyint(std::ldexp(magnitude, -lowest)));
    // The leading bit of `steps` carries into the exponent's field, which starts at 1.
    const auto field = static_cast<std::uint32_t>(lowest + 24) << 10U;
    return static_cast<std::uint16_t>(sign | (field + steps));
}

bool is_nan(std::uint16_t half) {
    return (half & 0x7fffU) > 0x7c00U;
}

TEST(HalfTest, ReadsEveryBitPattern) {
    for (std::uint32_t word = 0; word < 0x10000U; ++word) {
        const auto bits = static_cast<std::uint16_t>(word);
        const float value = half_to_float(bits);
        ASSERT_EQ(std::isnan(value), is_nan(bits)) << bits;
        if (!is_nan(bits)) {
            ASSERT_EQ(std::bit_cast<std::uint32_t>(value),
                      std::bit_cast<std::uint32_t>(value_by_digits(bits)))
                << bits;
            ASSERT_EQ(half_from_float(value), bits);
        }
    }
}

TEST(HalfTest, RoundsTheMiddleBetweenNeighborsAndItsNeighborsOnce) {
    for (std::uint32_t bits = 0; bits < 0x7c00; ++bits) {
        const auto low = static_cast<double>(value_by_digits(static_cast<std::uint16_t>(bits)));
        const auto high =
            bits == 0x7bff
                ? 65536.0
                : static_cast<double>(value_by_digits(static_cast<std::uint16_t>(bits + 1)));
        const double middle = (low + high) / 2;
        for (const double x :
             {middle, std::nextafter(middle, 0.0), std::nextafter(middle, 1e9), -middle}) {
            ASSERT_EQ(half_from_double(x), rounded_by_digits(x)) << x;
            const auto single = static_cast<float>(x);
            ASSERT_EQ(half_from_float(single), rounded_by_digits(static_cast<double>(single))) << x;
        }
    }
}

TEST(HalfTest, RoundsRandomNumbersAsTheirDigitsSay) {
    std::mt19937_64 generator(1);
    for (int i = 0; i < 1'000'000; ++i) {
        const auto word = static_cast<std::uint32_t>(generator());
        const auto single = std::bit_cast<float>(word);
        if (!std::isnan(single)) {
            ASSERT_EQ(half_from_float(single), rounded_by_digits(static_cast<double>(single)))
                << single;
        }
    }
}

TEST(HalfTest, KnowsItsTiesAndItsEnds) {
    EXPECT_EQ(half_from_double(1.0 + 0x1p-11), half_from_double(1.0)) << "a tie, to even";
    EXPECT_EQ(half_from_double(1.0 + 0x1.8p-10), half_from_double(1.0 + 0x1p-9));
    EXPECT_EQ(half_from_double(65519.9), half_from_double(65504.0));
    EXPECT_EQ(half_from_double(65520.0), 0x7c00);
    EXPECT_EQ(half_from_double(0x1p-25), 0) << "half of the smallest: a tie, to even zero";
    EXPECT_EQ(half_from_double(0x1.8p-25), 1);
    EXPECT_EQ(half_from_double(-1e-300), 0x8000);
    EXPECT_TRUE(is_nan(half_from_double(std::nan(""))));
}

TEST(HalfTest, RoundsADoubleOnce) {
    // Through float this value would first round up to a tie, then up again.
    EXPECT_EQ(half_from_double(1.0 + 0x1p-11 + 0x1p-40), half_from_double(1.0 + 0x1p-10));
    EXPECT_EQ(half_from_double(1.0 + 0x1p-11 - 0x1p-40), half_from_double(1.0));
}

TEST(BfloatTest, KeepsNaNAndRoundsToEven) {
    EXPECT_TRUE(std::isnan(bfloat_to_float(bfloat_from_float(std::nanf("")))));
    EXPECT_EQ(bfloat_to_float(bfloat_from_float(1.00390625F)), 1.0F);
    EXPECT_EQ(bfloat_to_float(bfloat_from_float(1.01171875F)), 1.015625F);
}

TEST(BfloatTest, RoundsADoubleOnce) {
    // 1 + 2^-8 is a tie; the bit far below breaks it upwards, but only where no float stands
    // between.
    const double above_the_tie = 1 + 0x1p-8 + 0x1p-40;
    EXPECT_EQ(bfloat_to_float(bfloat_from_double(above_the_tie)), 1 + 0x1p-7F);
    EXPECT_EQ(bfloat_to_float(bfloat_from_float(static_cast<float>(above_the_tie))), 1.0F);
    EXPECT_EQ(bfloat_to_float(bfloat_from_double(-above_the_tie)), -1 - 0x1p-7F);
    EXPECT_TRUE(std::isinf(bfloat_to_float(bfloat_from_double(1e300))));
    EXPECT_TRUE(std::isnan(bfloat_to_float(bfloat_from_double(std::nan("")))));
}

}  // namespace
}  // namespace monnto
