#pragma once

#include "log.hpp"

/// cbrt and hypot.
namespace monnto::lane::inline MONNTO_LANE_TARGET {

template <class T>
struct RootConstants;
template <>
struct RootConstants<float> {
    static constexpr float third = 0x1.555556p-2F;
    /// 2^(1/3) and 2^(-1/3).
    static constexpr float up = 0x1.428a3p+0F, down = 0x1.965feap-1F;
};
template <>
struct RootConstants<double> {
    static constexpr double third = 0x1.5555555555555p-2;
    static constexpr double up = 0x1.428a2f98d728bp+0, down = 0x1.965fea53d6e3dp-1;
    /// Lengths beyond these are scaled, so that their squares neither overflow nor vanish.
    static constexpr double long_side = 0x1p500, short_side = 0x1p-400;
};
template <class F>
using RootConstantsOf = RootConstants<Element<F>>;

/// x = 2^(3 q + rest) m, rest -1, 0 or 1. The reciprocal root of m from a polynomial, one step of
/// Householder's method of order four (A. S. Householder 1970, The Numerical Treatment of a Single
/// Nonlinear Equation), and at last one of Newton's on the root, whose residue fma gives.
template <class F>
[[nodiscard]] inline F cbrt(F x) noexcept {
    using C = RootConstantsOf<F>;
    const Split<F> s = split(abs(x));
    const Whole<F> q = nearest_whole(s.n, C::third, Element<F>(FormatOf<F>::bias));
    const F rest = fma(q.value, F(-3), s.n);
    const F scale = select(rest < F(0), F(0.5F), select(rest > F(0), F(2), F(1)));
    const F root_scale = select(rest < F(0), F(C::up), select(rest > F(0), F(C::down), F(1)));
    const F m = fma(s.f, scale, scale);

    const F guess = root_scale * polynomial(s.f, coefficients::reciprocal_cbrt<Element<F>>);
    const F h = fma(-m * guess, guess * guess, F(1));
    const F series = h * fma(h, fma(h, F(14.0F / 81), F(2.0F / 9)), F(C::third));
    const F reciprocal = fma(guess, series, guess);
    const F root = m * reciprocal * reciprocal;
    const F square = root * root;
    const F residue = fma(square, root, -m) + fma(root, root, -square) * root;
    const F better = fma(residue * reciprocal * reciprocal, F(-C::third), root);

    const F y = copysign(better * power_of_two<F>(q.bits), x);
    return select(either(x == F(0), negated(abs(x) < F(infinity<F>))), x, y);
}

/// In double: squares of floats are exact there, and nothing overflows.
template <class F>
    requires std::same_as<Element<F>, float>
[[nodiscard]] inline F hypot(F x, F y) noexcept {
    using D = Rebind<F, double>;
    const D a = convert<double>(x);
    const D b = convert<double>(y);
    const F length = convert<float>(sqrt(fma(a, a, b * b)));
    const F infinite(infinity<F>);
    return select(either(abs(x) == infinite, abs(y) == infinite), infinite, length);
}

/// The root of the rounded sum of squares, corrected by what rounding took from all of them (C. F.
/// Borges 2021, doi:10.1145/3428446).
template <class F>
    requires std::same_as<Element<F>, double>
[[nodiscard]] inline F hypot(F x, F y) noexcept {
    using C = RootConstantsOf<F>;
    const F p = abs(x);
    const F q = abs(y);
    const F larger = select(p < q, q, p);
    const F smaller = select(p < q, p, q);
    const Mask<F> is_long = larger > F(C::long_side);
    const Mask<F> is_short = larger < F(C::short_side);
    const F down = select(is_short, F(0x1p600), F(1));
    const F scale = select(is_long, F(0x1p-600), down);
    const F back = select(is_long, F(0x1p600), select(is_short, F(0x1p-600), F(1)));
    const F a = larger * scale;
    const F b = smaller * scale;
    const F root = sqrt(fma(a, a, b * b));
    const F root_square = root * root;
    const F a_square = a * a;
    const F error =
        (fma(-b, b, root_square - a_square) + fma(root, root, -root_square)) - fma(a, a, -a_square);
    const F length = root - error / select(root == F(0), F(1), root + root);
    const F infinite(infinity<F>);
    return select(either(p == infinite, q == infinite), infinite, length * back);
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
