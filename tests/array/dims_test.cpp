#include <monnto/array/dims.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

TEST(DimsTest, PrintsAsPythonDoes) {
    EXPECT_EQ(Dims({}).to_string(), "()");
    EXPECT_EQ(Dims({3}).to_string(), "(3,)");
    EXPECT_EQ(Dims({2, 3}).to_string(), "(2, 3)");
}

TEST(DimsTest, InsertAndEraseMoveTheRest) {
    Dims dims{1, 2, 3};
    dims.insert(1, 9);
    EXPECT_EQ(dims, Dims({1, 9, 2, 3}));
    dims.erase(0);
    EXPECT_EQ(dims, Dims({9, 2, 3}));
}

TEST(DimsTest, RefusesNineAxes) {
    const std::vector<std::ptrdiff_t> nine(9, 1);
    EXPECT_THROW(static_cast<void>(Dims::from(nine)), BadParameter);
}

TEST(DimsTest, ContiguityIgnoresAxesOfOne) {
    EXPECT_TRUE(is_contiguous({2, 1, 3}, {3, 77, 1}));
    EXPECT_FALSE(is_contiguous({2, 3}, {1, 2}));
    EXPECT_TRUE(is_contiguous({0, 3}, {5, 5}));
}

TEST(DimsTest, BroadcastFollowsNumPy) {
    EXPECT_EQ(broadcast({3, 1}, {4}, "add"), Dims({3, 4}));
    EXPECT_EQ(broadcast({}, {2}, "add"), Dims({2}));
    EXPECT_EQ(broadcast({1}, {0}, "add"), Dims({0}));
}

TEST(DimsTest, BroadcastErrorCarriesBothShapes) {
    try {
        static_cast<void>(broadcast({1000}, {999}, "add"));
        FAIL() << "shapes (1000,) and (999,) must not broadcast";
    } catch (const ShapeMismatch& error) {
        EXPECT_EQ(error.operation, "add");
        EXPECT_EQ(error.left, std::vector<std::ptrdiff_t>{1000});
        EXPECT_EQ(error.right, std::vector<std::ptrdiff_t>{999});
    }
}

TEST(DimsTest, BroadcastAxesHaveStrideZero) {
    EXPECT_EQ(broadcast_strides({3, 1}, {1, 1}, {2, 3, 4}), Dims({0, 1, 0}));
}

TEST(DimsTest, AxesCountFromTheEnd) {
    EXPECT_EQ(normalized_axis(-1, 3), 2);
    EXPECT_THROW(static_cast<void>(normalized_axis(3, 3)), AxisOutOfRange);
    EXPECT_THROW(static_cast<void>(normalized_axis(-4, 3)), AxisOutOfRange);
}

}  // namespace
}  // namespace monnto
