#pragma once

#include "coefficients.hpp"
#include "format.hpp"
#include "huge_angle.hpp"
#include "polynomial.hpp"

/// sin, cos and tan: the nearest multiple of pi/2 is subtracted in three parts, each rounded to the
/// type (W. J. Cody, W. Waite 1980, Software Manual for the Elementary Functions). With fma the
/// first step is exact, and the others lose no more than the last bit even where the angle is next
/// to a multiple. Angles too large for that go through `rarely`.
namespace monnto::lane::inline MONNTO_LANE_TARGET {

template <class T>
struct CircleConstants;
template <>
struct CircleConstants<float> {
    static constexpr float turn = 0x1.921fb6p+2F, turn_rest = -0x1.777a5cp-23F;
    static constexpr float quarter_first = 0x1.921fb6p+0F, quarter_second = -0x1.777a5cp-25F,
                           quarter_third = -0x1.ee59dap-50F;
    static constexpr float quarters_per_radian = 0x1.45f306p-1F;
    /// The largest angle whose multiple of pi/2 is found and subtracted exactly enough.
    static constexpr float largest = 0x1p17F;
};
template <>
struct CircleConstants<double> {
    static constexpr double turn = 0x1.921fb54442d18p+2, turn_rest = 0x1.1a62633145c07p-52;
    static constexpr double quarter_first = 0x1.921fb54442d18p+0,
                            quarter_second = 0x1.1a62633145c07p-54,
                            quarter_third = -0x1.f1976b7ed8fbcp-110;
    static constexpr double quarters_per_radian = 0x1.45f306dc9c883p-1;
    static constexpr double largest = 0x1p30;
};
template <class F>
using CircleConstantsOf = CircleConstants<Element<F>>;

/// An angle within an eighth of a turn of 0, and how many quarter turns were taken away (low bits).
template <class F>
struct Angle {
    F rest;
    UnsignedOf<F> quarters;
};

/// `x` with the sign bit changed where bit `Index` of `number` is set.
template <unsigned Index, class F>
[[nodiscard]] inline F negated_by_bit(F x, UnsignedOf<F> number) noexcept {
    using Bits = UnsignedOf<F>;
    constexpr unsigned top = 8 * sizeof(Element<F>) - 1;
    const Bits flip = (number << Bits(top - Index)) & Bits(FormatOf<F>::sign);
    return bits_as<Element<F>>(bits_as<typename FormatOf<F>::Bits>(x) ^ flip);
}
template <class F>
[[nodiscard]] inline Mask<F> is_odd(UnsignedOf<F> number) noexcept {
    // Not number & 1: GCC makes that a bool, and then does not vectorize.
    constexpr unsigned top = 8 * sizeof(Element<F>) - 1;
    using Signed = std::make_signed_t<typename FormatOf<F>::Bits>;
    return bits_as<Signed>(number << UnsignedOf<F>(top)) < SignedOf<F>(0);
}

/// |x| <= `largest`.
template <class F>
[[nodiscard]] inline Angle<F> reduced_angle(F x) noexcept {
    using C = CircleConstantsOf<F>;
    const Whole<F> n = nearest_whole(x, C::quarters_per_radian);
    const F first = fma(n.value, F(-C::quarter_first), x);
    const F second = fma(n.value, F(-C::quarter_second), first);
    return {fma(n.value, F(-C::quarter_third), second), n.bits};
}
/// The same, with what rounding took from the rest: quotients have no error to spare.
template <class F>
[[nodiscard]] inline Angle<F> reduced_angle(F x, F& lost) noexcept {
    using C = CircleConstantsOf<F>;
    const Whole<F> n = nearest_whole(x, C::quarters_per_radian);
    const F first = fma(n.value, F(-C::quarter_first), x);
    const F product = n.value * F(C::quarter_second);
    const F product_rest = fma(n.value, F(C::quarter_second), -product);
    // A sum and its error, whichever of the two is larger (D. E. Knuth, TAOCP 2, 4.2.2).
    const F second = first - product;
    const F taken = first - second;
    const F error = (first - (second + taken)) + (taken - product);
    const F small = error - fma(n.value, F(C::quarter_third), product_rest);
    const F rest = second + small;
    lost = small - (rest - second);
    return {rest, n.bits};
}

template <class F>
[[nodiscard]] inline F sin_of_rest(F r) noexcept {
    const F square = r * r;
    return fma(r * square, polynomial(square, coefficients::sin_tail<Element<F>>), r);
}
template <class F>
[[nodiscard]] inline F cos_of_rest(F r) noexcept {
    const F square = r * r;
    return fma(square, polynomial(square, coefficients::cos_tail<Element<F>>), F(1));
}

template <class F>
[[nodiscard]] inline F tan_of_rest(F r, F lost) noexcept {
    const F square = r * r;
    // The tangent grows by 1 + tan(r)^2.
    const F first_order = fma(lost, square, lost);
    const F tail = polynomial(square, coefficients::tan_tail<Element<F>>);
    return r + fma(r * square, tail, first_order);
}

/// Sine, cosine and tangent for |x| <= `largest`, where nothing is rare.
template <class F>
[[nodiscard]] inline F sin_of_moderate(F x) noexcept {
    // Of |x|, since the polynomial's sum would turn -0 into 0.
    const Angle<F> a = reduced_angle(abs(x));
    const F y = select(is_odd<F>(a.quarters), cos_of_rest(a.rest), sin_of_rest(a.rest));
    return negated_where_negative(negated_by_bit<1>(y, a.quarters), x);
}
template <class F>
[[nodiscard]] inline F cos_of_moderate(F x) noexcept {
    const Angle<F> a = reduced_angle(x);
    const F y = select(is_odd<F>(a.quarters), sin_of_rest(a.rest), cos_of_rest(a.rest));
    return negated_by_bit<1>(y, a.quarters + UnsignedOf<F>(1));
}
template <class F>
[[nodiscard]] inline F tan_of_moderate(F x) noexcept {
    F lost(0);
    const Angle<F> a = reduced_angle(abs(x), lost);
    const F t = tan_of_rest(a.rest, lost);
    const Mask<F> odd = is_odd<F>(a.quarters);
    return negated_where_negative(select(odd, F(-1), t) / select(odd, t, F(1)), x);
}

template <class F>
[[nodiscard]] inline Mask<F> is_huge_angle(F x) noexcept {
    return abs(x) > F(CircleConstantsOf<F>::largest);
}
template <class F>
[[nodiscard]] inline F sin(F x) noexcept {
    return rarely(is_huge_angle(x), sin_of_moderate(x), huge_sin<Element<F>>, x, x);
}
template <class F>
[[nodiscard]] inline F cos(F x) noexcept {
    return rarely(is_huge_angle(x), cos_of_moderate(x), huge_cos<Element<F>>, x, x);
}
template <class F>
[[nodiscard]] inline F tan(F x) noexcept {
    return rarely(is_huge_angle(x), tan_of_moderate(x), huge_tan<Element<F>>, x, x);
}

/// sin(2 pi u) and cos(2 pi u), |u| < 2^20. Turns reduce exactly, which radians do not.
template <class F>
inline void sincos_of_turns(F u, F& sine, F& cosine) noexcept {
    using C = CircleConstantsOf<F>;
    const Whole<F> quarters = nearest_whole(u, 4);
    const F r = fma(quarters.value, F(-0.25F), u);
    const F square = r * r;
    const F sin_tail = polynomial(square, coefficients::sin_turns_tail<Element<F>>);
    const F cos_tail = polynomial(square, coefficients::cos_turns_tail<Element<F>>);
    const F sin_r = fma(r, F(C::turn), r * fma(square, sin_tail, F(C::turn_rest)));
    const F cos_r = fma(square, cos_tail, F(1));
    const Mask<F> odd = is_odd<F>(quarters.bits);
    sine = negated_by_bit<1>(select(odd, cos_r, sin_r), quarters.bits);
    cosine = negated_by_bit<1>(select(odd, sin_r, cos_r), quarters.bits + UnsignedOf<F>(1));
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
