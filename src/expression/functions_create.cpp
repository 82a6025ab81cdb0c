#include "functions.hpp"

#include <array>
#include <limits>
#include <numbers>
#include <utility>

namespace monnto::expression {
namespace {

Number number_of(const Bound& bound, std::string_view parameter) {
    const Operand operand = bound.operand(parameter);
    return operand.is_number() ? operand.number() : operand.array().element();
}

Value full(const Bound& bound) {
    const Number number = number_of(bound, "fill_value");
    const auto dtype = bound.dtype();
    return dtype ? monnto::full(bound.shape("shape"), number, *dtype)
                 : monnto::full(bound.shape("shape"), number);
}

Value arange(const Bound& bound) {
    const bool has_stop = bound.has("stop");
    const Number start = has_stop ? number_of(bound, "start") : Number(0);
    const Number stop = number_of(bound, has_stop ? "stop" : "start");
    const Number step = bound.has("step") ? number_of(bound, "step") : Number(1);
    const Array range = monnto::arange(start, stop, step);
    const auto dtype = bound.dtype();
    return dtype ? range.astype(*dtype) : range;
}

Value array(const Bound& bound) {
    const Array made = bound.array("object");
    const auto dtype = bound.dtype();
    return dtype ? made.astype(*dtype) : made.copy();
}

struct Constant {
    std::string_view name;
    Value value;
};

const std::vector<Constant>& constants() {
    static const std::vector<Constant> all = {
        {"pi", std::numbers::pi},
        {"e", std::numbers::e},
        {"euler_gamma", std::numbers::egamma},
        {"inf", std::numeric_limits<double>::infinity()},
        {"nan", std::numeric_limits<double>::quiet_NaN()},
        {"newaxis", Value()},
        {"bool_", DType::boolean},
        {"bool", DType::boolean},
        {"uint8", DType::u8},
        {"uint16", DType::u16},
        {"uint32", DType::u32},
        {"uint64", DType::u64},
        {"int8", DType::i8},
        {"int16", DType::i16},
        {"int32", DType::i32},
        {"int64", DType::i64},
        {"int_", DType::i64},
        {"float16", DType::f16},
        {"bfloat16", DType::bf16},
        {"float32", DType::f32},
        {"float64", DType::f64},
        {"single", DType::f32},
        {"double", DType::f64},
        {"half", DType::f16},
        {"long", DType::i64},
    };
    return all;
}

}  // namespace

void add_creating_functions(FunctionTable& table) {
    table.add("zeros", "shape dtype", [](const Bound& bound) -> Value {
        return monnto::zeros(bound.shape("shape"), bound.dtype().value_or(DType::f64));
    });
    table.add("ones", "shape dtype", [](const Bound& bound) -> Value {
        return monnto::ones(bound.shape("shape"), bound.dtype().value_or(DType::f64));
    });
    table.add("full", "shape fill_value dtype", full);
    table.add("arange", "start stop step dtype", arange);
    table.add("linspace", "start stop num endpoint", [](const Bound& bound) -> Value {
        const bool has_endpoint = !bound.has("endpoint") || bound.flag("endpoint");
        return monnto::linspace(bound.real("start", 0.0), bound.real("stop", 0.0),
                                bound.integer("num", 50), has_endpoint);
    });
    table.add("eye identity", "N M k dtype", [](const Bound& bound) -> Value {
        return monnto::eye(bound.integer("N"), bound.integer("M", -1), bound.integer("k", 0),
                           bound.dtype().value_or(DType::f64));
    });
    table.add("zeros_like empty_like", "a dtype", [](const Bound& bound) -> Value {
        return monnto::zeros_like(bound.array("a"), bound.dtype());
    });
    table.add("ones_like", "a dtype", [](const Bound& bound) -> Value {
        return monnto::ones_like(bound.array("a"), bound.dtype());
    });
    table.add("full_like", "a fill_value dtype", [](const Bound& bound) -> Value {
        return monnto::full_like(bound.array("a"), number_of(bound, "fill_value"), bound.dtype());
    });
    table.add("tri", "N M k dtype", [](const Bound& bound) -> Value {
        return monnto::tri(bound.integer("N"), bound.integer("M", -1), bound.integer("k", 0),
                           bound.dtype().value_or(DType::f64));
    });
    table.add("tril", "m k", [](const Bound& bound) -> Value {
        return monnto::tril(bound.array("m"), bound.integer("k", 0));
    });
    table.add("triu", "m k", [](const Bound& bound) -> Value {
        return monnto::triu(bound.array("m"), bound.integer("k", 0));
    });
    table.add("logspace", "start stop num endpoint base", [](const Bound& bound) -> Value {
        return monnto::logspace(
            bound.real("start", 0.0), bound.real("stop", 0.0), bound.integer("num", 50),
            !bound.has("endpoint") || bound.flag("endpoint"), bound.real("base", 10.0));
    });
    table.add("array copy", "object dtype", array);
    table.add("asarray as_tensor tensor", "a dtype", [](const Bound& bound) -> Value {
        const Array made = bound.array("a");
        return bound.dtype() ? made.astype(*bound.dtype()) : made;
    });
}

std::optional<Value> constant_named(std::string_view name) {
    for (const Constant& constant : constants()) {
        if (constant.name == name) {
            return constant.value;
        }
    }
    return std::nullopt;
}

std::vector<std::string> constant_names() {
    std::vector<std::string> names;
    for (const Constant& constant : constants()) {
        names.emplace_back(constant.name);
    }
    return names;
}

}  // namespace monnto::expression
