// What NumPy's rules make float64 and cast back is computed in float32 where the bits are the same.
#include "program/fusion.hpp"
#include "program/recipe.hpp"
#include "random_nodes.hpp"

#include <cmath>

namespace monnto {
namespace {

using support::expect_same_bits;
using support::leaf;
using support::recorded;
using support::Recorded;

/// float32(x op (selected * number)) as `x += selected * number` records it.
[[nodiscard]] Recorded update(Op op, DType selected, double number, std::ptrdiff_t count) {
    const Shape shape{count};
    Recorded result;
    const auto add = [&result](const NodeRef& node) {
        result.nodes.push_back(node);
        return node;
    };
    const NodeRef constant = add(recorded(Op::constant, DType::f64, {}, {},
                                          ConstantAttr{Number::strong(DType::f64, number)}));
    const NodeRef wide = add(recorded(Op::cast, DType::f64, shape, {leaf(selected, shape, 1)}));
    const NodeRef jump = add(recorded(Op::multiply, DType::f64, shape, {wide, constant}));
    const NodeRef x = add(recorded(Op::cast, DType::f64, shape, {leaf(DType::f32, shape, 2)}));
    const NodeRef sum = add(recorded(op, DType::f64, shape, {x, jump}));
    result.wanted = {add(recorded(Op::cast, DType::f32, shape, {sum}))};
    return result;
}

/// The instructions of float64 that the result of an update needs, numbers aside.
[[nodiscard]] int wide_instructions(Op op, DType selected, double number) {
    Recorded recorded = update(op, selected, number, 64);
    std::vector<Node*> nodes;
    for (const NodeRef& node : recorded.nodes) {
        nodes.push_back(node.get());
    }
    std::vector<Node*> wanted{recorded.wanted.front().get()};
    recorded.nodes.clear();
    kernel::Graph graph;
    graph.assign(nodes, wanted);
    const kernel::Recipe recipe =
        kernel::make_recipe(graph, {.can_compute = [](Op, DType, DType) noexcept { return true; },
                                    .can_draw = [](Distribution, DType) noexcept { return true; }});
    const kernel::Program& program = recipe.steps.back().fusion->program;
    std::vector<char> is_needed(program.code.size(), 0);
    is_needed[program.outputs.front().value] = 1;
    int wide = 0;
    for (std::size_t i = program.code.size(); i-- > 0;) {
        const kernel::Instruction& each = program.code[i];
        if (is_needed[i] == 0 || each.kind != kernel::Kind::operation) {
            continue;
        }
        wide += each.dtype == DType::f64 ? 1 : 0;
        for (const std::uint16_t operand : each.operands) {
            is_needed[operand] = 1;
        }
    }
    return wide;
}

TEST(NarrowingTest, OneSumOfNumbersThatFloat32HoldsNeedsNoFloat64) {
    for (const Op op : {Op::add, Op::subtract, Op::multiply}) {
        EXPECT_EQ(wide_instructions(op, DType::boolean, 80.5), 0);
    }
}

TEST(NarrowingTest, WhatWouldRoundDifferentlyStaysFloat64) {
    EXPECT_GT(wide_instructions(Op::add, DType::boolean, 0.1), 0);  // no float32 is 0.1
    EXPECT_GT(wide_instructions(Op::add, DType::boolean, 1e300), 0);
    EXPECT_GT(wide_instructions(Op::add, DType::f32, 80.5), 0);  // the product has 48 bits
    EXPECT_GT(wide_instructions(Op::add, DType::i32, 80.5), 0);
    EXPECT_GT(wide_instructions(Op::divide, DType::boolean, 80.5), 0);
}

TEST(S16NarrowingTest, BothWaysHaveTheInterpretersBits) {
    for (const DType selected : {DType::boolean, DType::u8, DType::i16, DType::f32}) {
        for (const Op op : {Op::add, Op::subtract, Op::multiply}) {
            for (const double number : {80.5, 0.1, -0.0, 3e38, 1e-45, 1e300,
                                        static_cast<double>(INFINITY), std::nan("")}) {
                SCOPED_TRACE(std::string(name_of(op)) + " " + std::string(name_of(selected)) + " " +
                             std::to_string(number));
                expect_same_bits([&] { return update(op, selected, number, 3000); });
            }
        }
    }
}

}  // namespace
}  // namespace monnto
