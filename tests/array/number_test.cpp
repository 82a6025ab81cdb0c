#include <monnto/array/number.hpp>

#include <monnto/array/half.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace monnto {
namespace {

constexpr auto smallest = std::numeric_limits<std::int64_t>::min();

TEST(NumberTest, LiteralsAreWeakButBoolIsNot) {
    EXPECT_TRUE(Number(1).weak);
    EXPECT_TRUE(Number(1.5).weak);
    EXPECT_FALSE(Number(true).weak);
}

TEST(S10NumberTest, FloatsOutOfRangeConvertAsX86Does) {
    EXPECT_EQ(Number(1e30).as_integer(), smallest);
    EXPECT_EQ(Number(std::nan("")).as_integer(), smallest);
    EXPECT_EQ(Number(-2.9).as_integer(), -2);
    EXPECT_EQ(Number(1e10).cast_to(DType::i32).integer, std::numeric_limits<std::int32_t>::min());
    EXPECT_EQ(Number(1e10).cast_to(DType::i8).integer, 0);  // through int32
    EXPECT_EQ(Number(1e30).cast_to(DType::u64).natural, 0U);
}

TEST(NumberTest, CastsWrapIntegersAndRoundFloats) {
    EXPECT_EQ(Number(300).cast_to(DType::u8).integer, 44);
    EXPECT_EQ(Number(200).cast_to(DType::i8).integer, -56);
    EXPECT_EQ(Number(0.1).cast_to(DType::f32).real, static_cast<double>(0.1F));
    EXPECT_EQ(Number(std::nan("")).cast_to(DType::boolean).integer, 1);
}

TEST(NumberTest, StoreAndLoadAreInverse) {
    for (int i = 0; i < dtype_count; ++i) {
        const Number stored = Number(1).cast_to(static_cast<DType>(i));
        std::uint64_t room = 0;
        stored.store(&room);
        EXPECT_EQ(Number::load(stored.dtype, &room), stored) << name_of(stored.dtype);
    }
}

TEST(NumberTest, EqualityTellsZerosApartAndFindsNaNEqual) {
    EXPECT_FALSE(Number(0.0) == Number(-0.0));
    EXPECT_TRUE(Number(std::nan("")) == Number(std::nan("")));
}

TEST(HalfTest, EveryHalfSurvivesTheWayThroughFloat) {
    for (std::uint32_t bits = 0; bits < 0x10000U; ++bits) {
        const auto half = static_cast<std::uint16_t>(bits);
        const float wide = half_to_float(half);
        if (!std::isnan(wide)) {
            EXPECT_EQ(half_from_float(wide), half);
        }
    }
}

TEST(HalfTest, RoundsToNearestEven) {
    EXPECT_EQ(half_from_double(1.0 + 0x1p-11),
              half_from_double(1.0));  // a tie goes to the even neighbor
    EXPECT_EQ(half_from_double(1.0 + 0x1.8p-10), half_from_double(1.0 + 0x1p-9));
    EXPECT_EQ(half_from_double(65519.9), half_from_double(65504.0));
    EXPECT_EQ(half_from_double(65520.0), 0x7c00);
    EXPECT_EQ(half_from_double(0x1p-25), 0);  // half of the smallest: a tie, to even zero
    EXPECT_EQ(half_from_double(0x1.8p-25), 1);
}

TEST(HalfTest, DoubleIsRoundedOnce) {
    // Through float this value would first round up to a tie, then up again.
    const double v = 1.0 + 0x1p-11 + 0x1p-40;
    EXPECT_EQ(half_from_double(v), half_from_double(1.0 + 0x1p-10));
    EXPECT_EQ(half_from_double(1.0 + 0x1p-11 - 0x1p-40), half_from_double(1.0));
}

TEST(HalfTest, BfloatKeepsNaNAndRoundsToEven) {
    EXPECT_TRUE(std::isnan(bfloat_to_float(bfloat_from_float(std::nanf("")))));
    EXPECT_EQ(bfloat_to_float(bfloat_from_float(1.00390625F)), 1.0F);
    EXPECT_EQ(bfloat_to_float(bfloat_from_float(1.01171875F)), 1.015625F);
}

}  // namespace
}  // namespace monnto
