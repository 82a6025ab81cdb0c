#pragma once

#include "program/program.hpp"

#include <string>
#include <vector>

namespace monnto::emit {

/// Whether kernels can hold this operation; `from` is the dtype of its last input. What they
/// cannot, the interpreter does.
[[nodiscard]] bool can_emit(Op op, DType from, DType to) noexcept;

/// Inputs of an elementwise operation.
[[nodiscard]] std::size_t operand_count(Op op) noexcept;

/// Writes one elementwise operation; `operands` are registers. Contract: can_emit.
[[nodiscard]] std::string emit_operation(Op op, DType from, DType to,
                                         const std::vector<std::string>& operands);

}  // namespace monnto::emit
