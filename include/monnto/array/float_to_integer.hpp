#pragma once

#include <concepts>
#include <cstdint>
#include <limits>

namespace monnto {

/// Truncates to an integer as cvttss2si does: what does not fit gives the most negative number.
template <std::signed_integral I, std::floating_point T>
[[nodiscard]] I truncated(T x) noexcept {
    constexpr T limit = -static_cast<T>(std::numeric_limits<I>::min());  // 2^31 or 2^63: exact
    return x >= -limit && x < limit ? static_cast<I>(x) : std::numeric_limits<I>::min();
}

/// The cast of a float to an integer that C++ leaves undefined out of range, with NumPy's answers
/// on x86-64 (S10). Narrow integers go through int32, u32 through int64, and u64 takes two halves,
/// as compilers translate them.
template <std::integral I, std::floating_point T>
[[nodiscard]] I to_integer(T x) noexcept {
    if constexpr (std::same_as<I, bool>) {
        return x != 0;
    } else if constexpr (sizeof(I) < 4) {
        return static_cast<I>(truncated<std::int32_t>(x));
    } else if constexpr (std::signed_integral<I>) {
        return truncated<I>(x);
    } else if constexpr (sizeof(I) == 4) {
        return static_cast<I>(truncated<std::int64_t>(x));
    } else {
        constexpr auto half = static_cast<T>(std::uint64_t{1} << 63U);
        return x >= half
                   ? static_cast<I>(truncated<std::int64_t>(x - half)) ^ (std::uint64_t{1} << 63U)
                   : static_cast<I>(truncated<std::int64_t>(x));
    }
}

}  // namespace monnto
