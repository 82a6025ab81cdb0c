#include "events/bounds.hpp"
#include "events/scan.hpp"
#include "kernel_executors.hpp"

#include <cmath>
#include <limits>
#include <random>

// What is known about results before they are computed must hold for every element: random sets of
// elements through the interpreter are the oracle.
namespace monnto {
namespace {

using events::Bounds;

template <class T>
[[nodiscard]] std::vector<T> pool() {
    if constexpr (std::is_floating_point_v<T>) {
        constexpr T infinite = std::numeric_limits<T>::infinity();
        return {-infinite,
                T(-3.5),
                T(-1),
                T(-0.3),
                T(-0.0),
                T(0),
                T(0),
                T(0.1),
                T(0.7),
                T(1),
                T(1),
                T(40),
                infinite,
                std::numeric_limits<T>::quiet_NaN(),
                std::numeric_limits<T>::denorm_min(),
                std::numeric_limits<T>::max()};
    } else if constexpr (std::is_same_v<T, bool>) {
        return {false, true};
    } else {
        return {std::numeric_limits<T>::min(), T(-3), T(0), T(0), T(1), T(1), T(7),
                std::numeric_limits<T>::max()};
    }
}

template <class T>
[[nodiscard]] std::vector<T> some_elements(std::mt19937& random) {
    const std::vector<T> all = pool<T>();
    std::vector<T> some(1 + random() % 3);
    for (std::size_t i = 0; i < some.size(); ++i) {
        some[i] = all[random() % all.size()];
    }
    return some;
}

template <class T>
[[nodiscard]] Bounds exact_bounds(const std::vector<T>& elements) {
    Bounds bounds{.low = std::numeric_limits<double>::infinity(),
                  .high = -std::numeric_limits<double>::infinity()};
    for (const T element : elements) {
        const auto x = static_cast<double>(element);
        bounds.may_be_nan = bounds.may_be_nan || std::isnan(x);
        bounds.may_be_negative_zero = bounds.may_be_negative_zero || (x == 0 && std::signbit(x));
        bounds.low = x < bounds.low ? x : bounds.low;
        bounds.high = x > bounds.high ? x : bounds.high;
    }
    if (bounds.low > bounds.high) {
        bounds.low = bounds.high = 0.0;
    }
    constexpr double exact = 9007199254740992.0;  // larger integers have no bounds of their own
    const bool is_exact = bounds.low >= -exact && bounds.high <= exact;
    return std::is_floating_point_v<T> || is_exact ? bounds : events::any_of(dtype_of<T>);
}

/// Whether elements may be x.
[[nodiscard]] bool allows(const Bounds& bounds, double x) {
    if (std::isnan(x)) {
        return bounds.may_be_nan;
    }
    const bool zero_is_allowed = x != 0 || !std::signbit(x) || bounds.may_be_negative_zero;
    return x >= bounds.low && x <= bounds.high && zero_is_allowed;
}

struct Tally {
    int unchanged = 0;  // results proven to be the old element
};

/// One operation on all combinations of the elements; input `old` is the matrix.
template <class T, class R>
void check(Op op, const std::vector<std::vector<T>>& sets, std::size_t old, Tally& tally) {
    std::vector<Bounds> inputs;
    std::vector<std::vector<T>> spread(sets.size());
    for (const auto& set : sets) {
        inputs.push_back(exact_bounds(set));
    }
    inputs[old].is_old = true;
    for (std::size_t i = 0; i < sets[0].size(); ++i) {
        for (std::size_t j = 0; j < (sets.size() > 1 ? sets[1].size() : 1); ++j) {
            spread[0].push_back(sets[0][i]);
            if (sets.size() > 1) {
                spread[1].push_back(sets[1][j]);
            }
        }
    }
    std::vector<NodeRef> nodes;
    for (const auto& elements : spread) {
        nodes.push_back(support::settled(elements));
    }
    const Shape shape{static_cast<std::ptrdiff_t>(spread[0].size())};
    const NodeRef node = support::interpret(
        support::recorded(op, dtype_of<R>, shape, NodeInputs(std::vector<NodeRef>(nodes))));
    const Bounds result =
        events::applied(op, dtype_of<T>, dtype_of<R>, dtype_of<T>, std::span<const Bounds>(inputs));
    const std::vector<R> computed = support::values_of<R>(node);
    for (std::size_t i = 0; i < computed.size(); ++i) {
        SCOPED_TRACE(testing::Message() << name_of(op) << " of " << name_of(dtype_of<T>) << " "
                                        << +spread[0][i] << ", " << +spread.back()[i]);
        ASSERT_TRUE(allows(result, static_cast<double>(computed[i])))
            << +computed[i] << " is outside " << result.low << " to " << result.high;
        if (result.is_old) {
            ++tally.unchanged;
            ASSERT_EQ(support::bits_of(static_cast<double>(computed[i])),
                      support::bits_of(static_cast<double>(spread[old][i])));
        }
    }
}

constexpr std::array comparisons{Op::less,          Op::less_equal,  Op::greater,
                                 Op::greater_equal, Op::equal,       Op::logical_and,
                                 Op::logical_or,    Op::logical_xor, Op::not_equal};

template <class T>
void check_many(std::span<const Op> ops, std::span<const Op> truths, std::span<const Op> one_sided,
                Tally& tally) {
    std::mt19937 random(11);
    for (int round = 0; round < 3000; ++round) {
        const std::vector<T> a = some_elements<T>(random);
        const std::vector<T> b = some_elements<T>(random);
        for (const Op op : ops) {
            check<T, T>(op, {a, b}, random() % 2, tally);
        }
        for (const Op op : truths) {
            check<T, bool>(op, {a, b}, 0, tally);
        }
        for (const Op op : one_sided) {
            check<T, T>(op, {a}, 0, tally);
        }
        if (testing::Test::HasFatalFailure()) {
            return;
        }
    }
}

TEST(EventsBoundsTest, HoldForFloats) {
    Tally tally;
    constexpr std::array ops{Op::add,     Op::subtract, Op::multiply, Op::divide, Op::maximum,
                             Op::minimum, Op::fmax,     Op::fmin,     Op::power};
    constexpr std::array one_sided{Op::negative, Op::absolute, Op::square, Op::sqrt, Op::copy};
    check_many<float>(ops, comparisons, one_sided, tally);
    check_many<double>(ops, comparisons, one_sided, tally);
    EXPECT_GT(tally.unchanged, 1000);
}

TEST(EventsBoundsTest, HoldForIntegersThatWrap) {
    Tally tally;
    constexpr std::array ops{Op::add,     Op::subtract,    Op::multiply,   Op::maximum,
                             Op::minimum, Op::bitwise_and, Op::bitwise_or, Op::floor_divide};
    constexpr std::array one_sided{Op::negative, Op::absolute, Op::square, Op::invert};
    check_many<std::int8_t>(ops, comparisons, one_sided, tally);
    check_many<std::int64_t>(ops, comparisons, one_sided, tally);
    EXPECT_GT(tally.unchanged, 1000);
}

TEST(EventsBoundsTest, HoldForTruthValues) {
    Tally tally;
    constexpr std::array ops{Op::add,     Op::multiply,    Op::maximum,
                             Op::minimum, Op::bitwise_and, Op::bitwise_or};
    constexpr std::array one_sided{Op::invert, Op::logical_not};
    check_many<bool>(ops, comparisons, one_sided, tally);
}

template <class From, class To>
void check_casts(Tally& tally) {
    std::mt19937 random(3);
    for (int round = 0; round < 500; ++round) {
        check<From, To>(Op::cast, {some_elements<From>(random)}, 0, tally);
    }
}

TEST(EventsBoundsTest, HoldForCastsThatRoundTruncateAndOverflow) {
    Tally tally;
    check_casts<float, double>(tally);
    check_casts<double, float>(tally);
    check_casts<double, std::int8_t>(tally);
    check_casts<float, std::int64_t>(tally);
    check_casts<float, bool>(tally);
    check_casts<bool, float>(tally);
    check_casts<std::int8_t, float>(tally);
    check_casts<std::int64_t, double>(tally);
    check_casts<std::int64_t, std::int8_t>(tally);
    EXPECT_GT(tally.unchanged, 100);
}

TEST(EventsBoundsTest, AScanFindsWhatAVectorHolds) {
    std::mt19937 random(5);
    for (int round = 0; round < 300; ++round) {
        std::vector<double> x(random() % 70 + 1);
        const std::vector<double> all = pool<double>();
        std::ranges::generate(x, [&] { return all[random() % all.size()]; });
        const Facts facts =
            events::facts_of(DType::f64, reinterpret_cast<const std::byte*>(x.data()),
                             static_cast<std::ptrdiff_t>(x.size()));
        const Bounds expected = exact_bounds(x);
        EXPECT_EQ(events::bounds_of(facts, DType::f64), expected);
    }
}

}  // namespace
}  // namespace monnto
