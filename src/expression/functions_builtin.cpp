// Python's builtins. Unlike NumPy's functions they keep plain numbers plain: abs(-2) is 2.
#include "functions.hpp"
#include "scalar_arithmetic.hpp"

#include <monnto/base/error.hpp>

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace monnto::expression {
namespace {

Value length(const Bound& bound) {
    const Value& x = bound.value("x");
    if (const auto* items = x.get_if<Items>()) {
        return items->items.size();
    }
    if (const auto* text = x.get_if<std::string>()) {
        return text->size();
    }
    const auto* array = x.get_if<Array>();
    if (array == nullptr || array->rank() == 0) {
        throw TypeMismatch("len", kind_of(x), "it has no length");
    }
    return array->shape()[0];
}

Value absolute(const Bound& bound) {
    const Value& x = bound.value("x");
    if (!x.is_number()) {
        return monnto::unary(Op::absolute, bound.operand("x"));
    }
    if (const auto* real = x.get_if<double>()) {
        return std::abs(*real);
    }
    const std::int64_t whole = bound.integer("x");
    return whole < 0 ? number_unary(UnaryOperator::minus, whole) : Value(whole);
}

// With a number of digits the decimal is exact, as in Python, where NumPy would scale.
Value round(const Bound& bound) {
    const Value& x = bound.value("number");
    if (!x.is_number()) {
        Arguments arguments{{x}, {}};
        if (bound.has("ndigits")) {
            arguments.positional.push_back(bound.value("ndigits"));
        }
        const Function& function = *array_functions().find("round");
        return function.body(Bound("round", function.parameters, arguments));
    }
    const auto* real = x.get_if<double>();
    if (real == nullptr) {
        return bound.integer("number");
    }
    if (!bound.has("ndigits")) {
        return static_cast<std::int64_t>(std::nearbyint(*real));
    }
    const auto digits = static_cast<int>(bound.integer("ndigits"));
    if (digits < 0 || digits > 300 || !std::isfinite(*real)) {
        return *real;
    }
    return std::strtod(fmt::format("{:.{}f}", *real, digits).c_str(), nullptr);
}

// min(a, b) and max(a, b) compare; min(v) and max(v) reduce.
Value extremum(const Bound& bound, Op op, BinaryOperator is_better) {
    const auto& items = std::get<Items>(bound.value("values").data).items;
    if (items.empty()) {
        throw BadParameter(bound.function(), "nothing", "give values to compare");
    }
    if (items.size() == 1 && items[0].is_array()) {
        const auto& array = std::get<Array>(items[0].data);
        return op == Op::minimum ? monnto::min(array) : monnto::max(array);
    }
    Value best = items[0];
    for (const Value& item : items) {
        if (best.is_number() && item.is_number()) {
            best = truth_of(number_binary(is_better, item, best)) ? item : best;
        } else {
            best = monnto::binary(op, as_operand(best, bound.function()),
                                  as_operand(item, bound.function()));
        }
    }
    return best;
}

// Python adds along the first axis, so the sum of a matrix is a vector.
Value sum(const Bound& bound) {
    const Array a = bound.array("x");
    return a.rank() == 0 ? Value(a) : Value(monnto::sum(a, 0));
}

Value to_integer(const Bound& bound) {
    const Value& x = bound.value("x");
    if (x.is_array() || x.get_if<double>() != nullptr) {
        return static_cast<std::int64_t>(bound.real("x", 0.0));
    }
    return bound.integer("x");
}

}  // namespace

const FunctionTable& builtin_functions() {
    static const FunctionTable table = [] {
        FunctionTable made;
        made.add("len", "x", length);
        made.add("abs", "x", absolute);
        made.add("round", "number ndigits", round);
        made.add("sum", "x", sum);
        made.add("min", "*values", [](const Bound& bound) {
            return extremum(bound, Op::minimum, BinaryOperator::less);
        });
        made.add("max", "*values", [](const Bound& bound) {
            return extremum(bound, Op::maximum, BinaryOperator::greater);
        });
        made.add("int", "x", to_integer);
        made.add("float", "x", [](const Bound& bound) -> Value { return bound.real("x", 0.0); });
        made.add("bool", "x", [](const Bound& bound) -> Value { return bound.flag("x"); });
        return made;
    }();
    return table;
}

}  // namespace monnto::expression
