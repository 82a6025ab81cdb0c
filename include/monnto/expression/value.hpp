#pragma once

#include <monnto/array/array.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace monnto::expression {

struct Value;

/// A tuple or a list of values.
struct Items {
    std::vector<Value> items;
    bool is_list = false;
};

/// What an expression, or a part of it, comes to. Numbers that were never in an array stay plain
/// numbers, so that they stay weak (`v*2` keeps the dtype of v).
struct Value {
    using Data = std::variant<std::monostate, bool, std::int64_t, double, std::string, DType, Array,
                              Ellipsis, Items>;

    Value() = default;  // None
    Value(bool value) : data(value) {}
    Value(double value) : data(value) {}
    Value(const char* value) : data(std::string(value)) {}
    Value(std::string value) : data(std::move(value)) {}
    Value(DType value) : data(value) {}
    Value(Array value) : data(std::move(value)) {}
    Value(Ellipsis value) : data(value) {}
    Value(Items value) : data(std::move(value)) {}
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    Value(T value) : data(static_cast<std::int64_t>(value)) {}

    template <class T>
    [[nodiscard]] const T* get_if() const {
        return std::get_if<T>(&data);
    }
    [[nodiscard]] bool is_none() const { return std::holds_alternative<std::monostate>(data); }
    /// bool, int or float.
    [[nodiscard]] bool is_number() const { return data.index() >= 1 && data.index() <= 3; }
    [[nodiscard]] bool is_array() const { return std::holds_alternative<Array>(data); }

    Data data;
};

/// "a text", "None", "float32 of shape (3,)": for messages.
[[nodiscard]] std::string kind_of(const Value& value);

/// Numbers, arrays, and (nested) lists and tuples of them, as np.asarray would.
/// `operation` names the place in the message of the TypeMismatch for everything else.
[[nodiscard]] Array as_array(const Value& value, const std::string& operation);
/// The same, but numbers stay weak numbers.
[[nodiscard]] Operand as_operand(const Value& value, const std::string& operation);
/// Python's truth value: of numbers, texts, tuples, and arrays of one element.
[[nodiscard]] bool truth_of(const Value& value);
/// An int, or the element of an integer array of one element.
[[nodiscard]] std::int64_t as_integer(const Value& value, const std::string& operation);
[[nodiscard]] double as_real(const Value& value, const std::string& operation);
/// np.float32, 'float32', or the builtin types float, int and bool.
[[nodiscard]] DType as_dtype(const Value& value, const std::string& operation);

}  // namespace monnto::expression
