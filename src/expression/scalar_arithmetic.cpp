#include "scalar_arithmetic.hpp"

#include <monnto/base/error.hpp>

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace monnto::expression {
namespace {

using enum BinaryOperator;

[[noreturn]] void fail(BinaryOperator operation, double left, double right,
                       std::string_view advice) {
    throw BadParameter("result", fmt::format("{}{}{}", left, symbol(operation), right), advice);
}

constexpr std::string_view too_large = "it needs more than 64 bits; make one of them a float";
constexpr std::string_view by_zero = "division by zero";

std::pair<std::int64_t, std::int64_t> floor_divided(std::int64_t a, std::int64_t b) {
    if (b == 0) {
        fail(floor_divide, static_cast<double>(a), 0.0, by_zero);
    }
    if (b == -1) {  // the one quotient that can overflow
        return {std::get<std::int64_t>(number_unary(UnaryOperator::minus, a).data), 0};
    }
    const std::int64_t quotient = a / b;
    const std::int64_t rest = a % b;
    const bool is_rounded_up = rest != 0 && (rest < 0) != (b < 0);
    return is_rounded_up ? std::pair{quotient - 1, rest + b} : std::pair{quotient, rest};
}

std::pair<double, double> floor_divided(double a, double b) {
    if (b == 0.0) {
        fail(floor_divide, a, b, by_zero);
    }
    double rest = std::fmod(a, b);
    double quotient = (a - rest) / b;
    if (rest != 0.0 && (b < 0.0) != (rest < 0.0)) {
        rest += b;
        quotient -= 1.0;
    } else if (rest == 0.0) {
        rest = std::copysign(0.0, b);
    }
    const double floored = std::floor(quotient);
    // The division may have rounded down to the integer below.
    return {quotient - floored > 0.5 ? floored + 1.0 : floored, rest};
}

template <class Operation>
Value checked(BinaryOperator operation, std::int64_t a, std::int64_t b, Operation operate) {
    std::int64_t result = 0;
    if (operate(a, b, &result)) {
        fail(operation, static_cast<double>(a), static_cast<double>(b), too_large);
    }
    return result;
}

Value real_power(double a, double b) {
    if (a == 0.0 && b < 0.0) {
        fail(BinaryOperator::power, a, b, by_zero);
    }
    if (a < 0.0 && std::isfinite(b) && b != std::floor(b)) {
        fail(BinaryOperator::power, a, b, "it is complex");
    }
    return std::pow(a, b);
}

Value integer_power(std::int64_t a, std::int64_t b) {
    if (b < 0) {
        return real_power(static_cast<double>(a), static_cast<double>(b));
    }
    std::int64_t result = 1;
    std::int64_t factor = a;
    for (std::int64_t rest = b; rest > 0; rest /= 2) {
        const bool overflows = (rest % 2 == 1 && __builtin_mul_overflow(result, factor, &result)) ||
                               (rest > 1 && __builtin_mul_overflow(factor, factor, &factor));
        if (overflows) {
            fail(BinaryOperator::power, static_cast<double>(a), static_cast<double>(b), too_large);
        }
    }
    return result;
}

Value shifted(BinaryOperator operation, std::int64_t a, std::int64_t b) {
    const auto left = static_cast<double>(a);
    if (b < 0) {
        fail(operation, left, static_cast<double>(b), "the count of a shift cannot be negative");
    }
    if (operation == shift_right) {
        return a >> (b > 63 ? 63 : b);
    }
    const std::int64_t result = b > 62 ? 0 : a << b;
    if (a != 0 && (b > 62 || result >> b != a)) {
        fail(operation, left, static_cast<double>(b), too_large);
    }
    return result;
}

Value of_integers(BinaryOperator operation, std::int64_t a, std::int64_t b) {
    switch (operation) {
        case add:
            return checked(operation, a, b,
                           [](auto x, auto y, auto* r) { return __builtin_add_overflow(x, y, r); });
        case subtract:
            return checked(operation, a, b,
                           [](auto x, auto y, auto* r) { return __builtin_sub_overflow(x, y, r); });
        case multiply:
            return checked(operation, a, b,
                           [](auto x, auto y, auto* r) { return __builtin_mul_overflow(x, y, r); });
        case divide:
            if (b == 0) {
                fail(operation, static_cast<double>(a), 0.0, by_zero);
            }
            return static_cast<double>(a) / static_cast<double>(b);
        case floor_divide:
            return floor_divided(a, b).first;
        case modulo:
            return floor_divided(a, b).second;
        case BinaryOperator::power:
            return integer_power(a, b);
        case bit_and:
            return a & b;
        case bit_or:
            return a | b;
        case bit_xor:
            return a ^ b;
        case shift_left:
        case shift_right:
            return shifted(operation, a, b);
        default:
            throw InternalError("no arithmetic of ints for this operation");
    }
}

Value of_reals(BinaryOperator operation, double a, double b) {
    switch (operation) {
        case add:
            return a + b;
        case subtract:
            return a - b;
        case multiply:
            return a * b;
        case divide:
            if (b == 0.0) {
                fail(operation, a, b, by_zero);
            }
            return a / b;
        case floor_divide:
            return floor_divided(a, b).first;
        case modulo:
            return floor_divided(a, b).second;
        case BinaryOperator::power:
            return real_power(a, b);
        default:
            throw TypeMismatch(std::string(symbol(operation)), "a float",
                               "it works on ints, bools and arrays of them");
    }
}

template <class T>
Value compared(BinaryOperator operation, T a, T b) {
    switch (operation) {
        case equal:
            return a == b;
        case not_equal:
            return a != b;
        case less:
            return a < b;
        case less_equal:
            return a <= b;
        case greater:
            return a > b;
        default:
            return a >= b;
    }
}

bool is_comparison(BinaryOperator operation) {
    return operation >= equal && operation <= greater_equal;
}

}  // namespace

Value number_binary(BinaryOperator operation, const Value& left, const Value& right) {
    const std::string name(symbol(operation));
    const bool is_real = left.get_if<double>() != nullptr || right.get_if<double>() != nullptr;
    if (!is_real) {
        const std::int64_t a = as_integer(left, name);
        const std::int64_t b = as_integer(right, name);
        if (is_comparison(operation)) {
            return compared(operation, a, b);
        }
        const Value result = of_integers(operation, a, b);
        const bool stays_bool =
            left.get_if<bool>() != nullptr && right.get_if<bool>() != nullptr &&
            (operation == bit_and || operation == bit_or || operation == bit_xor);
        return stays_bool ? Value(truth_of(result)) : result;
    }
    if (is_comparison(operation)) {
        // 64 bits of mantissa hold every int64 and every double.
        const auto exact = [&](const Value& value) -> long double {
            const auto* real = value.get_if<double>();
            return real != nullptr ? static_cast<long double>(*real)
                                   : static_cast<long double>(as_integer(value, name));
        };
        return compared(operation, exact(left), exact(right));
    }
    return of_reals(operation, as_real(left, name), as_real(right, name));
}

Value number_unary(UnaryOperator operation, const Value& operand) {
    const std::string name(symbol(operation));
    if (const auto* real = operand.get_if<double>()) {
        if (operation == UnaryOperator::invert) {
            throw TypeMismatch(name, "a float", "it works on ints, bools and arrays of them");
        }
        return operation == UnaryOperator::minus ? -*real : *real;
    }
    const std::int64_t whole = as_integer(operand, name);
    switch (operation) {
        case UnaryOperator::minus:
            return of_integers(subtract, 0, whole);
        case UnaryOperator::invert:
            return ~whole;
        default:
            return whole;
    }
}

}  // namespace monnto::expression
