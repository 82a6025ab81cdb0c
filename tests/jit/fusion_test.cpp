#include "kernel_executors.hpp"

#include <monnto/array/array.hpp>
#include <monnto/array/functions.hpp>

// What the compiler did, so that a lost optimization fails a test.
namespace monnto {
namespace {

/// Evaluates with a fresh compiling executor while it lives; skipped where there is none.
class FusionTest : public ::testing::Test {
protected:
    void SetUp() override {
        executor_ = cpu::make_compiled_executor();
        if (!executor_) {
            GTEST_SKIP() << "no LLVM or no vectors: nothing is compiled here";
        }
        before_ = set_executor(executor_);
        set_threads(1);
    }
    void TearDown() override {
        if (before_) {
            evaluate_pending();
            set_executor(before_);
            set_threads(0);
        }
    }

    /// What one more call of `step` adds to the counters, once its kernels are compiled.
    template <class Step>
    [[nodiscard]] static EvaluationCounters added_by(Step step) {
        for (int i = 0; i < 4; ++i) {
            step();
            evaluate_pending();
        }
        const EvaluationCounters before = counters();
        step();
        evaluate_pending();
        const EvaluationCounters& after = counters();
        EvaluationCounters added;
        added.kernels = after.kernels - before.kernels;
        added.fused = after.fused - before.fused;
        added.interpreted = after.interpreted - before.interpreted;
        added.compiled = after.compiled - before.compiled;
        added.donated = after.donated - before.donated;
        return added;
    }

private:
    std::shared_ptr<Executor> executor_;
    std::shared_ptr<Executor> before_;
};

TEST_F(FusionTest, AMembraneWithThresholdAndResetIsOneKernelInPlace) {
    Array v = zeros({1000}, DType::f32);
    Array spike = v > 1.0;
    const EvaluationCounters added = added_by([&] {
        v += (1.5 - v) * 0.1;
        spike = v >= 1.0;
        v(spike) = 0.0;
    });
    EXPECT_EQ(added.kernels, 1U);
    EXPECT_EQ(added.interpreted, 0U);
    EXPECT_EQ(added.compiled, 0U);
    EXPECT_GE(added.donated, 1U);
}

TEST_F(FusionTest, AGroupOfOneNeuronIsOneKernel) {
    Array v = zeros({1}, DType::f32);
    const EvaluationCounters added = added_by([&] { v = v + (1.5 - v * v) * 0.1 + exp(v) * 0.01; });
    EXPECT_EQ(added.kernels, 1U);
    EXPECT_EQ(added.interpreted, 0U);
    EXPECT_EQ(added.fused, 7U);
}

TEST_F(FusionTest, WhoOnlyReadsAnArrayRunsBeforeItIsWrittenOver) {
    Array w = ones({50, 50}, DType::f32);
    const Array x = ones({50}, DType::f32);
    Array sums;
    const EvaluationCounters added = added_by([&] {
        sums = w.dot(x * 2.0);  // ready later than the kernel that halves the matrix
        w *= 0.5;
    });
    EXPECT_EQ(added.donated, 1U);
    EXPECT_EQ(sums.host<float>()[0], 100.0F / 16.0F);
    EXPECT_EQ(w.host<float>()[0], 1.0F / 32.0F);
}

TEST_F(FusionTest, NumbersThatChangeCompileNothing) {
    Array v = zeros({1000}, DType::f32);
    double factor = 0.5;
    const EvaluationCounters added = added_by([&] {
        v = v * factor + 1.0;
        factor += 0.01;
    });
    EXPECT_EQ(added.kernels, 1U);
    EXPECT_EQ(added.compiled, 0U);
}

TEST_F(FusionTest, EqualWorkOfAnotherSizeSharesTheKernel) {
    Array small = zeros({64}, DType::f32);
    Array large = zeros({6400}, DType::f32);
    static_cast<void>(added_by([&] { small = sqrt(small * 2.0 + 1.0); }));
    const std::uint64_t compiled = counters().compiled;
    static_cast<void>(added_by([&] { large = sqrt(large * 2.0 + 1.0); }));
    EXPECT_EQ(counters().compiled, compiled);
}

TEST_F(FusionTest, AReductionEndsTheKernelOfItsInput) {
    const Array v = ones({5000}, DType::f32);
    double total = 0.0;
    const EvaluationCounters added = added_by([&] { total = sum(v * 2.0 + 1.0).item<double>(); });
    EXPECT_EQ(total, 15000.0);
    EXPECT_EQ(added.kernels, 1U);
    EXPECT_EQ(added.interpreted, 0U);
}

TEST_F(FusionTest, WhatAReductionGivesIsReadByTheNextKernel) {
    Array v = ones({5000}, DType::f32);
    const EvaluationCounters added = added_by([&] { v = v - sum(v) * 0.0001; });
    EXPECT_EQ(added.kernels, 2U);
}

TEST_F(FusionTest, RowsAndColumnsOfAMatrixAreOneKernel) {
    Array w = zeros({70, 90}, DType::f32);
    const Array rows = ones({70, 1}, DType::f32);
    const Array columns = ones({1, 90}, DType::f32);
    const EvaluationCounters added = added_by([&] { w += rows * columns * 0.01; });
    EXPECT_EQ(added.kernels, 1U);
    EXPECT_EQ(added.interpreted, 0U);
    EXPECT_EQ(added.donated, 1U);
}

TEST_F(FusionTest, EqualOperationsAreComputedOnce) {
    const Array v = ones({1000}, DType::f32);
    Array a = v;
    Array b = v;
    std::vector<Node*> nodes;
    a = exp(v) + 1.0;
    b = exp(v) + 2.0;
    kernel::Graph graph;
    const NodeRef root = (a + b).node();
    std::vector<NodeRef> order;
    const auto collect = [&](const NodeRef& node, const auto& self) -> void {
        if (node->is_settled() || std::ranges::find(order, node) != order.end()) {
            return;
        }
        for (const NodeRef& input : node->inputs().all()) {
            self(input, self);
        }
        order.push_back(node);
    };
    collect(root, collect);
    std::ranges::sort(order, {}, [](const NodeRef& node) { return node->id; });
    for (const NodeRef& node : order) {
        nodes.push_back(node.get());
    }
    Node* wanted[] = {root.get()};
    graph.assign(nodes, wanted);
    const kernel::Recipe recipe =
        kernel::make_recipe(graph, {.can_compute = [](Op, DType, DType) noexcept { return true; },
                                    .can_draw = [](Distribution, DType) noexcept { return true; }});
    const auto has_fusion = std::ranges::find_if(
        recipe.steps, [](const auto& step) { return step.fusion.has_value(); });
    ASSERT_NE(has_fusion, recipe.steps.end());
    EXPECT_EQ(
        std::ranges::count(has_fusion->fusion->program.code, Op::exp, &kernel::Instruction::op), 1);
}

TEST_F(FusionTest, WhatHappensOnceIsNotCompiled) {
    const std::uint64_t compiled = counters().compiled;
    const Array v = cos(arange(100).astype(DType::f32) * 0.123) - 7.0;
    evaluate_pending();
    EXPECT_EQ(counters().compiled, compiled);
    EXPECT_EQ(v.shape(), Shape{100});
}

TEST_F(FusionTest, WorkWhoseSizeChangesEachTimeIsCompiledAsWell) {
    std::ptrdiff_t size = 100;
    const EvaluationCounters added = added_by([&] {
        const Array v = ones({size++}, DType::f32) * 3.0 + 1.0;
        EXPECT_EQ(sum(v).item<double>(), 4.0 * static_cast<double>(v.shape()[0]));
    });
    EXPECT_GE(added.kernels, 1U);
}

TEST_F(FusionTest, SteadyStateNeedsNoNewMemory) {
    Array v = zeros({100'000}, DType::f32);
    Array u = zeros({100'000}, DType::f32);
    const auto step = [&] {
        v += (u - v) * 0.1;
        u = u * 0.9 + 0.1;
    };
    static_cast<void>(added_by(step));
    const std::size_t bytes = Buffer::bytes_alive();
    const std::size_t nodes = nodes_alive();
    const std::size_t allocations = Buffer::allocations();
    for (int i = 0; i < 50; ++i) {
        step();
        evaluate_pending();
    }
    EXPECT_EQ(Buffer::bytes_alive(), bytes);
    EXPECT_EQ(nodes_alive(), nodes);
    EXPECT_EQ(Buffer::allocations(), allocations);
}

}  // namespace
}  // namespace monnto
