#include <monnto/array/array.hpp>

#include <monnto/array/functions.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace monnto {
namespace {

using Floats = std::vector<float>;

TEST(S1HandleTest, CopiesOfAHandleShareTheArray) {
    Array a = Array::from<float>({1, 2, 3});
    const Array b = a;
    a += 1.0;
    EXPECT_EQ(b.host<float>(), (Floats{2, 3, 4}));
    EXPECT_TRUE(a.same_as(b));
}

TEST(S1HandleTest, RebindingLeavesTheOldArrayAlone) {
    Array v = Array::from<float>({1, 2});
    const Array old = v;
    v = v * 2.0;
    EXPECT_EQ(old.host<float>(), (Floats{1, 2}));
    EXPECT_EQ(v.host<float>(), (Floats{2, 4}));
}

TEST(S1HandleTest, ExpressionsKeepTheValueTheySaw) {
    Array v = Array::from<float>({1, 2});
    const Array doubled = v + v;
    v.fill(100);
    EXPECT_EQ(doubled.host<float>(), (Floats{2, 4}));
    EXPECT_EQ(v.host<float>(), (Floats{100, 100}));
}

TEST(S9CopyTest, ACopyIsIndependentInBothDirections) {
    Array a = Array::from<float>({1, 2});
    Array b = a.copy();
    a += 1.0;
    b *= 10.0;
    EXPECT_EQ(a.host<float>(), (Floats{2, 3}));
    EXPECT_EQ(b.host<float>(), (Floats{10, 20}));
}

TEST(ArrayTest, LiteralsAreWeak) {
    const Array v = Array::from<float>({1, 2});
    EXPECT_EQ((0.5 * v).dtype(), DType::f32);
    EXPECT_EQ((v > 1).dtype(), DType::boolean);
    EXPECT_EQ((Array::from<std::int32_t>({1}) + 1).dtype(), DType::i32);
    EXPECT_EQ((Array::from<std::int32_t>({1}) * 0.5).dtype(), DType::f64);
}

TEST(ArrayTest, InPlaceKeepsTheTypeOrRefuses) {
    Array i = Array::from<std::int64_t>({1, 2});
    EXPECT_THROW(i += 0.5, TypeMismatch);
    EXPECT_EQ(i.host<std::int64_t>(), (std::vector<std::int64_t>{1, 2}));
    Array f = Array::from<float>({1, 2});
    f += Array::from<double>({0.5, 0.25});
    EXPECT_EQ(f.dtype(), DType::f32);
    EXPECT_EQ(f.host<float>(), (Floats{1.5F, 2.25F}));
}

TEST(ArrayTest, InPlaceKeepsTheShapeOrRefuses) {
    Array a = Array::from<float>({1});
    EXPECT_THROW(a += Array::from<float>({1, 2}), ShapeMismatch);
}

TEST(ArrayTest, AssignBroadcastsAndCasts) {
    Array a = zeros({2, 3}, DType::i32);
    a.assign(Array::from<double>({1.9, 2.9, -3.9}));
    EXPECT_EQ(a.host<std::int32_t>(), (std::vector<std::int32_t>{1, 2, -3, 1, 2, -3}));
    EXPECT_THROW(a.assign(zeros({2})), ShapeMismatch);
}

TEST(S5TruthTest, OnlySizeOneHasATruthValue) {
    EXPECT_TRUE(Array::from<float>({2}).truth());
    EXPECT_THROW(static_cast<void>(Array::from<float>({1, 2}).truth()), BadState);
}

TEST(ArrayTest, AnEmptyHandleSaysSo) {
    const Array nothing;
    EXPECT_TRUE(nothing.is_empty_handle());
    EXPECT_THROW(static_cast<void>(nothing.dtype()), BadState);
}

TEST(ArrayTest, HostRefusesAnotherType) {
    try {
        static_cast<void>(Array::from<float>({1}).host<double>());
        FAIL() << "a float32 array must not be read as float64";
    } catch (const TypeMismatch& error) {
        EXPECT_EQ(error.found, "float32");
    }
}

TEST(ArrayTest, PrintsLikeNumPy) {
    EXPECT_EQ(Array::from<float>({1, 2.5}).to_string(), "[1 2.5]");
    EXPECT_EQ(arange(4).reshape({2, 2}).to_string(), "[[0 1]\n [2 3]]");
    EXPECT_EQ(arange(2000).to_string(), "[0 1 2 ... 1997 1998 1999]");
}

TEST(PowTest, TakesTheFastPathsOfTheOperator) {
    const Array v = Array::from<float>({3, 0.1F});
    EXPECT_EQ(pow(v, 2).host<float>(), (Floats{9, 0.1F * 0.1F}));
    EXPECT_EQ(pow(v, 0.5).host<float>(), (Floats{std::sqrt(3.0F), std::sqrt(0.1F)}));
    EXPECT_EQ(pow(Array::from<std::int32_t>({3}), 2).dtype(), DType::i32);
    EXPECT_EQ(pow(Array::from<std::int32_t>({3}), 2.0).dtype(), DType::f64);
    EXPECT_THROW(static_cast<void>(pow(Array::from<std::int32_t>({3}), -1)), BadParameter);
}

}  // namespace
}  // namespace monnto
