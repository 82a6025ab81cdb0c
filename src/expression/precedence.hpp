#pragma once

#include <monnto/expression/ast.hpp>
#include <monnto/expression/token.hpp>

namespace monnto::expression {

/// How strongly an operator holds its operands, weakest first. Parser and printer share it, so that
/// what is printed parses to the same tree.
namespace power {
inline constexpr int conditional = 1;
inline constexpr int logical_or = 2;
inline constexpr int logical_and = 3;
inline constexpr int logical_not = 4;
inline constexpr int comparison = 5;
inline constexpr int bit_or = 6;
inline constexpr int bit_xor = 7;
inline constexpr int bit_and = 8;
inline constexpr int shift = 9;
inline constexpr int sum = 10;
inline constexpr int product = 11;
inline constexpr int unary = 12;
inline constexpr int exponent = 13;
inline constexpr int postfix = 14;
}  // namespace power

struct InfixOperator {
    BinaryOperator operation;
    int left_power;   // taken by an operand that asks for at most this
    int right_power;  // what its right operand asks for: one more than the left where a-b-c is
                      // (a-b)-c
};

/// Null where the token is no infix operator.
[[nodiscard]] const InfixOperator* find_infix(const Token& token);
[[nodiscard]] const InfixOperator& infix_of(BinaryOperator operation);

/// The least power with which a left operand is printed without parentheses.
[[nodiscard]] int printed_left_power(const InfixOperator& infix);

}  // namespace monnto::expression
