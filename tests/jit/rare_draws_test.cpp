#include "draws.hpp"
#include "math/discrete_draws.hpp"
#include "math/philox.hpp"
#include "math/real_draws.hpp"
#include "reference/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

// Cases that a random test would wait for in vain, made by hand: words that equal a threshold, and
// what their lower bits decide. Shares are tested at 5.3 deviations, which a correct generator
// exceeds once in 1e7 positions; the position is fixed.
namespace monnto {
namespace {

using support::drawn;
using support::golden_position;
using support::single;

constexpr std::uint64_t trials = 20'000;

/// The share of elements, all with the same word, for which `draw(element)` holds.
template <class F>
[[nodiscard]] double share(F draw) {
    std::uint64_t hits = 0;
    for (std::uint64_t element = 0; element < trials; ++element) {
        hits += draw(element) ? 1 : 0;
    }
    return static_cast<double>(hits) / static_cast<double>(trials);
}
[[nodiscard]] double tolerance(double p) {
    return 5.3 * std::sqrt(p * (1 - p) / static_cast<double>(trials));
}

TEST(PhiloxOverLanes, GivesTheWordsOfTheDefinition) {
    const philox::Block counter = {0xfffffff5, golden::ordinal, 0x89abcdef, 0x01234567};
    const auto words = lane::philox<std::uint32_t>(
        counter,
        {static_cast<std::uint32_t>(golden::key), static_cast<std::uint32_t>(golden::key >> 32U)});
    EXPECT_EQ(words, philox::block(counter, golden::key));
}

TEST(RealDraws, ReachTheEndsOfTheirRangeAndNotBeyond) {
    constexpr std::uint32_t last32 = 0xffffffff;
    constexpr std::uint64_t last64 = ~std::uint64_t{0};
    EXPECT_EQ(lane::unit_interval(std::uint32_t{0}), 0.0F);
    EXPECT_EQ(lane::unit_interval(last32), 1 - 0x1p-24F);
    EXPECT_EQ(lane::unit_interval(std::uint64_t{0}), 0.0);
    EXPECT_EQ(lane::unit_interval(last64), 1 - 0x1p-53);
    EXPECT_EQ(lane::above_zero(std::uint32_t{0}), 0x1p-32F);
    EXPECT_EQ(lane::above_zero(last32), 1.0F);
    EXPECT_EQ(lane::above_zero(std::uint64_t{0}), 0x1p-53);
    EXPECT_EQ(lane::above_zero(last64), 1.0);
    EXPECT_EQ(lane::exponential(last32), 0.0F);
    EXPECT_NEAR(lane::exponential(std::uint32_t{0}), 32 * std::log(2.0), 2e-6);
}

TEST(RealDraws, PutDoublesTogetherExactly) {
    for (const std::uint64_t word : {0x5a593825673b627dULL, 0xffffffff00000000ULL,
                                     0x00000000ffffffffULL, 0x0000080000000800ULL}) {
        EXPECT_EQ(lane::upper_bits(word), static_cast<double>(word >> 11U));
    }
}

/// Words along the whole circle, and those at the edges of its quarters.
template <class Word>
void expect_circle(double precision) {
    constexpr int points = 4096;
    double sum_x = 0;
    double sum_y = 0;
    for (int i = 0; i < points; ++i) {
        const Word word = static_cast<Word>(i) << (8 * sizeof(Word) - 12);
        lane::RealOf<Word> x = 0;
        lane::RealOf<Word> y = 0;
        lane::circle_point(word, x, y);
        EXPECT_NEAR(std::hypot(static_cast<double>(x), static_cast<double>(y)), 1, precision) << i;
        sum_x += static_cast<double>(x) * static_cast<double>(x);
        sum_y += static_cast<double>(y) * static_cast<double>(y);
    }
    EXPECT_NEAR(sum_x, points / 2.0, 1e-3);
    EXPECT_NEAR(sum_y, points / 2.0, 1e-3);
}
TEST(RealDraws, DirectionsOfNormalPairsLieOnTheCircle) {
    expect_circle<std::uint32_t>(1.5e-7);
    expect_circle<std::uint64_t>(2.5e-16);
}

TEST(BernoulliTie, IsDecidedByTheBitsBelowTheWord) {
    const double p = (1000 + 0.25) * 0x1p-32;
    EXPECT_EQ(lane::bernoulli_threshold(p), 1000);
    const auto draw = [p](std::uint32_t word, std::uint64_t element) {
        return lane::draw_bernoulli(golden_position, element, word, p);
    };
    EXPECT_NEAR(share([&](auto element) { return draw(1000, element); }), 0.25, tolerance(0.25));
    EXPECT_EQ(share([&](auto element) { return draw(999, element); }), 1);
    EXPECT_EQ(share([&](auto element) { return draw(1001, element); }), 0);
}

TEST(BernoulliTie, IsResolvedInsideArraysWhateverTheFormOfTheProbability) {
    constexpr std::size_t count = 200;
    const auto words = drawn<std::uint32_t>(Distribution::bits, count);
    std::size_t hits = 0;
    for (std::size_t e = 0; e < count; ++e) {
        const double p = (words[e] + 0.5) * 0x1p-32;  // the tie is at e
        const auto found = drawn<bool>(Distribution::bernoulli, count, {single(p)});
        const auto each =
            drawn<bool>(Distribution::bernoulli, count,
                        {support::settled(std::vector<double>(count, p), Shape{count})});
        EXPECT_EQ(found, each);
        const philox::Block rest = reference::attempt_block(golden_position, e, 1);
        EXPECT_EQ(found[e], rest[1] < 0x80000000U);
        hits += found[e] ? 1 : 0;
        for (std::size_t other = 0; other < count; ++other) {
            EXPECT_TRUE(other == e || found[other] == (words[other] < words[e]));
        }
    }
    EXPECT_NEAR(static_cast<double>(hits), count / 2.0, 5.3 * std::sqrt(count / 4.0));
}

TEST(BernoulliThreshold, CoversCertaintyAndImpossibility) {
    constexpr std::uint32_t last = 0xffffffff;
    EXPECT_TRUE(lane::draw_bernoulli(golden_position, 0, last, 1.0));
    EXPECT_EQ(lane::bernoulli_threshold(1.0), last);
    EXPECT_FALSE(lane::draw_bernoulli(golden_position, 0, 0, 0.0));
    EXPECT_FALSE(lane::draw_bernoulli(golden_position, 0, 0, std::nan("")));
    EXPECT_EQ(lane::bernoulli_threshold(std::nan("")), 0);
    EXPECT_EQ(lane::bernoulli_threshold(-1.0), 0);
}

TEST(IntegersBelow, CarryFromTheBitsBelowTheWord) {
    // A third of 2^32, less a third of a word: 3 * (word + rest) reaches 2^32 where rest >= 1/3.
    constexpr std::uint32_t word = 0x55555555;
    const auto draw = [](std::uint64_t element) {
        return lane::below(word, std::uint64_t{3}, lane::DrawPlace{golden_position, element});
    };
    EXPECT_NEAR(share([&](auto element) { return draw(element) == 1; }), 2.0 / 3,
                tolerance(2.0 / 3));
    EXPECT_EQ(share([&](auto element) { return draw(element) <= 1; }), 1);
}

TEST(IntegersBelow, AreQuickOnlyWhereThatGivesTheDefinition) {
    for (const std::uint64_t range : {0ULL, 1ULL, 3ULL, 1000ULL, 1ULL << 24U, (1ULL << 32U) - 1,
                                      1ULL << 32U, 3ULL << 62U, ~0ULL}) {
        for (std::uint64_t element = 0; element < 1000; ++element) {
            const auto word = static_cast<std::uint32_t>(element * 4'294'967);
            EXPECT_EQ(lane::below(word, range, lane::DrawPlace{golden_position, element}),
                      lane::draw_below(golden_position, element, word, range))
                << range;
        }
    }
}

/// What a kernel does with a word.
[[nodiscard]] std::int64_t poisson_by_table(const lane::PoissonTable& table, double rate,
                                            std::uint64_t element, std::uint32_t word) {
    std::int32_t passed = 0;
    for (int k = 0; k < table.count; ++k) {
        passed = lane::count_passed(passed, lane::in_signed_order(word),
                                    table.thresholds[static_cast<std::size_t>(k)]);
    }
    return lane::poisson_of_count(passed, word, table.first, table.lowest, table.span, rate,
                                  lane::DrawPlace{golden_position, element});
}

TEST(PoissonTable, GivesTheDefinitionAtEveryThreshold) {
    for (const double rate : {0.0, 1e-300, 1e-9, 0.1, 2.0, 16.0, 22.0, 23.0, 40.0, 64.0}) {
        SCOPED_TRACE(rate);
        const lane::PoissonTable table = lane::poisson_table(rate);
        std::vector<std::uint32_t> words = {0,
                                            1,
                                            0x7fffffff,
                                            0x80000000,
                                            0xfffffffe,
                                            0xffffffff,
                                            table.lowest - 1,
                                            table.lowest,
                                            table.lowest + table.span,
                                            table.lowest + table.span + 1};
        for (int k = 0; k < table.count; ++k) {
            const auto threshold =
                static_cast<std::uint32_t>(table.thresholds[static_cast<std::size_t>(k)]) ^
                0x80000000U;
            words.insert(words.end(), {threshold - 1, threshold, threshold + 1});
        }
        for (const std::uint32_t word : words) {
            EXPECT_EQ(poisson_by_table(table, rate, 17, word),
                      lane::draw_poisson(golden_position, 17, word, rate))
                << word;
        }
    }
}

TEST(PoissonTable, LeavesOutOneWordInAThousandAtMost) {
    for (int quarters = 0; quarters <= 4 * lane::largest_table_rate; ++quarters) {
        const double rate = quarters / 4.0;
        const lane::PoissonTable table = lane::poisson_table(rate);
        EXPECT_LE(table.count, lane::PoissonTable::capacity);
        EXPECT_GE(table.span, 0xffffffffU - 0xffffffffU / 1000) << rate;
    }
    EXPECT_EQ(lane::poisson_table(2.0).count, 8);
}

TEST(PoissonWords, ThatAreLeftOverMakeUpForWhatTheFloorsCutOff) {
    constexpr double rate = 2.0;
    std::vector<double> rests;
    double term = std::exp(-rate) * 0x1p32;
    std::uint64_t dealt = 0;
    for (int k = 0; k < 30; ++k, term *= rate / k) {
        rests.push_back(term - std::floor(term));
        dealt += static_cast<std::uint64_t>(term);
    }
    const std::uint64_t left_over = (std::uint64_t{1} << 32U) - dealt;
    ASSERT_NEAR(static_cast<double>(left_over), std::accumulate(rests.begin(), rests.end(), 0.0),
                1e-4);
    std::vector<double> seen(rests.size());
    for (std::uint64_t i = 0; i < left_over; ++i) {
        for (std::uint64_t element = 0; element < trials; ++element) {
            const std::int64_t k = lane::draw_poisson(golden_position, element,
                                                      static_cast<std::uint32_t>(dealt + i), rate);
            seen.at(static_cast<std::size_t>(k)) += 1.0 / static_cast<double>(trials);
        }
    }
    for (std::size_t k = 0; k < rests.size(); ++k) {
        EXPECT_NEAR(seen[k], rests[k], tolerance(0.5)) << k;
    }
}

}  // namespace
}  // namespace monnto
