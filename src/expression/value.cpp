#include <monnto/expression/value.hpp>

#include "overloaded.hpp"

#include <monnto/array/functions.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace monnto::expression {
namespace {

[[noreturn]] void refuse(const Value& value, const std::string& operation,
                         std::string_view advice) {
    throw TypeMismatch(operation, kind_of(value), advice);
}

// A flat list of plain numbers; numpy's common type of Python's: bool < int < float.
Array array_of_numbers(const std::vector<Value>& items) {
    std::size_t widest = 1;  // index of bool in Value::Data
    for (const Value& item : items) {
        widest = std::max(widest, item.data.index());
    }
    std::vector<double> reals;
    std::vector<std::int64_t> integers;
    for (const Value& item : items) {
        if (const auto* flag = item.get_if<bool>()) {
            integers.push_back(*flag ? 1 : 0);
            reals.push_back(*flag ? 1.0 : 0.0);
        } else if (const auto* whole = item.get_if<std::int64_t>()) {
            integers.push_back(*whole);
            reals.push_back(static_cast<double>(*whole));
        } else {
            reals.push_back(std::get<double>(item.data));
        }
    }
    // An empty list is float64, as in NumPy.
    if (widest == 3 || items.empty()) {
        return Array::from(reals);
    }
    const Array whole = Array::from(integers);
    return widest == 1 ? whole.astype(DType::boolean) : whole;
}

}  // namespace

std::string kind_of(const Value& value) {
    return std::visit(
        Overloaded{
            [](std::monostate) { return std::string("None"); },
            [](bool) { return std::string("a bool"); },
            [](std::int64_t) { return std::string("an int"); },
            [](double) { return std::string("a float"); },
            [](const std::string& text) { return fmt::format("the text '{}'", text); },
            [](DType dtype) { return fmt::format("the dtype {}", monnto::name_of(dtype)); },
            [](const Array& array) {
                return fmt::format("{} of shape {}", monnto::name_of(array.dtype()),
                                   array.shape().to_string());
            },
            [](Ellipsis) { return std::string("Ellipsis"); },
            [](const Items& items) { return std::string(items.is_list ? "a list" : "a tuple"); },
        },
        value.data);
}

Array as_array(const Value& value, const std::string& operation) {
    if (const auto* array = value.get_if<Array>()) {
        return *array;
    }
    if (const auto* items = value.get_if<Items>()) {
        const bool is_flat = std::all_of(items->items.begin(), items->items.end(),
                                         [](const Value& item) { return item.is_number(); });
        if (is_flat) {
            return array_of_numbers(items->items);
        }
        std::vector<Array> rows;
        rows.reserve(items->items.size());
        for (const Value& item : items->items) {
            rows.push_back(as_array(item, operation));
        }
        return monnto::stack(rows);
    }
    return {as_operand(value, operation).number()};
}

Operand as_operand(const Value& value, const std::string& operation) {
    if (const auto* flag = value.get_if<bool>()) {
        return *flag;
    }
    if (const auto* whole = value.get_if<std::int64_t>()) {
        return *whole;
    }
    if (const auto* real = value.get_if<double>()) {
        return *real;
    }
    if (value.is_array() || value.get_if<Items>() != nullptr) {
        return as_array(value, operation);
    }
    refuse(value, operation, "numbers and arrays are what it works on");
}

bool truth_of(const Value& value) {
    return std::visit(Overloaded{
                          [](std::monostate) { return false; },
                          [](bool flag) { return flag; },
                          [](std::int64_t whole) { return whole != 0; },
                          [](double real) { return real != 0.0; },
                          [](const std::string& text) { return !text.empty(); },
                          [](DType) { return true; },
                          [](const Array& array) { return array.truth(); },
                          [](Ellipsis) { return true; },
                          [](const Items& items) { return !items.items.empty(); },
                      },
                      value.data);
}

std::int64_t as_integer(const Value& value, const std::string& operation) {
    if (const auto* whole = value.get_if<std::int64_t>()) {
        return *whole;
    }
    if (const auto* flag = value.get_if<bool>()) {
        return *flag ? 1 : 0;
    }
    const auto* array = value.get_if<Array>();
    if (array != nullptr && array->size() == 1 && !is_float(array->dtype())) {
        return array->item<std::int64_t>();
    }
    refuse(value, operation, "a whole number is needed");
}

double as_real(const Value& value, const std::string& operation) {
    if (const auto* real = value.get_if<double>()) {
        return *real;
    }
    const auto* array = value.get_if<Array>();
    if (array != nullptr && array->size() == 1) {
        return array->item<double>();
    }
    if (value.is_number()) {
        return static_cast<double>(as_integer(value, operation));
    }
    refuse(value, operation, "a number is needed");
}

DType as_dtype(const Value& value, const std::string& operation) {
    if (const auto* dtype = value.get_if<DType>()) {
        return *dtype;
    }
    if (const auto* name = value.get_if<std::string>()) {
        if (const auto dtype = monnto::dtype_named(*name)) {
            return *dtype;
        }
    }
    refuse(value, operation, "a dtype is needed, such as np.float32 or 'float32'");
}

}  // namespace monnto::expression
