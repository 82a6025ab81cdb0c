#include "layouts.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace monnto {
namespace {

using support::bits_of;
using support::interpret;
using support::layouts_of;
using support::recorded;
using support::settled;
using support::uneven_values;
using support::values_of;

template <class T>
std::vector<T> product(const NodeRef& a, const NodeRef& b, const Shape& shape) {
    return values_of<T>(interpret(recorded(Op::matmul, dtype_of<T>, shape, {a, b})));
}

template <class T>
T multiplied_and_added(T total, T a, T b) {
    if constexpr (std::is_same_v<T, bool>) {
        return total || (a && b);
    } else if constexpr (std::is_integral_v<T>) {
        const auto wide = static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b);
        return static_cast<T>(static_cast<std::uint64_t>(total) + wide);
    } else {
        const T term = a * b;
        return total + term;
    }
}

/// S17 as written: +0, then source by source in ascending order.
template <class T>
std::vector<T> ordered_product(const std::vector<T>& a, const std::vector<T>& b, std::size_t rows,
                               std::size_t sources, std::size_t columns) {
    std::vector<T> result;
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < columns; ++j) {
            T total = T();
            for (std::size_t k = 0; k < sources; ++k) {
                total = multiplied_and_added<T>(total, a[i * sources + k], b[k * columns + j]);
            }
            result.push_back(total);
        }
    }
    return result;
}

Shape without_ones(bool row, std::ptrdiff_t m, bool column, std::ptrdiff_t n) {
    Shape shape;
    if (row) {
        shape.push_back(m);
    }
    if (column) {
        shape.push_back(n);
    }
    return shape;
}

/// All layouts of both sides; vectors where `row` or `column` say that an axis is missing.
template <class T>
void expect_ordered(std::ptrdiff_t m, std::ptrdiff_t k, std::ptrdiff_t n, bool row = true,
                    bool column = true) {
    const std::vector<T> a = uneven_values<T>(m * k, 1);
    const std::vector<T> b = uneven_values<T>(k * n, 2);
    const auto expected =
        bits_of(ordered_product(a, b, static_cast<std::size_t>(m), static_cast<std::size_t>(k),
                                static_cast<std::size_t>(n)));
    const Shape left = row ? Shape{m, k} : Shape{k};
    const Shape right = column ? Shape{k, n} : Shape{k};
    for (const auto& [a_layout, a_node] : layouts_of(a, left)) {
        for (const auto& [b_layout, b_node] : layouts_of(b, right)) {
            EXPECT_EQ(bits_of(product<T>(a_node, b_node, without_ones(row, m, column, n))),
                      expected)
                << left.to_string() << " " << a_layout << " x " << right.to_string() << " "
                << b_layout;
        }
    }
}

template <class T>
class ProductTest : public testing::Test {};
using Elements =
    testing::Types<float, double, bool, std::int8_t, std::uint16_t, std::int32_t, std::int64_t>;
TYPED_TEST_SUITE(ProductTest, Elements);

TYPED_TEST(ProductTest, S17AddsSourcesInAscendingOrderForMatricesInEveryLayout) {
    using T = TypeParam;
    for (const std::ptrdiff_t k : {1, 3, 8, 600}) {
        expect_ordered<T>(2, k, 2);
        expect_ordered<T>(4, k, 8);
        expect_ordered<T>(9, k, 21);
    }
}

TYPED_TEST(ProductTest, S17AddsSourcesInAscendingOrderForVectorsInEveryLayout) {
    using T = TypeParam;
    for (const std::ptrdiff_t k : {1, 2, 3, 5, 64, 600}) {
        for (const std::ptrdiff_t m : {1, 7, 16, 37}) {
            expect_ordered<T>(m, k, 1, true, false);
            expect_ordered<T>(1, k, m, false, true);
            expect_ordered<T>(m, k, 1, true, true);
            expect_ordered<T>(1, k, m, true, true);
        }
        expect_ordered<T>(1, k, 1, false, false);
    }
    expect_ordered<T>(3000, 5, 1, true, false);
}

TEST(Product, OverNoSourcesIsZero) {
    const NodeRef a = settled(std::vector<float>{}, {2, 0});
    const NodeRef b = settled(std::vector<float>{}, {0, 3});
    EXPECT_EQ(product<float>(a, b, {2, 3}), std::vector<float>(6, 0.0F));
    const NodeRef v = settled(std::vector<float>{}, {0});
    EXPECT_EQ(product<float>(a, v, {2}), std::vector<float>(2, 0.0F));
    EXPECT_EQ(product<float>(v, b, {3}), std::vector<float>(3, 0.0F));
    EXPECT_EQ(product<float>(v, v, {}), std::vector<float>(1, 0.0F));
}

TEST(Product, S17OfSpikesIsTheSumOverTheSpikingSourcesAlone) {
    const std::size_t targets = 50;
    const std::size_t sources = 700;
    const std::vector<float> weights = uneven_values<float>(targets * sources);
    std::vector<float> spikes(sources, 0.0F);
    std::vector<float> events(targets, 0.0F);
    for (std::size_t k = 3; k < sources; k += 11) {
        spikes[k] = 1.0F;
        for (std::size_t i = 0; i < targets; ++i) {
            events[i] += weights[i * sources + k];
        }
    }
    const Shape shape{static_cast<std::ptrdiff_t>(targets), static_cast<std::ptrdiff_t>(sources)};
    for (const auto& [layout, matrix] : layouts_of(weights, shape)) {
        EXPECT_EQ(bits_of(product<float>(matrix, settled(spikes), {shape[0]})), bits_of(events))
            << layout;
    }
}

TEST(Product, SpreadsInfinityAndNaN) {
    const float infinity = std::numeric_limits<float>::infinity();
    const NodeRef a = settled(std::vector<float>{infinity, 1, infinity, 1}, {2, 2});
    const NodeRef x = settled(std::vector<float>{0, 1});
    for (const float value : product<float>(a, x, {2})) {
        EXPECT_TRUE(std::isnan(value));
    }
}

TEST(Product, BroadcastsBatchesInFront) {
    const std::vector<double> a = uneven_values<double>(3 * 4 * 5, 1);
    const std::vector<double> b = uneven_values<double>(2 * 3 * 5 * 6, 2);
    const NodeRef shared = settled(a, {3, 4, 5});
    const NodeRef batched = settled(b, {2, 3, 5, 6});
    std::vector<double> expected;
    for (std::ptrdiff_t batch = 0; batch < 6; ++batch) {
        const auto a_first = a.begin() + batch % 3 * 20;
        const auto b_first = b.begin() + batch * 30;
        const auto one = ordered_product(std::vector<double>(a_first, a_first + 20),
                                         std::vector<double>(b_first, b_first + 30), 4, 5, 6);
        expected.insert(expected.end(), one.begin(), one.end());
    }
    EXPECT_EQ(product<double>(shared, batched, {2, 3, 4, 6}), expected);
}

TEST(Product, MultipliesEveryMatrixOfABatchByAVector) {
    const std::vector<float> a = uneven_values<float>(3 * 4 * 5, 1);
    const std::vector<float> x = uneven_values<float>(5, 2);
    const auto expected = ordered_product(a, x, 12, 5, 1);
    EXPECT_EQ(product<float>(settled(a, {3, 4, 5}), settled(x), {3, 4}), expected);
    const std::vector<float> y = uneven_values<float>(4, 3);
    std::vector<float> from_left;
    for (std::ptrdiff_t batch = 0; batch < 3; ++batch) {
        const auto first = a.begin() + batch * 20;
        const auto one = ordered_product(y, std::vector<float>(first, first + 20), 1, 4, 5);
        from_left.insert(from_left.end(), one.begin(), one.end());
    }
    EXPECT_EQ(product<float>(settled(y), settled(a, {3, 4, 5}), {3, 5}), from_left);
}

}  // namespace
}  // namespace monnto
