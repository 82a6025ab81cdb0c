#include "layouts.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace monnto {
namespace {

using support::bits_of;
using support::interpret;
using support::layouts_of;
using support::recorded;
using support::settled;
using support::uneven_values;
using support::values_of;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

template <class R>
std::vector<R> scanned(Op op, const NodeRef& input, int axis) {
    return values_of<R>(
        interpret(recorded(op, dtype_of<R>, input->shape, {input}, AxisAttr{axis})));
}

/// Applies `scan` to every line of the values along an axis.
template <class R, class T, class F>
std::vector<R> along(const std::vector<T>& values, const Shape& shape, int axis, F scan) {
    const std::ptrdiff_t step = contiguous_strides(shape)[axis];
    std::vector<R> result(values.size());
    for (std::size_t first = 0; first < values.size(); ++first) {
        if (static_cast<std::ptrdiff_t>(first) / step % shape[axis] != 0) {
            continue;
        }
        const auto at = [&](std::ptrdiff_t i) {
            return first + static_cast<std::size_t>(i * step);
        };
        std::vector<T> line;
        for (std::ptrdiff_t i = 0; i < shape[axis]; ++i) {
            line.push_back(values[at(i)]);
        }
        const std::vector<R> scanned_line = scan(line);
        for (std::ptrdiff_t i = 0; i < shape[axis]; ++i) {
            result[at(i)] = scanned_line[static_cast<std::size_t>(i)];
        }
    }
    return result;
}

template <class T, class R, class F>
void expect_in_all_layouts(Op op, const std::vector<T>& values, const Shape& shape, F scan) {
    for (int axis = 0; axis < shape.size(); ++axis) {
        const std::vector<R> expected = along<R>(values, shape, axis, scan);
        for (const auto& [layout, node] : layouts_of(values, shape)) {
            EXPECT_EQ(bits_of(scanned<R>(op, node, axis)), bits_of(expected))
                << name_of(op) << " " << layout << " " << shape.to_string() << " axis " << axis;
        }
    }
}

template <class T>
std::vector<T> running_sum(const std::vector<T>& line) {
    std::vector<T> sums(line.size());
    std::partial_sum(line.begin(), line.end(), sums.begin());
    return sums;
}

/// NumPy's order: NaN behind every number, equals in the order they came.
std::vector<std::int64_t> stable_order(const std::vector<double>& line) {
    std::vector<std::int64_t> order(line.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&line](std::int64_t i, std::int64_t j) {
        const double a = line[static_cast<std::size_t>(i)];
        const double b = line[static_cast<std::size_t>(j)];
        return std::isnan(b) ? !std::isnan(a) : a < b;
    });
    return order;
}

/// Few different numbers, so that most have equals; both zeros, both infinities, NaN of both signs.
std::vector<double> crowded_values(std::ptrdiff_t count) {
    const std::vector<double> pool{0.0, -0.0, 1.5, -2.0, infinity, -infinity, nan, -nan, 3.0};
    std::mt19937 random(4);
    std::vector<double> values(static_cast<std::size_t>(count));
    std::generate(values.begin(), values.end(), [&] { return pool[random() % pool.size()]; });
    return values;
}

TEST(Cumsum, AddsInPlainOrderAlongEveryAxis) {
    for (const Shape& shape : {Shape{1}, Shape{1000}, Shape{30, 40}, Shape{5, 6, 7}}) {
        expect_in_all_layouts<float, float>(Op::cumsum, uneven_values<float>(shape.product()),
                                            shape, running_sum<float>);
    }
}

TEST(Cumsum, KeepsTheSignOfALeadingZero) {
    const auto sums = scanned<double>(Op::cumsum, settled(std::vector<double>{-0.0, -0.0}), 0);
    EXPECT_TRUE(std::signbit(sums[0]));
    EXPECT_TRUE(std::signbit(sums[1]));
}

TEST(Cumsum, OfIntegersWraps) {
    const auto sums =
        scanned<std::uint8_t>(Op::cumsum, settled(std::vector<std::uint8_t>{200, 100}), 0);
    EXPECT_EQ(sums, (std::vector<std::uint8_t>{200, 44}));
}

TEST(Cumprod, MultipliesInPlainOrder) {
    const auto products =
        scanned<double>(Op::cumprod, settled(std::vector<double>{3, -2, 0.5, 0}), 0);
    EXPECT_EQ(products, (std::vector<double>{3, -6, -3, -0.0}));
    EXPECT_TRUE(std::signbit(products[3]));
}

TEST(Scan, OfNothingIsEmpty) {
    for (const Op op : {Op::cumsum, Op::cumprod, Op::sort}) {
        for (const int axis : {0, 1}) {
            EXPECT_TRUE(scanned<double>(op, settled(std::vector<double>{}, {0, 3}), axis).empty());
            EXPECT_TRUE(scanned<double>(op, settled(std::vector<double>{}, {3, 0}), axis).empty());
        }
    }
}

TEST(Sort, IsStableWithNaNLastInEveryLayout) {
    for (const Shape& shape : {Shape{1}, Shape{500}, Shape{12, 30}, Shape{4, 5, 6}}) {
        const std::vector<double> values = crowded_values(shape.product());
        expect_in_all_layouts<double, std::int64_t>(Op::argsort, values, shape, stable_order);
        expect_in_all_layouts<double, double>(Op::sort, values, shape, [](const auto& line) {
            std::vector<double> sorted;
            for (const std::int64_t at : stable_order(line)) {
                sorted.push_back(line[static_cast<std::size_t>(at)]);
            }
            return sorted;
        });
    }
}

template <class T>
class SortTest : public testing::Test {};
using Elements =
    testing::Types<bool, std::uint8_t, std::int8_t, std::int32_t, std::uint64_t, float>;
TYPED_TEST_SUITE(SortTest, Elements);

TYPED_TEST(SortTest, OrdersEveryKindOfElement) {
    using T = TypeParam;
    expect_in_all_layouts<T, T>(Op::sort, uneven_values<T>(300), {20, 15}, [](auto line) {
        std::sort(line.begin(), line.end());
        return line;
    });
}

std::vector<std::int64_t> searched(const std::vector<double>& sorted,
                                   const std::vector<double>& values, bool right) {
    const Shape shape{static_cast<std::ptrdiff_t>(values.size())};
    return values_of<std::int64_t>(interpret(recorded(
        Op::searchsorted, DType::i64, shape, {settled(sorted), settled(values)}, SideAttr{right})));
}

TEST(Searchsorted, FindsTheFirstAndTheLastPlace) {
    const std::vector<double> sorted{-infinity, 1, 2, 2, 2, 5, infinity, nan, nan};
    const std::vector<double> values{-infinity, 0, 1, 2, 3, 5, infinity, nan, -0.0};
    // numpy.searchsorted, both sides
    EXPECT_EQ(searched(sorted, values, false),
              (std::vector<std::int64_t>{0, 1, 1, 2, 5, 5, 6, 7, 1}));
    EXPECT_EQ(searched(sorted, values, true),
              (std::vector<std::int64_t>{1, 1, 2, 5, 5, 6, 7, 9, 1}));
}

TEST(Searchsorted, InNothingIsZero) {
    EXPECT_EQ(searched({}, {1, nan}, false), (std::vector<std::int64_t>{0, 0}));
}

TEST(Searchsorted, CountsTheSmallerElementsForManyValuesInEveryLayout) {
    std::vector<std::int32_t> sorted = uneven_values<std::int32_t>(777);
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::int32_t> values = uneven_values<std::int32_t>(600, 2);
    std::copy_n(sorted.begin(), 100, values.begin());
    std::vector<std::int64_t> expected;
    for (const std::int32_t value : values) {
        expected.push_back(std::count_if(sorted.begin(), sorted.end(),
                                         [value](std::int32_t each) { return each < value; }));
    }
    for (const auto& [layout, haystack] : layouts_of(sorted, {777})) {
        for (const auto& [value_layout, needles] : layouts_of(values, {20, 30})) {
            const NodeRef result = interpret(recorded(Op::searchsorted, DType::i64, {20, 30},
                                                      {haystack, needles}, SideAttr{false}));
            EXPECT_EQ(values_of<std::int64_t>(result), expected) << layout << value_layout;
        }
    }
}

}  // namespace
}  // namespace monnto
