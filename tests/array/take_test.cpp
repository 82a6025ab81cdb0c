#include "numpy_oracle.hpp"

#include <monnto/array/functions.hpp>

namespace monnto {
namespace {

using support::numpy;

TEST(Take, PicksAlongAnAxisOrFromTheFlattenedArray) {
    const Array picks = Array::from({3, -1, 0, 3});
    EXPECT_SAME(take(numpy("v"), picks), numpy("np.take(v, [3, -1, 0, 3])"));
    EXPECT_SAME(take(numpy("m"), picks), numpy("np.take(m, [3, -1, 0, 3])"));
    EXPECT_SAME(take(numpy("m"), picks, 1), numpy("np.take(m, [3, -1, 0, 3], axis=1)"));
    EXPECT_SAME(take(numpy("t"), picks.reshape({2, 2}), -1),
                numpy("np.take(t, [[3, -1], [0, 3]], axis=-1)"));
    EXPECT_SAME(take(numpy("t"), 1, 1), numpy("np.take(t, 1, axis=1)"));
    EXPECT_SAME(take(numpy("t"), Array(-1), 0), numpy("np.take(t, -1, axis=0)"));
    EXPECT_SAME(take(numpy("m"), zeros({0}, DType::i64), 0),
                numpy("np.take(m, np.zeros(0, int), axis=0)"));
}

TEST(Take, CopiesAlsoASingleRow) {
    Array a = zeros({2, 2});
    Array row = take(a, 0, 0);
    row += 1.0;
    EXPECT_EQ(a.host<double>(), (std::vector<double>{0, 0, 0, 0}));
}

TEST(Take, ChecksEveryIndexBeforehand) {
    try {
        static_cast<void>(take(numpy("m"), Array::from({0, 4}), 1));
        FAIL();
    } catch (const IndexOutOfRange& error) {
        EXPECT_EQ(error.index, 4);
        EXPECT_EQ(error.size, 4);
    }
    EXPECT_THROW(static_cast<void>(take(numpy("v"), -12)), IndexOutOfRange);
    EXPECT_THROW(static_cast<void>(take(numpy("v"), numpy("v"))), TypeMismatch);
    EXPECT_THROW(static_cast<void>(take(numpy("v"), 1.0)), TypeMismatch);
}

TEST(TakeAlongAxis, FollowsArgsort) {
    EXPECT_SAME(take_along_axis(numpy("t"), argsort(numpy("t"), 1), 1),
                numpy("np.sort(t, axis=1)"));
    EXPECT_SAME(take_along_axis(numpy("m"), argmax(numpy("m"), 1, true), 1),
                numpy("np.max(m, axis=1, keepdims=True)"));
    EXPECT_THROW(static_cast<void>(take_along_axis(numpy("m"), arange(3), 0)), ShapeMismatch);
}

TEST(Compress, KeepsWhereTrue) {
    const Array mask = Array::from({true, false, true});
    EXPECT_SAME(compress(mask, numpy("m"), 0),
                numpy("np.compress([True, False, True], m, axis=0)"));
    EXPECT_SAME(compress(mask, numpy("v")), numpy("np.compress([True, False, True], v)"));
}

TEST(Select, TakesTheFirstTrueCondition) {
    const Array v = numpy("v");
    EXPECT_SAME(select({v > 0.5, v > 0.0}, {v * 2.0, v}, -1.0),
                numpy("np.select([v > 0.5, v > 0.0], [v * 2.0, v], -1.0)"));
    EXPECT_THROW(static_cast<void>(select({v > 0}, {})), BadParameter);
}

TEST(Ix, ShapesIndicesToSpanAGrid) {
    const std::vector<Array> grid =
        ix({Array::from({2, 0}), Array::from({true, false, false, true})});
    EXPECT_SAME(grid[0], numpy("np.ix_([2, 0], [True, False, False, True])[0]"));
    EXPECT_SAME(grid[1], numpy("np.ix_([2, 0], [True, False, False, True])[1]"));
    EXPECT_SAME(numpy("m")(grid[0], grid[1]).array(), numpy("m[np.ix_([2, 0], [0, 3])]"));
    EXPECT_THROW(static_cast<void>(ix({numpy("m")})), BadParameter);
    EXPECT_THROW(static_cast<void>(ix({numpy("v")})), TypeMismatch);
}

TEST(AddAt, AddsUpDuplicatesWhereAssignmentKeepsOne) {
    Array added = zeros({3});
    add_at(added, {Array::from({0, 2, 0})}, 1.0);
    EXPECT_EQ(added.host<double>(), (std::vector<double>{2, 0, 1}));
    Array assigned = zeros({3});
    assigned(Array::from({0, 2, 0})) += 1.0;
    EXPECT_EQ(assigned.host<double>(), (std::vector<double>{1, 0, 1}));
}

TEST(AddAt, AddsInTheTypeThatBothHaveInCommon) {
    // A number counts as an array of it: -0.7 is added as float64, and rounded after each
    // duplicate.
    Array a = Array::from({0.7F, 1.0F});
    add_at(a, {Array::from({0, 1, 1})}, -0.7);
    const auto left = static_cast<float>(1.0F - 0.7);
    EXPECT_EQ(a.host<float>(),
              (std::vector<float>{static_cast<float>(0.7F - 0.7), static_cast<float>(left - 0.7)}));
    Array halves = Array::from({1.0F}).astype(DType::f16);
    add_at(halves, {Array::from({0})}, Array::from({0.00048828F}));  // a little below half an ulp
    EXPECT_EQ(halves.astype(DType::f32).host<float>(), std::vector<float>{1.0F});
    Array counts = Array::from({250, 3}).astype(DType::u8);
    add_at(counts, {Array::from({0, 0})}, 4);
    EXPECT_EQ(counts.host<std::uint8_t>(), (std::vector<std::uint8_t>{2, 3}));
}

TEST(AddAt, MixesIndexArraysMasksSlicesAndViews) {
    Array a = zeros({3, 4});
    Array transposed = a.T();
    add_at(transposed, {Array::from({1, 1}), slice(0, 2)}, Array::from({10.0, 20.0}));
    add_at(a, {Array::from({true, false, true}), 3}, 5.0);
    EXPECT_EQ(a.host<double>(), (std::vector<double>{0, 20, 0, 5, 0, 40, 0, 0, 0, 0, 0, 5}));
    EXPECT_THROW(add_at(a, {Array::from({3})}, 1.0), IndexOutOfRange);
}

}  // namespace
}  // namespace monnto
