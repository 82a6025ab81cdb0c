#pragma once

#include "lane.hpp"

#include <monnto/array/op.hpp>

#include <string>

namespace monnto::emit {

/// One elementwise operation on lanes of one dtype: its register, or "" where kernels have none.
template <class T>
[[nodiscard]] std::string unary(Op op, const Lane<T>& x);
template <class T>
[[nodiscard]] std::string binary(Op op, const Lane<T>& a, const Lane<T>& b);

// clang-format off
#define MONNTO_LANE_TYPES(X)                                                                      \
    X(bool) X(std::uint8_t) X(std::uint16_t) X(std::uint32_t) X(std::uint64_t)                     \
    X(std::int8_t) X(std::int16_t) X(std::int32_t) X(std::int64_t) X(float) X(double)
#define MONNTO_LANE_EXTERN(T)                                                                     \
    extern template std::string unary(Op op, const Lane<T>& x);                                    \
    extern template std::string binary(Op op, const Lane<T>& a, const Lane<T>& b);
MONNTO_LANE_TYPES(MONNTO_LANE_EXTERN)
#undef MONNTO_LANE_EXTERN
// clang-format on

/// The elementary functions; "" for others.
template <std::floating_point T>
[[nodiscard]] std::string unary_function(Op op, const Lane<T>& x);
template <std::floating_point T>
[[nodiscard]] std::string binary_function(Op op, const Lane<T>& a, const Lane<T>& b);

}  // namespace monnto::emit
