#include <monnto/synapse/procedural_matrix.hpp>

#include <monnto/array/executor.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/synapse/build.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace monnto {
namespace {

constexpr std::ptrdiff_t sources = 700;
constexpr std::ptrdiff_t targets = 900;

ProceduralMatrix procedural(double low, double high, std::int32_t delay = 1,
                            bool source_first = false) {
    return {ProceduralMatrix::synapses_of(rules::FixedProbability{0.1},
                                          {.sources = sources, .targets = targets}, {.key = 3}, low,
                                          high),
            delay, source_first};
}

Array spikes(std::ptrdiff_t count, std::uint64_t step) {
    return random_sparse_mask({.key = 5, .step = step}, {count}, 0.2);
}

void expect_equal(const Array& a, const Array& b) {
    ASSERT_EQ(a.shape(), b.shape());
    EXPECT_EQ(a.host<float>(), b.host<float>());
}

TEST(ProceduralMatrix, GivesTheBitsOfTheSameSynapsesKept) {
    for (const bool source_first : {false, true}) {
        for (const double high : {0.5, 1.5}) {
            const ProceduralMatrix made = procedural(0.5, high, 1, source_first);
            const SparseMatrix kept = made.to_sparse();
            ASSERT_EQ(made.shape(), kept.shape());
            const Array x = spikes(made.shape()[1], 0);
            const Array y = spikes(made.shape()[0], 1);
            expect_equal(made.dot(x), kept.dot(x));
            expect_equal(made.rdot(y), kept.rdot(y));
            expect_equal(made.T().dot(y), kept.T().dot(y));
            const Array graded = x.astype(DType::f32) * 0.3F;
            expect_equal(made.dot(graded), kept.dot(graded));
        }
    }
}

TEST(ProceduralMatrix, MakesRowsOfTheRuleThatConnects) {
    const PatternRef pattern = pattern_from(connect(
        rules::FixedProbability{0.1}, {.sources = sources, .targets = targets}, {.key = 3}));
    const SparseMatrix kept = procedural(1.0, 1.0).to_sparse();
    EXPECT_EQ(list_of(*kept.pattern()).target, list_of(*pattern).target);
    EXPECT_EQ(kept.pattern()->starts(), pattern->starts());
}

TEST(ProceduralMatrix, DeliversAfterItsDelay) {
    ProceduralMatrix made = procedural(0.5, 1.5, 4);
    const SparseMatrix kept = made.to_sparse();
    for (std::uint64_t step = 0; step < 9; ++step) {
        const Array x = spikes(sources, step);
        const Array arrived = made.deliver(x);
        expect_equal(arrived, kept.deliver(x));
        expect_equal(arrived,
                     step < 3 ? zeros({targets}, DType::f32) : kept.dot(spikes(sources, step - 3)));
    }
}

TEST(ProceduralMatrix, HasTheSameBitsForAnyNumberOfThreads_S17) {
    const ProceduralMatrix made = procedural(0.5, 1.5);
    set_threads(1);
    const std::vector<float> expected = made.dot(spikes(sources, 0)).host<float>();
    for (const int threads : {2, 7}) {
        set_threads(threads);
        EXPECT_EQ(made.dot(spikes(sources, 0)).host<float>(), expected);
    }
    set_threads(0);
}

TEST(ProceduralMatrix, RefusesWhatCannotBe) {
    EXPECT_THROW(procedural(2.0, 1.0), BadParameter);
    EXPECT_THROW(procedural(1.0, 1.0, 0), BadDelay);
    EXPECT_THROW(procedural(1.0, 1.0).dot(zeros({3}, DType::f32)), ShapeMismatch);
}

}  // namespace
}  // namespace monnto
