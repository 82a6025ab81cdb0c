#include "nodes.hpp"
#include "reference/half.hpp"
#include "reference/operand.hpp"

#include <monnto/array/executor.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace monnto {
namespace {

using support::interpret;
using support::recorded;
using support::settled;
using support::values_of;

/// A settled window on the elements of another node.
[[nodiscard]] NodeRef window(const NodeRef& base, const Shape& shape, std::ptrdiff_t offset,
                             const Strides& strides) {
    return NodeRef(new Node(base->dtype, shape, Value{base->value().buffer, offset, strides}));
}

[[nodiscard]] NodeRef counting(const Shape& shape) {
    std::vector<float> values(static_cast<std::size_t>(shape.product()));
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<float>(i);
    }
    return settled(values, shape);
}

TEST(ElementwiseTest, BroadcastsRowsColumnsAndSingleNumbers) {
    const NodeRef matrix = settled(std::vector<int>{0, 1, 2, 10, 11, 12}, Shape{2, 3});
    const auto sum = [&](const NodeRef& a, const NodeRef& b) {
        return values_of<int>(interpret(recorded(Op::add, DType::i32, Shape{2, 3}, {a, b})));
    };
    const NodeRef row = settled(std::vector<int>{100, 200, 300}, Shape{3});
    const NodeRef column = settled(std::vector<int>{1000, 2000}, Shape{2, 1});
    const NodeRef number = settled(std::vector<int>{5}, Shape{});
    EXPECT_EQ(sum(matrix, row), (std::vector{100, 201, 302, 110, 211, 312}));
    EXPECT_EQ(sum(row, matrix), (std::vector{100, 201, 302, 110, 211, 312}));
    EXPECT_EQ(sum(matrix, column), (std::vector{1000, 1001, 1002, 2010, 2011, 2012}));
    EXPECT_EQ(sum(column, row), (std::vector{1100, 1200, 1300, 2100, 2200, 2300}));
    EXPECT_EQ(sum(matrix, number), (std::vector{5, 6, 7, 15, 16, 17}));
    EXPECT_EQ(sum(number, row), (std::vector{105, 205, 305, 105, 205, 305}));
}

TEST(ElementwiseTest, KeepsTheOrderOfOperandsInEveryLoop) {
    // Subtraction tells which operand came first: both consecutive, either one broadcast, both
    // strided.
    const NodeRef v = counting(Shape{100});
    const NodeRef ten = settled(std::vector<float>{10}, Shape{1});
    const NodeRef odd = window(v, Shape{50}, 1, Strides{2});
    const NodeRef reversed = window(v, Shape{50}, 49, Strides{-1});
    const auto difference = [](const NodeRef& a, const NodeRef& b, std::ptrdiff_t n) {
        return values_of<float>(interpret(recorded(Op::subtract, DType::f32, Shape{n}, {a, b})));
    };
    const auto ahead = difference(v, ten, 100);
    const auto behind = difference(ten, v, 100);
    const auto strided = difference(odd, reversed, 50);
    for (std::size_t i = 0; i < 100; ++i) {
        EXPECT_EQ(ahead[i], static_cast<float>(i) - 10);
        EXPECT_EQ(behind[i], 10 - static_cast<float>(i));
    }
    for (std::size_t i = 0; i < 50; ++i) {
        EXPECT_EQ(strided[i], static_cast<float>(2 * i + 1) - static_cast<float>(49 - i));
    }
}

TEST(ElementwiseTest, ReadsTransposedReversedAndStridedWindowsOfEveryRank) {
    const NodeRef cube = counting(Shape{3, 4, 5});
    const NodeRef turned = window(cube, Shape{5, 4, 3}, 4, Strides{-1, 5, 20});
    const auto values =
        values_of<float>(interpret(recorded(Op::negative, DType::f32, Shape{5, 4, 3}, {turned})));
    std::size_t at = 0;
    for (int i = 0; i < 5; ++i) {
        for (int j = 0; j < 4; ++j) {
            for (int k = 0; k < 3; ++k) {
                EXPECT_EQ(values[at++], -static_cast<float>(20 * k + 5 * j + 4 - i));
            }
        }
    }
}

TEST(ElementwiseTest, WorksOnEightAxesAndOnNoElements) {
    const Shape shape = {2, 1, 2, 3, 1, 2, 2, 2};
    const NodeRef a = counting(shape);
    const NodeRef b = settled(std::vector<float>{1, 2}, Shape{2, 1, 1, 1, 1, 1, 1, 1});
    const auto product =
        values_of<float>(interpret(recorded(Op::multiply, DType::f32, shape, {a, b})));
    for (std::size_t i = 0; i < 96; ++i) {
        EXPECT_EQ(product[i], static_cast<float>(i) * (i < 48 ? 1 : 2));
    }
    const NodeRef none = settled(std::vector<float>{}, Shape{0, 3});
    EXPECT_TRUE(
        values_of<float>(interpret(recorded(Op::exp, DType::f32, Shape{0, 3}, {none}))).empty());
}

TEST(ElementwiseTest, ChoosesElementsByACondition) {
    const NodeRef condition = settled(std::vector<bool>{true, false, true}, Shape{3});
    const NodeRef yes = settled(std::vector<double>{1, 2, 3, 4, 5, 6}, Shape{2, 3});
    const NodeRef no = settled(std::vector<double>{-1}, Shape{});
    const auto chosen = [](const NodeRef& c, const NodeRef& a, const NodeRef& b) {
        return values_of<double>(
            interpret(recorded(Op::where, DType::f64, Shape{2, 3}, {c, a, b})));
    };
    EXPECT_EQ(chosen(condition, yes, no), (std::vector<double>{1, -1, 3, 4, -1, 6}));
    EXPECT_EQ(chosen(condition, no, yes), (std::vector<double>{-1, 2, -1, -1, 5, -1}));
    EXPECT_EQ(chosen(settled(std::vector<bool>{false, true}, Shape{2, 1}), yes, no),
              (std::vector<double>{-1, -1, -1, 4, 5, 6}));
}

TEST(ElementwiseTest, WritesOverAnInputThatNobodyElseHolds) {
    const std::uint64_t before = counters().donated;
    NodeRef input = counting(Shape{1000});
    const std::byte* place = input->value().buffer->data();
    const NodeRef doubled =
        recorded(Op::add, DType::f32, Shape{1000}, {input, settled(std::vector<float>{1})});
    input.reset();
    interpret(doubled);
    EXPECT_EQ(doubled->value().buffer->data(), place);
    EXPECT_EQ(counters().donated, before + 1);
    EXPECT_EQ(values_of<float>(doubled)[999], 1000.0F);
}

TEST(ElementwiseTest, WritesOverAnInputOfAnotherTypeOfTheSameSize) {
    NodeRef input = counting(Shape{1000});
    const std::byte* place = input->value().buffer->data();
    const NodeRef whole = recorded(Op::cast, DType::i32, Shape{1000}, {input});
    input.reset();
    EXPECT_EQ(interpret(whole)->value().buffer->data(), place);
    EXPECT_EQ(values_of<std::int32_t>(whole)[777], 777);
}

TEST(ElementwiseTest, LeavesAloneWhatOthersHoldAndWhatDoesNotFit) {
    const std::uint64_t before = counters().donated;
    const NodeRef held = counting(Shape{10});
    interpret(recorded(Op::negative, DType::f32, Shape{10}, {held}));
    EXPECT_EQ(values_of<float>(held)[9], 9.0F) << "another holder of the node";

    const NodeRef base = counting(Shape{10});
    interpret(
        recorded(Op::negative, DType::f32, Shape{10}, {window(base, Shape{10}, 0, Strides{1})}));
    EXPECT_EQ(values_of<float>(base)[9], 9.0F) << "another holder of the buffer";

    interpret(recorded(Op::cast, DType::f64, Shape{10}, {counting(Shape{10})}));
    interpret(recorded(Op::exp, DType::f32, Shape{4, 10},
                       {window(counting(Shape{10}), Shape{4, 10}, 0, Strides{0, 1})}));
    interpret(
        recorded(Op::add, DType::f32, Shape{4, 10}, {counting(Shape{10}), counting(Shape{4, 1})}));

    const NodeRef pinned = recorded(Op::negative, DType::f32, Shape{10}, {counting(Shape{10})});
    const Ref<Buffer> buffer = pinned->inputs()[0]->value().buffer;
    buffer->add_export();
    interpret(pinned);
    buffer->drop_export();
    EXPECT_EQ(reinterpret_cast<const float*>(buffer->data())[9], 9.0F) << "an exported buffer";
    EXPECT_EQ(counters().donated, before);
}

TEST(LeafTest, FillsConstantsOfEveryDtypeAndShape) {
    for (int d = 0; d < dtype_count; ++d) {
        const auto dtype = static_cast<DType>(d);
        const NodeRef node = interpret(recorded(Op::constant, dtype, Shape{2, 3}, {},
                                                ConstantAttr{Number::strong(dtype, 1.0)}));
        const NodeRef sum = interpret(recorded(Op::cast, DType::f64, Shape{2, 3}, {node}));
        EXPECT_EQ(values_of<double>(sum), std::vector<double>(6, 1.0)) << name_of(dtype);
    }
    const NodeRef none = interpret(recorded(Op::constant, DType::f32, Shape{0}, {},
                                            ConstantAttr{Number::strong(DType::f32, 1.0)}));
    EXPECT_TRUE(values_of<float>(none).empty());
}

TEST(LeafTest, CountsByMultiplyingNotByAdding) {
    const auto range = [](DType dtype, Number start, Number step, std::ptrdiff_t count) {
        return interpret(recorded(Op::arange, dtype, Shape{count}, {},
                                  ArangeAttr{start.cast_to(dtype), step.cast_to(dtype)}));
    };
    EXPECT_EQ(values_of<std::int64_t>(range(DType::i64, 5, -2, 4)),
              (std::vector<std::int64_t>{5, 3, 1, -1}));
    EXPECT_EQ(values_of<std::uint8_t>(range(DType::u8, 250, 3, 4)),
              (std::vector<std::uint8_t>{250, 253, 0, 3}));
    const auto tenths = values_of<double>(range(DType::f64, 0.0, 0.1, 1000));
    EXPECT_EQ(tenths[999], 999 * 0.1);
    const auto singles = values_of<float>(range(DType::f32, 1.0, 0.1, 1000));
    EXPECT_EQ(singles[999], 1.0F + 999.0F * 0.1F);
}

TEST(HalfTest, ComputesInFloatAndRoundsEachOperation) {
    const reference::Half values[] = {reference::Half(2048.0F), reference::Half(1.0F)};
    const NodeRef a = settled(DType::f16, Shape{2}, values);
    const NodeRef one = settled(DType::f16, Shape{1}, values + 1);
    const NodeRef sum = interpret(recorded(Op::add, DType::f16, Shape{2}, {a, one}));
    const auto found = values_of<reference::Half>(sum);
    EXPECT_EQ(static_cast<float>(found[0]), 2048.0F) << "a tie, to even";
    EXPECT_EQ(static_cast<float>(found[1]), 2.0F);
}

TEST(WalkTest, MergesAxesThatAllOperandsWalkWithoutAJump) {
    using reference::Walk;
    const Walk<2> whole({4, 5, 6}, {contiguous_strides({4, 5, 6}), contiguous_strides({4, 5, 6})});
    EXPECT_EQ(whole.count, 120);
    EXPECT_TRUE(whole.outer.empty());
    const Walk<2> rows({4, 5, 6}, {contiguous_strides({4, 5, 6}), Strides{0, 6, 1}});
    EXPECT_EQ(rows.count, 30);
    EXPECT_EQ(rows.outer, Shape{4});
    const Walk<1> ones({1, 7, 1}, {Strides{99, 3, 99}});
    EXPECT_EQ(ones.count, 7);
    EXPECT_EQ(ones.steps[0], 3);
}

}  // namespace
}  // namespace monnto
