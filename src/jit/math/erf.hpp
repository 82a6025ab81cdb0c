#pragma once

#include "exp.hpp"

namespace monnto::lane::inline MONNTO_LANE_TARGET {

/// Up to 1 an odd polynomial; beyond, 1 - e^p(x), since the logarithm of what is missing to 1 is
/// smooth and its error hardly reaches the result.
template <class F>
[[nodiscard]] inline F erf(F x) noexcept {
    using C = ExpConstantsOf<F>;
    const F a = abs(x);
    const F near = fma(a, polynomial(a * a, coefficients::erf_near<Element<F>>), a);

    const F power = polynomial(at_most(a, 6), coefficients::erf_far<Element<F>>);
    const Whole<F> n = nearest_whole(power, C::log2e, Element<F>(FormatOf<F>::bias));
    const F r = fma(n.value, F(-C::ln2_rest), fma(n.value, F(-C::ln2), power));
    const F t = fma(r * r, polynomial(r, coefficients::exp_tail<Element<F>>), r);
    const F scale = power_of_two<F>(n.bits);
    const F far = fma(-t, scale, F(1) - scale);
    return copysign(select(a < F(1), near, far), x);
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
