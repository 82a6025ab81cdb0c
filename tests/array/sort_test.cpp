#include "numpy_oracle.hpp"

#include <monnto/array/functions.hpp>

#include <cmath>

namespace monnto {
namespace {

using support::numpy;

TEST(Sort, OrdersAlongAnAxisWithNanLast) {
    EXPECT_SAME(sort(numpy("n")), numpy("np.sort(n)"));
    EXPECT_SAME(sort(numpy("m"), 0), numpy("np.sort(m, axis=0)"));
    EXPECT_SAME(sort(numpy("t"), 1), numpy("np.sort(t, axis=1)"));
    EXPECT_SAME(sort(numpy("m"), std::nullopt), numpy("np.sort(m, axis=None)"));
    EXPECT_SAME(sort(numpy("b"), 0), numpy("np.sort(b, axis=0)"));
    EXPECT_SAME(sort(numpy("e"), 0), numpy("np.sort(e, axis=0)"));
    EXPECT_SAME(argsort(numpy("i")), numpy("np.argsort(i, kind='stable')"));
    EXPECT_SAME(argsort(numpy("k")), numpy("np.argsort(k, kind='stable')"));
    EXPECT_SAME(argsort(numpy("m"), 0), numpy("np.argsort(m, axis=0, kind='stable')"));
    EXPECT_THROW(static_cast<void>(sort(Array(1))), AxisOutOfRange);
}

TEST(Searchsorted, LooksUpInTheCommonDtype) {
    const Array sorted = numpy("np.sort(v)");
    EXPECT_SAME(searchsorted(sorted, numpy("m")), numpy("np.searchsorted(np.sort(v), m)"));
    EXPECT_SAME(searchsorted(numpy("np.sort(k)"), numpy("k"), true),
                numpy("np.searchsorted(np.sort(k), k, side='right')"));
    EXPECT_SAME(searchsorted(numpy("np.sort(k)"), 1.5),
                numpy("np.asarray(np.searchsorted(np.sort(k), 1.5))"));
    // float32(0.1) lies above the float64 0.1, and the number is looked up as float64.
    EXPECT_EQ(searchsorted(Array::from({0.1F}), 0.1, true).item<std::int64_t>(), 0);
    EXPECT_THROW(static_cast<void>(searchsorted(numpy("m"), 1.0)), BadParameter);
}

TEST(Digitize, WorksOnAscendingAndDescendingBins) {
    const Array bins = Array::from({-1.0, 0.0, 0.5});
    EXPECT_SAME(digitize(numpy("v"), bins), numpy("np.digitize(v, [-1.0, 0.0, 0.5])"));
    EXPECT_SAME(digitize(numpy("x"), bins, true),
                numpy("np.digitize(x, [-1.0, 0.0, 0.5], right=True)"));
    EXPECT_SAME(digitize(numpy("x"), flip(bins)), numpy("np.digitize(x, [0.5, 0.0, -1.0])"));
    EXPECT_SAME(digitize(numpy("x"), flip(bins), true),
                numpy("np.digitize(x, [0.5, 0.0, -1.0], right=True)"));
    EXPECT_THROW(static_cast<void>(digitize(numpy("x"), Array::from({0.0, 2.0, 1.0}))),
                 BadParameter);
}

TEST(Cumsum, RunsAlongAnAxisOrFlattened) {
    EXPECT_CLOSE(cumsum(numpy("m")), numpy("np.cumsum(m)"));
    EXPECT_CLOSE(cumsum(numpy("m"), 0), numpy("np.cumsum(m, axis=0)"));
    EXPECT_SAME(cumsum(numpy("b"), 1), numpy("np.cumsum(b, axis=1)"));
    EXPECT_SAME(cumsum(numpy("u"), -1), numpy("np.cumsum(u, axis=-1)"));
    EXPECT_SAME(cumsum(numpy("u"), {}, DType::u8), numpy("np.cumsum(u, dtype='u1')"));
    EXPECT_SAME(cumprod(numpy("i"), 0), numpy("np.cumprod(i, axis=0)"));
    EXPECT_SAME(cumsum(Array(3)), numpy("np.cumsum(3)"));
}

TEST(Diff, SubtractsNeighbors) {
    EXPECT_SAME(diff(numpy("m")), numpy("np.diff(m)"));
    EXPECT_SAME(diff(numpy("m"), 1, 0), numpy("np.diff(m, axis=0)"));
    EXPECT_SAME(diff(numpy("v"), 3), numpy("np.diff(v, 3)"));
    EXPECT_SAME(diff(numpy("u")), numpy("np.diff(u)"));
    EXPECT_SAME(diff(numpy("b")), numpy("np.diff(b)"));
    EXPECT_SAME(diff(numpy("v"), 20), numpy("np.diff(v, 20)"));
    EXPECT_SAME(diff(numpy("e"), 1, 0), numpy("np.diff(e, axis=0)"));
    EXPECT_THROW(static_cast<void>(diff(numpy("v"), -1)), BadParameter);
}

TEST(Interp, IsNumpysToTheBit) {
    const Array points = Array::from({0.0, 1.0, 1.0, 2.5, 5.0});
    const Array values = Array::from({1.0, -1.0, 3.0, 3.0, 0.3});
    EXPECT_SAME(interp(numpy("x"), points, values),
                numpy("np.interp(x, [0.0, 1.0, 1.0, 2.5, 5.0], [1.0, -1.0, 3.0, 3.0, 0.3])"));
    EXPECT_SAME(
        interp(numpy("x"), points, values, -9.0, 9.0),
        numpy("np.interp(x, [0.0, 1.0, 1.0, 2.5, 5.0], [1.0, -1.0, 3.0, 3.0, 0.3], -9.0, 9.0)"));
    EXPECT_SAME(interp(numpy("n"), Array::from({0, 3}), Array::from({1, 2})),
                numpy("np.interp(n, [0, 3], [1, 2])"));
    EXPECT_SAME(interp(1.7, points, values),
                numpy("np.interp(1.7, [0.0, 1.0, 1.0, 2.5, 5.0], [1.0, -1.0, 3.0, 3.0, 0.3])"));
    EXPECT_SAME(interp(numpy("x"), Array::from({2.0}), Array::from({4.0}), 1.0),
                numpy("np.interp(x, [2.0], [4.0], 1.0)"));
    const Array to_infinity = Array::from({0.0, 1.0, static_cast<double>(INFINITY)});
    EXPECT_SAME(interp(numpy("x"), to_infinity, Array::from({0.0, 1.0, 2.0})),
                numpy("np.interp(x, [0.0, 1.0, inf], [0.0, 1.0, 2.0])"));
    EXPECT_THROW(static_cast<void>(interp(0.5, points, numpy("v"))), ShapeMismatch);
    EXPECT_THROW(static_cast<void>(interp(0.5, zeros({0}), zeros({0}))), BadParameter);
}

TEST(Trapezoid, SumsWidthsTimesHeights) {
    EXPECT_CLOSE(trapezoid(numpy("v"), 0.5), numpy("np.trapezoid(v, dx=0.5)"));
    EXPECT_CLOSE(trapezoid(numpy("m"), 1.0, 0), numpy("np.trapezoid(m, axis=0)"));
    EXPECT_CLOSE(trapezoid(numpy("m"), Array::from({0.0, 1.0, 4.0, 4.5})),
                 numpy("np.trapezoid(m, [0.0, 1.0, 4.0, 4.5])"));
}

TEST(Gradient, IsCentralInsideAndOneSidedAtTheEnds) {
    EXPECT_SAME(gradient(numpy("v"), 0.1), numpy("np.gradient(v, 0.1)"));
    EXPECT_SAME(gradient(numpy("m"), 1.0, 0), numpy("np.gradient(m, axis=0)"));
    EXPECT_SAME(gradient(numpy("i")), numpy("np.gradient(i, axis=-1)"));
    EXPECT_SAME(gradient(numpy("f"), 2.0), numpy("np.gradient(f, 2.0, axis=-1)"));
    EXPECT_THROW(static_cast<void>(gradient(numpy("v")(slice(0, 1)))), BadParameter);
}

}  // namespace
}  // namespace monnto
