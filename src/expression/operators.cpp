#include "operators.hpp"
#include "scalar_arithmetic.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/base/error.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace monnto::expression {
namespace {

// In the order of BinaryOperator, up to greater_equal. Power and @ have functions of their own.
constexpr std::array<Op, 19> array_operations = {
    Op::add,         Op::subtract,   Op::multiply,    Op::divide,       Op::floor_divide,
    Op::remainder,   Op::matmul,     Op::power,       Op::bitwise_and,  Op::bitwise_or,
    Op::bitwise_xor, Op::left_shift, Op::right_shift, Op::equal,        Op::not_equal,
    Op::less,        Op::less_equal, Op::greater,     Op::greater_equal};

// Equality of what has no arithmetic: texts, None, dtypes, tuples. Nothing where an array decides.
std::optional<bool> plainly_equal(const Value& a, const Value& b) {
    if (a.is_array() || b.is_array()) {
        return std::nullopt;
    }
    if (a.is_number() && b.is_number()) {
        return truth_of(number_binary(BinaryOperator::equal, a, b));
    }
    if (a.data.index() != b.data.index()) {
        return false;
    }
    if (const auto* text = a.get_if<std::string>()) {
        return *text == std::get<std::string>(b.data);
    }
    if (const auto* dtype = a.get_if<DType>()) {
        return *dtype == std::get<DType>(b.data);
    }
    const auto* items = a.get_if<Items>();
    if (items == nullptr) {
        return true;  // None and None, ... and ...
    }
    const auto& others = std::get<Items>(b.data);
    if (items->is_list != others.is_list || items->items.size() != others.items.size()) {
        return false;
    }
    for (std::size_t i = 0; i < items->items.size(); ++i) {
        const std::optional<bool> is_equal = plainly_equal(items->items[i], others.items[i]);
        if (!is_equal || !*is_equal) {
            return is_equal;
        }
    }
    return true;
}

std::optional<Value> joined(const Value& left, const Value& right) {
    const auto* first = left.get_if<Items>();
    const auto* second = right.get_if<Items>();
    if (first == nullptr || second == nullptr || first->is_list != second->is_list) {
        return std::nullopt;
    }
    Items all = *first;
    all.items.insert(all.items.end(), second->items.begin(), second->items.end());
    return all;
}

Value apply_to_arrays(BinaryOperator operation, const Value& left, const Value& right) {
    const std::string name(symbol(operation));
    if (operation == BinaryOperator::matrix_multiply) {
        return monnto::matmul(as_array(left, name), as_array(right, name));
    }
    const Operand a = as_operand(left, name);
    const Operand b = as_operand(right, name);
    if (operation == BinaryOperator::power) {
        return monnto::pow(a, b);
    }
    return monnto::binary(array_operations.at(static_cast<std::size_t>(operation)), a, b);
}

}  // namespace

Value apply(BinaryOperator operation, const Value& left, const Value& right) {
    if (left.is_number() && right.is_number() && operation != BinaryOperator::matrix_multiply) {
        return number_binary(operation, left, right);
    }
    const bool asks_equality =
        operation == BinaryOperator::equal || operation == BinaryOperator::not_equal;
    if (asks_equality) {
        if (const std::optional<bool> is_equal = plainly_equal(left, right)) {
            return *is_equal == (operation == BinaryOperator::equal);
        }
    }
    if (operation == BinaryOperator::add) {
        if (std::optional<Value> both = joined(left, right)) {
            return *both;
        }
    }
    return apply_to_arrays(operation, left, right);
}

Value apply(UnaryOperator operation, const Value& operand) {
    if (operation == UnaryOperator::logical_not) {
        return !truth_of(operand);
    }
    if (operand.is_number()) {
        return number_unary(operation, operand);
    }
    const Array array = as_array(operand, std::string(symbol(operation)));
    switch (operation) {
        case UnaryOperator::minus:
            return monnto::unary(Op::negative, array);
        case UnaryOperator::invert:
            return monnto::unary(Op::invert, array);
        default:
            if (is_bool(array.dtype())) {
                throw TypeMismatch("+", kind_of(array), "cast it to a number with astype() first");
            }
            return array.copy();
    }
}

}  // namespace monnto::expression
