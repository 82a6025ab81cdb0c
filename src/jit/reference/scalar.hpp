#pragma once

#include "half.hpp"

#include <cmath>
#include <concepts>
#include <cstdint>
#include <type_traits>

namespace monnto::reference {

/// Integers add and multiply modulo 2^bits, as NumPy's do (S10); in C++ only unsigned ones may, and
/// short ones only after the promotion to int has been sidestepped.
template <std::integral T>
using wrapping_t = std::conditional_t<(sizeof(T) < 4), std::uint32_t, std::make_unsigned_t<T>>;

/// NumPy's add of one dtype: bool is or, integers wrap, halves round once.
template <class T>
[[nodiscard]] inline T added(T a, T b) noexcept {
    if constexpr (std::same_as<T, bool>) {
        return a || b;
    } else if constexpr (std::integral<T>) {
        return static_cast<T>(static_cast<wrapping_t<T>>(a) + static_cast<wrapping_t<T>>(b));
    } else {
        using C = computed_t<T>;
        return T(static_cast<C>(a) + static_cast<C>(b));
    }
}

/// NumPy's multiply of one dtype: bool is and.
template <class T>
[[nodiscard]] inline T multiplied(T a, T b) noexcept {
    if constexpr (std::same_as<T, bool>) {
        return a && b;
    } else if constexpr (std::integral<T>) {
        return static_cast<T>(static_cast<wrapping_t<T>>(a) * static_cast<wrapping_t<T>>(b));
    } else {
        using C = computed_t<T>;
        return T(static_cast<C>(a) * static_cast<C>(b));
    }
}

template <class T>
[[nodiscard]] inline bool is_nan(T x) noexcept {
    if constexpr (std::integral<T>) {
        return false;
    } else {
        return std::isnan(static_cast<computed_t<T>>(x));
    }
}

/// NumPy's order of sorting: NaN behind every number.
template <class T>
[[nodiscard]] inline bool comes_before(T a, T b) noexcept {
    return a < b || (is_nan(b) && !is_nan(a));
}

}  // namespace monnto::reference
