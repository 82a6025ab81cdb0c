#pragma once

#include "kernel_executors.hpp"

#include <monnto/array/array.hpp>
#include <monnto/array/functions.hpp>

#include <limits>
#include <random>

/// Matrices and spikes for tests of what events make smaller.
namespace monnto::support {

enum class Weights { positive, ordinary, negative_zero, infinite, not_a_number };
inline constexpr std::array all_weights{Weights::positive, Weights::ordinary,
                                        Weights::negative_zero, Weights::infinite,
                                        Weights::not_a_number};
enum class Spikes { none, one, few, many, all };
inline constexpr std::array all_spikes{Spikes::none, Spikes::one, Spikes::few, Spikes::many,
                                       Spikes::all};

/// Below 1; `positive` ones not below 0; of the other kinds every 97th is special.
template <class T>
[[nodiscard]] std::vector<T> weights(Weights kind, std::ptrdiff_t rows, std::ptrdiff_t columns) {
    std::mt19937 random(7);
    std::uniform_real_distribution<T> draw(kind == Weights::positive ? 0 : -1, 1);
    std::vector<T> w(static_cast<std::size_t>(rows * columns));
    std::ranges::generate(w, [&] { return draw(random); });
    const std::array<T, 5> special{T(0), T(0.5), T(-0.0), std::numeric_limits<T>::infinity(),
                                   std::numeric_limits<T>::quiet_NaN()};
    for (std::size_t i = 3; i < w.size(); i += 97) {
        w[i] = special[static_cast<std::size_t>(kind)];
    }
    return w;
}

/// Numbers that are not zero at every 17th place, and so on, shifted by `shift`.
template <class T>
[[nodiscard]] std::vector<T> spikes(Spikes kind, std::ptrdiff_t count, int shift) {
    const std::array<std::ptrdiff_t, 5> every{0, count, 17, 2, 1};
    const std::ptrdiff_t step = every[static_cast<std::size_t>(kind)];
    std::vector<T> x(static_cast<std::size_t>(count), T(0));
    for (std::ptrdiff_t i = step - 1; step != 0 && i < count; i += step) {
        x[static_cast<std::size_t>((i + shift) % count)] = T(0.25) * static_cast<T>(i % 5 + 1);
    }
    return x;
}

/// A vector as a column and as a row.
[[nodiscard]] inline Array tall(const Array& v) {
    return v(all, newaxis);
}
[[nodiscard]] inline Array wide(const Array& v) {
    return v(newaxis, all);
}

/// The kernels' executor, which keeps updates of matrices of any size waiting.
[[nodiscard]] inline std::shared_ptr<Executor> postponing(Processor width) {
    return std::make_shared<cpu::CompiledExecutor>(
        cpu::CompiledExecutor::Options{.width = width, .compile_after = 0, .postpone_above = 0});
}

/// While it lives, arrays are evaluated by that executor.
class ExecutorScope {
public:
    explicit ExecutorScope(std::shared_ptr<Executor> executor)
        : before_(set_executor(std::move(executor))) {}
    ExecutorScope(const ExecutorScope&) = delete;
    ExecutorScope& operator=(const ExecutorScope&) = delete;
    ~ExecutorScope() { set_executor(before_); }

private:
    std::shared_ptr<Executor> before_;
};

/// Expects that the programs of seeds [first, last) give the interpreter's bits although their
/// updates wait. `program` gives all that a program saw.
template <class Program>
void expect_plain_bits(std::uint32_t first, std::uint32_t last, const Program& program) {
    for (const Processor width : compiled_widths()) {
        const std::shared_ptr<Executor> executor = postponing(width);
        const std::uint64_t before = counters().postponed;
        for (std::uint32_t seed = first; seed < last; ++seed) {
            SCOPED_TRACE(seed);
            const ExecutorScope reference(std::make_shared<ReferenceExecutor>());
            const auto expected = program(seed);
            const ExecutorScope compiled(executor);
            const auto computed = program(seed);
            ASSERT_EQ(expected.size(), computed.size());
            for (std::size_t i = 0; i < expected.size(); ++i) {
                ASSERT_EQ(bits_of(expected[i]), bits_of(computed[i])) << "element " << i;
            }
        }
        EXPECT_GT(counters().postponed - before, 2U * (last - first));
    }
}

/// Runs a computation on arrays with every executor and compares bits; NaN equals NaN.
template <class T, class Run>
void expect_equal_runs(const Run& run) {
    std::vector<T> expected;
    {
        const ExecutorScope scope(std::make_shared<ReferenceExecutor>());
        expected = run();
    }
    for (const Processor width : compiled_widths()) {
        SCOPED_TRACE(name_of(width));
        const std::shared_ptr<Executor> shared(&compiled_executor(width), [](Executor*) {});
        const ExecutorScope scope(shared);
        const std::vector<T> computed = run();
        for (std::size_t i = 0; i < expected.size(); ++i) {
            ASSERT_EQ(bits_of(expected[i]), bits_of(computed[i]))
                << "element " << i << ": " << expected[i] << " and " << computed[i];
        }
    }
}

/// Evaluates with a fresh compiling executor and counts what it does; skipped where there is none.
class CountingTest : public ::testing::Test {
protected:
    void SetUp() override {
        executor_ = cpu::make_compiled_executor();
        if (!executor_) {
            GTEST_SKIP() << "no LLVM or no vectors: nothing is rewritten here";
        }
        before_ = set_executor(executor_);
    }
    void TearDown() override {
        if (before_) {
            evaluate_pending();
            set_executor(before_);
        }
    }
    /// What one more call of `step` adds, once its kernels are compiled.
    template <class Step>
    [[nodiscard]] static EvaluationCounters added_by(Step step) {
        for (int i = 0; i < 6; ++i) {
            step();
            evaluate_pending();
        }
        const EvaluationCounters before = counters();
        step();
        evaluate_pending();
        EvaluationCounters added = counters();
        added.kernels -= before.kernels;
        added.donated -= before.donated;
        added.interpreted -= before.interpreted;
        added.rewritten -= before.rewritten;
        added.touched -= before.touched;
        added.scanned -= before.scanned;
        added.relocated -= before.relocated;
        return added;
    }

private:
    std::shared_ptr<Executor> executor_;
    std::shared_ptr<Executor> before_;
};

}  // namespace monnto::support
