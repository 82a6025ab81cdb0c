#include <monnto/array/functions.hpp>
#include <monnto/array/record.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

using enum DType;

Array of(DType dtype) {
    return zeros({1}, dtype);
}

TEST(ResolveTest, FunctionsOfIntegersComputeInTheLeastFloat) {
    EXPECT_EQ(resolve(Op::exp, of(boolean)).result, f16);
    EXPECT_EQ(resolve(Op::exp, of(i16)).result, f32);
    EXPECT_EQ(resolve(Op::exp, of(i32)).result, f64);
    EXPECT_EQ(resolve(Op::floor, of(i32)).result, i32);
    EXPECT_EQ(resolve(Op::rint, of(i32)).result, f64);
}

TEST(ResolveTest, DivisionOfIntegersIsFloat64) {
    EXPECT_EQ(resolve(Op::divide, of(i8), of(i8)).result, f64);
    EXPECT_EQ(resolve(Op::divide, of(f32), of(boolean)).result, f32);
}

TEST(ResolveTest, SomeOperationsLiftBoolToInt8) {
    EXPECT_EQ(resolve(Op::floor_divide, of(boolean), of(boolean)).result, i8);
    EXPECT_EQ(resolve(Op::square, of(boolean)).result, i8);
    EXPECT_EQ(resolve(Op::add, of(boolean), of(boolean)).result, boolean);
}

TEST(S5ResolveTest, BoolRefusesMinusAndFloatRefusesBits) {
    EXPECT_THROW(static_cast<void>(resolve(Op::negative, of(boolean))), TypeMismatch);
    EXPECT_THROW(static_cast<void>(resolve(Op::subtract, of(boolean), of(boolean))), TypeMismatch);
    EXPECT_THROW(static_cast<void>(resolve(Op::invert, of(f32))), TypeMismatch);
    EXPECT_THROW(static_cast<void>(resolve(Op::bitwise_and, of(f32), of(f32))), TypeMismatch);
}

TEST(S5ResolveTest, AWeakIntegerThatDoesNotFitOverflows) {
    const Array u = of(u8);
    EXPECT_THROW(static_cast<void>(u + (-1)), NumberOutOfRange);
    EXPECT_THROW(static_cast<void>(u + 256), NumberOutOfRange);
    EXPECT_NO_THROW(static_cast<void>(u + 255));
    EXPECT_FALSE((u == -1).any());
    EXPECT_TRUE((u > -1).all());
}

TEST(ResolveTest, WeakNumbersTakeTheArraysType) {
    EXPECT_EQ(common_dtype(of(f32), 1.5), f32);
    EXPECT_EQ(common_dtype(of(u8), 1), u8);
    EXPECT_EQ(common_dtype(of(boolean), 1), i64);
    EXPECT_EQ(common_dtype(of(i32), 1.5), f64);
    EXPECT_EQ(common_dtype(of(f32), Number::strong(f64, 1.5)), f64);
    EXPECT_EQ(common_dtype(1, 2.0), f64);
}

}  // namespace
}  // namespace monnto
