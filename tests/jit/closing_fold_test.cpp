#include "event_networks.hpp"

#include <monnto/array/array.hpp>
#include <monnto/array/executor.hpp>
#include <monnto/array/functions.hpp>

#include <gtest/gtest.h>

#include <functional>

// Reductions to one number that take the rows of a matrix from the cache: the interpreter's bits
// (S17).
namespace monnto {
namespace {

using support::ExecutorScope;
using support::Spikes;
using support::tall;
using support::wide;

struct Seen {
    std::vector<double> values;
    EvaluationCounters counted;
};
/// Gives what a script computed, the last of it evaluated together.
using Script = std::function<std::vector<Array>()>;

[[nodiscard]] Seen seen(const Script& script) {
    Seen result;
    const std::vector<Array> arrays = script();
    const EvaluationCounters start = counters();
    evaluate_pending();
    result.counted = counters();
    result.counted.chained -= start.chained;
    result.counted.parallel -= start.parallel;
    result.counted.rewritten -= start.rewritten;
    for (const Array& each : arrays) {
        for (const double x : each.astype(DType::f64).host<double>()) {
            result.values.push_back(x);
        }
    }
    return result;
}

class ClosingFoldTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (support::compiled_widths().empty()) {
            GTEST_SKIP() << "nothing compiles kernels on this machine";
        }
    }
    void TearDown() override { set_threads(0); }

    /// One for all tests, which share kernels.
    [[nodiscard]] static std::shared_ptr<Executor> compiling(Processor width) {
        static std::array<std::shared_ptr<Executor>, 3> executors;
        auto& executor = executors.at(static_cast<std::size_t>(width));
        if (!executor) {
            executor = std::make_shared<cpu::CompiledExecutor>(cpu::CompiledExecutor::Options{
                .width = width, .compile_after = 0, .compile_above = 0, .kernels = ""});
        }
        return executor;
    }
    [[nodiscard]] static std::vector<double> expected(const Script& script) {
        const ExecutorScope scope(std::make_shared<ReferenceExecutor>());
        return seen(script).values;
    }
    static void expect_bits(const std::vector<double>& values, const std::vector<double>& wanted) {
        ASSERT_EQ(values.size(), wanted.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            ASSERT_EQ(support::bits_of(values[i]), support::bits_of(wanted[i])) << i;
        }
    }
    static void expect_chained(const Script& script, std::uint64_t times) {
        const std::vector<double> wanted = expected(script);
        for (const Processor width : support::compiled_widths()) {
            SCOPED_TRACE(name_of(width));
            const ExecutorScope scope(compiling(width));
            const Seen found = seen(script);
            EXPECT_EQ(found.counted.chained, times);
            expect_bits(found.values, wanted);
        }
    }
    [[nodiscard]] static Array vector(std::ptrdiff_t size, DType dtype) {
        return sin(arange(size).astype(dtype));
    }
    [[nodiscard]] static Array matrix(const Shape& shape, DType dtype) {
        return sin(arange(shape.product()).astype(dtype)).reshape(shape).copy();
    }
    /// As a Hopfield network learns.
    [[nodiscard]] static Array learned(const Shape& shape, DType dtype) {
        Array m = matrix(shape, dtype);
        const Array enabled = (abs(m) > 0.1).astype(dtype);
        const Array x = vector(shape[0], dtype);
        const Array y = vector(shape[1], dtype);
        evaluate_pending();
        m += tall(x) * wide(y) / 1000;
        m *= enabled;
        return m;
    }
};

TEST_F(ClosingFoldTest, BlocksNeedNotEndWithRowsNorWithPiecesOfThreads) {
    const std::array<Array (*)(const Array&), 3> reductions{
        [](const Array& m) { return sum(abs(m)); }, [](const Array& m) { return max(m * 2.0); },
        [](const Array& m) { return any(m > 1.0004); }};
    for (const Shape& shape :
         {Shape{256, 256}, Shape{784, 784}, Shape{301, 333}, Shape{5000, 17}, Shape{3, 30'001}}) {
        for (const DType dtype : {DType::f32, DType::f64}) {
            for (std::size_t k = 0; k < reductions.size(); ++k) {
                const Script script = [&] {
                    const Array m = learned(shape, dtype);
                    return std::vector{m, reductions.at(k)(m)};
                };
                for (const int count : {1, 2, 3}) {
                    SCOPED_TRACE(shape.to_string() + " " + std::string(name_of(dtype)) +
                                 " reduction " + std::to_string(k) + " threads " +
                                 std::to_string(count));
                    set_threads(count);
                    expect_chained(script, 1);
                }
            }
        }
    }
}

TEST_F(ClosingFoldTest, RowsAndReductionAreSharedByThreads) {
    const ExecutorScope scope(compiling(support::compiled_widths().front()));
    for (const int count : {1, 2, 3}) {
        set_threads(count);
        const Seen found = seen([] {
            const Array m = learned({784, 784}, DType::f32);
            return std::vector{m, sum(abs(m))};
        });
        EXPECT_EQ(found.counted.chained, 1U);
        EXPECT_EQ(found.counted.parallel > 0, count > 1);
    }
}

TEST_F(ClosingFoldTest, SmallMatricesStayInTheCacheAnyway) {
    expect_chained(
        [] {
            const Array m = learned({255, 256}, DType::f32);
            return std::vector{m, sum(abs(m))};
        },
        0);
}

TEST_F(ClosingFoldTest, TheReductionOvertakesOtherSteps) {
    expect_chained(
        [] {
            Array m = matrix({300, 300}, DType::f32);
            const Array x = vector(300, DType::f32);
            evaluate_pending();
            const Array product = matmul(m, x);
            m += tall(x) * wide(x);
            const Array energy = matmul(x, product);
            m /= sum(abs(m)) + energy;
            return std::vector{m, energy};
        },
        1);
}

/// What the kernel before it would have written over, had nobody else read it.
TEST_F(ClosingFoldTest, TheReductionMayReadTheMatrixAsItWas) {
    expect_chained(
        [] {
            Array m = matrix({300, 301}, DType::f64);
            const Array x = vector(300, DType::f64);
            evaluate_pending();
            const Array before = m * 1.0;
            m += tall(x);
            return std::vector{sum(m * before), m};
        },
        1);
}

TEST_F(ClosingFoldTest, AReductionOfWhatIsMadeLaterWaitsForIt) {
    expect_chained(
        [] {
            const Array m = learned({300, 300}, DType::f32);
            return std::vector{m, sum(m * matmul(m, m))};
        },
        0);
}

TEST_F(ClosingFoldTest, OnlyTheOrderOfTheRowsIsTakenFromThem) {
    const auto script = [](bool is_reversed) {
        const Array m = learned({300, 300}, DType::f32);
        const Array read = is_reversed ? Array(m(slice({}, {}, -1))) : m.reshape({90'000});
        return std::vector{m, sum(abs(read))};
    };
    expect_chained([&] { return script(false); }, 1);
    expect_chained([&] { return script(true); }, 0);
}

/// Spikes of an iteration change few rows and columns, the whole matrix, and nothing, by turns.
TEST_F(ClosingFoldTest, UpdatesThatEventsMakeSmallStayRight) {
    const std::array turns{Spikes::few, Spikes::one, Spikes::all, Spikes::none, Spikes::few};
    const auto totals = [&](EvaluationCounters& counted) {
        std::vector<double> values;
        Array m = Array::from<float>(support::weights<float>(support::Weights::positive, 300, 301),
                                     Shape{300, 301});
        for (int i = 0; i < 20; ++i) {
            const Spikes kind = turns.at(static_cast<std::size_t>(i) % turns.size());
            const Array x = Array::from(support::spikes<float>(kind, 300, i));
            const Array y = Array::from(support::spikes<float>(kind, 301, i));
            evaluate_pending();
            const Seen found = seen([&] {
                m += tall(x) * wide(y) * 0.01;
                return std::vector{sum(abs(m))};
            });
            counted.chained += found.counted.chained;
            counted.rewritten += found.counted.rewritten;
            values.insert(values.end(), found.values.begin(), found.values.end());
        }
        return values;
    };
    EvaluationCounters counted;
    std::vector<double> wanted;
    {
        const ExecutorScope scope(std::make_shared<ReferenceExecutor>());
        wanted = totals(counted);
    }
    for (const Processor width : support::compiled_widths()) {
        for (const auto& executor : {compiling(width), support::postponing(width)}) {
            const ExecutorScope scope(executor);
            counted = {};
            expect_bits(totals(counted), wanted);
            EXPECT_GE(counted.rewritten, 10U);
            EXPECT_GE(counted.chained, 3U);
        }
    }
}

TEST_F(ClosingFoldTest, KernelsThatAreNotCompiledYetAreAskedForOnceInEachRun) {
    const Script script = [] {
        const Array m = learned({256, 256}, DType::f32);
        return std::vector{m, sum(abs(m))};
    };
    const std::vector<double> wanted = expected(script);
    const ExecutorScope scope(std::make_shared<cpu::CompiledExecutor>(
        cpu::CompiledExecutor::Options{.compile_after = 3, .kernels = ""}));
    for (const std::uint64_t chained : {0U, 0U, 1U, 1U}) {
        const Seen found = seen(script);
        EXPECT_EQ(found.counted.chained, chained);
        expect_bits(found.values, wanted);
    }
}

}  // namespace
}  // namespace monnto
