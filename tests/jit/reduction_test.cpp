#include "layouts.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <limits>

namespace monnto {
namespace {

using support::bits_of;
using support::interpret;
using support::layouts_of;
using support::recorded;
using support::uneven_values;
using support::values_of;

constexpr float nan = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

/// S17 as it is written down, and nothing else: blocks of 4096, 16 lanes, a fixed tree.
template <class T, class Combine>
T fold_in_lanes(const std::vector<T>& x, T identity, Combine combine) {
    T total = identity;
    for (std::size_t first = 0; first < x.size(); first += 4096) {
        std::array<T, 16> lane{};
        lane.fill(identity);
        for (std::size_t i = first; i < std::min(x.size(), first + 4096); ++i) {
            lane[(i - first) % 16] = combine(lane[(i - first) % 16], x[i]);
        }
        for (std::size_t half = 8; half > 0; half /= 2) {
            for (std::size_t l = 0; l < half; ++l) {
                lane[l] = combine(lane[l], lane[l + half]);
            }
        }
        total = combine(total, lane[0]);
    }
    return total;
}

template <class T>
T ordered_sum(const std::vector<T>& x) {
    return fold_in_lanes(x, T(0), std::plus<T>());
}

Shape reduced_shape(const Shape& shape, unsigned axes, bool keepdims) {
    Shape kept;
    for (int axis = 0; axis < shape.size(); ++axis) {
        if (((axes >> static_cast<unsigned>(axis)) & 1U) == 0) {
            kept.push_back(shape[axis]);
        } else if (keepdims) {
            kept.push_back(1);
        }
    }
    return kept;
}

template <class R>
std::vector<R> reduced(Op op, const NodeRef& input, unsigned axes, bool keepdims = false) {
    const AxesAttr attribute{static_cast<std::uint8_t>(axes), keepdims};
    const Shape shape = reduced_shape(input->shape, axes, keepdims);
    return values_of<R>(interpret(recorded(op, dtype_of<R>, shape, {input}, attribute)));
}

/// For every element of the result, the elements that it reduces, in the order of their indices.
template <class T>
std::vector<std::vector<T>> reduced_elements(const std::vector<T>& values, const Shape& shape,
                                             unsigned axes) {
    const Shape kept = reduced_shape(shape, axes, false);
    const Strides kept_strides = contiguous_strides(kept);
    Strides to = Strides::filled(shape.size(), 0);
    int next = 0;
    for (int axis = 0; axis < shape.size(); ++axis) {
        if (((axes >> static_cast<unsigned>(axis)) & 1U) == 0) {
            to[axis] = kept_strides[next++];
        }
    }
    std::vector<std::vector<T>> groups(static_cast<std::size_t>(kept.product()));
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto at = support::offset_of(static_cast<std::ptrdiff_t>(i), shape, to);
        groups[static_cast<std::size_t>(at)].push_back(values[i]);
    }
    return groups;
}

template <class T, class R, class Oracle>
void expect_same_bits_in_all_layouts(Op op, const Shape& shape, unsigned axes, Oracle oracle) {
    const std::vector<T> values = uneven_values<T>(shape.product());
    std::vector<R> expected;
    for (const std::vector<T>& group : reduced_elements(values, shape, axes)) {
        expected.push_back(oracle(group));
    }
    for (const auto& [layout, node] : layouts_of(values, shape)) {
        EXPECT_EQ(bits_of(reduced<R>(op, node, axes)), bits_of(expected))
            << layout << ", shape " << shape.to_string() << ", axes " << axes;
    }
}

template <class T>
class SumTest : public testing::Test {};
using Floats = testing::Types<float, double>;
TYPED_TEST_SUITE(SumTest, Floats);

TYPED_TEST(SumTest, S17AddsInLanesAndBlocksWhateverTheSizeAndLayout) {
    using T = TypeParam;
    for (const std::ptrdiff_t n : {1, 2, 15, 16, 17, 31, 33, 4095, 4096, 4097, 8192, 10000}) {
        expect_same_bits_in_all_layouts<T, T>(Op::sum, {n}, 1, ordered_sum<T>);
    }
}

TYPED_TEST(SumTest, S17AddsTheSameWayAlongColumns) {
    using T = TypeParam;
    for (const std::ptrdiff_t n : {1, 15, 16, 17, 40, 4095, 4096, 4097, 10000}) {
        expect_same_bits_in_all_layouts<T, T>(Op::sum, {n, 9}, 1, ordered_sum<T>);
        expect_same_bits_in_all_layouts<T, T>(Op::sum, {9, n}, 2, ordered_sum<T>);
        expect_same_bits_in_all_layouts<T, T>(Op::sum, {n, 2}, 1, ordered_sum<T>);
    }
    expect_same_bits_in_all_layouts<T, T>(Op::sum, {50, 700}, 1, ordered_sum<T>);
}

TYPED_TEST(SumTest, S17FlattensSeveralAxesInCOrder) {
    using T = TypeParam;
    for (const unsigned axes : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 7U}) {
        expect_same_bits_in_all_layouts<T, T>(Op::sum, {33, 7, 41}, axes, ordered_sum<T>);
        expect_same_bits_in_all_layouts<T, T>(Op::prod, {3, 5, 7}, axes, [](const auto& x) {
            return fold_in_lanes(x, T(1), std::multiplies<T>());
        });
    }
}

TEST(Reduction, S17DiffersFromPlainAdditionSoThatTheOrderIsReallyTested) {
    const std::vector<float> values = uneven_values<float>(10000);
    float plain = 0;
    for (const float value : values) {
        plain += value;
    }
    EXPECT_NE(plain, ordered_sum(values));
    EXPECT_NEAR(plain, ordered_sum(values), 1e-5F * std::abs(plain));
}

TEST(Reduction, OfNothingGivesTheIdentity) {
    const NodeRef none = support::settled(std::vector<float>{}, {0, 3});
    const NodeRef no_flags = support::settled(std::vector<bool>{}, {0, 3});
    EXPECT_EQ(reduced<float>(Op::sum, none, 1), (std::vector<float>{0, 0, 0}));
    EXPECT_EQ(reduced<float>(Op::sum, none, 3), (std::vector<float>{0}));
    EXPECT_EQ(reduced<float>(Op::sum, none, 2), (std::vector<float>{}));
    EXPECT_EQ(reduced<float>(Op::prod, none, 1), (std::vector<float>{1, 1, 1}));
    EXPECT_EQ(reduced<bool>(Op::any, no_flags, 1), (std::vector<bool>{false, false, false}));
    EXPECT_EQ(reduced<bool>(Op::all, no_flags, 1), (std::vector<bool>{true, true, true}));
}

TEST(Reduction, SumOfNegativeZerosIsPositiveZero) {
    for (const std::size_t n : {1U, 20U, 5000U}) {
        const std::vector<float> zeros(2 * n, -0.0F);
        const Shape shape{static_cast<std::ptrdiff_t>(n), 2};
        for (const auto& [layout, node] : layouts_of(zeros, shape)) {
            for (const float total : reduced<float>(Op::sum, node, 1)) {
                EXPECT_FALSE(std::signbit(total)) << layout << " " << n;
            }
        }
    }
}

TEST(Reduction, KeepsReducedAxesWhereAsked) {
    const NodeRef node = support::settled(std::vector<float>{1, 2, 3, 4, 5, 6}, {2, 3});
    const AxesAttr attribute{2, true};
    const NodeRef kept = interpret(recorded(Op::sum, DType::f32, {2, 1}, {node}, attribute));
    EXPECT_EQ(values_of<float>(kept), (std::vector<float>{6, 15}));
}

TEST(Reduction, IntegersWrapAndBoolsOr) {
    const NodeRef bytes = support::settled(std::vector<std::int8_t>{100, 100, 3});
    EXPECT_EQ(reduced<std::int8_t>(Op::sum, bytes, 1), (std::vector<std::int8_t>{-53}));
    EXPECT_EQ(reduced<std::int8_t>(Op::prod, bytes, 1), (std::vector<std::int8_t>{48}));
    const auto wrapped = [](const std::vector<std::int64_t>& x) {
        std::uint64_t total = 0;
        for (const std::int64_t each : x) {
            total += static_cast<std::uint64_t>(each);
        }
        return static_cast<std::int64_t>(total);
    };
    for (const unsigned axes : {1U, 2U, 3U}) {
        expect_same_bits_in_all_layouts<std::int64_t, std::int64_t>(Op::sum, {70, 90}, axes,
                                                                    wrapped);
    }
    const NodeRef flags = support::settled(std::vector<bool>{true, true});
    EXPECT_EQ(reduced<bool>(Op::sum, flags, 1), (std::vector<bool>{true}));
}

template <class T>
bool is_nan(T x) {
    return std::isnan(static_cast<double>(x));
}

/// One fold in ascending order; NumPy's maximum and minimum give the second of equals.
template <class T>
T last_extreme(const std::vector<T>& x, bool greatest) {
    T found = x[0];
    for (const T each : x) {
        const bool stays = is_nan(found) || (greatest ? found > each : found < each);
        found = stays ? found : each;
    }
    return found;
}

template <class T>
std::int64_t first_extreme(const std::vector<T>& x, bool greatest) {
    std::size_t found = 0;
    for (std::size_t i = 1; i < x.size(); ++i) {
        const bool is_better = greatest ? x[i] > x[found] : x[i] < x[found];
        if (is_better || (is_nan(x[i]) && !is_nan(x[found]))) {
            found = i;
        }
    }
    return static_cast<std::int64_t>(found);
}

template <class T>
void expect_extremes(const std::vector<T>& values, const Shape& shape, unsigned axes) {
    for (const bool greatest : {false, true}) {
        std::vector<T> extremes;
        std::vector<std::int64_t> positions;
        for (const std::vector<T>& group : reduced_elements(values, shape, axes)) {
            extremes.push_back(last_extreme(group, greatest));
            positions.push_back(first_extreme(group, greatest));
        }
        for (const auto& [layout, node] : layouts_of(values, shape)) {
            SCOPED_TRACE(layout + ", shape " + shape.to_string() + ", axes " +
                         std::to_string(axes) + (greatest ? ", max" : ", min"));
            EXPECT_EQ(bits_of(reduced<T>(greatest ? Op::max : Op::min, node, axes)),
                      bits_of(extremes));
            const Op arg = greatest ? Op::argmax : Op::argmin;
            EXPECT_EQ(reduced<std::int64_t>(arg, node, axes), positions);
        }
    }
}

template <class T>
class ExtremeTest : public testing::Test {};
using Elements =
    testing::Types<bool, std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, std::uint32_t,
                   std::int32_t, std::uint64_t, std::int64_t, float, double>;
TYPED_TEST_SUITE(ExtremeTest, Elements);

TYPED_TEST(ExtremeTest, IsFoundWithItsFirstPositionInEveryLayout) {
    for (const std::ptrdiff_t n : {1, 2, 16, 100, 4097}) {
        expect_extremes(uneven_values<TypeParam>(n), {n}, 1);
        expect_extremes(uneven_values<TypeParam>(n * 6), {n, 6}, 1);
        expect_extremes(uneven_values<TypeParam>(n * 6), {6, n}, 2);
    }
    expect_extremes(uneven_values<TypeParam>(6 * 7 * 8), {6, 7, 8}, 7);
}

TEST(Extreme, FirstNaNWinsAndKeepsItsSign) {
    for (const std::ptrdiff_t at : {0, 1, 15, 16, 17, 40, 5000, 8999}) {
        std::vector<float> values = uneven_values<float>(9000);
        values[static_cast<std::size_t>(at)] = -nan;
        values.back() = nan;
        values[8998] = infinity;
        expect_extremes(values, {9000}, 1);
        expect_extremes(values, {1500, 6}, 1);
        expect_extremes(values, {1500, 6}, 2);
    }
}

TEST(Extreme, LastOfEqualZerosStaysAndTheFirstIsTheArgument) {
    for (const std::ptrdiff_t at : {0, 1, 15, 16, 17, 40, 5000, 8999}) {
        for (const float sign : {1.0F, -1.0F}) {
            std::vector<float> values(9000, std::copysign(0.0F, sign));
            values[static_cast<std::size_t>(at)] = std::copysign(0.0F, -sign);
            expect_extremes(values, {9000}, 1);
            expect_extremes(values, {1500, 6}, 1);
        }
    }
}

TEST(Extreme, OfInfinitiesAloneIsFound) {
    expect_extremes(std::vector<float>(50, -infinity), {50}, 1);
    expect_extremes(std::vector<float>(50, infinity), {5, 10}, 1);
}

TEST(Reduction, AnyAndAllFindOneElementAnywhere) {
    for (const std::size_t at : {0U, 1U, 4095U, 4096U, 9999U}) {
        for (const bool wanted : {false, true}) {
            std::vector<bool> values(10000, !wanted);
            values[at] = wanted;
            const Op op = wanted ? Op::any : Op::all;
            const NodeRef node = support::settled(values, {100, 100});
            EXPECT_EQ(reduced<bool>(op, node, 3), (std::vector<bool>{wanted}));
            std::vector<bool> by_column(100, !wanted);
            by_column[at % 100] = wanted;
            EXPECT_EQ(reduced<bool>(op, node, 1), by_column);
        }
    }
}

}  // namespace
}  // namespace monnto
