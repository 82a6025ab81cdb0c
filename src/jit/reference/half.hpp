#pragma once

#include <monnto/array/half.hpp>

#include <cstdint>

namespace monnto::reference {

/// An element of IEEE binary16 (S3): arithmetic converts to float and rounds once per operation.
struct Half {
    std::uint16_t bits = 0;

    Half() = default;
    explicit Half(float value) noexcept : bits(half_from_float(value)) {}
    explicit Half(double value) noexcept : bits(half_from_double(value)) {}
    operator float() const noexcept { return half_to_float(bits); }
};

/// An element of bfloat16.
struct BFloat {
    std::uint16_t bits = 0;

    BFloat() = default;
    explicit BFloat(float value) noexcept : bits(bfloat_from_float(value)) {}
    explicit BFloat(double value) noexcept : bits(bfloat_from_double(value)) {}
    operator float() const noexcept { return bfloat_to_float(bits); }
};

/// The type in which operations on elements of type T are computed.
template <class T>
struct Computed {
    using type = T;
};
template <>
struct Computed<Half> {
    using type = float;
};
template <>
struct Computed<BFloat> {
    using type = float;
};
template <class T>
using computed_t = typename Computed<T>::type;

}  // namespace monnto::reference
