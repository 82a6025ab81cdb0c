// Targets beyond 16 bits are stored in pages; nobody can tell but by the memory in use.
#include "random_pattern.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/array/functions/sparse.hpp>
#include <monnto/synapse/assemble.hpp>
#include <monnto/synapse/build.hpp>
#include <monnto/synapse/rules.hpp>
#include <monnto/synapse/sparse_matrix.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace monnto {
namespace {

constexpr std::ptrdiff_t sources = 700;
constexpr std::ptrdiff_t targets = 1000;
constexpr std::int32_t longest = 4;

PatternRef plain_pattern(bool has_delays) {
    return support::random_pattern(sources, targets, 0.2, has_delays ? longest : 0);
}

/// Whether synapses have delays, and the number of pages.
class PagesTest : public testing::TestWithParam<std::tuple<bool, int>> {
protected:
    void SetUp() override {
        const auto [has_delays, pages] = GetParam();
        plain = plain_pattern(has_delays);
        paged = std::make_shared<Pattern>(Pattern::in_pages(plain->parts(), pages));
        values = random_array(Distribution::normal, {.key = 1}, DType::f32, {plain->size()});
        spikes = random_sparse_mask({.key = 2}, {sources}, 0.3);
        arrivals = random_sparse_mask({.key = 3}, {targets}, 0.3);
    }
    void TearDown() override { set_threads(0); }

    static std::vector<std::vector<std::int64_t>> lists(const Pattern& pattern) {
        const SynapseList list = list_of(pattern);
        return {list.source, list.target, {list.delay.begin(), list.delay.end()}};
    }
    /// The same operation on both, on 1, 2 and 7 threads, and by the reference.
    template <class F>
    void expect_same(const F& operation) const {
        set_threads(1);
        const auto expected = operation(plain).template host<float>();
        for (const int count : {1, 2, 7}) {
            set_threads(count);
            ASSERT_EQ(operation(paged).template host<float>(), expected) << count << " threads";
        }
    }

    PatternRef plain, paged;
    Array values, spikes, arrivals;
};

TEST_P(PagesTest, HoldTheSameSynapses) {
    EXPECT_EQ(paged->pages(), std::get<1>(GetParam()));
    EXPECT_EQ(lists(*paged), lists(*plain));
    EXPECT_EQ(paged->turned().positions, plain->turned().positions);
    EXPECT_EQ(paged->turned().sources, plain->turned().sources);
}

TEST_P(PagesTest, GiveTheSameBits_S17) {
    expect_same([&](const PatternRef& p) { return sparse_product(p, values, spikes); });
    expect_same(
        [&](const PatternRef& p) { return sparse_product(p, values, arrivals, Side::target); });
    expect_same([&](const PatternRef& p) {
        const Array all = ones({targets}, DType::f32);
        return sparse_product(p, values, all, Side::target);
    });
    expect_same([&](const PatternRef& p) {  // would be counted without pages
        return sparse_product(p, full({}, 0.3F, DType::f32), spikes);
    });
    expect_same([&](const PatternRef& p) { return sparse_sum(p, values, Side::source); });
    expect_same([&](const PatternRef& p) { return sparse_sum(p, values, Side::target); });
    expect_same([&](const PatternRef& p) {
        return sparse_spread(p, arange(targets).astype(DType::f32), Side::target) +
               sparse_spread(p, arange(sources).astype(DType::f32), Side::source);
    });
}

TEST_P(PagesTest, DeliverTheSameBits_S17) {
    const std::int32_t slots = plain->longest_delay();
    expect_same([&](const PatternRef& p) {
        const Array history = make_history(sources, slots);
        Array total = zeros({targets}, DType::f32);
        for (int step = 0; step < 6; ++step) {
            const RandomPosition position{.key = 4, .step = static_cast<std::uint64_t>(step)};
            push_events(history, random_sparse_mask(position, {sources}, 0.1), slots);
            total = total * 0.5 + sparse_deliver(p, values, history, slots);
        }
        return total;
    });
}

TEST_P(PagesTest, ShrinkAndGrowAlike) {
    const std::vector<bool> kept = (values > 0.0).host<bool>();
    const auto flat = std::make_unique<bool[]>(kept.size());  // NOLINT: spans need plain elements
    std::copy(kept.begin(), kept.end(), flat.get());
    std::vector<std::int64_t> order;
    std::vector<std::int64_t> expected;
    const PatternRef fewer = kept_synapses(paged, {flat.get(), kept.size()}, &order);
    EXPECT_EQ(lists(*fewer), lists(*kept_synapses(plain, {flat.get(), kept.size()}, &expected)));
    EXPECT_EQ(order, expected);
    const std::vector<std::int64_t> source{3, 699};
    const std::vector<std::int64_t> target{999, 0};
    const std::vector<std::int32_t> delay(std::get<0>(GetParam()) ? 1 : 0, 2);
    EXPECT_EQ(lists(*grown_pattern(paged, source, target, delay, &order)),
              lists(*grown_pattern(plain, source, target, delay, &expected)));
    EXPECT_EQ(order, expected);
}

INSTANTIATE_TEST_SUITE_P(Pages, PagesTest,
                         testing::Combine(testing::Bool(), testing::Values(2, 3, 9)));

TEST(PagesWithoutDelays, TakeDelaysLater) {
    const PatternRef plain = plain_pattern(false);
    const PatternRef paged = std::make_shared<Pattern>(Pattern::in_pages(plain->parts(), 3));
    std::vector<std::int32_t> dendritic(targets);
    for (std::size_t i = 0; i < dendritic.size(); ++i) {
        dendritic[i] = static_cast<std::int32_t>(1 + i % 3);
    }
    const std::vector<std::int32_t> axonal{1};
    const SynapseList expected = list_of(*with_end_delays(plain, axonal, dendritic));
    const SynapseList found = list_of(*with_end_delays(paged, axonal, dendritic));
    EXPECT_EQ(found.target, expected.target);
    EXPECT_EQ(found.delay, expected.delay);
    const PatternRef same = with_delays(paged, std::vector<std::int32_t>{5});
    EXPECT_EQ(same->pages(), 3);
    EXPECT_EQ(list_of(*same).target, list_of(*plain).target);
}

TEST(PagesOfManyTargets, CostTwoBytesPerSynapse) {
    constexpr std::int64_t many = 150'000;  // three pages
    Piece piece;
    piece.connections = connect(rules::FixedOutdegree{2000}, {.sources = 50, .targets = many}, {});
    piece.weight = full({}, 1.0F, DType::f32);
    const std::vector<Piece> pieces{piece};
    const Assembly made = assembled(50, many, pieces);
    EXPECT_EQ(made.pattern->pages(), 3);
    EXPECT_LT(made.pattern->bytes(), std::size_t{2} * 100'000 + 50 * (8 + 3 * 4) + 100);
    const PatternRef built = pattern_from(piece.connections);
    EXPECT_EQ(built->pages(), 3);
    EXPECT_EQ(list_of(*made.pattern).target, list_of(*built).target);
    std::vector<std::int64_t> given;
    for (std::uint64_t k = 0; k < piece.connections.size(); ++k) {
        given.push_back(piece.connections.target_at(k));
    }
    EXPECT_EQ(list_of(*made.pattern).target, given);
    // Short rows would pay more for the ends of segments than they save.
    EXPECT_EQ(Pattern::pages_for(1000, many, 5'000, 1), 1);
}

}  // namespace
}  // namespace monnto
