#include "bounds.hpp"

#include <monnto/array/number.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace monnto::events {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
/// Integers up to here are doubles.
constexpr double exact_integers = 9007199254740992.0;

[[nodiscard]] Bounds bounds(double low, double high) noexcept {
    return {.low = low, .high = high};
}

/// Bounds as the dtype rounds them. Rounding keeps order, so bounds stay bounds; integers that
/// leave their range wrap.
[[nodiscard]] Bounds fitted(DType dtype, Bounds x) noexcept {
    if (is_float(dtype)) {
        x.low = rounded(dtype, x.low);
        x.high = rounded(dtype, x.high);
        return x;
    }
    const Bounds all = any_of(dtype);
    const bool is_exact = x.low >= -exact_integers && x.high <= exact_integers;
    const bool fits = is_exact && x.low >= all.low && x.high <= all.high;
    return fits && !x.may_be_nan ? bounds(x.low, x.high) : all;
}

/// Sums of infinities of both signs say nothing.
[[nodiscard]] Bounds sum_bounds(double low, double high) noexcept {
    return bounds(std::isnan(low) ? -infinite : low, std::isnan(high) ? infinite : high);
}

[[nodiscard]] bool contains(const Bounds& x, double number) noexcept {
    return x.low <= number && number <= x.high;
}
[[nodiscard]] bool may_be_infinite(const Bounds& x) noexcept {
    return x.low == -infinite || x.high == infinite;
}
/// Never below zero, nor -0.
[[nodiscard]] bool is_positive(const Bounds& x) noexcept {
    return x.low >= 0.0 && !x.may_be_negative_zero;
}

/// Whether elements of `from` are elements of `to` without loss.
[[nodiscard]] bool holds_all(DType to, DType from) noexcept {
    return to == from || can_cast_safely(from, to);
}

[[nodiscard]] Bounds cast(DType from, DType to, DType old, const Bounds& x) noexcept {
    Bounds result = any_of(to);
    if (to == DType::boolean) {
        if (x.is_zero()) {
            result = bounds(0.0, 0.0);
        } else if (!contains(x, 0.0)) {
            result = bounds(1.0, 1.0);
        }
    } else if (is_float(to) || !is_float(from)) {
        result = fitted(to, x);
    } else if (x.is_finite()) {
        result = fitted(to, bounds(std::trunc(x.low), std::trunc(x.high)));
    }
    result.is_old = x.is_old && holds_all(to, old);
    return result;
}

[[nodiscard]] Bounds added(const Bounds& a, const Bounds& b) noexcept {
    Bounds result = sum_bounds(a.low + b.low, a.high + b.high);
    const bool cancels =
        (a.low == -infinite && b.high == infinite) || (a.high == infinite && b.low == -infinite);
    result.may_be_nan = a.may_be_nan || b.may_be_nan || cancels;
    result.may_be_negative_zero = a.may_be_negative_zero && b.may_be_negative_zero;
    // x + 0 is x, but -0 + 0 is +0.
    result.is_old = (a.is_old && b.is_zero() && !a.may_be_negative_zero) ||
                    (b.is_old && a.is_zero() && !b.may_be_negative_zero);
    return result;
}

[[nodiscard]] Bounds subtracted(const Bounds& a, const Bounds& b) noexcept {
    Bounds result = sum_bounds(a.low - b.high, a.high - b.low);
    const bool cancels =
        (a.low == -infinite && b.low == -infinite) || (a.high == infinite && b.high == infinite);
    result.may_be_nan = a.may_be_nan || b.may_be_nan || cancels;
    result.may_be_negative_zero = a.may_be_negative_zero && contains(b, 0.0);
    // x - 0 is x, also for -0; -0 - -0 is +0.
    result.is_old = a.is_old && b.is_zero() && (!a.may_be_negative_zero || !b.may_be_negative_zero);
    return result;
}

/// The extremes of four corners; one that is no number says nothing.
[[nodiscard]] Bounds spanned(const std::array<double, 4>& corners) noexcept {
    Bounds result = bounds(infinite, -infinite);
    for (const double corner : corners) {
        if (std::isnan(corner)) {
            return bounds(-infinite, infinite);
        }
        result.low = std::min(result.low, corner);
        result.high = std::max(result.high, corner);
    }
    return result;
}

[[nodiscard]] Bounds multiplied(const Bounds& a, const Bounds& b) noexcept {
    const bool zero_times_infinite =
        (contains(a, 0.0) && may_be_infinite(b)) || (contains(b, 0.0) && may_be_infinite(a));
    Bounds result = spanned({a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
    result.may_be_nan = a.may_be_nan || b.may_be_nan || zero_times_infinite;
    result.may_be_negative_zero = !is_positive(a) || !is_positive(b);  // by underflow too
    result.is_old = (a.is_old && b.is_number(1.0)) || (b.is_old && a.is_number(1.0));
    return result;
}

[[nodiscard]] Bounds divided(const Bounds& a, const Bounds& b) noexcept {
    if (contains(b, 0.0) || b.may_be_nan || may_be_infinite(a) || may_be_infinite(b)) {
        return any_of(DType::f64);
    }
    Bounds result = spanned({a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high});
    result.may_be_nan = a.may_be_nan;
    result.may_be_negative_zero = !is_positive(a) || !is_positive(b);
    result.is_old = a.is_old && b.is_number(1.0);
    return result;
}

/// Whether x stays x where it meets y and the larger (or smaller) of the two is taken: of equal
/// zeros the second is, whatever its sign.
[[nodiscard]] bool survives(const Bounds& x, const Bounds& y, bool larger) noexcept {
    const bool wins = larger ? x.low >= y.high : x.high <= y.low;
    return x.is_old && wins && !y.may_be_nan && !x.may_be_negative_zero && !y.may_be_negative_zero;
}

[[nodiscard]] Bounds extreme(const Bounds& a, const Bounds& b, bool larger) noexcept {
    Bounds result = larger ? bounds(std::max(a.low, b.low), std::max(a.high, b.high))
                           : bounds(std::min(a.low, b.low), std::min(a.high, b.high));
    result.may_be_nan = a.may_be_nan || b.may_be_nan;
    result.may_be_negative_zero = a.may_be_negative_zero || b.may_be_negative_zero;
    result.is_old = survives(a, b, larger) || survives(b, a, larger);
    return result;
}

/// fmax and fmin prefer numbers to NaN.
[[nodiscard]] Bounds numeric_extreme(const Bounds& a, const Bounds& b, bool larger) noexcept {
    if (a.may_be_nan || b.may_be_nan) {
        Bounds result = joined(a, b);
        result.is_old = false;
        return result;
    }
    return extreme(a, b, larger);
}

[[nodiscard]] Bounds chosen(const Bounds& condition, const Bounds& a, const Bounds& b) noexcept {
    if (condition.is_zero()) {
        return b;
    }
    return contains(condition, 0.0) ? joined(a, b) : a;
}

[[nodiscard]] Bounds squared(const Bounds& x) noexcept {
    const double largest = std::max(std::abs(x.low), std::abs(x.high));
    const double smallest = contains(x, 0.0) ? 0.0 : std::min(std::abs(x.low), std::abs(x.high));
    Bounds result = bounds(smallest * smallest, largest * largest);
    result.may_be_nan = x.may_be_nan;
    return result;
}

[[nodiscard]] Bounds negated(const Bounds& x) noexcept {
    Bounds result = bounds(-x.high, -x.low);
    result.may_be_nan = x.may_be_nan;
    result.may_be_negative_zero = contains(x, 0.0);
    return result;
}

[[nodiscard]] Bounds absolute(const Bounds& x) noexcept {
    Bounds result = x.low >= 0.0    ? bounds(x.low, x.high)
                    : x.high <= 0.0 ? bounds(-x.high, -x.low)
                                    : bounds(0.0, std::max(-x.low, x.high));
    result.may_be_nan = x.may_be_nan;
    result.is_old = x.is_old && is_positive(x) && !x.may_be_nan;
    return result;
}

/// Powers of numbers that are not negative; their functions are off by some units in the last
/// place.
[[nodiscard]] Bounds raised(const Bounds& base, const Bounds& exponent, DType to) noexcept {
    const bool is_tame =
        base.is_finite() && is_positive(base) && exponent.is_finite() && is_positive(exponent);
    const double high = 1.0001 * std::pow(std::max(1.0, base.high), exponent.high);
    const double largest = to == DType::f64 ? 1e300 : 1e38;
    return is_tame && is_float(to) && high < largest ? bounds(0.0, high) : any_of(to);
}

/// Of truth values: certain where both are.
[[nodiscard]] Bounds truth_of(Op op, const Bounds& a, const Bounds& b) noexcept {
    const bool is_certain = !a.may_be_nan && !b.may_be_nan;
    const auto surely = [&](bool yes, bool no) {
        return bounds(is_certain && yes ? 1.0 : 0.0, is_certain && no ? 0.0 : 1.0);
    };
    switch (op) {
        case Op::less:
            return surely(a.high < b.low, a.low >= b.high);
        case Op::less_equal:
            return surely(a.high <= b.low, a.low > b.high);
        case Op::greater:
            return surely(a.low > b.high, a.high <= b.low);
        case Op::greater_equal:
            return surely(a.low >= b.high, a.high < b.low);
        case Op::logical_and:
            return surely(!contains(a, 0.0) && !contains(b, 0.0), a.is_zero() || b.is_zero());
        case Op::logical_or:
            return surely(!contains(a, 0.0) || !contains(b, 0.0), a.is_zero() && b.is_zero());
        default:
            return bounds(0.0, 1.0);
    }
}

[[nodiscard]] bool is_comparison(Op op) noexcept {
    return family_of(op) == OpFamily::comparison;
}

[[nodiscard]] Bounds of_bools(Op op, std::span<const Bounds> in) noexcept {
    const Bounds& a = in[0];
    switch (op) {
        case Op::add:
        case Op::maximum:
        case Op::fmax:
        case Op::bitwise_or:
            return bounds(std::max(a.low, in[1].low), std::max(a.high, in[1].high));
        case Op::multiply:
        case Op::minimum:
        case Op::fmin:
        case Op::bitwise_and:
            return bounds(std::min(a.low, in[1].low), std::min(a.high, in[1].high));
        case Op::invert:
        case Op::logical_not:
            return bounds(1.0 - a.high, 1.0 - a.low);
        default:
            return bounds(0.0, 1.0);
    }
}

[[nodiscard]] Bounds of_numbers(Op op, DType to, std::span<const Bounds> in) noexcept {
    switch (op) {
        case Op::add:
            return added(in[0], in[1]);
        case Op::subtract:
            return subtracted(in[0], in[1]);
        case Op::multiply:
            return multiplied(in[0], in[1]);
        case Op::divide:
            return divided(in[0], in[1]);
        case Op::maximum:
        case Op::minimum:
            return extreme(in[0], in[1], op == Op::maximum);
        case Op::fmax:
        case Op::fmin:
            return numeric_extreme(in[0], in[1], op == Op::fmax);
        case Op::square:
            return squared(in[0]);
        case Op::power:
            return raised(in[0], in[1], to);
        case Op::negative:
            return negated(in[0]);
        case Op::absolute:
            return absolute(in[0]);
        default:
            return any_of(to);
    }
}

}  // namespace

bool Bounds::is_finite() const noexcept {
    return !may_be_nan && !may_be_infinite(*this);
}

Bounds any_of(DType dtype) noexcept {
    if (is_float(dtype)) {
        return {
            .low = -infinite, .high = infinite, .may_be_nan = true, .may_be_negative_zero = true};
    }
    if (dtype == DType::boolean) {
        return bounds(0.0, 1.0);
    }
    const auto bits = static_cast<int>(8 * size_of(dtype));
    return is_unsigned(dtype) ? bounds(0.0, std::ldexp(1.0, bits) - (bits < 64 ? 1.0 : 0.0))
                              : bounds(-std::ldexp(1.0, bits - 1),
                                       std::ldexp(1.0, bits - 1) - (bits < 64 ? 1.0 : 0.0));
}

Bounds bounds_of(const Number& number, DType dtype) noexcept {
    const double value = number.as_double();
    if (std::isnan(value)) {
        return any_of(dtype);
    }
    Bounds result = fitted(dtype, bounds(value, value));
    result.may_be_negative_zero = is_float(dtype) && value == 0.0 && std::signbit(value);
    return result;
}

Bounds bounds_of(const Facts& facts, DType dtype) noexcept {
    if (!facts.is_known) {
        return any_of(dtype);
    }
    return {.low = facts.low,
            .high = facts.high,
            .may_be_nan = facts.may_be_nan,
            .may_be_negative_zero = facts.may_be_negative_zero};
}

Bounds joined(const Bounds& a, const Bounds& b) noexcept {
    return {.low = std::min(a.low, b.low),
            .high = std::max(a.high, b.high),
            .may_be_nan = a.may_be_nan || b.may_be_nan,
            .may_be_negative_zero = a.may_be_negative_zero || b.may_be_negative_zero,
            .is_old = a.is_old && b.is_old};
}

Bounds applied(Op op, DType from, DType to, DType old, std::span<const Bounds> inputs) noexcept {
    if (op == Op::copy) {
        return inputs[0];
    }
    if (op == Op::cast) {
        return cast(from, to, old, inputs[0]);
    }
    if (op == Op::where) {
        return chosen(inputs[0], inputs[1], inputs[2]);
    }
    if (is_comparison(op)) {
        return truth_of(op, inputs[0], inputs[1]);
    }
    if (to == DType::boolean) {
        return from == DType::boolean ? of_bools(op, inputs) : bounds(0.0, 1.0);
    }
    const Bounds exact = of_numbers(op, to, inputs);
    Bounds result = fitted(to, exact);
    result.is_old = exact.is_old;
    return result;
}

}  // namespace monnto::events
