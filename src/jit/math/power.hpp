#pragma once

#include "exp.hpp"
#include "log.hpp"

#include <concepts>

/// x^y = 2^(y log2(x)). The logarithm is magnified by up to 1075 on its way into the result's last
/// bits, so powers of floats are computed in double, and powers of doubles with a logarithm in two
/// parts (the arithmetic of T. J. Dekker 1971, doi:10.1007/BF01397083, with fma).
namespace monnto::lane::inline MONNTO_LANE_TARGET {

/// Everything about x^y that is no rounding: `magnitude` is |x|^y for numbers that are not 0.
template <class F>
[[nodiscard]] inline F with_power_limits(F x, F y, F magnitude) noexcept {
    const F a = abs(x);
    const F infinite(infinity<F>);
    const F half = y * F(0.5F);
    const Mask<F> whole = rint(y) == y;
    const Mask<F> odd = both(whole, rint(half) != half);
    const F grown = select(y > F(0), infinite, F(0));
    const F shrunk = select(y > F(0), F(0), infinite);
    const F limited = select(a == infinite, grown, select(a == F(0), shrunk, magnitude));
    const F signed_one = select(odd, copysign(limited, x), limited);
    const Mask<F> no_power = both(both(x < F(0), a < infinite), negated(whole));
    const F real = select(no_power, F(not_a_number<F>), signed_one);
    const F found = select(either(is_nan(x), is_nan(y)), x + y, real);
    return select(either(x == F(1), y == F(0)), F(1), found);
}

template <class F>
    requires std::same_as<Element<F>, float>
[[nodiscard]] inline F pow(F x, F y) noexcept {
    using D = Rebind<F, double>;
    // Subnormal floats are normal doubles.
    const D a = convert<double>(abs(x));
    const Split<D> s = split_bits(bits_as<std::uint64_t>(a), D(double(Format<double>::bias)));
    const D log = fma(s.f, polynomial(s.f, coefficients::pow_log2_short<double>), s.n);
    // An infinite exponent of 1 must not give NaN.
    const D exponent = at_most(at_least(convert<double>(y), -1e40), 1e40);
    const D power = at_most(at_least(exponent * log, -200.0), 200.0);
    const Whole<D> n = nearest_whole(power, 1, double(Format<double>::bias));
    const D r = power - n.value;
    const D scale = power_of_two<D>(n.bits);
    const D t = r * polynomial(r, coefficients::pow_exp2_short<double>);
    return with_power_limits(x, y, convert<float>(fma(t, scale, scale)));
}

/// A number in two parts, the second far below the first.
template <class F>
struct Pair {
    F high;
    F low;
};
/// Of a product and a sum of two numbers. Contract of `sum`: |a| >= |b|, or a = 0.
template <class F>
[[nodiscard]] inline Pair<F> pair_product(F a, F b) noexcept {
    const F high = a * b;
    return {high, fma(a, b, -high)};
}
template <class F>
[[nodiscard]] inline Pair<F> pair_sum(F a, F b) noexcept {
    const F high = a + b;
    return {high, (a - high) + b};
}
template <class F>
[[nodiscard]] inline Pair<F> operator*(const Pair<F>& a, const Pair<F>& b) noexcept {
    const Pair<F> p = pair_product(a.high, b.high);
    return {p.high, p.low + fma(a.high, b.low, a.low * b.high)};
}

/// log2(2^n (1 + f)): with s = f / (2 + f) the series 2 s + 2/3 s^3 + ..., the first two terms in
/// pairs.
template <class F>
[[nodiscard]] inline Pair<F> log2_pair(const Split<F>& split) noexcept {
    const F f = split.f;
    const Pair<F> divisor = pair_sum(F(2), f);
    const F reciprocal = F(1) / divisor.high;
    const F quotient = f * reciprocal;
    const F residue = fma(-quotient, divisor.low, fma(-quotient, divisor.high, f));
    const Pair<F> s{quotient, residue * reciprocal};
    const Pair<F> square = s * s;
    const F tail = polynomial(square.high, coefficients::pow_log_tail<Element<F>>);
    Pair<F> factor = pair_sum(F(0x1.5555555555555p-1), square.high * tail);
    factor.low = factor.low + F(0x1.5555555555555p-55);
    const Pair<F> cubic = s * square * factor;
    Pair<F> log = pair_sum(s.high + s.high, cubic.high);
    log.low = log.low + (cubic.low + (s.low + s.low));
    using C = LogConstants<Element<F>>;
    const Pair<F> log2 = log * Pair<F>{F(C::log2e), F(C::log2e_rest)};
    const Pair<F> sum = pair_sum(split.n, log2.high);
    return {sum.high, sum.low + log2.low};
}

template <class F>
    requires std::same_as<Element<F>, double>
[[nodiscard]] inline F pow(F x, F y) noexcept {
    const Pair<F> log = log2_pair(split(abs(x)));
    // Beyond this, powers of all numbers but 1 have left the range, and products would overflow.
    const F exponent = at_most(at_least(y, -0x1p70), 0x1p70);
    const Pair<F> product = pair_product(exponent, log.high);
    using C = ExpConstants<double>;
    const F power = at_most(at_least(product.high, C::lowest2), C::highest2);
    const F rest = select(power == product.high, fma(exponent, log.low, product.low), F(0));
    const Whole<F> n = nearest_whole(power, 1, double(Format<double>::bias - 1));
    const F r = power - n.value;
    const F t = r * polynomial(r, coefficients::exp2_tail<double>);
    const F change = rest * F(LogConstants<double>::ln2);
    const F magnitude = scaled_exp(t + fma(change, t, change), n, power, C::tiny2);
    return with_power_limits(x, y, magnitude);
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
