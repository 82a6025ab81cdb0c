#pragma once

#include "lane.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace monnto::lane::inline MONNTO_LANE_TARGET {

/// c[0] + c[1] x + c[2] x^2 + ..., one fma per coefficient (Horner). Loops over many elements hide
/// the chain's latency, and every other order costs more operations.
template <class F, std::size_t N>
[[nodiscard]] inline F polynomial(F x, const std::array<Element<F>, N>& c) noexcept {
    F sum(c[N - 1]);
    // Unrolled by hand: compilers do not vectorize around a long inner loop.
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        ((sum = fma(sum, x, F(c[N - 2 - I]))), ...);
    }(std::make_index_sequence<N - 1>());
    return sum;
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
