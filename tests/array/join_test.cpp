#include "numpy_oracle.hpp"

#include <monnto/array/functions.hpp>

namespace monnto {
namespace {

using support::numpy;

using Axes = std::vector<std::ptrdiff_t>;

TEST(Concatenate, JoinsAlongAnAxisInTheCommonDtype) {
    EXPECT_SAME(concatenate({numpy("m"), numpy("i")}), numpy("np.concatenate([m, i])"));
    EXPECT_SAME(concatenate({numpy("b"), numpy("u")}, -1),
                numpy("np.concatenate([b, u], axis=-1)"));
    EXPECT_SAME(concatenate({numpy("t"), numpy("t")(all, slice(0, 1))}, 1),
                numpy("np.concatenate([t, t[:, :1]], axis=1)"));
    EXPECT_SAME(concatenate({numpy("e"), numpy("m")(all, slice(0, 3))}),
                numpy("np.concatenate([e, m[:, :3]])"));
    EXPECT_SAME(stack({numpy("m"), numpy("w")}, 1), numpy("np.stack([m, w], axis=1)"));
    EXPECT_SAME(stack({numpy("m"), numpy("i")}, -1), numpy("np.stack([m, i], axis=-1)"));
    EXPECT_SAME(vstack({numpy("v"), numpy("v")}), numpy("np.vstack([v, v])"));
    EXPECT_SAME(hstack({numpy("m"), numpy("m")}), numpy("np.hstack([m, m])"));
    EXPECT_SAME(hstack({numpy("v"), Array(1)}), numpy("np.hstack([v, 1])"));
    EXPECT_SAME(column_stack({numpy("v"), numpy("v")}), numpy("np.column_stack([v, v])"));
    EXPECT_SAME(append(numpy("m"), numpy("v")), numpy("np.append(m, v)"));
    EXPECT_SAME(append(numpy("m"), numpy("i"), 0), numpy("np.append(m, i, axis=0)"));
}

TEST(Concatenate, CopiesEvenASingleArray) {
    const Array a = ones({2});
    Array joined = concatenate({a});
    joined += 1.0;
    EXPECT_EQ(a.host<double>(), (std::vector<double>{1, 1}));
}

TEST(Concatenate, RefusesShapesThatDoNotFit) {
    EXPECT_THROW(static_cast<void>(concatenate({})), BadParameter);
    EXPECT_THROW(static_cast<void>(concatenate({Array(1)})), BadParameter);
    EXPECT_THROW(static_cast<void>(concatenate({numpy("m"), numpy("v")})), ShapeMismatch);
    EXPECT_THROW(static_cast<void>(concatenate({numpy("m"), numpy("m").T()})), ShapeMismatch);
    EXPECT_THROW(static_cast<void>(concatenate({numpy("m")}, 2)), AxisOutOfRange);
    EXPECT_THROW(static_cast<void>(stack({numpy("m"), numpy("v")})), ShapeMismatch);
}

TEST(Tile, RepeatsTheWholeArray) {
    EXPECT_SAME(tile(numpy("v"), {2}), numpy("np.tile(v, 2)"));
    EXPECT_SAME(tile(numpy("m"), {2, 1, 3}), numpy("np.tile(m, (2, 1, 3))"));
    EXPECT_SAME(tile(numpy("t"), {2}), numpy("np.tile(t, 2)"));
    EXPECT_SAME(tile(numpy("t"), {2, 1, 2}), numpy("np.tile(t, (2, 1, 2))"));
    EXPECT_SAME(tile(numpy("m"), {0, 2}), numpy("np.tile(m, (0, 2))"));
    EXPECT_SAME(tile(numpy("e"), {2, 2}), numpy("np.tile(e, (2, 2))"));
    EXPECT_THROW(static_cast<void>(tile(numpy("v"), {-1})), BadParameter);
}

TEST(Tile, CopiesEvenOnce) {
    const Array a = ones({2});
    Array once = tile(a, {1});
    once += 1.0;
    EXPECT_EQ(a.host<double>(), (std::vector<double>{1, 1}));
}

TEST(Repeat, RepeatsEachElement) {
    EXPECT_SAME(repeat(numpy("m"), 2), numpy("np.repeat(m, 2)"));
    EXPECT_SAME(repeat(numpy("m"), 3, 0), numpy("np.repeat(m, 3, axis=0)"));
    EXPECT_SAME(repeat(numpy("t"), 2, -2), numpy("np.repeat(t, 2, axis=-2)"));
    EXPECT_SAME(repeat(numpy("m"), Array::from({2, 0, 1}), 0),
                numpy("np.repeat(m, [2, 0, 1], axis=0)"));
    EXPECT_SAME(repeat(numpy("m"), 0, 1), numpy("np.repeat(m, 0, axis=1)"));
    EXPECT_SAME(repeat(Array(2.5), 3), numpy("np.repeat(2.5, 3)"));
    EXPECT_THROW(static_cast<void>(repeat(numpy("v"), Array::from({1, 2}))), ShapeMismatch);
    EXPECT_THROW(static_cast<void>(repeat(numpy("v"), -1)), BadParameter);
    EXPECT_THROW(static_cast<void>(repeat(numpy("v"), 1.5)), TypeMismatch);
}

TEST(Roll, MovesAlongOneAxisOrManyOrAll) {
    EXPECT_SAME(roll(numpy("v"), {3}), numpy("np.roll(v, 3)"));
    EXPECT_SAME(roll(numpy("v"), {-14}), numpy("np.roll(v, -14)"));
    EXPECT_SAME(roll(numpy("m"), {5}), numpy("np.roll(m, 5)"));
    EXPECT_SAME(roll(numpy("m"), {1}, Axes{0}), numpy("np.roll(m, 1, axis=0)"));
    EXPECT_SAME(roll(numpy("t"), {1, -2}, Axes{1, 2}), numpy("np.roll(t, (1, -2), axis=(1, 2))"));
    EXPECT_SAME(roll(numpy("t"), {1}, Axes{0, -1}), numpy("np.roll(t, 1, axis=(0, -1))"));
    EXPECT_SAME(roll(numpy("e"), {1}), numpy("np.roll(e, 1)"));
    EXPECT_THROW(static_cast<void>(roll(numpy("m"), {1, 2, 3}, Axes{0, 1})), BadParameter);
}

TEST(Roll, ByZeroIsStillACopy) {
    const Array a = ones({2});
    Array rolled = roll(a, {0});
    rolled += 1.0;
    EXPECT_EQ(a.host<double>(), (std::vector<double>{1, 1}));
}

TEST(Pad, SurroundsWithANumber) {
    EXPECT_SAME(pad(numpy("m"), {{1, 2}}), numpy("np.pad(m, (1, 2))"));
    EXPECT_SAME(pad(numpy("i"), {{0, 1}, {2, 0}}, 7),
                numpy("np.pad(i, ((0, 1), (2, 0)), constant_values=7)"));
    EXPECT_THROW(static_cast<void>(pad(numpy("m"), {{-1, 0}})), BadParameter);
}

}  // namespace
}  // namespace monnto
