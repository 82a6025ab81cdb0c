#include "draws.hpp"
#include "reference/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace monnto {
namespace {

using support::drawn;
using support::drawn_mask;
using support::golden_position;
using support::single;

constexpr std::ptrdiff_t count = 10'000;

/// Relative to the number's size, or absolute where it is small: sines and cosines near 0 lose
/// digits.
void expect_close(double found, double expected, double tolerance) {
    EXPECT_NEAR(found, expected, tolerance * std::max(1.0, std::abs(expected)));
}

TEST(RandomStreamTest, GivesTheWordsThatTheDefinitionGives) {
    const auto words = drawn<std::uint32_t>(Distribution::bits, count);
    const auto pairs = drawn<std::uint64_t>(Distribution::bits, count);
    for (std::size_t i = 0; i < std::size(golden::elements); ++i) {
        EXPECT_EQ(words[golden::elements[i]], golden::bits32[i]);
        EXPECT_EQ(pairs[golden::elements[i]], golden::bits64[i]);
    }
}

TEST(RandomStreamTest, GivesTheSameWordsWithVectorsOfEveryWidth) {
    const philox::Block first = {0xfffffff5, golden::ordinal, 0x89abcdef, 0x01234567};
    reference::Offsets offsets{};
    for (std::uint32_t lane = 0; lane < philox::lanes; ++lane) {
        offsets.of_lane[lane] = lane * lane;  // the sum wraps
    }
    for (const reference::BlockLanes fill : reference::all_block_lanes()) {
        philox::Lanes found{};
        fill(first, offsets, golden::key, found);
        for (std::size_t lane = 0; lane < philox::lanes; ++lane) {
            const philox::Block expected = philox::block(
                {first[0] + offsets.of_lane[lane], first[1], first[2], first[3]}, golden::key);
            for (std::size_t word = 0; word < 4; ++word) {
                EXPECT_EQ(found.word[word][lane], expected[word]);
            }
        }
    }
}

TEST(RandomStreamTest, GivesTheUniformNumbersThatTheDefinitionGives) {
    const auto singles = drawn<float>(Distribution::uniform, count);
    const auto doubles = drawn<double>(Distribution::uniform, count);
    for (std::size_t i = 0; i < std::size(golden::elements); ++i) {
        EXPECT_EQ(singles[golden::elements[i]], golden::uniform32[i]);
        EXPECT_EQ(doubles[golden::elements[i]], golden::uniform64[i]);
    }
}

TEST(RandomStreamTest, GivesTheNormalAndExponentialNumbersThatTheDefinitionGives) {
    const auto singles = drawn<float>(Distribution::normal, count);
    const auto doubles = drawn<double>(Distribution::normal, count);
    const auto waits = drawn<float>(Distribution::exponential, count);
    const auto precise_waits = drawn<double>(Distribution::exponential, count);
    for (std::size_t i = 0; i < std::size(golden::elements); ++i) {
        const std::size_t e = golden::elements[i];
        expect_close(static_cast<double>(singles[e]), golden::normal32[i], 2e-6);
        expect_close(doubles[e], golden::normal64[i], 4e-15);
        expect_close(static_cast<double>(waits[e]), golden::exponential32[i], 2e-7);
        expect_close(precise_waits[e], golden::exponential64[i], 5e-16);
    }
}

TEST(RandomStreamTest, GivesTheWholeNumbersThatTheDefinitionGives) {
    using Limits = std::numeric_limits<std::int64_t>;
    const auto few = drawn<std::int64_t>(Distribution::integers, count,
                                         {single<std::int64_t>(-3), single<std::int64_t>(10)});
    const auto many = drawn<std::int64_t>(
        Distribution::integers, count,
        {single<std::int64_t>(Limits::min()), single<std::int64_t>(std::int64_t{1} << 62)});
    const auto small = drawn<std::int64_t>(Distribution::poisson, count, {single(3.5)});
    const auto large = drawn<std::int64_t>(Distribution::poisson, count, {single(40.0)});
    const auto rejected = drawn<std::int64_t>(Distribution::poisson, count, {single(1000.0)});
    const auto coins = drawn<bool>(Distribution::bernoulli, count, {single(0.3)});
    for (std::size_t i = 0; i < std::size(golden::elements); ++i) {
        const std::size_t e = golden::elements[i];
        EXPECT_EQ(few[e], golden::integers_of_13[i]);
        EXPECT_EQ(many[e], golden::integers_of_many[i]);
        EXPECT_EQ(small[e], golden::poisson_small[i]);
        EXPECT_EQ(large[e], golden::poisson_large[i]);
        EXPECT_EQ(rejected[e], golden::poisson_rejected[i]);
        EXPECT_EQ(coins[e], golden::bernoulli[i]);
    }
}

TEST(RandomStreamTest, GivesTheSparseEventsThatTheDefinitionGives) {
    std::vector<std::size_t> events;
    const std::vector<bool> mask = drawn_mask(0.01, 5000);
    for (std::size_t e = 0; e < mask.size(); ++e) {
        if (mask[e]) {
            events.push_back(e);
        }
    }
    EXPECT_EQ(events, std::vector<std::size_t>(std::begin(golden::sparse_events),
                                               std::end(golden::sparse_events)));
}

template <class T>
void expect_prefix(const std::vector<T>& whole, const std::vector<T>& part) {
    EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin())) << part.size();
}

TEST(RandomStreamTest, GivesAnElementTheSameNumberInArraysOfAnyLength) {
    for (const std::ptrdiff_t part : {0, 1, 15, 31, 33, 63, 64, 65, 1000, 4095, 4097}) {
        for (const Distribution kind :
             {Distribution::uniform, Distribution::normal, Distribution::exponential}) {
            SCOPED_TRACE(static_cast<int>(kind));
            expect_prefix(drawn<float>(kind, count), drawn<float>(kind, part));
            expect_prefix(drawn<double>(kind, count), drawn<double>(kind, part));
        }
        const NodeInputs rate = {single(12.0)};
        const NodeInputs large_rate = {single(120.0)};
        const NodeInputs probability = {single(0.3F)};
        expect_prefix(drawn<std::int64_t>(Distribution::poisson, count, rate),
                      drawn<std::int64_t>(Distribution::poisson, part, rate));
        expect_prefix(drawn<std::int64_t>(Distribution::poisson, count, large_rate),
                      drawn<std::int64_t>(Distribution::poisson, part, large_rate));
        expect_prefix(drawn<bool>(Distribution::bernoulli, count, probability),
                      drawn<bool>(Distribution::bernoulli, part, probability));
        expect_prefix(drawn_mask(0.02, count), drawn_mask(0.02, part));
    }
}

TEST(RandomStreamTest, CountsElementsInCOrderWhateverTheShape) {
    EXPECT_EQ(drawn<float>(Distribution::normal, Shape{30, 7}),
              drawn<float>(Distribution::normal, 210));
    EXPECT_EQ(drawn<float>(Distribution::uniform, Shape{}), drawn<float>(Distribution::uniform, 1));
}

TEST(RandomStreamTest, TakesParametersPerElementWithoutMovingTheDraws) {
    // Rates of all methods, one per row of a 3 x 5000 draw.
    const std::vector<double> rates = {2.0, 50.0, 100.0};
    const auto all = drawn<std::int64_t>(Distribution::poisson, Shape{3, 5000},
                                         {support::settled(rates, Shape{3, 1})});
    for (std::size_t row = 0; row < rates.size(); ++row) {
        const auto alone = drawn<std::int64_t>(Distribution::poisson, 15'000, {single(rates[row])});
        const auto from = static_cast<std::ptrdiff_t>(row) * 5000;
        EXPECT_TRUE(
            std::equal(alone.begin() + from, alone.begin() + from + 5000, all.begin() + from))
            << rates[row];
    }
    EXPECT_EQ(drawn<bool>(Distribution::bernoulli, 1000,
                          {support::settled(std::vector<double>(1000, 0.3), Shape{1000})}),
              drawn<bool>(Distribution::bernoulli, 1000, {single(0.3)}));

    const NodeRef bounds = support::settled(std::vector<std::int64_t>{1, 10, 100, 1000}, Shape{4});
    const auto below =
        drawn<std::int64_t>(Distribution::integers, 4, {single<std::int64_t>(0), bounds});
    for (std::size_t e = 0; e < 4; ++e) {
        const auto alone = drawn<std::int64_t>(
            Distribution::integers, 4,
            {single<std::int64_t>(0), single(support::values_of<std::int64_t>(bounds)[e])});
        EXPECT_EQ(below[e], alone[e]);
    }
}

TEST(RandomStreamTest, IsAnotherForEveryKeyStepAndOrdinal) {
    const auto base = drawn<std::uint32_t>(Distribution::bits, 1000);
    for (unsigned bit = 0; bit < 64; ++bit) {
        RandomPosition other = golden_position;
        other.key ^= std::uint64_t{1} << bit;
        EXPECT_NE(drawn<std::uint32_t>(Distribution::bits, 1000, {}, other), base);
        other = golden_position;
        other.step ^= std::uint64_t{1} << bit;
        EXPECT_NE(drawn<std::uint32_t>(Distribution::bits, 1000, {}, other), base);
        other = golden_position;
        other.ordinal ^= 1U << (bit % 32);
        EXPECT_NE(drawn<std::uint32_t>(Distribution::bits, 1000, {}, other), base);
    }
    EXPECT_EQ(drawn<std::uint32_t>(Distribution::bits, 1000), base) << "and the same for the same";
}

}  // namespace
}  // namespace monnto
