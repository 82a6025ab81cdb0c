#pragma once

#include "coefficients.hpp"
#include "format.hpp"
#include "polynomial.hpp"

/// exp, exp2 and expm1: x = n ln 2 + r with whole n and |r| <= ln(2) / 2, a polynomial for r, and
/// 2^n written into the exponent. The reduction subtracts ln 2 in two parts (W. J. Cody, W. Waite
/// 1980, Software Manual for the Elementary Functions); with fma the first part needs no zeros at
/// its end.
namespace monnto::lane::inline MONNTO_LANE_TARGET {

template <class T>
struct ExpConstants;
template <>
struct ExpConstants<float> {
    static constexpr float log2e = 0x1.715476p+0F;
    static constexpr float ln2 = 0x1.62e43p-1F;
    static constexpr float ln2_rest = -0x1.05c61p-29F;
    /// Beyond these every result is infinite, or zero.
    static constexpr float highest = 89, lowest = -104;
    static constexpr float highest2 = 128, lowest2 = -151;
    /// Below these, results may be subnormal.
    static constexpr float tiny = -86, tiny2 = -124;
    /// Below, expm1 is -1.
    static constexpr float negligible = -20;
    /// To this, expm1(x) is x.
    static constexpr float linear = 0x1p-25F;
};
template <>
struct ExpConstants<double> {
    static constexpr double log2e = 0x1.71547652b82fep+0;
    static constexpr double ln2 = 0x1.62e42fefa39efp-1;
    static constexpr double ln2_rest = 0x1.abc9e3b39803fp-56;
    static constexpr double highest = 710, lowest = -746;
    static constexpr double highest2 = 1024, lowest2 = -1076;
    static constexpr double tiny = -707, tiny2 = -1020;
    static constexpr double negligible = -40;
    static constexpr double linear = 0x1p-54;
};
template <class F>
using ExpConstantsOf = ExpConstants<Element<F>>;

/// (1 + t) 2^n, whose bits have bias - 1 added: one less, so that n = bias + 1 has a bit pattern.
/// Where the power is less than `tiny`, 2^64 is lent to the exponent, and giving it back rounds to
/// a subnormal number.
template <class F>
[[nodiscard]] inline F scaled_exp(F t, const Whole<F>& n, F power, Element<F> tiny) noexcept {
    return scaled(F(1) + t, n.value, [&] {
        using Bits = UnsignedOf<F>;
        const Mask<F> is_tiny = power < F(tiny);
        const F scale = power_of_two<F>(select(is_tiny, n.bits + Bits(64), n.bits));
        return fma(t, scale, scale) * select(is_tiny, F(0x1p-63F), F(2));
    });
}

template <class F>
[[nodiscard]] inline F exp(F x) noexcept {
    using C = ExpConstantsOf<F>;
    const F clamped = at_most(at_least(x, C::lowest), C::highest);
    const Whole<F> n = nearest_whole(clamped, C::log2e, Element<F>(FormatOf<F>::bias - 1));
    const F r = fma(n.value, F(-C::ln2_rest), fma(n.value, F(-C::ln2), clamped));
    const F t = fma(r * r, polynomial(r, coefficients::exp_tail<Element<F>>), r);
    return scaled_exp(t, n, clamped, C::tiny);
}

/// 2^x. The reduction is exact.
template <class F>
[[nodiscard]] inline F exp2(F x) noexcept {
    using C = ExpConstantsOf<F>;
    const F clamped = at_most(at_least(x, C::lowest2), C::highest2);
    const Whole<F> n = nearest_whole(clamped, 1, Element<F>(FormatOf<F>::bias - 1));
    const F r = clamped - n.value;
    const F t = r * polynomial(r, coefficients::exp2_tail<Element<F>>);
    return scaled_exp(t, n, clamped, C::tiny2);
}

/// e^x - 1 without the cancellation near 0. The part of r that its rounding lost is added to the
/// polynomial, since nothing larger than r hides it.
template <class F>
[[nodiscard]] inline F expm1(F x) noexcept {
    using C = ExpConstantsOf<F>;
    const F clamped = at_most(at_least(x, C::negligible), C::highest);
    const Whole<F> n = nearest_whole(clamped, C::log2e, Element<F>(FormatOf<F>::bias - 1));
    const F high = fma(n.value, F(-C::ln2), clamped);
    const F r = fma(n.value, F(-C::ln2_rest), high);
    const F lost = fma(n.value, F(-C::ln2_rest), high - r);
    const F t = r + fma(r * r, polynomial(r, coefficients::exp_tail<Element<F>>), lost);
    const F half_scale = power_of_two<F>(n.bits);
    const F half = fma(half_scale, t, half_scale - F(0.5F));
    return select(abs(x) <= F(C::linear), x, half + half);
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
