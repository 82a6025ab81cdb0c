#include "numpy_oracle.hpp"

#include <monnto/array/functions.hpp>

#include <cmath>
#include <limits>

namespace monnto {
namespace {

using support::numpy;

constexpr double infinity = std::numeric_limits<double>::infinity();
const std::vector<std::ptrdiff_t> first_and_last{0, 2};

TEST(Sum, AccumulatesSmallIntegersInTheWideType) {
    EXPECT_SAME(sum(numpy("b")), numpy("np.sum(b)"));
    EXPECT_SAME(sum(numpy("u"), 0), numpy("np.sum(u, axis=0)"));
    EXPECT_SAME(sum(numpy("i"), Over(1, true)), numpy("np.sum(i, axis=1, keepdims=True)"));
    EXPECT_SAME(sum(numpy("u"), {}, DType::u8), numpy("np.sum(u, dtype='u1')"));
    EXPECT_SAME(sum(numpy("b"), {}, DType::boolean), numpy("np.sum(b, dtype=bool)"));
    EXPECT_CLOSE(sum(numpy("i"), {}, DType::f32), numpy("np.sum(i, dtype='f4')"));
}

TEST(Sum, TakesAnyAxes) {
    const Array t = numpy("t");
    EXPECT_CLOSE(sum(t), numpy("np.sum(t)"));
    EXPECT_CLOSE(sum(t, -1), numpy("np.sum(t, axis=-1)"));
    EXPECT_CLOSE(sum(t, 1), numpy("np.sum(t, axis=1)"));
    EXPECT_CLOSE(sum(t, Over(first_and_last, false)), numpy("np.sum(t, axis=(0, 2))"));
    EXPECT_CLOSE(sum(t, Over(first_and_last, true)),
                 numpy("np.sum(t, axis=(0, 2), keepdims=True)"));
    EXPECT_CLOSE(sum(t, Over(std::nullopt, true)), numpy("np.sum(t, keepdims=True)"));
    EXPECT_SAME(sum(t, Over(std::vector<std::ptrdiff_t>{}, false)), numpy("np.sum(t, axis=())"));
}

TEST(Sum, OfNothingIsZeroAndOfATransposedViewTheSame) {
    EXPECT_SAME(sum(numpy("e")), numpy("np.sum(e)"));
    EXPECT_SAME(sum(numpy("e"), 0), numpy("np.sum(e, axis=0)"));
    EXPECT_SAME(sum(numpy("e"), 1), numpy("np.sum(e, axis=1)"));
    EXPECT_CLOSE(sum(numpy("m").T(), 0), numpy("np.sum(m.T, axis=0)"));
    EXPECT_CLOSE(prod(numpy("m"), 1), numpy("np.prod(m, axis=1)"));
    EXPECT_SAME(prod(numpy("i"), 0), numpy("np.prod(i, axis=0)"));
    EXPECT_SAME(prod(numpy("e"), 0), numpy("np.prod(e, axis=0)"));
}

TEST(Sum, RefusesAxesThatDoNotExistOrComeTwice) {
    EXPECT_THROW(static_cast<void>(sum(numpy("m"), 2)), AxisOutOfRange);
    EXPECT_THROW(static_cast<void>(sum(numpy("m"), -3)), AxisOutOfRange);
    try {
        static_cast<void>(sum(numpy("m"), Over(std::vector<std::ptrdiff_t>{0, -2}, false)));
        FAIL();
    } catch (const BadParameter& error) {
        EXPECT_EQ(error.name, "axis");
        EXPECT_EQ(error.value, "-2");
    }
}

TEST(Mean, HasTheDtypeThatNumpyGives) {
    EXPECT_CLOSE(mean(numpy("m"), 0), numpy("np.mean(m, axis=0)"));
    EXPECT_CLOSE(mean(numpy("i")), numpy("np.mean(i)"));
    EXPECT_CLOSE(mean(numpy("b"), 1), numpy("np.mean(b, axis=1)"));
    EXPECT_CLOSE(mean(numpy("f"), 0), numpy("np.mean(f, axis=0)"));
    EXPECT_CLOSE(mean(numpy("h"), 0), numpy("np.mean(h, axis=0)"));
    EXPECT_CLOSE(mean(numpy("f"), {}, DType::f64), numpy("np.mean(f, dtype='f8')"));
    EXPECT_SAME(mean(numpy("e")), numpy("np.mean(e)"));
    EXPECT_SAME(mean(numpy("e"), 0), numpy("np.mean(e, axis=0)"));
}

TEST(Mean, DividesExactlyBeyondWhatFloat32Counts) {
    // 2^24 + 1 is no float32: dividing by the rounded count would give exactly 1.
    const std::ptrdiff_t count = (std::ptrdiff_t{1} << 24) + 1;
    const Array ones_and_none = broadcast_to(ones({1}, DType::f32), {count});
    const auto total = sum(ones_and_none).item<float>();
    const auto expected =
        static_cast<float>(static_cast<double>(total) / static_cast<double>(count));
    EXPECT_EQ(mean(ones_and_none).item<float>(), expected);
}

TEST(Var, TakesTwoPassesAndKeepsTheDtype) {
    EXPECT_CLOSE(var(numpy("m"), 0), numpy("np.var(m, axis=0)"));
    EXPECT_CLOSE(var(numpy("i"), {}, 1), numpy("np.var(i, ddof=1)"));
    EXPECT_CLOSE(var(numpy("b"), Over(1, true)), numpy("np.var(b, axis=1, keepdims=True)"));
    EXPECT_CLOSE(std_deviation(numpy("f"), 1), numpy("np.std(f, axis=1)"));
    EXPECT_CLOSE(std_deviation(numpy("u")), numpy("np.std(u)"));
    EXPECT_CLOSE(var(numpy("h")), numpy("np.var(h)"));
    EXPECT_CLOSE(var(numpy("m") + 1e8, 0), numpy("np.var(m + 1e8, axis=0)"));
    EXPECT_SAME(var(numpy("v")(slice(0, 1)), {}, 1), numpy("np.var(v[:1], ddof=1)"));
}

TEST(Extremes, PropagateNanAndKeepTheDtype) {
    EXPECT_SAME(min(numpy("n"), 1), numpy("np.min(n, axis=1)"));
    EXPECT_SAME(max(numpy("i"), 0), numpy("np.max(i, axis=0)"));
    EXPECT_SAME(max(numpy("b"), Over(0, true)), numpy("np.max(b, axis=0, keepdims=True)"));
    EXPECT_SAME(ptp(numpy("m"), 1), numpy("np.ptp(m, axis=1)"));
    EXPECT_SAME(argmax(numpy("m")), numpy("np.argmax(m)"));
    EXPECT_SAME(argmax(numpy("m"), 0), numpy("np.argmax(m, axis=0)"));
    EXPECT_SAME(argmin(numpy("n"), 1, true), numpy("np.argmin(n, axis=1, keepdims=True)"));
    EXPECT_SAME(argmin(numpy("n"), std::nullopt, true), numpy("np.argmin(n, keepdims=True)"));
    EXPECT_SAME(argmax(numpy("i"), 1), numpy("np.argmax(i, axis=1)"));
}

TEST(Extremes, OfNothingAreRefusedUnlessThereIsNoResult) {
    EXPECT_THROW(static_cast<void>(min(numpy("e"))), BadParameter);
    EXPECT_THROW(static_cast<void>(max(numpy("e"), 0)), BadParameter);
    EXPECT_SAME(max(numpy("e"), 1), numpy("np.max(e, axis=1)"));
    EXPECT_THROW(static_cast<void>(argmax(numpy("e"), 0)), BadParameter);
}

TEST(Truth, OfSlicesTakesNanAsTrue) {
    EXPECT_SAME(any(numpy("n"), 1), numpy("np.any(n, axis=1)"));
    EXPECT_SAME(all_of(numpy("n"), 1), numpy("np.all(n, axis=1)"));
    EXPECT_SAME(any(numpy("b")), numpy("np.any(b)"));
    EXPECT_SAME(all_of(numpy("e"), 0), numpy("np.all(e, axis=0)"));
    EXPECT_SAME(count_nonzero(numpy("n"), 0), numpy("np.count_nonzero(n, axis=0)"));
    EXPECT_SAME(count_nonzero(numpy("i")), numpy("np.asarray(np.count_nonzero(i))"));
}

TEST(Median, IsTheMeanOfTheMiddle) {
    EXPECT_SAME(median(numpy("v")), numpy("np.median(v)"));
    EXPECT_SAME(median(numpy("m"), 0), numpy("np.median(m, axis=0)"));
    EXPECT_SAME(median(numpy("m"), Over(1, true)), numpy("np.median(m, axis=1, keepdims=True)"));
    EXPECT_SAME(median(numpy("t"), Over(first_and_last, false)),
                numpy("np.median(t, axis=(0, 2))"));
    EXPECT_SAME(median(numpy("f")), numpy("np.median(f)"));
    EXPECT_SAME(median(numpy("i"), 1), numpy("np.median(i, axis=1)"));
    EXPECT_SAME(median(numpy("n"), 1), numpy("np.median(n, axis=1)"));
    EXPECT_SAME(median(numpy("n"), 0), numpy("np.median(n, axis=0)"));
    EXPECT_SAME(median(numpy("e"), 0), numpy("np.median(e, axis=0)"));
}

TEST(Percentile, InterpolatesFromTheNearerEnd) {
    EXPECT_SAME(percentile(numpy("v"), 30), numpy("np.percentile(v, 30)"));
    EXPECT_SAME(percentile(numpy("g"), 99.9), numpy("np.percentile(g, 99.9)"));
    EXPECT_SAME(percentile(numpy("m"), 12.5, 0), numpy("np.percentile(m, 12.5, axis=0)"));
    EXPECT_SAME(percentile(numpy("m"), Array::from({0.0, 33.0, 50.0, 100.0}), 1),
                numpy("np.percentile(m, [0.0, 33.0, 50.0, 100.0], axis=1)"));
    EXPECT_SAME(percentile(numpy("m"), Array::from({25.0, 75.0}), Over(0, true)),
                numpy("np.percentile(m, [25.0, 75.0], axis=0, keepdims=True)"));
    EXPECT_SAME(percentile(numpy("f"), 40), numpy("np.percentile(f, 40)"));
    EXPECT_SAME(percentile(numpy("f"), Array::from({40.0})), numpy("np.percentile(f, [40.0])"));
    EXPECT_SAME(percentile(numpy("i"), 40, 1), numpy("np.percentile(i, 40, axis=1)"));
    EXPECT_SAME(percentile(numpy("n"), 50, 1), numpy("np.percentile(n, 50, axis=1)"));
    EXPECT_SAME(quantile(numpy("v"), 0.3), numpy("np.quantile(v, 0.3)"));
    EXPECT_SAME(quantile(numpy("i"), 1, 0), numpy("np.quantile(i, 1, axis=0)"));
    EXPECT_SAME(percentile(Array::from({1.0, infinity}), 100),
                numpy("np.percentile([1.0, inf], 100)"));
}

TEST(Percentile, RefusesWhatIsNoPercentageAndNoData) {
    EXPECT_THROW(static_cast<void>(percentile(numpy("v"), 101)), BadParameter);
    EXPECT_THROW(static_cast<void>(percentile(numpy("v"), NAN)), BadParameter);
    EXPECT_THROW(static_cast<void>(quantile(numpy("v"), Array::from({0.5, -0.1}))), BadParameter);
    EXPECT_THROW(static_cast<void>(percentile(numpy("e"), 50, 0)), BadParameter);
}

TEST(Average, WeighsElementsOrAnAxis) {
    EXPECT_CLOSE(average(numpy("m"), numpy("w")), numpy("np.average(m, weights=w)"));
    EXPECT_CLOSE(average(numpy("m"), numpy("w"), 0), numpy("np.average(m, axis=0, weights=w)"));
    EXPECT_CLOSE(average(numpy("i"), Array::from({1, 2, 3, 4}), 1),
                 numpy("np.average(i, axis=1, weights=[1, 2, 3, 4])"));
    EXPECT_THROW(static_cast<void>(average(numpy("m"), numpy("v"), 0)), ShapeMismatch);
    EXPECT_THROW(static_cast<void>(average(numpy("m"), zeros({3, 4}))), BadParameter);
}

TEST(NanReductions, LeaveOutWhatIsMissing) {
    EXPECT_CLOSE(nansum(numpy("n"), 1), numpy("np.nansum(n, axis=1)"));
    EXPECT_CLOSE(nanprod(numpy("n"), 1), numpy("np.nanprod(n, axis=1)"));
    EXPECT_CLOSE(nanmean(numpy("n"), 1), numpy("np.nanmean(n, axis=1)"));
    EXPECT_CLOSE(nanmean(numpy("n"), 0), numpy("np.nanmean(n, axis=0)"));
    EXPECT_SAME(nanmin(numpy("n"), 1), numpy("np.nanmin(n, axis=1)"));
    EXPECT_SAME(nanmax(numpy("n"), 1), numpy("np.nanmax(n, axis=1)"));
    EXPECT_CLOSE(nanvar(numpy("n"), 1, 1), numpy("np.nanvar(n, axis=1, ddof=1)"));
    EXPECT_CLOSE(nanstd(numpy("d")), numpy("np.nanstd(d)"));
    EXPECT_SAME(nanmedian(numpy("n"), 1), numpy("np.nanmedian(n, axis=1)"));
    EXPECT_SAME(nanmedian(numpy("n"), Over(0, true)),
                numpy("np.nanmedian(n, axis=0, keepdims=True)"));
    EXPECT_SAME(nanmedian(numpy("d")), numpy("np.nanmedian(d)"));
    EXPECT_SAME(nanmax(numpy("i"), 0), numpy("np.nanmax(i, axis=0)"));
}

TEST(Closeness, IsRelativeToTheSecondOperand) {
    EXPECT_SAME(isclose(numpy("n"), numpy("n")), numpy("np.isclose(n, n)"));
    EXPECT_SAME(isclose(numpy("n"), numpy("n"), 1e-5, 1e-8, true),
                numpy("np.isclose(n, n, equal_nan=True)"));
    EXPECT_SAME(isclose(numpy("v"), numpy("v") * 1.00002, 1.9e-5),
                numpy("np.isclose(v, v * 1.00002, 1.9e-5)"));
    EXPECT_TRUE(allclose(Array::from({infinity, 1.0}), Array::from({infinity, 1.0 + 1e-9})));
    EXPECT_FALSE(allclose(Array::from({infinity}), Array::from({-infinity})));
    EXPECT_TRUE(array_equal(numpy("i"), numpy("i").copy()));
    EXPECT_FALSE(array_equal(numpy("v"), numpy("v").reshape({11, 1})));
    EXPECT_FALSE(array_equal(numpy("n"), numpy("n")));
    EXPECT_TRUE(array_equal(numpy("n"), numpy("n"), true));
}

}  // namespace
}  // namespace monnto
