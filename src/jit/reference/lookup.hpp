#pragma once

#include "rows.hpp"

#include <monnto/array/node.hpp>

#include <cstddef>

/// The loop of each elementwise operation for elements of a dtype, one function per source file;
/// nullptr where recording casts to another dtype first.
namespace monnto::reference {

[[nodiscard]] Kernel cast_kernel(DType from, DType to);
/// Unary operations and predicates that are plain arithmetic.
[[nodiscard]] Kernel unary_kernel(Op op, DType dtype);
/// Unary elementary functions; floats only.
[[nodiscard]] Kernel function_kernel(Op op, DType dtype);
/// Binary operations that are plain arithmetic.
[[nodiscard]] Kernel arithmetic_kernel(Op op, DType dtype);
/// Bitwise operations and shifts; bool and integers.
[[nodiscard]] Kernel bitwise_kernel(Op op, DType dtype);
/// Divisions with rounding, and powers of integers.
[[nodiscard]] Kernel division_kernel(Op op, DType dtype);
/// Binary elementary functions, powers among them; floats only.
[[nodiscard]] Kernel binary_function_kernel(Op op, DType dtype);
[[nodiscard]] Kernel comparison_kernel(Op op, DType dtype);
/// That of a node of such an operation.
[[nodiscard]] Kernel elementwise_kernel(const Node& node);
/// `where` moves elements and does not look at them.
[[nodiscard]] Kernel where_kernel(std::size_t bytes);

}  // namespace monnto::reference
