#include "precedence.hpp"

#include <algorithm>
#include <array>

namespace monnto::expression {
namespace {

using enum BinaryOperator;

constexpr InfixOperator left_to_right(BinaryOperator operation, int its_power) {
    return {operation, its_power, its_power + 1};
}

constexpr std::array<InfixOperator, 21> infix_operators = {{
    left_to_right(add, power::sum),
    left_to_right(subtract, power::sum),
    left_to_right(multiply, power::product),
    left_to_right(divide, power::product),
    left_to_right(floor_divide, power::product),
    left_to_right(modulo, power::product),
    left_to_right(matrix_multiply, power::product),
    // 2**3**2 is 2**9, and 2**-1 needs no parentheses.
    InfixOperator{BinaryOperator::power, power::exponent, power::unary},
    left_to_right(bit_and, power::bit_and),
    left_to_right(bit_or, power::bit_or),
    left_to_right(bit_xor, power::bit_xor),
    left_to_right(shift_left, power::shift),
    left_to_right(shift_right, power::shift),
    left_to_right(equal, power::comparison),
    left_to_right(not_equal, power::comparison),
    left_to_right(less, power::comparison),
    left_to_right(less_equal, power::comparison),
    left_to_right(greater, power::comparison),
    left_to_right(greater_equal, power::comparison),
    left_to_right(logical_and, power::logical_and),
    left_to_right(logical_or, power::logical_or),
}};

}  // namespace

const InfixOperator* find_infix(const Token& token) {
    const auto* found =
        std::find_if(infix_operators.begin(), infix_operators.end(),
                     [&](const InfixOperator& infix) { return token.is(symbol(infix.operation)); });
    return found == infix_operators.end() ? nullptr : found;
}

const InfixOperator& infix_of(BinaryOperator operation) {
    return *std::find_if(infix_operators.begin(), infix_operators.end(),
                         [&](const InfixOperator& infix) { return infix.operation == operation; });
}

int printed_left_power(const InfixOperator& infix) {
    if (infix.left_power == power::exponent) {
        return power::postfix;  // (-2)**2 and (2**3)**2 keep theirs
    }
    if (infix.left_power == power::comparison) {
        return power::bit_or;  // (a<b)==c, because comparisons do not chain
    }
    return infix.left_power;
}

}  // namespace monnto::expression
