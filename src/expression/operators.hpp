#pragma once

#include <monnto/expression/ast.hpp>
#include <monnto/expression/value.hpp>

namespace monnto::expression {

/// `left operation right` for everything but `and` and `or`: Python's arithmetic between plain
/// numbers, the array module's as soon as an array takes part.
[[nodiscard]] Value apply(BinaryOperator operation, const Value& left, const Value& right);
/// `not`, `-`, `+` and `~`.
[[nodiscard]] Value apply(UnaryOperator operation, const Value& operand);

}  // namespace monnto::expression
