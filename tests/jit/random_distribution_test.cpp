#include "draws.hpp"
#include "reference/half.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

// All draws have fixed positions, so these tests give the same answer every time. Bounds are at 5.3
// deviations of the statistic: a correct generator at a position nobody chose fails one with 1e-7.
namespace monnto {
namespace {

using support::drawn;
using support::drawn_mask;
using support::golden_position;
using support::single;

constexpr double bound = 5.3;
constexpr std::ptrdiff_t count = 200'000;

template <class T>
[[nodiscard]] double mean_power(const std::vector<T>& values, double center, int power) {
    double sum = 0;
    for (const T v : values) {
        sum += std::pow(static_cast<double>(v) - center, power);
    }
    return sum / static_cast<double>(values.size());
}

/// Mean of (x - center)^power, which has that expectation and variance per element.
template <class T>
void expect_moment(const std::vector<T>& values, double center, int power, double expected,
                   double variance) {
    const double deviation = std::sqrt(variance / static_cast<double>(values.size()));
    EXPECT_NEAR(mean_power(values, center, power), expected, bound * deviation)
        << "power " << power;
}

/// Kolmogorov and Smirnov: 2 exp(-2 * 2.9^2) = 1e-7.
template <class T, class F>
void expect_distribution(std::vector<T> values, F cumulative) {
    std::sort(values.begin(), values.end());
    const auto n = static_cast<double>(values.size());
    double distance = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double p = cumulative(static_cast<double>(values[i]));
        distance = std::max(
            {distance, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
    }
    EXPECT_LT(distance * std::sqrt(n), 2.9);
}

template <class T>
class RandomDistributionTest : public testing::Test {};
using Reals = testing::Types<float, double>;
TYPED_TEST_SUITE(RandomDistributionTest, Reals);

TYPED_TEST(RandomDistributionTest, UniformNumbersFillTheUnitInterval) {
    const auto values = drawn<TypeParam>(Distribution::uniform, count);
    EXPECT_GE(*std::min_element(values.begin(), values.end()), 0);
    EXPECT_LT(*std::max_element(values.begin(), values.end()), 1);
    expect_moment(values, 0.5, 1, 0, 1.0 / 12);
    expect_moment(values, 0.5, 2, 1.0 / 12, 1.0 / 80 - 1.0 / 144);
    expect_distribution(values, [](double x) { return x; });
}

TYPED_TEST(RandomDistributionTest, NormalNumbersHaveTheMomentsAndTailsOfTheNormalDistribution) {
    const auto values = drawn<TypeParam>(Distribution::normal, count);
    expect_moment(values, 0, 1, 0, 1);
    expect_moment(values, 0, 2, 1, 2);
    expect_moment(values, 0, 3, 0, 15);
    expect_moment(values, 0, 4, 3, 96);
    expect_distribution(values, [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); });
    const auto beyond =
        std::count_if(values.begin(), values.end(), [](auto x) { return std::abs(x) > 3; });
    const double expected = std::erfc(3 / std::sqrt(2.0)) * static_cast<double>(count);
    EXPECT_NEAR(static_cast<double>(beyond), expected, bound * std::sqrt(expected));
}

TYPED_TEST(RandomDistributionTest, BothNumbersOfANormalPairAreIndependent) {
    const auto values = drawn<TypeParam>(Distribution::normal, count);
    double products = 0;
    double products_of_squares = 0;
    std::size_t pairs = 0;
    for (std::size_t e = 0; e + 32 <= values.size(); e += 32) {
        for (std::size_t lane = 0; lane < 16; ++lane, ++pairs) {
            const auto a = static_cast<double>(values[e + lane]);
            const auto b = static_cast<double>(values[e + lane + 16]);
            products += a * b;
            products_of_squares += (a * a - 1) * (b * b - 1);
        }
    }
    const double root = std::sqrt(static_cast<double>(pairs));
    EXPECT_LT(std::abs(products) / root, bound);
    EXPECT_LT(std::abs(products_of_squares) / root, 2 * bound);
}

TYPED_TEST(RandomDistributionTest, ExponentialNumbersHaveMeanOne) {
    const auto values = drawn<TypeParam>(Distribution::exponential, count);
    expect_moment(values, 1, 1, 0, 1);
    expect_moment(values, 1, 2, 1, 8);
    expect_distribution(values, [](double x) { return -std::expm1(-x); });
}

TYPED_TEST(RandomDistributionTest, NeighborsStepsAndOrdinalsAreUncorrelated) {
    const auto base = drawn<TypeParam>(Distribution::uniform, count);
    const auto expect_uncorrelated = [&](const std::vector<TypeParam>& other, std::size_t lag) {
        double sum = 0;
        for (std::size_t e = 0; e + lag < base.size(); ++e) {
            sum +=
                (static_cast<double>(base[e]) - 0.5) * (static_cast<double>(other[e + lag]) - 0.5);
        }
        EXPECT_LT(std::abs(sum) * 12 / std::sqrt(static_cast<double>(count)), bound) << lag;
    };
    for (const std::size_t lag : {1U, 2U, 16U, 32U, 64U, 1024U}) {
        expect_uncorrelated(base, lag);
    }
    for (const auto& [step, ordinal] : {std::pair{1U, 0U}, {0U, 1U}, {1U, 1U}}) {
        RandomPosition next = golden_position;
        next.step += step;
        next.ordinal += ordinal;
        expect_uncorrelated(drawn<TypeParam>(Distribution::uniform, count, {}, next), 0);
    }
}

TEST(RandomDiscreteTest, ShortFloatsStayBelowOne) {
    const NodeRef halves = support::interpret(
        support::recorded(Op::random, DType::f16, Shape{count}, {},
                          RandomAttr{Distribution::uniform, golden_position, 1.0}));
    const NodeRef bfloats = support::interpret(
        support::recorded(Op::random, DType::bf16, Shape{count}, {},
                          RandomAttr{Distribution::uniform, golden_position, 1.0}));
    const auto h = support::values_of<reference::Half>(halves);
    const auto b = support::values_of<reference::BFloat>(bfloats);
    EXPECT_EQ(static_cast<float>(*std::max_element(h.begin(), h.end())), 1 - 0x1p-11F);
    EXPECT_EQ(static_cast<float>(*std::max_element(b.begin(), b.end())), 1 - 0x1p-8F);
}

TEST(RandomDiscreteTest, IntegersAreUniformOverTheirRange) {
    const auto values = drawn<std::int64_t>(Distribution::integers, count,
                                            {single<std::int64_t>(-3), single<std::int64_t>(10)});
    std::vector<double> seen(13);
    for (const std::int64_t v : values) {
        ASSERT_GE(v, -3);
        ASSERT_LT(v, 10);
        seen[static_cast<std::size_t>(v + 3)] += 1;
    }
    const double expected = static_cast<double>(count) / 13;
    double chi_squared = 0;
    for (const double s : seen) {
        chi_squared += (s - expected) * (s - expected) / expected;
    }
    EXPECT_LT(chi_squared, 57.1);  // 12 degrees of freedom: exceeded with 7e-8
}

TEST(RandomDiscreteTest, IntegersCoverRangesWiderThanHalfOfAllNumbers) {
    using Limits = std::numeric_limits<std::int64_t>;
    const auto values = drawn<std::int64_t>(
        Distribution::integers, count,
        {single<std::int64_t>(Limits::min()), single<std::int64_t>(std::int64_t{1} << 62)});
    // Uniform over [-2^63, 2^62): a third lies at or above 0, no bias from the wrapped range.
    const auto positive = static_cast<double>(
        std::count_if(values.begin(), values.end(), [](auto v) { return v >= 0; }));
    EXPECT_NEAR(positive, count / 3.0, bound * std::sqrt(count * 2.0 / 9));
    EXPECT_LT(*std::max_element(values.begin(), values.end()), std::int64_t{1} << 62);
}

/// Chi-square over all values whose expectation is at least 20, all others in one class.
void expect_poisson(const std::vector<std::int64_t>& values, double rate) {
    const auto n = static_cast<double>(values.size());
    std::vector<double> seen(static_cast<std::size_t>(rate + 40 * std::sqrt(rate) + 40));
    for (const std::int64_t v : values) {
        ASSERT_GE(v, 0);
        ASSERT_LT(static_cast<std::size_t>(v), seen.size());
        seen[static_cast<std::size_t>(v)] += 1;
    }
    double chi_squared = 0;
    double rest_seen = 0;
    double rest_expected = 0;
    double classes = 0;
    for (std::size_t k = 0; k < seen.size(); ++k) {
        const auto real_k = static_cast<double>(k);
        const double expected =
            // NOLINTNEXTLINE(concurrency-mt-unsafe): there is one thread
            n * std::exp(real_k * std::log(rate) - rate - std::lgamma(real_k + 1));
        if (expected >= 20) {
            chi_squared += (seen[k] - expected) * (seen[k] - expected) / expected;
            classes += 1;
        } else {
            rest_seen += seen[k];
            rest_expected += expected;
        }
    }
    chi_squared += (rest_seen - rest_expected) * (rest_seen - rest_expected) / rest_expected;
    // Wilson and Hilferty: the cube root of a chi-square over its mean is nearly normal.
    const double spread = 2 / (9 * classes);
    EXPECT_LT((std::cbrt(chi_squared / classes) - (1 - spread)) / std::sqrt(spread), bound) << rate;
}

TEST(RandomDiscreteTest, PoissonNumbersHaveTheirDistributionOnBothSidesOfTheChangeOfMethod) {
    for (const double rate : {0.1, 1.0, 3.5, 12.0, 22.5, 40.0, 64.0, 64.1, 1000.0}) {
        expect_poisson(drawn<std::int64_t>(Distribution::poisson, count, {single(rate)}), rate);
    }
}

TEST(RandomDiscreteTest, PoissonNumbersOfHugeAndOfNoRateArePlausible) {
    const auto huge = drawn<std::int64_t>(Distribution::poisson, count, {single(1e12)});
    expect_moment(huge, 1e12, 1, 0, 1e12);
    expect_moment(huge, 1e12, 2, 1e12, 2e24);
    const auto none = drawn<std::int64_t>(Distribution::poisson, 100, {single(0.0)});
    EXPECT_EQ(none, std::vector<std::int64_t>(100, 0));
}

TEST(RandomDiscreteTest, BernoulliDrawsHaveTheirProbability) {
    for (const double p : {0.0, 0.01, 0.5, 1.0}) {
        const auto values = drawn<bool>(Distribution::bernoulli, count, {single(p)});
        const auto hits = static_cast<double>(std::count(values.begin(), values.end(), true));
        EXPECT_NEAR(hits, p * count, bound * std::sqrt(p * (1 - p) * count)) << p;
    }
}

TEST(SparseMaskTest, HasItsDensityEverywhere) {
    for (const double p : {0.001, 0.03, 0.5, 0.99}) {
        const std::vector<bool> mask = drawn_mask(p, 1'024'000);
        std::vector<double> seen(16);  // by sixteenth of a block: its edges are no different
        double neighbors = 0;
        for (std::size_t e = 0; e + 1 < mask.size(); ++e) {
            seen[e % 4096 / 256] += mask[e] ? 1 : 0;
            neighbors += mask[e] && mask[e + 1] ? 1 : 0;
        }
        for (const double s : seen) {
            EXPECT_NEAR(s, p * 64'000, bound * std::sqrt(p * (1 - p) * 64'000)) << p;
        }
        const double pairs = 1'024'000 * p * p;
        const double deviation = std::sqrt(1'024'000 * p * p * (1 + 2 * p - 3 * p * p));
        EXPECT_NEAR(neighbors, pairs, bound * deviation) << p;
    }
}

TEST(SparseMaskTest, IsEmptyOrFullAtTheEnds) {
    const auto hits = [](double p) {
        const std::vector<bool> mask = drawn_mask(p, 10'000);
        return std::count(mask.begin(), mask.end(), true);
    };
    EXPECT_EQ(hits(0.0), 0);
    EXPECT_EQ(hits(-1.0), 0);
    EXPECT_EQ(hits(std::nan("")), 0);
    EXPECT_EQ(hits(1.0), 10'000);
    EXPECT_EQ(hits(2.0), 10'000);
    EXPECT_EQ(hits(1e-300), 0) << "gaps beyond every integer";
}

}  // namespace
}  // namespace monnto
