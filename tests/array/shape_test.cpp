#include "numpy_oracle.hpp"

#include <monnto/array/functions.hpp>

namespace monnto {
namespace {

using support::numpy;

using Axes = std::vector<std::ptrdiff_t>;

Array counting(const Shape& shape) {
    return arange(shape.product()).reshape(shape).copy();
}

TEST(Reshape, ReadsTheSameElementsInAnotherShape) {
    EXPECT_SAME(reshape(numpy("t"), {4, 6}), numpy("t.reshape(4, 6)"));
    EXPECT_SAME(reshape(numpy("t"), {-1, 3}), numpy("t.reshape(-1, 3)"));
    EXPECT_SAME(reshape(numpy("t").T(), {6, 4}), numpy("t.T.reshape(6, 4)"));
    EXPECT_SAME(reshape(swapaxes(numpy("t"), 1, 2), {2, -1, 1}),
                numpy("np.swapaxes(t, 1, 2).reshape(2, -1, 1)"));
    EXPECT_SAME(reshape(numpy("e"), {3, 0, 2}), numpy("e.reshape(3, 0, 2)"));
    EXPECT_SAME(reshape(Array(2.5), {1, 1}), numpy("np.array([[2.5]])"));
}

TEST(Reshape, IsAViewWhereTheElementsLieEvenly) {
    Array a = counting({2, 6});
    reshape(a, {3, 4})(1, 1) = 100;
    EXPECT_EQ(a.host<std::int64_t>()[5], 100);
    reshape(a(all, slice(0, 4)), {2, 2, 2})(1, 0, 1) = 200;  // an axis splits in two without a copy
    EXPECT_EQ(a.host<std::int64_t>()[7], 200);
    flip(a)(0, 0) = 300;
    reshape(flip(a, Axes{1}), {2, 2, 3})(0, 0, 1) = 400;
    EXPECT_EQ(a.host<std::int64_t>(),
              (std::vector<std::int64_t>{0, 1, 2, 3, 400, 100, 6, 200, 8, 9, 10, 300}));
}

TEST(Reshape, CopiesWhereTheyDoNot) {
    Array a = counting({2, 3});
    reshape(a.T(), {6})(0) = 100;
    reshape(a(all, slice(0, 2)), {4})(0) = 100;
    EXPECT_EQ(a.host<std::int64_t>(), (std::vector<std::int64_t>{0, 1, 2, 3, 4, 5}));
}

TEST(Ravel, IsAViewOfConsecutiveElementsOnly) {
    Array a = counting({2, 4});
    a(1).array().ravel()(0) = 100;
    a(all, slice({}, {}, 2)).array().ravel()(0) = 200;
    a(0, slice({}, {}, 2)).array().ravel()(0) = 300;  // reshape would give a view here
    EXPECT_EQ(a.host<std::int64_t>(), (std::vector<std::int64_t>{0, 1, 2, 3, 100, 5, 6, 7}));
}

TEST(Reshape, RefusesAnotherCountOfElements) {
    try {
        static_cast<void>(reshape(numpy("m"), {5, -1}));
        FAIL();
    } catch (const ShapeMismatch& error) {
        EXPECT_EQ(error.operation, "reshape");
        EXPECT_EQ(error.left, (Axes{3, 4}));
        EXPECT_EQ(error.right, (Axes{5, -1}));
    }
    EXPECT_THROW(static_cast<void>(reshape(numpy("m"), {11})), ShapeMismatch);
    EXPECT_THROW(static_cast<void>(reshape(numpy("m"), {-1, -1})), ShapeMismatch);
    EXPECT_THROW(static_cast<void>(reshape(numpy("e"), {-1, 0})), ShapeMismatch);
}

TEST(Views, PermuteAxes) {
    EXPECT_SAME(transpose(numpy("t")), numpy("t.T"));
    EXPECT_SAME(transpose(numpy("t"), {1, -1, 0}), numpy("np.transpose(t, (1, -1, 0))"));
    EXPECT_SAME(swapaxes(numpy("t"), 0, -1), numpy("np.swapaxes(t, 0, -1)"));
    EXPECT_SAME(moveaxis(numpy("t"), 0, 2), numpy("np.moveaxis(t, 0, 2)"));
    EXPECT_SAME(moveaxis(numpy("t"), -1, 0), numpy("np.moveaxis(t, -1, 0)"));
    EXPECT_THROW(static_cast<void>(transpose(numpy("t"), {0, 1})), ShapeMismatch);
    EXPECT_THROW(static_cast<void>(transpose(numpy("t"), {0, 1, 1})), BadParameter);
    EXPECT_THROW(static_cast<void>(swapaxes(numpy("t"), 0, 3)), AxisOutOfRange);
}

TEST(Views, AddAndDropAxesOfExtentOne) {
    EXPECT_SAME(expand_dims(numpy("m"), 1), numpy("np.expand_dims(m, 1)"));
    EXPECT_SAME(expand_dims(numpy("m"), -1), numpy("np.expand_dims(m, -1)"));
    EXPECT_SAME(squeeze(numpy("m").reshape({1, 3, 1, 4})), numpy("m"));
    EXPECT_SAME(squeeze(numpy("m").reshape({1, 3, 1, 4}), Axes{-2}), numpy("m.reshape(1, 3, 4)"));
    EXPECT_THROW(static_cast<void>(squeeze(numpy("m"), Axes{0})), BadParameter);
    EXPECT_SAME(atleast_2d(numpy("v")), numpy("np.atleast_2d(v)"));
    EXPECT_SAME(atleast_1d(Array(2.5)), numpy("np.atleast_1d(2.5)"));
    EXPECT_THROW(static_cast<void>(expand_dims(zeros({1, 1, 1, 1, 1, 1, 1, 1}), 0)), BadParameter);
}

TEST(Views, ReverseAndTurn) {
    EXPECT_SAME(flip(numpy("t")), numpy("np.flip(t)"));
    EXPECT_SAME(flip(numpy("t"), Axes{0, -1}), numpy("np.flip(t, (0, -1))"));
    EXPECT_SAME(rot90(numpy("m")), numpy("np.rot90(m)"));
    EXPECT_SAME(rot90(numpy("m"), 2), numpy("np.rot90(m, 2)"));
    EXPECT_SAME(rot90(numpy("m"), -1), numpy("np.rot90(m, -1)"));
    EXPECT_SAME(rot90(numpy("t"), 3, {2, 0}), numpy("np.rot90(t, 3, (2, 0))"));
    EXPECT_SAME(flip(flip(numpy("e"))), numpy("e"));
}

TEST(Views, TakeDiagonals) {
    EXPECT_SAME(diagonal(numpy("m")), numpy("np.diagonal(m)"));
    EXPECT_SAME(diagonal(numpy("m"), 2), numpy("np.diagonal(m, 2)"));
    EXPECT_SAME(diagonal(numpy("m"), -2), numpy("np.diagonal(m, -2)"));
    EXPECT_SAME(diagonal(numpy("m"), 7), numpy("np.diagonal(m, 7)"));
    EXPECT_SAME(diagonal(numpy("t"), 1, 2, 0), numpy("np.diagonal(t, 1, 2, 0)"));
    EXPECT_SAME(diagonal(numpy("m").T(), 1), numpy("np.diagonal(m.T, 1)"));
    EXPECT_THROW(static_cast<void>(diagonal(numpy("m"), 0, 1, -1)), BadParameter);
}

TEST(Views, OfViewsWriteTheOwner) {
    Array a = zeros({3, 4}, DType::i64);
    transpose(a)(1, 2) = 1;
    diagonal(transpose(a(slice(1, {}), all))).fill(2);
    expand_dims(swapaxes(flip(a, Axes{0}), 0, 1), 0)(0, 3, 0) = 3;
    split(a, 2, 1)[1](0, 0) = 4;
    squeeze(a.reshape({3, 1, 4})).T()(0, 0) += 5;
    EXPECT_EQ(a.host<std::int64_t>(),
              (std::vector<std::int64_t>{5, 0, 4, 0, 2, 0, 0, 0, 0, 2 + 0, 0, 3}));
}

TEST(Views, ReadTheOwnersPresentContent) {
    Array a = counting({2, 3});
    const Array diagonal_view = diagonal(a);
    const Array turned = a.T();
    a += 10;
    EXPECT_EQ(diagonal_view.host<std::int64_t>(), (std::vector<std::int64_t>{10, 14}));
    a(1, 1) = 0;
    EXPECT_EQ(turned.host<std::int64_t>(), (std::vector<std::int64_t>{10, 13, 11, 0, 12, 15}));
}

TEST(BroadcastTo, RepeatsWithoutACopyAndIsReadOnly) {
    EXPECT_SAME(broadcast_to(numpy("m"), {2, 3, 4}), numpy("np.broadcast_to(m, (2, 3, 4))"));
    EXPECT_SAME(broadcast_to(numpy("v[:2, None]"), {2, 3}),
                numpy("np.broadcast_to(v[:2, None], (2, 3))"));
    Array a = counting({3});
    Array wide = broadcast_to(a, {2, 3});
    EXPECT_THROW(wide.fill(1), BadState);
    EXPECT_THROW(wide(0, 0) = 1, BadState);
    EXPECT_THROW(reshape(broadcast_to(a, {1, 3}), {3}).fill(1), BadState);
    EXPECT_THROW(static_cast<void>(broadcast_to(a, {3, 2})), ShapeMismatch);
    EXPECT_THROW(static_cast<void>(broadcast_to(numpy("m"), {4})), ShapeMismatch);
    a(1) = 7;
    EXPECT_EQ(wide.host<std::int64_t>(), (std::vector<std::int64_t>{0, 7, 2, 0, 7, 2}));
}

TEST(Split, GivesViewsOnParts) {
    EXPECT_SAME(split(numpy("m"), 2, 1)[1], numpy("np.split(m, 2, axis=1)[1]"));
    EXPECT_SAME(array_split(numpy("v"), 4)[0], numpy("np.array_split(v, 4)[0]"));
    EXPECT_SAME(array_split(numpy("v"), 4)[3], numpy("np.array_split(v, 4)[3]"));
    EXPECT_SAME(split_at(numpy("v"), {3, -2})[1], numpy("np.split(v, [3, -2])[1]"));
    EXPECT_SAME(split_at(numpy("v"), {3, 20})[2], numpy("np.split(v, [3, 20])[2]"));
    EXPECT_THROW(static_cast<void>(split(numpy("v"), 2)), BadParameter);
    EXPECT_THROW(static_cast<void>(array_split(numpy("v"), 0)), BadParameter);
}

}  // namespace
}  // namespace monnto
