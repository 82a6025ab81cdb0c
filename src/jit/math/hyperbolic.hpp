#pragma once

#include "exp.hpp"
#include "log.hpp"

/// sinh, cosh and tanh, and their inverses. The even and the odd part of e^r share their powers of
/// r, so both exponentials of sinh and cosh cost what one does, and there is no division.
namespace monnto::lane::inline MONNTO_LANE_TARGET {

template <class T>
struct HyperbolicConstants;
template <>
struct HyperbolicConstants<float> {
    /// Beyond, sinh and cosh are infinite; beyond `one_sided`, e^-x does not reach the sum.
    static constexpr float highest = 89.5F, one_sided = 20;
    /// Beyond, tanh is 1.
    static constexpr float saturated = 10;
    /// Beyond, arcsinh(x) and arccosh(x) are log(2 x).
    static constexpr float asymptotic = 0x1p14F;
};
template <>
struct HyperbolicConstants<double> {
    static constexpr double highest = 710.6, one_sided = 40;
    static constexpr double saturated = 20;
    static constexpr double asymptotic = 0x1p30;
};
template <class F>
using HyperbolicConstantsOf = HyperbolicConstants<Element<F>>;

/// e^x / 4 = up (cosh_rest + 1 + sinh) and e^-x / 4 = down (cosh_rest + 1 - sinh), for x >= 0. A
/// quarter, so that the largest results are written without an exponent that no number has.
template <class F>
struct Exponentials {
    F up;
    F down;
    F cosh_rest;
    F sinh;
};
template <class F>
[[nodiscard]] inline Exponentials<F> exponentials(F x) noexcept {
    using C = ExpConstantsOf<F>;
    using Bits = UnsignedOf<F>;
    constexpr typename FormatOf<F>::Bits bias = FormatOf<F>::bias;
    const F clamped = at_most(x, HyperbolicConstantsOf<F>::highest);
    const Whole<F> n = nearest_whole(clamped, C::log2e);
    const F high = fma(n.value, F(-C::ln2), clamped);
    const F r = fma(n.value, F(-C::ln2_rest), high);
    const F lost = fma(n.value, F(-C::ln2_rest), high - r);
    const F square = r * r;
    const F sinh =
        r + fma(r * square, polynomial(square, coefficients::sinh_tail<Element<F>>), lost);
    const F cosh_rest = square * polynomial(square, coefficients::cosh_tail<Element<F>>);
    const F up = power_of_two<F>(n.bits + Bits(bias - 2));
    const F down = power_of_two<F>(Bits(bias - 2) - n.bits);
    const F reached = select(clamped > F(HyperbolicConstantsOf<F>::one_sided), F(0), down);
    return {up, reached, cosh_rest, sinh};
}

template <class F>
[[nodiscard]] inline F sinh(F x) noexcept {
    const F a = abs(x);
    const Exponentials<F> e = exponentials(a);
    const F difference = e.up - e.down;
    const F half = difference + fma(difference, e.cosh_rest, (e.up + e.down) * e.sinh);
    return select(a <= F(ExpConstantsOf<F>::linear), x, copysign(half + half, x));
}

template <class F>
[[nodiscard]] inline F cosh(F x) noexcept {
    const Exponentials<F> e = exponentials(abs(x));
    const F sum = e.up + e.down;
    const F half = sum + fma(sum, e.cosh_rest, (e.up - e.down) * e.sinh);
    return half + half;
}

/// 1 - 2 / (e^2x + 1), where its error shrinks before it is subtracted; a polynomial for what is
/// smaller.
template <class F>
[[nodiscard]] inline F tanh(F x) noexcept {
    using C = ExpConstantsOf<F>;
    const F a = abs(x);
    const F square = x * x;
    const F small = fma(a * square, polynomial(square, coefficients::tanh_tail<Element<F>>), a);
    const F twice = at_most(a + a, 2 * HyperbolicConstantsOf<F>::saturated);
    const Whole<F> n = nearest_whole(twice, C::log2e, Element<F>(FormatOf<F>::bias));
    const F r = fma(n.value, F(-C::ln2_rest), fma(n.value, F(-C::ln2), twice));
    const F t = fma(r * r, polynomial(r, coefficients::exp_tail<Element<F>>), r);
    const F scale = power_of_two<F>(n.bits);
    const F large = F(1) - F(2) / (fma(t, scale, scale) + F(1));
    return copysign(select(a < F(0.5625F), small, large), x);
}

/// log(1 + f + lost) 2^n of a number in two parts.
template <class F>
[[nodiscard]] inline F log_of_parts(const Split<F>& s, F lost) noexcept {
    using C = LogConstantsOf<F>;
    // 1 / (1 + f) to first order: what was lost is small.
    const F first_order = fma(-lost, s.f, lost);
    const F rest = log_rest(s.f) + first_order;
    return fma(s.n, F(C::ln2), s.f) + fma(s.n, F(C::ln2_rest), rest);
}

/// The square root of a number in two parts, in two parts. Contract: neither negative nor infinite.
template <class F>
[[nodiscard]] inline F sqrt_rest(F root, F high, F low) noexcept {
    const F residue = fma(-root, root, high) + low;
    return residue * F(0.5F) / select(root == F(0), F(1), root);
}

/// log(x + sqrt(x^2 + 1)); a polynomial where that would cancel.
template <class F>
[[nodiscard]] inline F arcsinh(F x) noexcept {
    using C = HyperbolicConstantsOf<F>;
    const F a = abs(x);
    const F near_square = x * x;
    const F tail = polynomial(near_square, coefficients::arcsinh_tail<Element<F>>);
    const F small = fma(a * near_square, tail, a);

    const Mask<F> asymptotic = a > F(C::asymptotic);
    const F b = select(asymptotic, F(1), a);
    const F square = fma(b, b, F(1));
    const F square_rest = fma(b, b, F(1) - square);
    const F root = sqrt(square);
    const F sum = root + b;
    const F lost = (b - (sum - root)) + sqrt_rest(root, square, square_rest);
    const Split<F> s = split(select(asymptotic, a, sum));
    const Split<F> doubled{s.n + select(asymptotic, F(1), F(0)), s.f};
    const F far = log_of_parts(doubled, select(asymptotic, F(0), lost / sum * (s.f + F(1))));
    const F large = select(a < F(infinity<F>), far, a);
    return copysign(select(a < F(0.5F), small, large), x);
}

/// log1p(t + sqrt(t (t + 2))) for x = 1 + t.
template <class F>
[[nodiscard]] inline F arccosh(F x) noexcept {
    using C = HyperbolicConstantsOf<F>;
    const Mask<F> asymptotic = x > F(C::asymptotic);
    const F t = select(asymptotic, F(1), x - F(1));
    const F square = fma(t, t, t + t);
    const F square_rest = fma(t, t, (t + t) - square);
    const F root = sqrt(square);
    const F sum = root + t;
    const F lost = (t - (sum - root)) + sqrt_rest(root, square, square_rest);
    const Log1pSplit<F> near = log1p_split(sum);
    const Split<F> s = split(select(asymptotic, x, F(1)));
    const F far = log_of_split(Split<F>{s.n + F(1), s.f});
    const F y = select(asymptotic, far, log_of_parts(near.split, lost * near.scale));
    return select(x >= F(1), select(x == F(infinity<F>), x, y), F(not_a_number<F>));
}

/// log((1 + x) / (1 - x)) / 2; a polynomial where that would cancel.
template <class F>
[[nodiscard]] inline F arctanh(F x) noexcept {
    const F a = abs(x);
    const F square = x * x;
    const F small = fma(a * square, polynomial(square, coefficients::arctanh_tail<Element<F>>), a);
    const F sum = F(1) + a;
    const F rest = F(1) - a;
    const F ratio = sum / rest;
    // What rounding took from the sum and from the quotient, over the sum. That is between 3/2 and
    // 2, so that a line stands in for a division.
    const F lost = (a - (sum - F(1))) + fma(-ratio, rest, sum);
    const F relative = lost * fma(sum, F(-0.34F), F(1.17F));
    const Split<F> s = split(ratio);
    const F far = F(0.5F) * log_of_parts(s, fma(relative, s.f, relative));
    const F limit = select(a == F(1), F(infinity<F>), F(not_a_number<F>));
    return copysign(select(a < F(0.5F), small, select(a < F(1), far, limit)), x);
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
