#include "layouts.hpp"

#include <monnto/array/executor.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

using support::interpret;
using support::layouts_of;
using support::recorded;
using support::settled;
using support::uneven_values;
using support::values_of;

/// An access by index arrays, drawn at random, and where its elements lie in the indexed array.
struct Access {
    GatherAttr attribute;
    Shape shape;                       // of the indexed elements
    std::vector<NodeRef> indices;      // one per axis
    std::vector<std::size_t> targets;  // places in C order of `shape`
};

std::vector<std::ptrdiff_t> position_of(std::ptrdiff_t index, const Shape& shape) {
    std::vector<std::ptrdiff_t> position(static_cast<std::size_t>(shape.size()));
    for (int axis = shape.size() - 1; axis >= 0; --axis) {
        position[static_cast<std::size_t>(axis)] = index % shape[axis];
        index /= shape[axis];
    }
    return position;
}

/// Element by element, from the definition of the operation.
void find_targets(Access& access, const Shape& indexed, const Shape& index_shape,
                  const std::vector<std::vector<std::int64_t>>& numbers) {
    const Strides strides = contiguous_strides(indexed);
    const auto before = static_cast<std::size_t>(access.attribute.position);
    for (std::ptrdiff_t i = 0; i < access.shape.product(); ++i) {
        std::vector<std::ptrdiff_t> position = position_of(i, access.shape);
        std::ptrdiff_t flat = 0;
        for (int axis = 0; axis < index_shape.size(); ++axis) {
            flat = flat * index_shape[axis] + position[before + static_cast<std::size_t>(axis)];
        }
        const auto first = position.begin() + static_cast<std::ptrdiff_t>(before);
        position.erase(first, first + index_shape.size());
        std::ptrdiff_t target = 0;
        std::size_t next = 0;
        for (int axis = 0; axis < indexed.size(); ++axis) {
            const Dims& axes = access.attribute.axes;
            const auto* at = std::find(axes.begin(), axes.end(), axis);
            const auto k = static_cast<std::size_t>(at - axes.begin());
            target +=
                strides[axis] *
                (at == axes.end()
                     ? position[next++]
                     : static_cast<std::ptrdiff_t>(numbers[k][static_cast<std::size_t>(flat)]));
        }
        access.targets.push_back(static_cast<std::size_t>(target));
    }
}

Access random_access(std::mt19937& random, const Shape& indexed, const Shape& index_shape) {
    Access access;
    Shape rest;
    std::vector<std::vector<std::int64_t>> numbers;
    for (int axis = 0; axis < indexed.size(); ++axis) {
        const bool is_last_chance = axis == indexed.size() - 1 && access.attribute.axes.empty();
        if (random() % 2 == 0 && !is_last_chance) {
            rest.push_back(indexed[axis]);
            continue;
        }
        access.attribute.axes.push_back(axis);
        std::vector<std::int64_t>& each = numbers.emplace_back();
        for (std::ptrdiff_t j = 0; j < index_shape.product(); ++j) {
            each.push_back(
                static_cast<std::int64_t>(random() % static_cast<std::uint32_t>(indexed[axis])));
        }
        const auto layouts = layouts_of(each, index_shape);
        access.indices.push_back(layouts[random() % layouts.size()].node);
    }
    access.attribute.position =
        static_cast<int>(random() % static_cast<std::uint32_t>(rest.size() + 1));
    access.shape = rest;
    for (int axis = 0; axis < index_shape.size(); ++axis) {
        access.shape.insert(access.attribute.position + axis, index_shape[axis]);
    }
    find_targets(access, indexed, index_shape, numbers);
    return access;
}

NodeInputs inputs_of(std::vector<NodeRef> first, const Access& access) {
    first.insert(first.end(), access.indices.begin(), access.indices.end());
    return NodeInputs(std::move(first));
}

/// Calls `test(layout of the indexed array, its values, access)`.
template <class T, class F>
void for_random_accesses(const F& test) {
    std::mt19937 random(3);
    for (const Shape& shape : {Shape{11}, Shape{5, 8}, Shape{4, 3, 5}, Shape{2, 3, 4, 3}}) {
        const std::vector<T> values = uneven_values<T>(shape.product());
        for (const auto& [layout, node] : layouts_of(values, shape)) {
            for (const Shape& index_shape : {Shape{6}, Shape{2, 3}, Shape{}, Shape{0}, Shape{40}}) {
                for (int trial = 0; trial < 8; ++trial) {
                    const Access access = random_access(random, shape, index_shape);
                    SCOPED_TRACE(layout + ", shape " + shape.to_string() + ", index " +
                                 index_shape.to_string() + ", axes " +
                                 access.attribute.axes.to_string() + " at " +
                                 std::to_string(access.attribute.position));
                    test(node, values, access);
                }
            }
        }
    }
}

template <class T>
class IndexTest : public testing::Test {};
using Sizes = testing::Types<std::int8_t, std::int16_t, float, double>;
TYPED_TEST_SUITE(IndexTest, Sizes);

TYPED_TEST(IndexTest, GatherTakesTheElementsThatItsIndicesName) {
    using T = TypeParam;
    for_random_accesses<T>([](const NodeRef& source, const auto& values, const Access& access) {
        std::vector<T> expected;
        for (const std::size_t target : access.targets) {
            expected.push_back(values[target]);
        }
        const NodeRef result = interpret(recorded(Op::gather, dtype_of<T>, access.shape,
                                                  inputs_of({source}, access), access.attribute));
        EXPECT_EQ(values_of<T>(result), expected);
    });
}

TYPED_TEST(IndexTest, ScatterWritesTheLastOfSeveralValues) {
    using T = TypeParam;
    for_random_accesses<T>([](const NodeRef& base, const auto& values, const Access& access) {
        const std::vector<T> news = uneven_values<T>(access.shape.product(), 5);
        std::vector<T> expected = values;
        for (std::size_t i = 0; i < news.size(); ++i) {
            expected[access.targets[i]] = news[i];
        }
        for (const auto& [layout, value] : layouts_of(news, access.shape)) {
            const NodeRef result =
                interpret(recorded(Op::scatter, dtype_of<T>, base->shape,
                                   inputs_of({base, value}, access), access.attribute));
            EXPECT_EQ(values_of<T>(result), expected) << layout;
            EXPECT_EQ(values_of<T>(base), values) << "a held input must not change";
        }
    });
}

TYPED_TEST(IndexTest, ScatterAddAddsEveryValueInOrder) {
    using T = TypeParam;
    for_random_accesses<T>([](const NodeRef& base, const auto& values, const Access& access) {
        const std::vector<T> news = uneven_values<T>(access.shape.product(), 5);
        std::vector<T> expected = values;
        for (std::size_t i = 0; i < news.size(); ++i) {
            T& target = expected[access.targets[i]];
            target = static_cast<T>(target + news[i]);
        }
        const NodeRef value = settled(news, access.shape);
        const NodeRef result =
            interpret(recorded(Op::scatter_add, dtype_of<T>, base->shape,
                               inputs_of({base, value}, access), access.attribute));
        EXPECT_EQ(values_of<T>(result), expected);
    });
}

TEST(Scatter, BroadcastsOneValueOverAllIndices) {
    const NodeRef base = settled(std::vector<int>{1, 2, 3, 4});
    const NodeRef value = settled(std::vector<int>{10}, {});
    const NodeRef index = settled(std::vector<std::int64_t>{3, 1, 1});
    const GatherAttr attribute{{0}, 0};
    const auto run = [&](Op op) {
        return values_of<int>(
            interpret(recorded(op, DType::i32, {4}, {base, value, index}, attribute)));
    };
    EXPECT_EQ(run(Op::scatter), (std::vector<int>{1, 10, 3, 10}));
    EXPECT_EQ(run(Op::scatter_add), (std::vector<int>{1, 22, 3, 14}));
}

TEST(Scatter, WritesInPlaceWhereNobodyElseHoldsTheInput) {
    for (const Op op : {Op::scatter, Op::scatter_add}) {
        NodeRef base = settled(std::vector<int>{1, 2, 3, 4});
        const Buffer* buffer = base->value().buffer.get();
        const NodeRef value = settled(std::vector<int>{10}, {});
        const NodeRef index = settled(std::vector<std::int64_t>{3});
        const auto donated = counters().donated;
        const GatherAttr attribute{{0}, 0};
        const NodeRef first =
            interpret(recorded(op, DType::i32, {4}, {base, value, index}, attribute));
        EXPECT_NE(first->value().buffer.get(), buffer);
        EXPECT_EQ(counters().donated, donated);
        // In two statements: the list of inputs must be gone when the node is evaluated.
        const NodeRef second =
            recorded(op, DType::i32, {4}, {std::move(base), value, index}, attribute);
        interpret(second);
        EXPECT_EQ(second->value().buffer.get(), buffer);
        EXPECT_EQ(counters().donated, donated + 1);
        EXPECT_EQ(values_of<int>(second), values_of<int>(first));
    }
}

TEST(ScatterAdd, OfBoolIsOr) {
    const NodeRef base = settled(std::vector<bool>{true, false, false});
    const NodeRef value = settled(std::vector<bool>{true}, {});
    const NodeRef index = settled(std::vector<std::int64_t>{0, 2, 2});
    const NodeRef result = interpret(
        recorded(Op::scatter_add, DType::boolean, {3}, {base, value, index}, GatherAttr{{0}, 0}));
    EXPECT_EQ(values_of<bool>(result), (std::vector<bool>{true, false, true}));
}

TEST(Concatenate, JoinsAlongAnyAxisInEveryLayout) {
    for (int axis = 0; axis < 3; ++axis) {
        std::vector<std::ptrdiff_t> extents{3, 0, 1, 5};
        std::vector<std::vector<support::Layout>> parts;
        Shape joined{4, 3, 2};
        joined[axis] = 9;
        for (const std::ptrdiff_t extent : extents) {
            Shape shape = joined;
            shape[axis] = extent;
            parts.push_back(
                layouts_of(uneven_values<double>(shape.product(), unsigned(extent)), shape));
        }
        std::vector<double> expected;
        for (std::ptrdiff_t i = 0; i < joined.product(); ++i) {
            std::vector<std::ptrdiff_t> position = position_of(i, joined);
            auto& along = position[static_cast<std::size_t>(axis)];
            std::size_t part = 0;
            while (along >= extents[part]) {
                along -= extents[part++];
            }
            const NodeRef& node = parts[part][0].node;
            const auto values = values_of<double>(node);
            std::ptrdiff_t at = 0;
            for (int a = 0; a < 3; ++a) {
                at = at * node->shape[a] + position[static_cast<std::size_t>(a)];
            }
            expected.push_back(values[static_cast<std::size_t>(at)]);
        }
        for (std::size_t layout = 0; layout < 4; ++layout) {
            std::vector<NodeRef> inputs;
            for (const auto& part : parts) {
                inputs.push_back(part[layout].node);
            }
            const NodeRef result = interpret(
                recorded(Op::concatenate, DType::f64, joined, NodeInputs(inputs), AxisAttr{axis}));
            EXPECT_EQ(values_of<double>(result), expected) << "axis " << axis;
        }
    }
}

}  // namespace
}  // namespace monnto
