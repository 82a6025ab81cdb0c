#include "math/trigonometry.hpp"
#include "reference/function_loops.hpp"
#include "ulp.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <vector>

// The oracle is the C library's function of the next longer type, whose own error is a small
// fraction of a unit here. The table of docs/elementary_functions.md has the same bounds.

namespace monnto {
namespace {

using reference::function_loop;

/// `at`: where results or methods change, and the last bits deserve a closer look.
struct UnaryCase {
    Op op;
    double ulp_float, ulp_double;
    double (*wide)(double);
    long double (*widest)(long double);
    std::vector<double> at;
};
template <class T>
[[nodiscard]] T sigmoid(T x) {
    return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x));
}

const std::vector<UnaryCase>& unary_cases() {
    static const std::vector<UnaryCase> cases{
        {Op::exp, 1.1, 1.1, std::exp, std::exp, {88.72284, -87.33655, -103.9721, 0.34657359}},
        {Op::exp2, 1.1, 1.1, std::exp2, std::exp2, {128, -126, -149, -150, 0.5}},
        {Op::expm1, 1.6, 1.7, std::expm1, std::expm1, {88.72284, -17.32868, 0.34657359}},
        {Op::log, 1.6, 1.7, std::log, std::log, {1, 0.70710678, 1.41421356}},
        {Op::log2, 1.1, 1.1, std::log2, std::log2, {1, 0.70710678, 1.41421356}},
        {Op::log10, 1.1, 1.1, std::log10, std::log10, {1, 0.70710678, 1.41421356}},
        {Op::log1p, 1.7, 1.7, std::log1p, std::log1p, {-1, 1, -0.29289322, 0.41421356}},
        {Op::sigmoid, 1.7, 1.7, sigmoid<double>, sigmoid<long double>, {-103.9721, -88.72284}},
        {Op::erf, 1.1, 1.1, std::erf, std::erf, {1, 4, 6}},
        {Op::cbrt, 0.51, 0.51, std::cbrt, std::cbrt, {1, 8, 0.125}},
        {Op::sin, 1.6, 1.6, std::sin, std::sin, {0.78539816, 3.14159265, 131072, 1e9}},
        {Op::cos, 1.6, 1.6, std::cos, std::cos, {0.78539816, 1.57079633, 131072, 1e9}},
        {Op::tan, 1.9, 1.8, std::tan, std::tan, {0.78539816, 1.57079633, 131072, 1e9}},
        {Op::arcsin, 1.3, 1.3, std::asin, std::asin, {0.5, 1}},
        {Op::arccos, 1.3, 1.3, std::acos, std::acos, {0.5, 1}},
        {Op::arctan, 1.5, 1.6, std::atan, std::atan, {1}},
        {Op::sinh, 1.9, 1.9, std::sinh, std::sinh, {89.415985, 0.34657359, 20}},
        {Op::cosh, 2.0, 1.9, std::cosh, std::cosh, {89.415985, 0.34657359, 20}},
        {Op::tanh, 1.5, 1.6, std::tanh, std::tanh, {0.5625, 9, 10}},
        {Op::arcsinh, 1.8, 1.8, std::asinh, std::asinh, {0.5, 16384}},
        {Op::arccosh, 1.8, 1.8, std::acosh, std::acosh, {1, 16384}},
        {Op::arctanh, 1.7, 1.8, std::atanh, std::atanh, {0.5, 1}},
    };
    return cases;
}

struct BinaryCase {
    Op op;
    double ulp_float, ulp_double;
    double (*wide)(double, double);
    long double (*widest)(long double, long double);
};
const std::vector<BinaryCase>& binary_cases() {
    static const std::vector<BinaryCase> cases{
        {Op::power, 0.6, 1.5, std::pow, std::pow},
        {Op::arctan2, 1.6, 1.6, std::atan2, std::atan2},
        {Op::hypot, 0.51, 1.1, std::hypot, std::hypot},
    };
    return cases;
}

template <class T, class Case>
[[nodiscard]] auto oracle_of(const Case& function) {
    if constexpr (std::is_same_v<T, float>) {
        return function.wide;
    } else {
        return function.widest;
    }
}
template <class T, class Case>
[[nodiscard]] double bound_of(const Case& function) {
    return std::is_same_v<T, float> ? function.ulp_float : function.ulp_double;
}

/// The largest error over some arguments, and where it is.
template <class T>
struct Worst {
    double ulp = 0;
    T x{}, y{}, found{};
};
template <class T>
void take_worst(Worst<T>& worst, double ulp, T x, T y, T found) {
    if (!(ulp <= worst.ulp)) {
        worst = {ulp, x, y, found};
    }
}
template <class T>
[[nodiscard]] Worst<T> worst_of(const UnaryCase& function, const std::vector<T>& arguments) {
    const auto oracle = oracle_of<T>(function);
    std::vector<T> found(arguments.size());
    function_loop<T>(function.op, this_processor())(arguments.data(), nullptr, found.data(),
                                                    static_cast<std::ptrdiff_t>(found.size()));
    Worst<T> worst;
    for (std::size_t i = 0; i < found.size(); ++i) {
        take_worst(worst, support::error_in_ulp(found[i], oracle(arguments[i])), arguments[i], T{},
                   found[i]);
    }
    return worst;
}
template <class T>
[[nodiscard]] Worst<T> worst_of(const BinaryCase& function, const std::vector<T>& x,
                                const std::vector<T>& y) {
    const auto oracle = oracle_of<T>(function);
    std::vector<T> found(x.size());
    function_loop<T>(function.op, this_processor())(x.data(), y.data(), found.data(),
                                                    static_cast<std::ptrdiff_t>(found.size()));
    Worst<T> worst;
    for (std::size_t i = 0; i < found.size(); ++i) {
        take_worst(worst, support::error_in_ulp(found[i], oracle(x[i], y[i])), x[i], y[i],
                   found[i]);
    }
    return worst;
}
template <class T, class Case>
void expect_bound(const Case& function, const Worst<T>& worst) {
    EXPECT_LE(worst.ulp, bound_of<T>(function))
        << name_of(function.op) << " of " << std::hexfloat << worst.x << ", " << worst.y
        << " gives " << worst.found;
}

/// `steps` neighbors of a number on both sides, and their negatives.
template <class T>
void append_neighbors(std::vector<T>& arguments, double center, int steps) {
    using Bits = std::conditional_t<sizeof(T) == 8, std::int64_t, std::int32_t>;
    const auto bits = std::bit_cast<Bits>(static_cast<T>(center));
    for (int step = -steps; step <= steps; ++step) {
        const T x = std::bit_cast<T>(static_cast<Bits>(bits + step));
        arguments.push_back(x);
        arguments.push_back(-x);
    }
}

template <class T>
[[nodiscard]] std::vector<T> special_numbers() {
    using Limits = std::numeric_limits<T>;
    std::vector<T> numbers;
    for (const T x :
         {T(0), Limits::denorm_min(), Limits::min() / 3, Limits::min(), T(0.5), T(1), T(1.5), T(2),
          T(3), T(1e10), Limits::max() / 4, Limits::max(), Limits::infinity(), Limits::quiet_NaN(),
          std::nextafter(T(1), T(0)), std::nextafter(T(1), T(2)), T(1) / Limits::epsilon() + 1}) {
        numbers.push_back(x);
        numbers.push_back(-x);
    }
    return numbers;
}

/// The long forms: MONNTO_FLOAT_STRIDE=1 takes every float, MONNTO_DOUBLES=1000000 as many
/// quadruples of doubles per function. What they find goes to the report of --gtest_output.
[[nodiscard]] std::uint64_t setting(const char* name, std::uint64_t otherwise) {
    const char* const text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): no other thread
    return text != nullptr ? std::stoull(text) : otherwise;
}

TEST(ElementaryFunctions, OfFloatsAreWithinTheirUlpEverywhere) {
    constexpr std::uint64_t end = std::uint64_t{1} << 32U;
    const std::uint64_t stride = setting("MONNTO_FLOAT_STRIDE", 30011);  // a prime
    for (const UnaryCase& function : unary_cases()) {
        Worst<float> worst;
        std::vector<float> arguments;
        for (std::uint64_t bits = 0; bits < end; bits += stride) {
            arguments.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
            if (arguments.size() == 65536 || bits + stride >= end) {
                const Worst<float> part = worst_of(function, arguments);
                take_worst(worst, part.ulp, part.x, part.y, part.found);
                arguments.clear();
            }
        }
        expect_bound(function, worst);
        RecordProperty(std::string(name_of(function.op)), std::to_string(worst.ulp));
    }
}

TEST(ElementaryFunctions, OfFloatsAreWithinTheirUlpWhereMethodsChange) {
    for (const UnaryCase& function : unary_cases()) {
        std::vector<float> arguments;
        for (const double center : function.at) {
            append_neighbors(arguments, center, 500);
        }
        expect_bound(function, worst_of(function, arguments));
    }
}

TEST(ElementaryFunctions, OfDoublesAreWithinTheirUlpInEveryMagnitude) {
    std::mt19937_64 random(5);
    std::uniform_real_distribution<double> exponent(-1074, 1024);
    std::uniform_real_distribution<double> everyday(-5, 5);
    const std::uint64_t count = setting("MONNTO_DOUBLES", 5000);
    for (const UnaryCase& function : unary_cases()) {
        std::vector<double> arguments;
        for (std::uint64_t i = 0; i < count; ++i) {
            arguments.push_back(std::copysign(std::exp2(exponent(random)), everyday(random)));
            arguments.push_back(everyday(random));
            arguments.push_back(everyday(random) / 5);
            arguments.push_back(everyday(random) * 150);
        }
        for (const double center : function.at) {
            append_neighbors(arguments, center, 500);
        }
        const Worst<double> worst = worst_of(function, arguments);
        expect_bound(function, worst);
        RecordProperty(std::string(name_of(function.op)), std::to_string(worst.ulp));
    }
}

TEST(ElementaryFunctions, OfSpecialNumbersAreThoseOfC99) {
    for (const UnaryCase& function : unary_cases()) {
        expect_bound(function, worst_of(function, special_numbers<float>()));
        expect_bound(function, worst_of(function, special_numbers<double>()));
    }
}

template <class T>
void expect_special_pairs(const BinaryCase& function) {
    std::vector<T> x;
    std::vector<T> y;
    for (const T first : special_numbers<T>()) {
        for (const T second : special_numbers<T>()) {
            x.push_back(first);
            y.push_back(second);
        }
    }
    expect_bound(function, worst_of(function, x, y));
}
TEST(ElementaryFunctions, OfSpecialPairsAreThoseOfC99) {
    for (const BinaryCase& function : binary_cases()) {
        expect_special_pairs<float>(function);
        expect_special_pairs<double>(function);
    }
}

/// Pairs of all magnitudes, of similar ones, and of such whose power is an ordinary number.
template <class T>
void expect_random_pairs(const BinaryCase& function) {
    std::mt19937_64 random(6);
    constexpr double range = sizeof(T) == 8 ? 1074 : 149;
    const std::uint64_t count = setting("MONNTO_DOUBLES", 20000);
    std::uniform_real_distribution<double> unit(-1, 1);
    std::vector<T> x;
    std::vector<T> y;
    for (std::uint64_t i = 0; i < count; ++i) {
        x.push_back(static_cast<T>(std::exp2(range * unit(random))));
        y.push_back(static_cast<T>(std::exp2(range * unit(random)) * (unit(random) < 0 ? -1 : 1)));
        x.push_back(static_cast<T>(10 * unit(random)));
        y.push_back(static_cast<T>(10 * unit(random)));
        const double base = std::exp2(std::exp2(10 * unit(random)) * unit(random));
        x.push_back(static_cast<T>(base));
        y.push_back(static_cast<T>(range * unit(random) / std::log2(base)));
    }
    const Worst<T> worst = worst_of(function, x, y);
    expect_bound(function, worst);
    ::testing::Test::RecordProperty(
        std::string(name_of(function.op)) + (sizeof(T) == 8 ? "_double" : "_float"),
        std::to_string(worst.ulp));
}
TEST(ElementaryFunctions, OfPairsAreWithinTheirUlp) {
    for (const BinaryCase& function : binary_cases()) {
        expect_random_pairs<float>(function);
        expect_random_pairs<double>(function);
    }
}

// Where the sum of the larger number and the rest nearly vanishes, no ulp of it can be promised.
TEST(ElementaryFunctions, LogaddexpErrsByUlpsOfItsLargerPart) {
    const auto logaddexp = function_loop<double>(Op::logaddexp, this_processor());
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> number(-20, 20);
    for (int i = 0; i < 20000; ++i) {
        const double a = number(random);
        const double b = number(random);
        double found = 0;
        logaddexp(&a, &b, &found, 1);
        const long double larger = std::max(a, b);
        const long double rest = std::log1p(std::exp(-std::abs(static_cast<long double>(a) - b)));
        const double unit = support::ulp<double>(std::max(std::abs(larger), rest));
        EXPECT_NEAR(static_cast<double>(found - (larger + rest)), 0.0, 2 * unit) << a << ' ' << b;
    }
    const double infinite = std::numeric_limits<double>::infinity();
    double found = 0;
    for (const double x : {infinite, -infinite}) {
        logaddexp(&x, &x, &found, 1);
        EXPECT_EQ(found, x);
    }
}

TEST(ElementaryFunctions, Log10OfPowersOfTenIsWhole) {
    const auto log10 = function_loop<double>(Op::log10, this_processor());
    for (int exponent = 0; exponent <= 308; ++exponent) {
        const double x = std::stod("1e" + std::to_string(exponent));
        double found = 0;
        log10(&x, nullptr, &found, 1);
        EXPECT_EQ(found, exponent);
    }
}

TEST(ElementaryFunctions, SineAndCosineOfTurnsAreExactAtQuartersAndCloseBetween) {
    for (int i = 0; i < 1 << 16; ++i) {
        const double u = i / 65536.0;
        double sine = 0;
        double cosine = 0;
        lane::sincos_of_turns(u, sine, cosine);
        // Turned to the nearest axis before the oracle multiplies by pi.
        const auto quarter = static_cast<std::size_t>((i + 8192) >> 14);
        const long double turned = u - static_cast<double>(quarter) * 0.25;
        const long double angle = turned * 2 * 3.14159265358979323846264338327950288L;
        const long double s = std::sin(angle);
        const long double c = std::cos(angle);
        const std::array<long double, 6> sines{s, c, -s, -c, s, c};
        EXPECT_LE(support::error_in_ulp(sine, sines[quarter]), 1.0) << u;
        EXPECT_LE(support::error_in_ulp(cosine, sines[quarter + 1]), 1.0) << u;
    }
}

/// NaNs are one number: which of two survives an addition is the compiler's choice.
template <class T>
[[nodiscard]] auto bits_of(T x) {
    using Bits = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
    return std::bit_cast<Bits>(std::isnan(x) ? std::numeric_limits<T>::quiet_NaN() : x);
}
template <class T>
void expect_same_bits(Op op, Processor processor) {
    using Bits = decltype(bits_of(T{}));
    std::mt19937_64 random(8);
    // Enough for whole vectors, remainders, and blocks with and without a huge angle.
    std::vector<T> x;
    std::vector<T> y;
    for (int i = 0; i < 3001; ++i) {
        x.push_back(i < 1500 ? static_cast<T>(i - 750) / 64
                             : std::bit_cast<T>(static_cast<Bits>(random())));
        y.push_back(i % 2 == 0 ? static_cast<T>(i - 1500) / 128
                               : std::bit_cast<T>(static_cast<Bits>(random())));
    }
    std::vector<T> expected(x.size());
    std::vector<T> found(x.size());
    const auto count = static_cast<std::ptrdiff_t>(x.size());
    function_loop<T>(op, Processor::baseline)(x.data(), y.data(), expected.data(), count);
    function_loop<T>(op, processor)(x.data(), y.data(), found.data(), count);
    for (std::size_t i = 0; i < x.size(); ++i) {
        ASSERT_EQ(bits_of(found[i]), bits_of(expected[i]))
            << name_of(op) << " of " << std::hexfloat << x[i] << ", " << y[i];
    }
}
TEST(ElementaryFunctions, S16HaveTheSameBitsForEveryProcessor) {
    std::vector<Op> ops{Op::logaddexp};
    for (const UnaryCase& function : unary_cases()) {
        ops.push_back(function.op);
    }
    for (const BinaryCase& function : binary_cases()) {
        ops.push_back(function.op);
    }
    for (const Processor processor : {Processor::avx2, Processor::avx512}) {
        if (processor > this_processor()) {
            continue;
        }
        for (const Op op : ops) {
            expect_same_bits<float>(op, processor);
            expect_same_bits<double>(op, processor);
        }
    }
}

}  // namespace
}  // namespace monnto
