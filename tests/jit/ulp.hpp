#pragma once

#include <cmath>
#include <limits>

namespace monnto::support {

/// The distance between neighbors of type T around `value`.
template <class T>
[[nodiscard]] double ulp(long double value) {
    using Limits = std::numeric_limits<T>;
    int exponent = 0;
    std::frexp(value, &exponent);
    const int lowest = Limits::min_exponent - Limits::digits;
    const int digit = exponent - Limits::digits;
    return std::ldexp(1.0, digit < lowest ? lowest : digit);
}

/// How far `found` is from a wider number, in units of the last place; infinity where it is of
/// another kind (NaN, infinite, a zero of the other sign).
template <class T, class Wide>
[[nodiscard]] double error_in_ulp(T found, Wide exact) {
    constexpr double wrong = std::numeric_limits<double>::infinity();
    const T nearest = static_cast<T>(exact);
    if (std::isnan(nearest) || std::isnan(found)) {
        return std::isnan(nearest) && std::isnan(found) ? 0 : wrong;
    }
    if (std::isinf(nearest) || std::isinf(found)) {
        // The last float may round to infinity where its neighbor would have been right.
        const bool at_the_edge =
            std::abs(exact) > static_cast<Wide>(std::numeric_limits<T>::max()) *
                                  (1 - 2 * static_cast<Wide>(std::numeric_limits<T>::epsilon())) &&
            std::signbit(found) == std::signbit(nearest);
        return found == nearest ? 0 : (at_the_edge ? 1 : wrong);
    }
    if (nearest == 0 && found == 0) {
        return std::signbit(nearest) == std::signbit(found) ? 0 : wrong;
    }
    const auto distance = static_cast<long double>(found) - static_cast<long double>(exact);
    return static_cast<double>(std::abs(distance)) / ulp<T>(static_cast<long double>(exact));
}

}  // namespace monnto::support
