#include "random_nodes.hpp"

#include <monnto/array/array.hpp>
#include <monnto/array/executor.hpp>
#include <monnto/array/functions.hpp>

#include <gtest/gtest.h>

#include <string>
#include <utility>

// Reductions inside kernels, min and max among them, and of some axes: the interpreter's bits
// (S17).
namespace monnto {
namespace {

using support::all_dtypes;
using support::expect_same_bits;
using support::KernelsScope;
using support::leaf;
using support::recorded;
using support::Recorded;

constexpr std::array reductions = {Op::sum, Op::prod, Op::min, Op::max, Op::any, Op::all};

[[nodiscard]] bool fits(Op op, DType dtype) noexcept {
    const bool is_logical = op == Op::any || op == Op::all;
    return is_logical ? dtype == DType::boolean
                      : dtype != DType::boolean || op == Op::min || op == Op::max;
}

[[nodiscard]] NodeRef reduced(Op op, const NodeRef& input, unsigned axes) {
    Shape shape;
    for (int axis = 0; axis < input->shape.size(); ++axis) {
        if (((axes >> static_cast<unsigned>(axis)) & 1U) == 0) {
            shape.push_back(input->shape[axis]);
        }
    }
    return recorded(op, input->dtype, shape, {input},
                    AxesAttr{static_cast<std::uint8_t>(axes), false});
}

TEST(S17AxisFoldTest, EveryReductionOfEveryTypeAlongEitherAxis) {
    const KernelsScope kernels(2 * 100);
    for (const Op op : reductions) {
        for (const DType dtype : all_dtypes) {
            if (!fits(op, dtype)) {
                continue;
            }
            for (const unsigned axes : {1U, 2U, 3U}) {
                for (const Shape& shape : {Shape{7, 48}, Shape{37, 21}, Shape{70, 130}}) {
                    SCOPED_TRACE(std::string(name_of(op)) + " of " + std::string(name_of(dtype)) +
                                 " " + shape.to_string() + " axes " + std::to_string(axes));
                    expect_same_bits([&] {
                        const NodeRef result = reduced(op, leaf(dtype, shape, 1), axes);
                        return Recorded{{result}, {result}};
                    });
                }
            }
        }
    }
}

TEST(S17AxisFoldTest, BlocksOf4096ElementsAreCombinedInOrder) {
    const KernelsScope kernels(3 * 4 * 4);
    for (const Op op : {Op::sum, Op::prod, Op::max}) {
        for (const DType dtype : {DType::f32, DType::f64}) {
            for (const unsigned axes : {1U, 2U}) {
                for (const Shape& shape : {Shape{3, 9001}, Shape{12345, 5}, Shape{4096, 20},
                                           Shape{4097, 16}, Shape{20, 8192}}) {
                    SCOPED_TRACE(std::string(name_of(op)) + " " + shape.to_string() + " axes " +
                                 std::to_string(axes));
                    expect_same_bits([&] {
                        const NodeRef result = reduced(op, leaf(dtype, shape, 4), axes);
                        return Recorded{{result}, {result}};
                    });
                }
            }
        }
    }
}

TEST(S17AxisFoldTest, TheLastOfEqualZerosDecidesTheSign) {
    const KernelsScope kernels(2 * 60);
    for (unsigned seed = 0; seed < 60; ++seed) {
        std::mt19937 random(seed);
        const Shape shape{seed % 2 == 0 ? 5 : 40, seed % 2 == 0 ? 5000 : 33};
        std::vector<float> zeros(static_cast<std::size_t>(shape.product()));
        for (float& each : zeros) {
            // Zeros of both signs among numbers that they beat, with seldom a NaN.
            each = random() % 3 == 0 ? 0.0F : (random() % 2 == 0 ? -0.0F : -1.0F);
            each = random() % 20000 == 0 ? NAN : each;
        }
        for (const unsigned axes : {1U, 2U, 3U}) {
            SCOPED_TRACE(std::to_string(seed) + " axes " + std::to_string(axes));
            expect_same_bits([&] {
                const NodeRef result = reduced(Op::max, support::settled(zeros, shape), axes);
                return Recorded{{result}, {result}};
            });
        }
    }
}

TEST(S17AxisFoldTest, AxesOfHigherRanksThatCanBeWalkedAsRowsAndColumns) {
    const KernelsScope kernels(4);
    const Shape shape{6, 5, 48};
    for (const unsigned axes : {1U, 3U, 4U, 6U, 5U, 2U}) {  // the last two are interpreted
        SCOPED_TRACE(axes);
        expect_same_bits([&] {
            const NodeRef result = reduced(Op::sum, leaf(DType::f32, shape, 2), axes);
            return Recorded{{result}, {result}};
        });
    }
}

/// sum(matrix * vector, axis) of arrays as scripts write it.
class ScriptTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (support::compiled_widths().empty()) {
            GTEST_SKIP() << "nothing compiles kernels on this machine";
        }
        before_ = set_executor(std::make_shared<cpu::CompiledExecutor>(
            cpu::CompiledExecutor::Options{.compile_after = 0, .compile_above = 0, .kernels = ""}));
    }
    void TearDown() override {
        if (before_) {
            set_executor(before_);
        }
    }
    /// What was counted while the pending work was done.
    [[nodiscard]] static EvaluationCounters evaluated() {
        const EvaluationCounters start = counters();
        evaluate_pending();
        EvaluationCounters now = counters();
        now.kernels -= start.kernels;
        now.interpreted -= start.interpreted;
        now.chained -= start.chained;
        now.donated -= start.donated;
        now.parallel -= start.parallel;
        return now;
    }
    [[nodiscard]] static Array matrix(std::ptrdiff_t rows, std::ptrdiff_t columns) {
        Array w = random_like(rows, columns);
        evaluate_pending();
        return w;
    }
    [[nodiscard]] static Array random_like(std::ptrdiff_t rows, std::ptrdiff_t columns) {
        return sin(arange(rows * columns).astype(DType::f32)).reshape({rows, columns}) + 1.5;
    }
    /// The same on the interpreter.
    template <class Script>
    static void expect_interpreted_bits(const Script& script) {
        const std::vector<float> compiled = script().template host<float>();
        const auto own = set_executor(std::make_shared<ReferenceExecutor>());
        const std::vector<float> expected = script().template host<float>();
        set_executor(own);
        ASSERT_EQ(compiled.size(), expected.size());
        for (std::size_t i = 0; i < compiled.size(); ++i) {
            ASSERT_EQ(support::bits_of(compiled[i]), support::bits_of(expected[i])) << i;
        }
    }

private:
    std::shared_ptr<Executor> before_;
};

TEST_F(ScriptTest, SumsOfProductsAreOneKernelWithoutTheProduct) {
    const Array w = matrix(300, 200);
    const Array x = matrix(1, 200).reshape({200});
    for (const int axis : {0, 1}) {
        const std::size_t bytes = Buffer::bytes_alive();
        const Array sums = sum(w * x, {axis});
        const EvaluationCounters done = evaluated();
        EXPECT_EQ(done.kernels, 1U);
        EXPECT_EQ(done.interpreted, 0U);
        EXPECT_LT(Buffer::bytes_alive() - bytes, 300 * 200 * sizeof(float));
    }
}

TEST_F(ScriptTest, SeveralReductionsOfOneMatrixAreOneKernel) {
    const Array w = matrix(300, 200);
    const Array least = min(w, {1});
    const Array most = max(w, {1});
    const Array all = sum(w, {1});
    EXPECT_EQ(evaluated().kernels, 1U);
}

TEST_F(ScriptTest, ExtremesOfVectorsAreFusedWithWhatTheyAreTakenOf) {
    const Array v = matrix(1, 5000).reshape({5000});
    const Array x = v * 2.0 - 1.0;
    const Array least = min(x);
    const Array most = max(x);
    const EvaluationCounters done = evaluated();
    EXPECT_EQ(done.kernels, 1U);
    EXPECT_EQ(done.interpreted, 0U);
}

TEST_F(ScriptTest, NormalizingGoesThroughTheMatrixOnceInPlace) {
    for (const int axis : {0, 1}) {
        SCOPED_TRACE(axis);
        Array w = matrix(700, 300);
        const std::byte* const place = w.node()->value().buffer->data();
        w /= axis == 1 ? sum(w, {1})(all, newaxis) : sum(w, {0});
        const EvaluationCounters done = evaluated();
        EXPECT_EQ(done.kernels, 2U);
        EXPECT_EQ(done.chained, 1U);
        EXPECT_EQ(done.donated, 1U);
        EXPECT_EQ(done.interpreted, 0U);
        EXPECT_EQ(w.node()->value().buffer->data(), place);
        expect_interpreted_bits([axis] {
            Array m = random_like(700, 300);
            m /= axis == 1 ? sum(m, {1})(all, newaxis) : sum(m, {0});
            return m;
        });
    }
}

TEST_F(ScriptTest, VectorsBetweenSumAndMatrixDoNotBreakTheChain) {
    for (const int axis : {0, 1}) {
        SCOPED_TRACE(axis);
        const auto script = [axis] {
            Array m = random_like(517, 333);
            evaluate_pending();
            const Array sums = axis == 1 ? sum(m, {1})(all, newaxis) : sum(m, {0});
            m *= 0.5 / (sums * 1e-2 + 1e-3);
            m -= axis == 1 ? mean(m, {1})(all, newaxis) : mean(m, {0});
            return m;
        };
        const Array m = script();
        const EvaluationCounters done = evaluated();
        EXPECT_EQ(done.interpreted, 0U);
        EXPECT_EQ(done.chained + 1, done.kernels);
        EXPECT_GE(done.chained, 3U);
        expect_interpreted_bits(script);
    }
}

/// An update that spreads vectors over the matrix, and the sum of its result's magnitudes.
TEST_F(ScriptTest, SumsOfSpreadMatricesAreKernelsThatReadTheMatrixOnly) {
    const auto script = [](std::ptrdiff_t rows, std::ptrdiff_t columns) {
        Array m = random_like(rows, columns);
        const Array x = arange(rows).astype(DType::f32);
        const Array y = arange(columns).astype(DType::f32);
        evaluate_pending();
        m += expand_dims(x, 1) * expand_dims(y, 0) / 1000;
        m /= sum(abs(m * 0.5 - 1.0));
        return m;
    };
    for (const std::ptrdiff_t columns : {64, 80, 75}) {  // the last leaves a tail of its rows
        SCOPED_TRACE(columns);
        const std::size_t bytes = Buffer::bytes_alive();
        const Array m = script(64, columns);
        const EvaluationCounters done = evaluated();
        EXPECT_EQ(done.kernels, 3U);
        EXPECT_EQ(done.interpreted, 0U);
        EXPECT_EQ(done.donated, 2U);
        EXPECT_LT(Buffer::bytes_alive() - bytes, 2 * 64 * 80 * sizeof(float));
        expect_interpreted_bits([&] { return script(64, columns); });
    }
}

/// Kernels walk a matrix as one long row where they can; it is no vector for that, whose bounds are
/// looked for in each evaluation.
TEST_F(ScriptTest, MatricesThatAreWalkedAsOneRowAreNotLookedAt) {
    // From the host, so that nothing is known about it.
    Array m = Array::from<float>(random_like(300, 200).host<float>()).reshape({300, 200}).copy();
    evaluate_pending();
    for (int step = 0; step < 5; ++step) {
        const std::uint64_t before = counters().scanned;
        m /= sum(abs(m));
        evaluate_pending();
        EXPECT_EQ(counters().scanned, before) << step;
    }
}

/// What others need as well is not computed once more for a sum.
TEST_F(ScriptTest, OtherReductionsStayWithTheWorkTheyShare) {
    const auto script = [] {
        Array m = random_like(64, 80);
        const Array x = arange(64).astype(DType::f32);
        evaluate_pending();
        const Array spread = m + expand_dims(x, 1);
        const Array magnitudes = abs(spread);
        return sum(magnitudes) + sum(magnitudes * spread) + sum(x * 2.0);
    };
    const Array total = script();
    EXPECT_LE(evaluated().interpreted, 2U);  // the two sums of three numbers
    expect_interpreted_bits(script);
}

TEST_F(ScriptTest, WhatReadsOtherRowsIsNotDisturbedByTheChain) {
    const auto script = [] {
        Array m = random_like(400, 400);
        evaluate_pending();
        // The second kernel may write over m while other blocks of the first still read it
        // backwards.
        m = m / sum(m(slice({}, {}, -1)), {1})(all, newaxis);
        return m;
    };
    static_cast<void>(script());
    EXPECT_EQ(evaluated().chained, 0U);
    expect_interpreted_bits(script);
}

TEST_F(ScriptTest, ThreadsChangeNoBit) {
    std::vector<float> one;
    for (const int count : {1, 2, 3}) {
        set_threads(count);
        Array m = matrix(900, 800);
        m /= sum(m, {1})(all, newaxis);
        m /= sum(m, {0});
        const EvaluationCounters done = evaluated();
        EXPECT_EQ(done.parallel > 0, count > 1);
        const std::vector<float> values = m.host<float>();
        one = count == 1 ? values : one;
        EXPECT_EQ(values, one);
    }
    set_threads(0);
}

}  // namespace
}  // namespace monnto
