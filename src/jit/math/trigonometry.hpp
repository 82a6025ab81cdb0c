#pragma once

#include "coefficients.hpp"
#include "format.hpp"
#include "polynomial.hpp"

namespace monnto::lane::inline MONNTO_LANE_TARGET {

template <class T>
struct CircleConstants;
template <>
struct CircleConstants<float> {
    static constexpr float turn = 0x1.921fb6p+2F, turn_rest = -0x1.777a5cp-23F;
};
template <>
struct CircleConstants<double> {
    static constexpr double turn = 0x1.921fb54442d18p+2, turn_rest = 0x1.1a62633145c07p-52;
};
template <class F>
using CircleConstantsOf = CircleConstants<Element<F>>;

/// Sine and cosine of an angle that is `quarters` quarter turns away (low bits) from the one whose
/// sine and cosine are given.
template <class F>
inline void turn_quarters(UnsignedOf<F> quarters, F& sine, F& cosine) noexcept {
    using Bits = UnsignedOf<F>;
    const Bits sign(typename FormatOf<F>::Bits{1} << (8 * sizeof(Element<F>) - 1));
    constexpr unsigned top = 8 * sizeof(Element<F>) - 2;  // moves bit 1 to the sign
    const Mask<F> odd = (quarters & Bits(1)) != Bits(0);
    const auto flipped = [](F x, Bits sign_bit) {
        return bits_as<Element<F>>(bits_as<typename FormatOf<F>::Bits>(x) ^ sign_bit);
    };
    const F first = select(odd, cosine, sine);
    const F second = select(odd, sine, cosine);
    sine = flipped(first, (quarters << Bits(top)) & sign);
    cosine = flipped(second, ((quarters + Bits(1)) << Bits(top)) & sign);
}

/// sin(2 pi u) and cos(2 pi u), |u| < 2^20. Turns reduce exactly, which radians do not.
template <class F>
inline void sincos_of_turns(F u, F& sine, F& cosine) noexcept {
    using C = CircleConstantsOf<F>;
    const Whole<F> quarters = nearest_whole(u, 4);
    const F r = fma(quarters.value, F(-0.25F), u);
    const F square = r * r;
    const F p = polynomial(square, coefficients::sin_turns_tail<Element<F>>);
    sine = fma(r, F(C::turn), r * fma(square, p, F(C::turn_rest)));
    cosine = fma(square, polynomial(square, coefficients::cos_turns_tail<Element<F>>), F(1));
    turn_quarters(quarters.bits, sine, cosine);
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
