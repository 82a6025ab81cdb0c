#include <monnto/array/number.hpp>

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

TEST(NumberTest, RoundsOnceToTheShortFormats) {
    const double above_the_tie = 1 + 0x1p-8 + 0x1p-40;  // through float it would round down
    EXPECT_EQ(Number(above_the_tie).cast_to(DType::bf16).real, 1 + 0x1p-7);
    EXPECT_EQ(Number(1 + 0x1p-11 + 0x1p-40).cast_to(DType::f16).real, 1 + 0x1p-10);
}

}  // namespace
}  // namespace monnto
