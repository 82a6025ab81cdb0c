#include "functions.hpp"

#include <monnto/base/error.hpp>

namespace monnto::expression {
namespace {

// Functions of NumPy and torch that are methods too, with the array in front.
constexpr const char* shared_names[] = {
    "sum",       "prod",   "mean",    "std",     "var",           "min",      "max",
    "any",       "all",    "argmin",  "argmax",  "cumsum",        "cumprod",  "clip",
    "clamp",     "round",  "dot",     "ravel",   "swapaxes",      "squeeze",  "diagonal",
    "repeat",    "take",   "argsort", "nonzero", "trace",         "ptp",      "abs",
    "sqrt",      "exp",    "log",     "sin",     "cos",           "tanh",     "sigmoid",
    "square",    "sign",   "floor",   "ceil",    "pow",           "matmul",   "mm",
    "unsqueeze", "median", "norm",    "numel",   "count_nonzero", "quantile", "flatten",
    "relu",      "outer",  "isnan",   "isinf",   "isfinite",      "diff",     "searchsorted"};

void add_casts(FunctionTable& table) {
    const auto add = [&](const char* names, DType dtype) {
        table.add(names, "a",
                  [dtype](const Bound& bound) -> Value { return bound.array("a").astype(dtype); });
    };
    add("float", DType::f32);  // torch's widths: NumPy has no such methods
    add("double", DType::f64);
    add("half", DType::f16);
    add("int", DType::i32);
    add("long", DType::i64);
    add("bool", DType::boolean);
    table.add("astype type", "a dtype copy", [](const Bound& bound) -> Value {
        const auto dtype = bound.dtype();
        if (!dtype) {
            throw BadParameter(bound.function(), "None", "give a dtype");
        }
        return bound.array("a").astype(*dtype);
    });
}

Value element(const Bound& bound) {
    const Array a = bound.array("a");
    const Number number = a.element();
    if (is_bool(a.dtype())) {
        return number.integer != 0;
    }
    return is_float(a.dtype()) ? Value(number.as_double()) : Value(number.as_integer());
}

}  // namespace

const FunctionTable& array_methods() {
    static const FunctionTable table = [] {
        FunctionTable made;
        for (const char* name : shared_names) {
            const Function& function = *array_functions().find(name);
            made.add_function(name, function);
        }
        add_casts(made);
        made.add("copy clone", "a",
                 [](const Bound& bound) -> Value { return bound.array("a").copy(); });
        made.add("item", "a", element);
        made.add("t", "a", [](const Bound& bound) -> Value { return bound.array("a").T(); });
        made.add("size", "a", [](const Bound& bound) -> Value {
            return *property_of(bound.value("a"), "shape");
        });
        made.add("dim", "a", [](const Bound& bound) -> Value { return bound.array("a").rank(); });
        made.add("reshape view", "a *shape", [](const Bound& bound) -> Value {
            return monnto::reshape(bound.array("a"), bound.shape("shape"));
        });
        made.add("transpose permute", "a *axes", [](const Bound& bound) -> Value {
            const Array a = bound.array("a");
            return bound.has("axes") ? monnto::transpose(a, bound.integers("axes"))
                                     : monnto::transpose(a);
        });
        return made;
    }();
    return table;
}

}  // namespace monnto::expression
