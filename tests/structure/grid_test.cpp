#include <monnto/monnto.hpp>
#include <monnto/structure/boxes.hpp>
#include <monnto/structure/neuron_dimension.hpp>

#include <gtest/gtest.h>

#include <numbers>

namespace monnto {
namespace {

using Floats = std::vector<float>;

TEST(GridTest, PlacesNeuronsXFastestAroundTheMiddle) {
    const Coordinates at = Grid{.width = 3, .height = 2, .depth = 2}.positions();
    EXPECT_EQ(at.x.host<float>(), (Floats{-1, 0, 1, -1, 0, 1, -1, 0, 1, -1, 0, 1}));
    EXPECT_EQ(at.y.host<float>(), (Floats{-.5, -.5, -.5, .5, .5, .5, -.5, -.5, -.5, .5, .5, .5}));
    EXPECT_EQ(at.z.host<float>(), (Floats{-.5, -.5, -.5, -.5, -.5, -.5, .5, .5, .5, .5, .5, .5}));
    const Coordinates corner = Grid{.width = 2, .centered = false}.positions();
    EXPECT_EQ(corner.x.host<float>(), (Floats{0, 1}));
}

TEST(GridTest, IsAsSquareAsWholeNumbersAllow) {
    const auto shape = [](std::ptrdiff_t n) {
        const Grid grid = squared_grid(n);
        return std::pair(grid.width, grid.height);
    };
    using Pair = std::pair<std::ptrdiff_t, std::ptrdiff_t>;
    EXPECT_EQ(shape(100), Pair(10, 10));
    EXPECT_EQ(shape(800), Pair(25, 32));
    EXPECT_EQ(shape(1000), Pair(25, 40));
    EXPECT_EQ(shape(12), Pair(3, 4));
    EXPECT_EQ(shape(7), Pair(1, 7));
    EXPECT_EQ(shape(2), Pair(1, 2));
    EXPECT_EQ(shape(0), Pair(0, 0));
}

TEST(GridTest, MasksAreasWithOpenUpperLimits) {
    const Grid grid{.width = 3, .height = 3};
    EXPECT_EQ(sum(area_mask(grid, {})).item<int>(), 9);
    EXPECT_EQ(area_mask(grid, {.from = {1, 0, 0}, .below = {3, 1, -1}}).host<bool>(),
              (std::vector<bool>{false, true, true, false, false, false, false, false, false}));
    EXPECT_EQ(sum(area_mask(grid, {.from = {5, 0, 0}})).item<int>(), 0);
}

TEST(GridTest, RefusesNegativeExtents) {
    try {
        (void)Grid{.width = 3, .height = -1}.positions();
        FAIL();
    } catch (const BadParameter& error) {
        EXPECT_EQ(error.name, "height");
        EXPECT_EQ(error.value, "-1");
    }
}

TEST(RotationTest, TurnsCounterClockwiseAroundAnyAxis) {
    const Coordinates ahead = {Array::from<double>({1}), Array::from<double>({0}),
                               Array::from<double>({0})};
    const Coordinates up = rotated(ahead, {0, 0, 2}, std::numbers::pi / 2);
    EXPECT_NEAR(up.x.item<double>(), 0, 1e-15);
    EXPECT_NEAR(up.y.item<double>(), 1, 1e-15);
    // A third of a turn around the diagonal exchanges the axes.
    const Coordinates third = rotated(ahead, {1, 1, 1}, 2 * std::numbers::pi / 3);
    EXPECT_NEAR(third.y.item<double>(), 1, 1e-15);
    EXPECT_NEAR(third.x.item<double>(), 0, 1e-15);
    EXPECT_THROW((void)rotation_matrix({0, 0, 0}, 1), BadParameter);
}

TEST(NeuronDimensionTest, GivesAGroupItsSizeAndPlaces) {
    Network net;
    NeuronGroup& n = add_neurons(net, "retina",
                                 std::make_shared<NeuronDimension>(Grid{.width = 4, .height = 5}));
    EXPECT_EQ(n.size(), 20);
    EXPECT_EQ(n["x"].dtype(), DType::f32);
    EXPECT_EQ(n["width"].item<int>(), 4);
    move(n, {1, 0, 0});
    scale(n, {2, 1, 1});
    EXPECT_EQ(n["x"].array()(0).array().item<float>(), -1.0F);  // (-1.5 + 1) * 2
    rotate(n, {0, 0, 1}, std::numbers::pi);
    EXPECT_NEAR(n["x"].array()(0).array().item<float>(), 1.0F, 1e-5F);
    EXPECT_EQ(n["x"].dtype(), DType::f32);
}

TEST(NeuronDimensionTest, JittersWithinItsWidths) {
    Network net({.seed = 3});
    NeuronGroup& n =
        add_neurons(net, "n", std::make_shared<NeuronDimension>(Grid{.width = 30, .height = 30}));
    const Array before = n["x"].array();
    const Array y = n["y"].array();
    jitter(n, {0.5, 0, 0});
    const Array moved_by = n["x"].array() - before;
    EXPECT_LE(abs(moved_by).max().item<float>(), 0.25F);
    EXPECT_GT(abs(moved_by).max().item<float>(), 0.2F);
    EXPECT_TRUE(array_equal(n["y"].array(), y));
}

TEST(BoxTest, EachNeuronIsInTheFirstBoxThatHoldsIt) {
    const Coordinates at = Grid{.width = 5, .height = 5}.positions();
    const std::vector<Array> masks = box_masks(at, {2, 2, 1});
    std::vector<int> sizes;
    for (const Array& mask : masks) {
        sizes.push_back(sum(mask).item<int>());
    }
    EXPECT_EQ(sizes, (std::vector<int>{9, 6, 6, 4}));
    EXPECT_THROW((void)box_masks(at, {0, 1, 1}), BadParameter);
}

TEST(BoxTest, NearIsTheWidenedBoundingBox) {
    const Coordinates at = Grid{.width = 5, .height = 5}.positions();
    const Coordinates middle = Grid{}.positions();
    EXPECT_EQ(sum(near_mask(at, middle, {1, 1, 1})).item<int>(), 9);
    EXPECT_EQ(sum(near_mask(at, middle, {2, 0, 0})).item<int>(), 5);
    const Coordinates nobody = Grid{.width = 0}.positions();
    EXPECT_EQ(sum(near_mask(at, nobody, {9, 9, 9})).item<int>(), 0);
}

}  // namespace
}  // namespace monnto
