#pragma once

#include <monnto/expression/ast.hpp>
#include <monnto/expression/value.hpp>

namespace monnto::expression {

/// Python's arithmetic on plain numbers: 1/2 is 0.5, -7//2 is -4, 2**-1 is 0.5, True+True is 2.
/// Throws BadParameter for a division by zero and for ints beyond 64 bits, TypeMismatch for `1.5 &
/// 2`. The words `and`, `or` and `not` are not among these operations, `@` neither.
[[nodiscard]] Value number_binary(BinaryOperator operation, const Value& left, const Value& right);
[[nodiscard]] Value number_unary(UnaryOperator operation, const Value& operand);

}  // namespace monnto::expression
