#include <monnto/array/dtype.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

using enum DType;

TEST(DTypeTest, NamesAreNumPys) {
    for (int i = 0; i < dtype_count; ++i) {
        const auto dtype = static_cast<DType>(i);
        EXPECT_EQ(dtype_named(name_of(dtype)), dtype);
    }
    EXPECT_EQ(dtype_named("f4"), f32);
    EXPECT_EQ(dtype_named("int"), i64);
    EXPECT_FALSE(dtype_named("complex128").has_value());
}

TEST(DTypeTest, PromotionIsNumPysResultType) {
    EXPECT_EQ(promote(boolean, i8), i8);
    EXPECT_EQ(promote(u8, i8), i16);
    EXPECT_EQ(promote(u16, i8), i32);
    EXPECT_EQ(promote(u32, i32), i64);
    EXPECT_EQ(promote(u64, i8), f64);
    EXPECT_EQ(promote(i8, f16), f16);
    EXPECT_EQ(promote(u8, f16), f16);
    EXPECT_EQ(promote(i16, f16), f32);
    EXPECT_EQ(promote(i32, f32), f64);
    EXPECT_EQ(promote(i64, f16), f64);
    EXPECT_EQ(promote(f16, f32), f32);
    EXPECT_EQ(promote(f16, bf16), f32);
    EXPECT_EQ(promote(f32, f64), f64);
}

TEST(DTypeTest, PromotionIsSymmetric) {
    for (int a = 0; a < dtype_count; ++a) {
        for (int b = 0; b < dtype_count; ++b) {
            EXPECT_EQ(promote(static_cast<DType>(a), static_cast<DType>(b)),
                      promote(static_cast<DType>(b), static_cast<DType>(a)));
        }
    }
}

TEST(DTypeTest, SameKindLetsFloatsShrinkButNotBecomeIntegers) {
    EXPECT_TRUE(can_cast_same_kind(f64, f32));
    EXPECT_TRUE(can_cast_same_kind(i64, i8));
    EXPECT_TRUE(can_cast_same_kind(u8, i8));
    EXPECT_TRUE(can_cast_same_kind(i64, f32));
    EXPECT_FALSE(can_cast_same_kind(f32, i64));
    EXPECT_FALSE(can_cast_same_kind(i8, u64));
    EXPECT_FALSE(can_cast_same_kind(i8, boolean));
}

}  // namespace
}  // namespace monnto
