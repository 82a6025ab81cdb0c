#pragma once

#include "exp.hpp"
#include "log.hpp"

namespace monnto::lane::inline MONNTO_LANE_TARGET {

/// 1 / (1 + e^-x), where exp never sees a positive number, so that nothing overflows. With p = e /
/// (1 + e) it is 1 - p or, for x < 0, e - e p: either way the quotient's error shrinks.
template <class F>
[[nodiscard]] inline F sigmoid(F x) noexcept {
    const F e = exp(-abs(x));
    const F p = e / (F(1) + e);
    return select(x < F(0), fma(-e, p, e), F(1) - p);
}

/// log(e^a + e^b): the larger one and what the other adds to it. Equal arguments are a case of
/// their own because of infinities.
template <class F>
[[nodiscard]] inline F logaddexp(F a, F b) noexcept {
    const F distance = a - b;
    const F larger = select(distance > F(0), a, b);
    const F sum = larger + log1p(exp(-abs(distance)));
    return select(a == b, a + F(LogConstantsOf<F>::ln2), sum);
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
