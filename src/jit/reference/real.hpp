#pragma once

#include "half.hpp"

#include <monnto/array/float_to_integer.hpp>

#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

/// Floating-point functions that differ from their namesakes in <cmath>, and the casts that C++
/// leaves undefined, with NumPy's answers on x86-64 (S10).
namespace monnto::reference {

template <class T>
concept Stored16 = std::same_as<T, Half> || std::same_as<T, BFloat>;
template <class T>
concept Real = std::floating_point<T>;

/// Quotient and remainder of floor division share a correction; see `floor_divided`.
template <Real T>
struct Division {
    T quotient;
    T remainder;
};

/// As Python's divmod of floats, for b != 0: the remainder is exact and has the divisor's sign, the
/// quotient is the whole number that belongs to it.
template <Real T>
[[nodiscard]] Division<T> floor_divided(T a, T b) noexcept {
    T rest = std::fmod(a, b);
    T quotient = (a - rest) / b;
    if (rest == 0) {
        rest = std::copysign(T{0}, b);
    } else if ((rest < 0) != (b < 0)) {  // also taken by NaN, which both sums keep
        rest += b;
        quotient -= 1;
    }
    if (quotient == 0) {
        return {std::copysign(T{0}, a / b), rest};
    }
    // a - rest was rounded, so the quotient may lie a little beside a whole number.
    const T below = std::floor(quotient);
    return {quotient - below > T(0.5) ? below + 1 : below, rest};
}
template <Real T>
[[nodiscard]] T floor_quotient(T a, T b) noexcept {
    return b == 0 ? a / b : floor_divided(a, b).quotient;
}
template <Real T>
[[nodiscard]] T floor_remainder(T a, T b) noexcept {
    return b == 0 ? std::fmod(a, b) : floor_divided(a, b).remainder;
}

template <Real T>
[[nodiscard]] T sign_of(T x) noexcept {
    return x > 0 ? T{1} : (x < 0 ? T{-1} : (x == 0 ? T{0} : x));
}

/// Written out because GCC 12 fails to vectorize std::signbit of short floats (unrecognizable
/// insn).
template <Real T>
[[nodiscard]] bool has_sign(T x) noexcept {
    using Bits = std::conditional_t<sizeof(T) == 8, std::int64_t, std::int32_t>;
    return std::bit_cast<Bits>(x) < 0;
}

}  // namespace monnto::reference
