#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

/// Integer arithmetic with NumPy's answers where C++ has none (S10): it wraps, dividing by zero
/// gives 0, and a shift by the width or more shifts everything out.
namespace monnto::reference {

template <class T>
concept Integer = std::integral<T> && !std::same_as<T, bool>;

/// Unsigned and at least as wide as unsigned int, because narrower operands would be promoted to
/// int, where a product of two 65535 overflows.
template <Integer T>
using Wrapping =
    std::conditional_t<sizeof(T) < sizeof(unsigned), unsigned, std::make_unsigned_t<T>>;

template <Integer T>
[[nodiscard]] constexpr T wrapping_add(T a, T b) noexcept {
    return static_cast<T>(static_cast<Wrapping<T>>(a) + static_cast<Wrapping<T>>(b));
}
template <Integer T>
[[nodiscard]] constexpr T wrapping_subtract(T a, T b) noexcept {
    return static_cast<T>(static_cast<Wrapping<T>>(a) - static_cast<Wrapping<T>>(b));
}
template <Integer T>
[[nodiscard]] constexpr T wrapping_multiply(T a, T b) noexcept {
    return static_cast<T>(static_cast<Wrapping<T>>(a) * static_cast<Wrapping<T>>(b));
}
template <Integer T>
[[nodiscard]] constexpr T wrapping_negative(T a) noexcept {
    return static_cast<T>(Wrapping<T>{0} - static_cast<Wrapping<T>>(a));
}

/// The quotient rounded towards zero. INT_MIN / -1, which traps on x86, gives INT_MIN.
template <Integer T>
[[nodiscard]] constexpr T truncated_quotient(T a, T b) noexcept {
    if constexpr (std::is_signed_v<T>) {
        if (b == T{-1}) {
            return wrapping_negative(a);
        }
    }
    return b == 0 ? T{0} : static_cast<T>(a / b);
}
/// What that leaves: the sign of the dividend.
template <Integer T>
[[nodiscard]] constexpr T truncated_remainder(T a, T b) noexcept {
    if constexpr (std::is_signed_v<T>) {
        if (b == T{-1}) {
            return 0;
        }
    }
    return b == 0 ? T{0} : static_cast<T>(a % b);
}

/// The quotient rounded down, as Python's `//`.
template <Integer T>
[[nodiscard]] constexpr T floor_quotient(T a, T b) noexcept {
    const T quotient = truncated_quotient(a, b);
    if constexpr (std::is_signed_v<T>) {
        const bool rounded_up = b != 0 && (a < 0) != (b < 0) && truncated_remainder(a, b) != 0;
        return static_cast<T>(quotient - static_cast<T>(rounded_up));
    }
    return quotient;
}
/// What that leaves, as Python's `%`: the sign of the divisor.
template <Integer T>
[[nodiscard]] constexpr T floor_remainder(T a, T b) noexcept {
    const T rest = truncated_remainder(a, b);
    if constexpr (std::is_signed_v<T>) {
        return rest != 0 && (rest < 0) != (b < 0) ? static_cast<T>(rest + b) : rest;
    }
    return rest;
}

template <Integer T>
[[nodiscard]] constexpr bool shifts_out(T by) noexcept {
    return static_cast<std::make_unsigned_t<T>>(by) >=
           std::numeric_limits<std::make_unsigned_t<T>>::digits;
}
template <Integer T>
[[nodiscard]] constexpr T shifted_left(T a, T by) noexcept {
    return shifts_out(by)
               ? T{0}
               : static_cast<T>(static_cast<Wrapping<T>>(a) << static_cast<unsigned>(by));
}
template <Integer T>
[[nodiscard]] constexpr T shifted_right(T a, T by) noexcept {
    if (shifts_out(by)) {
        return a < 0 ? static_cast<T>(-1) : T{0};
    }
    return static_cast<T>(a >> static_cast<unsigned>(by));
}

/// By repeated squaring, modulo 2^width. A negative exponent is refused when recording; here it
/// gives 1.
template <Integer T>
[[nodiscard]] constexpr T integer_power(T base, T exponent) noexcept {
    T result = 1;
    for (; exponent > 0; exponent = static_cast<T>(exponent >> 1)) {
        if ((exponent & 1) != 0) {
            result = wrapping_multiply(result, base);
        }
        base = wrapping_multiply(base, base);
    }
    return result;
}

}  // namespace monnto::reference
