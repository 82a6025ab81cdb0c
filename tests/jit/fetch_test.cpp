#include "cpu/emit/kernel.hpp"
#include "program/recipe.hpp"

#include <monnto/array/array.hpp>
#include <monnto/array/executor.hpp>
#include <monnto/array/functions.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

// Memory is asked for before it is needed. Results are the same without, only slower, so what is
// asked for is counted; CMakeLists.txt counts what the library's own loops ask for.
namespace monnto {
namespace {

using kernel::Fetch;

[[nodiscard]] std::size_t count_of(std::string_view word, std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + word.size())) {
        ++count;
    }
    return count;
}

/// Lines of memory that a kernel asks for per vector of 16 elements.
[[nodiscard]] std::size_t requests(DType dtype, Fetch fetch) {
    using kernel::Instruction;
    using kernel::Kind;
    kernel::Program program;
    program.has_rows = true;
    program.inputs = {{dtype, kernel::Step::unit, fetch}};
    program.code = {Instruction{.kind = Kind::load, .dtype = dtype, .source = 0},
                    Instruction{.op = Op::add, .dtype = dtype, .operands = {0, 0, 0}}};
    program.outputs = {{1, dtype}};
    const std::string text = emit::emit_kernel(program, "kernel", Processor::avx512).ir;
    return count_of("call void @llvm.prefetch", text);
}

/// How a normalization's kernels fetch their matrix, in the order of the kernels.
[[nodiscard]] std::vector<Fetch> fetches_of_normalization(int axis) {
    const Array weights = ones({512, 512}, DType::f32);
    evaluate_pending();
    const NodeRef root = (weights / sum(weights, Over(axis, true))).node();
    std::vector<Node*> nodes;
    const auto collect = [&](const NodeRef& node, const auto& self) -> void {
        if (!node->is_settled() && std::ranges::find(nodes, node.get()) == nodes.end()) {
            for (const NodeRef& input : node->inputs().all()) {
                self(input, self);
            }
            nodes.push_back(node.get());
        }
    };
    collect(root, collect);
    std::ranges::sort(nodes, {}, &Node::id);
    Node* wanted[] = {root.get()};
    kernel::Graph graph;
    graph.assign(nodes, wanted);
    const kernel::Recipe recipe =
        kernel::make_recipe(graph, {.can_compute = [](Op, DType, DType) noexcept { return true; },
                                    .can_draw = [](Distribution, DType) noexcept { return true; }});
    std::vector<Fetch> found;
    for (const kernel::Recipe::Step& step : recipe.steps) {
        for (std::size_t k = 0; step.fusion && k < step.fusion->operands.size(); ++k) {
            const kernel::Operand& operand = step.fusion->operands[k];
            if (operand.row != 0 && operand.column == 1) {
                found.push_back(step.fusion->program.inputs[k].fetch);
            }
        }
    }
    return found;
}

TEST(FetchTest, KernelsAskForEachLineOfMemoryOnce) {
    EXPECT_EQ(requests(DType::f32, Fetch::none), 0U);
    EXPECT_EQ(requests(DType::f32, Fetch::all), 1U);  // 16 elements are a line
    EXPECT_EQ(requests(DType::f64, Fetch::all), 2U);
    EXPECT_EQ(requests(DType::f64, Fetch::half), 1U);
}

TEST(FetchTest, NormalizationsFetchTheRowsThatComeNext) {
    EXPECT_EQ(fetches_of_normalization(0), (std::vector<Fetch>{Fetch::all, Fetch::all}));
    EXPECT_EQ(fetches_of_normalization(1), (std::vector<Fetch>{Fetch::half, Fetch::half}));
}

}  // namespace
}  // namespace monnto
