// Any number of threads gives the same bits (S17), in patterns large enough to be shared out.
#include "random_pattern.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/array/functions/sparse.hpp>
#include <monnto/synapse/build.hpp>
#include <monnto/synapse/rules.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <vector>

namespace monnto {
namespace {

constexpr std::ptrdiff_t neurons = 3000;
constexpr std::int32_t longest = 5;

PatternRef random_pattern(bool has_delays) {
    return support::random_pattern(neurons, neurons, 0.1, has_delays ? longest : 0);
}

class SparseThreadsTest : public testing::TestWithParam<bool> {
protected:
    void SetUp() override {
        pattern = random_pattern(GetParam());
        values = random_array(Distribution::normal, {.key = 1}, DType::f32, {pattern->size()});
        spikes = random_sparse_mask({.key = 2}, {neurons}, 0.2);
        static_cast<void>(values.host<float>());
    }
    void TearDown() override { set_threads(0); }

    /// The same operation on 1, 2 and 7 threads, several times each.
    static void expect_same_bits(const std::function<Array()>& operation) {
        set_threads(1);
        const std::vector<float> expected = operation().host<float>();
        for (const int threads : {2, 7, 2, 7, 7}) {
            set_threads(threads);
            ASSERT_EQ(operation().host<float>(), expected) << threads << " threads";
        }
    }

    PatternRef pattern;
    Array values, spikes;
};

TEST_P(SparseThreadsTest, ProductsHaveTheSameBits_S17) {
    expect_same_bits([&] { return sparse_product(pattern, values, spikes); });
    expect_same_bits([&] { return sparse_product(pattern, values, spikes, Side::target); });
    const Array few = random_sparse_mask({.key = 3}, {neurons}, 0.01);
    expect_same_bits([&] { return sparse_product(pattern, values, few, Side::target); });
}

TEST_P(SparseThreadsTest, CountedDeliveriesHaveTheSameBits_S17) {
    const Array one = full({}, 0.25F, DType::f32);  // shared by all synapses: events are counted
    // 250 events: enough for a team, and few enough to be counted.
    const Array few = equal(remainder(arange(neurons), 12), 0);
    const Array history = make_history(neurons, longest);
    push_events(history, few, longest);
    expect_same_bits([&] { return sparse_product(pattern, one, few); });
    expect_same_bits([&] { return sparse_deliver(pattern, one, history, longest); });
}

TEST_P(SparseThreadsTest, SumsHaveTheSameBits_S17) {
    expect_same_bits([&] { return sparse_sum(pattern, values, Side::source); });
    expect_same_bits([&] { return sparse_sum(pattern, values, Side::target); });
}

TEST_P(SparseThreadsTest, DeliveriesHaveTheSameBits_S17) {
    expect_same_bits([&] {
        const Array history = make_history(neurons, longest);
        Array total = zeros({neurons}, DType::f32);
        for (int step = 0; step < 7; ++step) {
            const RandomPosition position{.key = 4, .step = static_cast<std::uint64_t>(step)};
            push_events(history, random_sparse_mask(position, {neurons}, 0.1), longest);
            total = total * 0.5 + sparse_deliver(pattern, values, history, longest);
        }
        return total;
    });
}

TEST_P(SparseThreadsTest, SpreadsAndTurnedPatternsAreTheSame_S17) {
    expect_same_bits([&] {
        return sparse_spread(pattern, spikes.astype(DType::f32) * 0.5F, Side::target) +
               sparse_spread(pattern, spikes, Side::source);
    });
    set_threads(1);
    const PatternRef alone = random_pattern(GetParam());
    const auto& turned = alone->turned();
    set_threads(7);
    const PatternRef shared = random_pattern(GetParam());
    EXPECT_EQ(shared->turned().positions, turned.positions);
    EXPECT_EQ(shared->turned().sources, turned.sources);
}

/// One value for all synapses is counted where rows are long: the bits of adding it one by one.
TEST(SparseCounts, AreTheBitsOfSumsOfOneValue_S17) {
    for (const bool multapses : {false, true}) {
        for (const std::int64_t per_row : {30, 400}) {
            const PatternRef pattern = pattern_from(
                connect(rules::FixedOutdegree{per_row}, {.sources = 900, .targets = 1300},
                        {.key = 5}, {.autapses = true, .multapses = multapses}));
            const Array one(Number::strong(DType::f32, 0.1));
            const Array each = ones({pattern->size()}, DType::f32) * 0.1F;
            for (const double rate : {0.01, 0.1, 0.5, 1.0}) {  // counts of 8 and of 16 bits
                const Array spikes = random_sparse_mask({.key = 2}, {900}, rate);
                const std::vector<float> expected =
                    sparse_product(pattern, each, spikes).host<float>();
                const Array history = make_history(900, 1);
                push_events(history, spikes, 1);
                for (const int threads : {1, 2, 7}) {
                    set_threads(threads);
                    EXPECT_EQ(sparse_product(pattern, one, spikes).host<float>(), expected);
                    EXPECT_EQ(sparse_deliver(pattern, one, history, 1).host<float>(), expected);
                }
                set_threads(0);
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Delays, SparseThreadsTest, testing::Bool());

}  // namespace
}  // namespace monnto
