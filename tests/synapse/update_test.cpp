// Updates that events make smaller: the bits of the dense matrix, and how much was touched for
// them.
#include <monnto/array/executor.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/synapse/build.hpp>
#include <monnto/synapse/rules.hpp>
#include <monnto/synapse/sparse_matrix.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace monnto {
namespace {

constexpr std::ptrdiff_t neurons = 400;

struct Step {
    Array pre, post, pre_trace, post_trace;
};

Step step_at(std::uint64_t step, double rate) {
    Step s;
    s.pre = random_sparse_mask({.key = 1, .step = step}, {neurons}, rate);
    s.post = random_sparse_mask({.key = 2, .step = step}, {neurons}, rate);
    s.pre_trace =
        random_array(Distribution::uniform, {.key = 3, .step = step}, DType::f32, {neurons});
    s.post_trace =
        random_array(Distribution::uniform, {.key = 4, .step = step}, DType::f32, {neurons});
    evaluate_pending();
    return s;
}

/// A learning rule, written for a dense matrix `w` and for the values of its synapses: `at` gives
/// an expression over all pairs where it is needed.
struct Rule {
    std::string name;
    std::function<Array(const Step& s)> change;  // that is added
    bool is_clipped = false;
    /// Of the synapses, at most that share is looked at where a hundredth of the neurons spike.
    double share = 0.0;
};

Array column(const Array& v) {
    return v(all, newaxis);
}
Array row(const Array& v) {
    return v(newaxis, all);
}

std::vector<Rule> rules_under_test() {
    return {
        {"pairs", [](const Step& s) { return column(s.post) * row(s.pre) * 0.25; }, true, 0.03},
        {"pre with a trace", [](const Step& s) { return column(s.post_trace) * row(s.pre) * -0.1; },
         true, 0.03},
        {"post with a trace", [](const Step& s) { return column(s.post) * row(s.pre_trace) * 0.1; },
         true, 0.03},
        {"both traces",
         [](const Step& s) {
             return column(s.post) * row(s.pre_trace) * 0.1 -
                    column(s.post_trace) * row(s.pre) * 0.1;
         },
         true, 0.06},
        {"not clipped", [](const Step& s) { return column(s.post) * row(s.pre) * 0.25; }, false,
         0.03},
    };
}

class SparseUpdateTest : public testing::TestWithParam<bool> {};

TEST_P(SparseUpdateTest, HasTheBitsOfTheDenseMatrixAndTouchesWhatEventsAskFor) {
    const bool is_source_first = GetParam();
    for (const Rule& rule : rules_under_test()) {
        SCOPED_TRACE(rule.name);
        const PatternRef pattern = pattern_from(connect(
            rules::FixedProbability{0.3}, {.sources = neurons, .targets = neurons}, {.key = 9}));
        SparseMatrix sparse(
            pattern, random_array(Distribution::uniform, {.key = 8}, DType::f32, {pattern->size()}),
            is_source_first);
        Array dense = sparse.to_dense();
        const Array exists = sparse_dense(pattern, ones({}, DType::f32), is_source_first);
        evaluate_pending();
        std::uint64_t touched = 0;
        std::uint64_t rewritten = 0;
        for (std::uint64_t k = 0; k < 12; ++k) {
            // Now and then so many spike that all of it is cheaper.
            const Step step = step_at(k, k % 6 == 5 ? 0.7 : 0.01);
            const EvaluationCounters before = counters();
            sparse += rule.change(step);
            if (rule.is_clipped) {
                sparse.clip(0.0, 1.0);
            }
            evaluate_pending();
            if (k >= 2 && k % 6 != 5) {  // compiled, and known to be finite
                touched = std::max(touched, counters().touched - before.touched);
                rewritten += counters().rewritten - before.rewritten;
            }
            dense += rule.change(step) * exists;
            if (rule.is_clipped) {
                dense.assign(clip(dense, 0.0, 1.0));
            }
            ASSERT_EQ(sparse.to_dense().host<float>(), dense.host<float>()) << "step " << k;
        }
        EXPECT_EQ(rewritten, 8U);
        EXPECT_LT(static_cast<double>(touched), rule.share * static_cast<double>(pattern->size()));
    }
}

TEST_P(SparseUpdateTest, LeavesOldContentToWhoHoldsIt) {
    const PatternRef pattern = pattern_from(connect(
        rules::FixedProbability{0.3}, {.sources = neurons, .targets = neurons}, {.key = 9}));
    SparseMatrix w(pattern,
                   random_array(Distribution::uniform, {.key = 8}, DType::f32, {pattern->size()}),
                   GetParam());
    for (std::uint64_t k = 0; k < 4; ++k) {
        const Step step = step_at(k, 0.01);
        const std::vector<float> before = w.values().host<float>();
        const Array held = w.values() * 1.0;
        const NodeRef old = w.values().node();
        w += column(step.post) * row(step.pre);
        evaluate_pending();
        EXPECT_EQ(Array(old).host<float>(), before);
    }
}

TEST_P(SparseUpdateTest, DoesNotRelyOnRestWhereValuesAreNotFinite) {
    const PatternRef pattern = pattern_from(connect(
        rules::FixedProbability{0.3}, {.sources = neurons, .targets = neurons}, {.key = 9}));
    SparseMatrix w(pattern, zeros({pattern->size()}, DType::f32) * -1.0, GetParam());  // -0.0
    for (std::uint64_t k = 0; k < 4; ++k) {
        const Step step = step_at(k, 0.01);
        w += column(step.post) * row(step.pre) * 0.5;
        evaluate_pending();
    }
    for (const float x : w.values().host<float>()) {
        ASSERT_FALSE(std::signbit(x));  // -0 + 0 is +0, everywhere
    }
}

INSTANTIATE_TEST_SUITE_P(Orders, SparseUpdateTest, testing::Bool());

}  // namespace
}  // namespace monnto
