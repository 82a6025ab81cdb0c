// Connection rules: what they promise exactly, and what they promise in distribution. Seeds are
// fixed; each statistical test would fail for one seed in about 10^5 if the rule were right.
#include <monnto/synapse/rules.hpp>

#include <monnto/array/executor.hpp>
#include <monnto/base/error.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace monnto {
namespace {

constexpr double far_off = 4.4;  // standard deviations: 1 in 10^5, both sides

RandomPosition at(std::uint64_t key) {
    return {.key = key, .step = 3, .ordinal = 1};
}

std::vector<std::uint32_t> row(const Connections& made, std::int64_t source) {
    std::vector<std::uint32_t> targets;
    for (auto i = made.starts[static_cast<std::size_t>(source)];
         i < made.starts[static_cast<std::size_t>(source) + 1]; ++i) {
        targets.push_back(made.target_at(i));
    }
    return targets;
}

std::uint64_t outdegree(const Connections& made, std::int64_t source) {
    return made.starts[static_cast<std::size_t>(source) + 1] -
           made.starts[static_cast<std::size_t>(source)];
}

bool has_autapses(const Connections& made) {
    for (std::int64_t s = 0; s < made.sources; ++s) {
        const auto targets = row(made, s);
        if (std::binary_search(targets.begin(), targets.end(), static_cast<std::uint32_t>(s))) {
            return true;
        }
    }
    return false;
}

bool has_multapses(const Connections& made) {
    for (std::int64_t s = 0; s < made.sources; ++s) {
        const auto targets = row(made, s);
        if (std::adjacent_find(targets.begin(), targets.end()) != targets.end()) {
            return true;
        }
    }
    return false;
}

void expect_sound(const Connections& made) {
    ASSERT_EQ(made.starts.size(), static_cast<std::size_t>(made.sources) + 1);
    ASSERT_TRUE(std::is_sorted(made.starts.begin(), made.starts.end()));
    EXPECT_EQ(made.is_narrow(), made.targets <= 65'536);
    for (std::int64_t s = 0; s < made.sources; ++s) {
        const auto targets = row(made, s);
        ASSERT_TRUE(std::is_sorted(targets.begin(), targets.end()));
        ASSERT_TRUE(targets.empty() || targets.back() < made.targets);
    }
}

// Sum of (observed - expected)^2 / expected, in standard deviations of what chance makes of it.
double chi_square_excess(const std::vector<std::uint64_t>& counts, double expected) {
    double sum = 0.0;
    for (const std::uint64_t count : counts) {
        const double off = static_cast<double>(count) - expected;
        sum += off * off / expected;
    }
    const auto freedom = static_cast<double>(counts.size()) - 1.0;
    return (sum - freedom) / std::sqrt(2.0 * freedom);
}

Ends grid_ends(std::int64_t side, double period = 0.0) {
    Ends ends = Ends::recurrent(side * side);
    for (std::int64_t i = 0; i < side * side; ++i) {
        ends.source_at.axis[0].push_back(static_cast<double>(i % side));
        ends.source_at.axis[1].push_back(static_cast<double>(i / side));
    }
    ends.target_at = ends.source_at;
    ends.period = {period, period, 0.0};
    return ends;
}

TEST(ConnectionRules, AllToAllHasEveryPairOnce) {
    const Connections made = connect(rules::AllToAll{}, Ends::recurrent(30), at(1));
    expect_sound(made);
    EXPECT_EQ(made.size(), 900U);
    EXPECT_FALSE(has_multapses(made));
    const Connections without =
        connect(rules::AllToAll{}, Ends::recurrent(30), at(1), {.autapses = false});
    EXPECT_EQ(without.size(), 870U);
    EXPECT_FALSE(has_autapses(without));
}

TEST(ConnectionRules, OneToOneIsTheDiagonal) {
    const Connections made = connect(rules::OneToOne{}, {.sources = 5, .targets = 5}, at(1));
    for (std::int64_t s = 0; s < 5; ++s) {
        EXPECT_EQ(row(made, s), std::vector{static_cast<std::uint32_t>(s)});
    }
    EXPECT_THROW((void)connect(rules::OneToOne{}, {.sources = 5, .targets = 6}, at(1)),
                 ShapeMismatch);
}

TEST(ConnectionRules, FixedProbabilityHasIndependentPairs) {
    constexpr double p = 0.03;
    const Connections made =
        connect(rules::FixedProbability{p}, {.sources = 2000, .targets = 1500}, at(2));
    expect_sound(made);
    EXPECT_FALSE(has_multapses(made));
    const double pairs = 2000.0 * 1500.0;
    EXPECT_NEAR(static_cast<double>(made.size()), p * pairs,
                far_off * std::sqrt(pairs * p * (1 - p)));
    // In-degrees are binomial: their variance is n p (1 - p).
    double squares = 0.0;
    for (const std::uint64_t degree : made.indegrees()) {
        squares += std::pow(static_cast<double>(degree) - 2000 * p, 2);
    }
    EXPECT_NEAR(squares / 1500.0 / (2000 * p * (1 - p)), 1.0, far_off * std::sqrt(2.0 / 1500.0));
}

TEST(ConnectionRules, ProbabilitiesZeroAndOneAreExact) {
    EXPECT_EQ(connect(rules::FixedProbability{0.0}, Ends::recurrent(50), at(2)).size(), 0U);
    EXPECT_EQ(connect(rules::FixedProbability{1.0}, Ends::recurrent(50), at(2)).size(), 2500U);
    EXPECT_EQ(connect(rules::FixedProbability{1e-300}, Ends::recurrent(50), at(2)).size(), 0U);
}

TEST(ConnectionRules, SmallProbabilitiesHaveTheRightMean) {
    constexpr double p = 1e-5;
    const Connections made =
        connect(rules::FixedProbability{p}, {.sources = 20'000, .targets = 70'000}, at(3));
    expect_sound(made);
    EXPECT_NEAR(static_cast<double>(made.size()), 14'000.0, far_off * std::sqrt(14'000.0));
}

TEST(ConnectionRules, FixedIndegreeIsExactForEveryTarget) {
    for (const bool multapses : {false, true}) {
        const Connections made = connect(rules::FixedIndegree{40}, Ends::recurrent(300), at(4),
                                         {.autapses = false, .multapses = multapses});
        expect_sound(made);
        EXPECT_FALSE(has_autapses(made));
        EXPECT_EQ(has_multapses(made), multapses);
        for (const std::uint64_t degree : made.indegrees()) {
            ASSERT_EQ(degree, 40U);
        }
    }
}

TEST(ConnectionRules, SourcesOfAFixedIndegreeAreEquallyLikely) {
    const Connections made =
        connect(rules::FixedIndegree{50}, {.sources = 400, .targets = 8000}, at(5));
    std::vector<std::uint64_t> degrees;
    for (std::int64_t s = 0; s < 400; ++s) {
        degrees.push_back(outdegree(made, s));
    }
    EXPECT_LT(std::abs(chi_square_excess(degrees, 1000.0)), far_off);
}

TEST(ConnectionRules, FixedOutdegreeIsExactForEverySource) {
    for (const std::int64_t k : {3, 250, 299}) {
        const Connections made = connect(rules::FixedOutdegree{k}, Ends::recurrent(300), at(6),
                                         {.autapses = false, .multapses = false});
        expect_sound(made);
        EXPECT_FALSE(has_autapses(made));
        EXPECT_FALSE(has_multapses(made));
        for (std::int64_t s = 0; s < 300; ++s) {
            ASSERT_EQ(outdegree(made, s), static_cast<std::uint64_t>(k));
        }
    }
}

TEST(ConnectionRules, FixedTotalNumberIsExactAndSpreadEvenly) {
    constexpr std::int64_t n = 200'000;
    const Connections made =
        connect(rules::FixedTotalNumber{n}, {.sources = 500, .targets = 800}, at(7));
    expect_sound(made);
    EXPECT_EQ(made.size(), static_cast<std::uint64_t>(n));
    EXPECT_TRUE(has_multapses(made));
    EXPECT_LT(std::abs(chi_square_excess(made.indegrees(), 250.0)), far_off);
    std::vector<std::uint64_t> degrees;
    for (std::int64_t s = 0; s < 500; ++s) {
        degrees.push_back(outdegree(made, s));
    }
    EXPECT_LT(std::abs(chi_square_excess(degrees, 400.0)), far_off);
}

TEST(ConnectionRules, DistinctPairsOfAFixedTotalNumberAreDistinct) {
    for (const std::int64_t n : {0, 1'000, 8'000, 9'900}) {  // few, many, all
        const Connections made = connect(rules::FixedTotalNumber{n}, Ends::recurrent(100), at(8),
                                         {.autapses = false, .multapses = false});
        expect_sound(made);
        EXPECT_EQ(made.size(), static_cast<std::uint64_t>(n));
        EXPECT_FALSE(has_multapses(made));
        EXPECT_FALSE(has_autapses(made));
    }
}

TEST(ConnectionRules, TotalNumberLeavesOutAutapsesWithoutFavor) {
    const Connections made =
        connect(rules::FixedTotalNumber{90'000}, Ends::recurrent(10), at(9), {.autapses = false});
    EXPECT_FALSE(has_autapses(made));
    std::vector<std::uint64_t> pairs;
    for (std::int64_t s = 0; s < 10; ++s) {
        const auto targets = row(made, s);
        for (std::uint32_t t = 0; t < 10; ++t) {
            if (t != s) {
                pairs.push_back(
                    static_cast<std::uint64_t>(std::count(targets.begin(), targets.end(), t)));
            }
        }
    }
    EXPECT_LT(std::abs(chi_square_excess(pairs, 1000.0)), far_off);
}

TEST(ConnectionRules, RadiusAndBoxAreExactOnAGrid) {
    // The counts that the older packages' receptive fields have on a grid of 5 x 5.
    const Ends ends = grid_ends(5);
    using rules::Profile;
    const auto count = [&](Profile profile, const Ends& where, bool autapses = true) {
        return connect(rules::DistanceDependent{.profile = profile, .scale = 1.0}, where, at(10),
                       {.autapses = autapses})
            .size();
    };
    EXPECT_EQ(count(Profile::box, ends), 169U);
    EXPECT_EQ(count(Profile::radius, ends), 105U);
    EXPECT_EQ(count(Profile::radius, ends, false), 80U);
    EXPECT_EQ(count(Profile::box, grid_ends(5, 5.0)), 225U);
    EXPECT_EQ(count(Profile::radius, grid_ends(5, 5.0)), 125U);
}

// Every pair on its own: compares what was drawn with the sum of all pairs' probabilities.
TEST(ConnectionRules, ProbabilitiesFallWithDistanceAsTheFormulaSays) {
    using rules::Profile;
    for (const double period : {0.0, 40.0}) {
        for (const Profile profile : {Profile::gaussian, Profile::exponential}) {
            const Ends ends = grid_ends(40, period);
            const Connections made = connect(
                rules::DistanceDependent{.profile = profile, .scale = 3.0, .p = 0.8}, ends, at(11));
            expect_sound(made);
            EXPECT_FALSE(has_multapses(made));
            // By rings of distance.
            std::array<double, 4> mean{};
            std::array<double, 4> variance{};
            std::array<double, 4> found{};
            for (std::int64_t s = 0; s < made.sources; ++s) {
                const auto targets = row(made, s);
                for (std::int64_t t = 0; t < made.targets; ++t) {
                    auto dx = std::abs(static_cast<double>(s % 40 - t % 40));
                    auto dy = std::abs(static_cast<double>(s / 40 - t / 40));
                    if (period > 0.0) {
                        dx = std::min(dx, period - dx);
                        dy = std::min(dy, period - dy);
                    }
                    const double d = std::sqrt(dx * dx + dy * dy);
                    const double p = 0.8 * (profile == Profile::gaussian ? std::exp(-d * d / 18.0)
                                                                         : std::exp(-d / 3.0));
                    const auto ring = static_cast<std::size_t>(std::min(3.0, d / 3.0));
                    mean[ring] += p;
                    variance[ring] += p * (1 - p);
                    found[ring] += std::binary_search(targets.begin(), targets.end(),
                                                      static_cast<std::uint32_t>(t))
                                       ? 1.0
                                       : 0.0;
                }
            }
            for (std::size_t ring = 0; ring < mean.size(); ++ring) {
                EXPECT_NEAR(found[ring], mean[ring], far_off * std::sqrt(variance[ring]))
                    << "ring " << ring << ", period " << period;
            }
        }
    }
}

TEST(ConnectionRules, CutoffEndsEveryProfile) {
    const Connections made = connect(
        rules::DistanceDependent{
            .profile = rules::Profile::exponential, .scale = 1e9, .p = 1.0, .cutoff = 1.0},
        grid_ends(5), at(12));
    EXPECT_NEAR(static_cast<double>(made.size()), 105.0, 1.0);
}

TEST(ConnectionRules, RingHasTheNearestNeighbors) {
    const Connections made = connect(rules::Ring{4}, Ends::recurrent(10), at(13));
    expect_sound(made);
    EXPECT_EQ(row(made, 0), (std::vector<std::uint32_t>{1, 2, 8, 9}));
    EXPECT_EQ(row(made, 5), (std::vector<std::uint32_t>{3, 4, 6, 7}));
}

TEST(ConnectionRules, SmallWorldRewiresThatShare) {
    constexpr double p = 0.2;
    constexpr std::int64_t n = 2000;
    const Connections made =
        connect(rules::SmallWorld{.k = 10, .p = p}, Ends::recurrent(n), at(14));
    expect_sound(made);
    EXPECT_FALSE(has_autapses(made));
    EXPECT_FALSE(has_multapses(made));
    double far = 0.0;
    for (std::int64_t s = 0; s < n; ++s) {
        ASSERT_EQ(outdegree(made, s), 10U);
        for (const std::uint32_t t : row(made, s)) {
            const auto distance = std::abs(s - static_cast<std::int64_t>(t));
            far += std::min(distance, n - distance) > 5 ? 1.0 : 0.0;
        }
    }
    const double expected = 10.0 * n * p * (1.0 - 10.0 / (n - 10.0));
    EXPECT_NEAR(far, expected, far_off * std::sqrt(10.0 * n * p * (1 - p)));
    EXPECT_EQ(row(connect(rules::SmallWorld{.k = 4, .p = 0.0}, Ends::recurrent(10), at(14)), 5),
              (std::vector<std::uint32_t>{3, 4, 6, 7}));
}

TEST(ConnectionRules, FunctionsSayWhatTheyWant) {
    const rules::Callable next{[](std::int64_t source, std::vector<std::int64_t>& targets) {
        targets = {(source + 1) % 4, source, source};
    }};
    const Connections made = connect(next, Ends::recurrent(4), at(15));
    EXPECT_EQ(row(made, 3), (std::vector<std::uint32_t>{0, 3, 3}));
    EXPECT_EQ(connect(next, Ends::recurrent(4), at(15), {.multapses = false}).size(), 8U);
    EXPECT_EQ(connect(next, Ends::recurrent(4), at(15), {.autapses = false}).size(), 4U);
    const rules::Callable beyond{
        [](std::int64_t, std::vector<std::int64_t>& targets) { targets = {4}; }};
    EXPECT_THROW((void)connect(beyond, Ends::recurrent(4), at(15)), IndexOutOfRange);
}

std::vector<std::pair<const char*, Rule>> random_rules() {
    return {{"fixed_probability", rules::FixedProbability{0.02}},
            {"fixed_indegree", rules::FixedIndegree{30}},
            {"fixed_outdegree", rules::FixedOutdegree{30}},
            {"fixed_total_number", rules::FixedTotalNumber{40'000}},
            {"gaussian", rules::DistanceDependent{.scale = 3.0}},
            {"small_world", rules::SmallWorld{.k = 20, .p = 0.3}}};
}

bool equal(const Connections& a, const Connections& b) {
    return a.starts == b.starts && a.target == b.target;
}

TEST(ConnectionRules, AreTheSameForAnyNumberOfThreadsS18) {
    const Ends ends = grid_ends(40);
    const int before = threads();
    for (const bool multapses : {false, true}) {
        for (const auto& [name, rule] : random_rules()) {
            SCOPED_TRACE(name);
            set_threads(1);
            const Connections alone = connect(rule, ends, at(16), {.multapses = multapses});
            for (const int team : {2, 3, 7}) {
                set_threads(team);
                EXPECT_TRUE(equal(alone, connect(rule, ends, at(16), {.multapses = multapses})));
            }
            EXPECT_FALSE(equal(alone, connect(rule, ends, at(17), {.multapses = multapses})));
        }
    }
    set_threads(before);
}

TEST(ConnectionRules, RowsCanBeMadeAgainOneByOne) {
    const Ends ends = grid_ends(20);
    for (const auto& [name, rule] : random_rules()) {
        SCOPED_TRACE(name);
        if (std::holds_alternative<rules::FixedIndegree>(rule)) {
            EXPECT_THROW((void)rule_rows(rule, ends, at(18)), BadParameter);
            continue;
        }
        const Connections made = connect(rule, ends, at(18));
        const auto rows = rule_rows(rule, ends, at(18));
        std::vector<std::uint32_t> targets;
        for (std::int64_t source = made.sources - 1; source >= 0; --source) {
            rows->row(source, targets);
            ASSERT_EQ(targets, row(made, source));
        }
    }
}

TEST(ConnectionRules, RefuseNumbersThatCannotBe) {
    const Ends ends = Ends::recurrent(10);
    const auto refuse = [&](const Rule& rule, const Allowed& allowed = {}) {
        try {
            (void)connect(rule, ends, at(19), allowed);
        } catch (const BadParameter& error) {
            return error.name;
        }
        return std::string("nothing");
    };
    EXPECT_EQ(refuse(rules::FixedProbability{1.5}), "p");
    EXPECT_EQ(refuse(rules::FixedProbability{-0.1}), "p");
    EXPECT_EQ(refuse(rules::FixedProbability{std::nan("")}), "p");
    EXPECT_EQ(refuse(rules::FixedIndegree{-1}), "k");
    EXPECT_EQ(refuse(rules::FixedIndegree{11}, {.multapses = false}), "k");
    EXPECT_EQ(refuse(rules::FixedOutdegree{10}, {.autapses = false, .multapses = false}), "k");
    EXPECT_EQ(refuse(rules::FixedTotalNumber{101}, {.multapses = false}), "n");
    EXPECT_EQ(refuse(rules::Ring{3}), "k");
    EXPECT_EQ(refuse(rules::SmallWorld{.k = 2, .p = 2.0}), "p");
    EXPECT_EQ(refuse(rules::DistanceDependent{}), "positions of the sources");
    EXPECT_EQ(refuse(rules::DistanceDependent{.scale = 0.0}), "scale");
}

TEST(ConnectionRules, ForecastIsWhatComes) {
    const Ends ends = Ends::recurrent(200);
    EXPECT_EQ(expected_synapses(rules::FixedIndegree{7}, ends, {}), 1400.0);
    EXPECT_EQ(expected_synapses(rules::FixedTotalNumber{77}, ends, {}), 77.0);
    EXPECT_EQ(expected_synapses(rules::FixedProbability{0.5}, ends, {}), 20'000.0);
    EXPECT_LT(expected_synapses(rules::DistanceDependent{}, grid_ends(2), {}), 0.0);
}

}  // namespace
}  // namespace monnto
