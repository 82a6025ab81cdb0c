#include "layouts.hpp"

#include <monnto/array/executor.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

using support::interpret;
using support::layouts_of;
using support::recorded;
using support::uneven_values;
using support::values_of;

NodeRef view_of(const NodeRef& input, const ViewAttr& window) {
    return interpret(recorded(Op::view, input->dtype, window.shape, {input}, window));
}

NodeRef reshaped(const NodeRef& input, const Shape& shape) {
    return interpret(recorded(Op::reshape, input->dtype, shape, {input}));
}

/// In two statements: the list of inputs must be gone when the node is evaluated, or it holds them.
NodeRef updated(NodeRef base, NodeRef value, const ViewAttr& window) {
    const DType dtype = base->dtype;
    const Shape shape = base->shape;
    NodeRef node = recorded(Op::update, dtype, shape, {std::move(base), std::move(value)}, window);
    return interpret(node);
}

/// Places of the window's elements among those of the input, in C order.
std::vector<std::size_t> places(const ViewAttr& window) {
    std::vector<std::size_t> all;
    for (std::ptrdiff_t i = 0; i < window.shape.product(); ++i) {
        const auto offset = support::offset_of(i, window.shape, window.strides);
        all.push_back(static_cast<std::size_t>(window.offset + offset));
    }
    return all;
}

template <class T>
std::vector<T> picked(const std::vector<T>& values, const ViewAttr& window) {
    std::vector<T> result;
    for (const std::size_t at : places(window)) {
        result.push_back(values[at]);
    }
    return result;
}

/// What `x[start:stop:step, ...].transpose(...)` records, drawn at random.
ViewAttr random_window(std::mt19937& random, const Shape& shape) {
    const Strides strides = contiguous_strides(shape);
    const auto below = [&random](std::ptrdiff_t n) {
        return static_cast<std::ptrdiff_t>(random() % static_cast<std::uint32_t>(n));
    };
    ViewAttr window;
    for (int axis = 0; axis < shape.size(); ++axis) {
        const std::ptrdiff_t first = below(shape[axis]);
        window.offset += first * strides[axis];
        const std::ptrdiff_t kind = below(4);
        if (kind == 0) {
            continue;  // an int: the axis goes
        }
        const bool ascends = kind != 1;
        const std::ptrdiff_t step = 1 + below(2);
        const std::ptrdiff_t room = ascends ? shape[axis] - first : first + 1;
        const int at = static_cast<int>(below(window.shape.size() + 1));
        window.shape.insert(at, 1 + below((room + step - 1) / step));
        window.strides.insert(at, ascends ? step * strides[axis] : -step * strides[axis]);
    }
    return window;
}

TEST(View, ReadsWhatTheSlicesOfTheLogicalOrderSayInEveryLayout) {
    std::mt19937 random(1);
    for (const Shape& shape : {Shape{30}, Shape{7, 9}, Shape{4, 5, 6}, Shape{3, 1, 4, 5}}) {
        const std::vector<float> values = uneven_values<float>(shape.product());
        for (const auto& [layout, node] : layouts_of(values, shape)) {
            for (int trial = 0; trial < 200; ++trial) {
                const ViewAttr window = random_window(random, shape);
                EXPECT_EQ(values_of<float>(view_of(node, window)), picked(values, window))
                    << layout << " " << shape.to_string() << " at " << window.offset << " "
                    << window.shape.to_string() << " by " << window.strides.to_string();
            }
        }
    }
}

TEST(View, CrossesTheAxesOfAStridedInput) {
    const std::vector<double> values = uneven_values<double>(12 * 12);
    const ViewAttr diagonal{0, {12}, {13}};
    const ViewAttr every_fifth{2, {28}, {5}};
    const ViewAttr folded{0, {9, 16}, {16, 1}};
    const ViewAttr repeated{3, {5, 12}, {0, 12}};
    for (const auto& [layout, node] : layouts_of(values, {12, 12})) {
        for (const ViewAttr& window : {diagonal, every_fifth, folded, repeated}) {
            EXPECT_EQ(values_of<double>(view_of(node, window)), picked(values, window)) << layout;
        }
    }
}

TEST(View, SharesTheBufferOfItsInput) {
    const std::vector<float> values = uneven_values<float>(100 * 100);
    for (const auto& [layout, node] : layouts_of(values, {100, 100})) {
        const NodeRef columns = view_of(node, {7, {100, 30}, {100, 1}});
        EXPECT_EQ(columns->value().buffer, node->value().buffer) << layout;
    }
}

TEST(View, OfFewBytesIsCopiedOutSoThatTheInputMayStillBeOverwritten) {
    NodeRef base = support::settled(uneven_values<float>(1000));
    const NodeRef one = view_of(base, {3, {}, {}});
    const NodeRef sixteen = view_of(base, {3, {16}, {1}});
    EXPECT_TRUE(can_donate(base));
    const NodeRef seventeen = view_of(base, {3, {17}, {1}});
    EXPECT_FALSE(can_donate(base));
}

TEST(View, OfNothingIsEmpty) {
    const NodeRef none = support::settled(std::vector<float>{}, {0, 4});
    EXPECT_TRUE(values_of<float>(view_of(none, {0, {4, 0}, {1, 4}})).empty());
}

TEST(Reshape, KeepsTheLogicalOrder) {
    const std::vector<std::int16_t> values = uneven_values<std::int16_t>(12 * 10);
    for (const auto& [layout, node] : layouts_of(values, {12, 10})) {
        EXPECT_EQ(values_of<std::int16_t>(reshaped(node, {5, 4, 6})), values) << layout;
    }
}

TEST(Reshape, SharesTheBufferWhereTheOrderIsThatOfMemory) {
    const NodeRef node = support::settled(uneven_values<float>(120), {12, 10});
    EXPECT_EQ(reshaped(node, {120})->value().buffer, node->value().buffer);
}

TEST(Update, ReplacesTheWindowAndNothingElse) {
    std::mt19937 random(2);
    for (const Shape& shape : {Shape{30}, Shape{7, 9}, Shape{4, 5, 6}}) {
        const std::vector<float> values = uneven_values<float>(shape.product());
        for (const auto& [layout, node] : layouts_of(values, shape)) {
            for (int trial = 0; trial < 50; ++trial) {
                const ViewAttr window = random_window(random, shape);
                const std::vector<float> news = uneven_values<float>(window.shape.product(), 9);
                std::vector<float> expected = values;
                std::size_t next = 0;
                for (const std::size_t at : places(window)) {
                    expected[at] = news[next++];
                }
                const NodeRef value = support::settled(news, window.shape);
                EXPECT_EQ(values_of<float>(updated(node, value, window)), expected) << layout;
            }
            EXPECT_EQ(values_of<float>(node), values) << "a held input must not change";
        }
    }
}

TEST(Update, BroadcastsTheValueOverTheWindow) {
    const NodeRef base = support::settled(std::vector<int>(12, 0), {3, 4});
    const NodeRef column = support::settled(std::vector<int>{1, 2}, {2, 1});
    const NodeRef result = updated(base, column, {5, {2, 3}, {4, 1}});
    EXPECT_EQ(values_of<int>(result), (std::vector<int>{0, 0, 0, 0, 0, 1, 1, 1, 0, 2, 2, 2}));
}

TEST(Update, WritesInPlaceWhereNobodyElseHoldsTheInput) {
    NodeRef base = support::settled(std::vector<int>{1, 2, 3, 4});
    const Buffer* buffer = base->value().buffer.get();
    const NodeRef zero = support::settled(std::vector<int>{0}, {});
    const ViewAttr window{1, {2}, {2}};
    const auto donated = counters().donated;
    const NodeRef copied = updated(base, zero, window);
    EXPECT_NE(copied->value().buffer.get(), buffer);
    EXPECT_EQ(counters().donated, donated);
    const NodeRef result = updated(std::move(base), zero, window);
    EXPECT_EQ(result->value().buffer.get(), buffer);
    EXPECT_EQ(counters().donated, donated + 1);
    EXPECT_EQ(values_of<int>(result), (std::vector<int>{1, 0, 3, 0}));
    EXPECT_EQ(values_of<int>(copied), (std::vector<int>{1, 0, 3, 0}));
}

TEST(Update, LeavesABufferAloneThatAViewStillReads) {
    NodeRef base = support::settled(uneven_values<float>(1000));
    const std::vector<float> before = values_of<float>(base);
    const NodeRef view = view_of(base, {0, {1000}, {1}});
    const NodeRef zero = support::settled(std::vector<float>{0}, {});
    const NodeRef result = updated(std::move(base), zero, {0, {500}, {1}});
    EXPECT_EQ(values_of<float>(view), before);
    EXPECT_EQ(values_of<float>(result)[499], 0.0F);
}

TEST(Update, CopiesNothingOfAnInputThatItCovers) {
    const NodeRef base = support::settled(uneven_values<float>(100), {10, 10});
    const NodeRef zero = support::settled(std::vector<float>{0}, {});
    const NodeRef result = updated(base, zero, {0, {10, 10}, {10, 1}});
    EXPECT_EQ(values_of<float>(result), std::vector<float>(100, 0.0F));
}

TEST(Update, S6ShiftsAnArrayIntoItself) {
    std::vector<int> values(100);
    std::vector<int> expected(100, 0);
    for (std::size_t i = 1; i < values.size(); ++i) {
        values[i] = static_cast<int>(i);
        expected[i] = static_cast<int>(i) - 1;
    }
    NodeRef v = support::settled(values);
    NodeRef left = view_of(v, {0, {99}, {1}});  // v[1:] = v[:-1]
    EXPECT_EQ(values_of<int>(updated(std::move(v), std::move(left), {1, {99}, {1}})), expected);
}

TEST(Update, S6AddsATransposeInPlace) {
    const std::ptrdiff_t n = 20;
    const std::vector<float> values = uneven_values<float>(n * n);
    NodeRef w = support::settled(values, {n, n});
    const NodeRef transposed = view_of(w, {0, {n, n}, {1, n}});
    const NodeRef sum = interpret(recorded(Op::add, DType::f32, {n, n}, {w, transposed}));
    const ViewAttr whole{0, {n, n}, {n, 1}};
    const std::vector<float> result =
        values_of<float>(updated(std::move(w), sum, whole));  // W += W.T
    for (std::ptrdiff_t i = 0; i < n * n; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const auto mirrored = static_cast<std::size_t>(i % n * n + i / n);
        EXPECT_EQ(result[at], values[at] + values[mirrored]);
    }
}

}  // namespace
}  // namespace monnto
