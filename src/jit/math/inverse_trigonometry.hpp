#pragma once

#include "coefficients.hpp"
#include "format.hpp"
#include "polynomial.hpp"

/// arcsin, arccos, arctan and arctan2: large arguments are folded onto small ones by
/// arcsin(x) = pi/2 - 2 arcsin(sqrt((1 - x) / 2)) and arctan(x) = pi/2 - arctan(1 / x), and one odd
/// polynomial does the rest (J.-M. Muller 2016, Elementary Functions,
/// doi:10.1007/978-1-4899-7983-4).
namespace monnto::lane::inline MONNTO_LANE_TARGET {

template <class T>
struct ArcConstants;
template <>
struct ArcConstants<float> {
    static constexpr float quarter = 0x1.921fb6p+0F, quarter_rest = -0x1.777a5cp-25F;
    static constexpr float half = 0x1.921fb6p+1F, half_rest = -0x1.777a5cp-24F;
};
template <>
struct ArcConstants<double> {
    static constexpr double quarter = 0x1.921fb54442d18p+0, quarter_rest = 0x1.1a62633145c07p-54;
    static constexpr double half = 0x1.921fb54442d18p+1, half_rest = 0x1.1a62633145c07p-53;
};
template <class F>
using ArcConstantsOf = ArcConstants<Element<F>>;

/// arcsin(base) = base + tail, for base = |x| or, where that is `large`, sqrt((1 - |x|) / 2).
template <class F>
struct ArcsinParts {
    Mask<F> large;
    F base;
    F tail;
};
template <class F>
[[nodiscard]] inline ArcsinParts<F> arcsin_parts(F x) noexcept {
    const F a = abs(x);
    const Mask<F> large = a > F(0.5F);
    const F square = select(large, fma(a, F(-0.5F), F(0.5F)), a * a);
    const F base = select(large, sqrt(square), a);
    return {large, base, base * square * polynomial(square, coefficients::arcsin_tail<Element<F>>)};
}

template <class F>
[[nodiscard]] inline F arcsin(F x) noexcept {
    using C = ArcConstantsOf<F>;
    const ArcsinParts<F> p = arcsin_parts(x);
    const F high = fma(p.base, F(-2), F(C::quarter));
    const F lost = fma(p.base, F(-2), F(C::quarter) - high);
    const F folded = high + fma(p.tail, F(-2), lost + F(C::quarter_rest));
    return copysign(select(p.large, folded, p.base + p.tail), x);
}

template <class F>
[[nodiscard]] inline F arccos(F x) noexcept {
    using C = ArcConstantsOf<F>;
    const ArcsinParts<F> p = arcsin_parts(x);
    const Mask<F> negative = x < F(0);
    const F near_one = F(2) * (p.base + p.tail);
    const F near_minus_one = fma(p.base, F(-2), F(C::half)) + fma(p.tail, F(-2), F(C::half_rest));
    const F base = copysign(p.base, x);
    const F middle = (F(C::quarter) - base) + (F(C::quarter_rest) - copysign(p.tail, x));
    return select(p.large, select(negative, near_minus_one, near_one), middle);
}

/// arctan(t), 0 <= t <= 1.
template <class F>
[[nodiscard]] inline F arctan_of_fraction(F t) noexcept {
    const F square = t * t;
    return fma(t * square, polynomial(square, coefficients::arctan_tail<Element<F>>), t);
}

template <class F>
[[nodiscard]] inline F arctan(F x) noexcept {
    using C = ArcConstantsOf<F>;
    const F a = abs(x);
    const Mask<F> large = a > F(1);
    const F small = arctan_of_fraction(select(large, F(1) / a, a));
    return copysign(select(large, (F(C::quarter) - small) + F(C::quarter_rest), small), x);
}

/// The angle of the point (x, y), the axes' signs of zero and infinity included as in C99.
template <class F>
[[nodiscard]] inline F arctan2(F y, F x) noexcept {
    using C = ArcConstantsOf<F>;
    const F a = abs(x);
    const F b = abs(y);
    const Mask<F> steep = b > a;
    const F larger = select(steep, b, a);
    const F smaller = select(steep, a, b);
    const F ratio = smaller / larger;
    // 0 / 0 and infinity / infinity.
    const F equal = select(a == F(0), F(0), F(1));
    const F t = arctan_of_fraction(select(a == b, equal, ratio));
    const F folded = select(steep, (F(C::quarter) - t) + F(C::quarter_rest), t);
    const Mask<F> left = copysign(F(1), x) < F(0);
    return copysign(select(left, (F(C::half) - folded) + F(C::half_rest), folded), y);
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
