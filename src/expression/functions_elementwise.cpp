#include "functions.hpp"
#include "operators.hpp"

#include <cmath>
#include <numbers>

namespace monnto::expression {
namespace {

Value clip(const Bound& bound) {
    const bool has_low = bound.has("min") || bound.has("a_min");
    const bool has_high = bound.has("max") || bound.has("a_max");
    const auto low = [&] { return bound.operand(bound.has("min") ? "min" : "a_min"); };
    const auto high = [&] { return bound.operand(bound.has("max") ? "max" : "a_max"); };
    const Operand a = bound.operand("a");
    if (has_low && has_high) {
        return monnto::clip(a, low(), high());
    }
    if (has_low || has_high) {
        return has_low ? monnto::binary(Op::maximum, a, low())
                       : monnto::binary(Op::minimum, a, high());
    }
    return bound.array("a").copy();
}

Value where(const Bound& bound) {
    if (bound.has("x") || bound.has("y")) {
        return monnto::where(bound.operand("condition"), bound.operand("x"), bound.operand("y"));
    }
    Items indices;
    for (const Array& index : monnto::nonzero(bound.array("condition"))) {
        indices.items.emplace_back(index);
    }
    return indices;
}

// As NumPy: scaled, rounded to even and scaled back, so 0.285 rounds by what it is in binary.
Value round(const Bound& bound) {
    const Array a = bound.array("a");
    const std::int64_t decimals = bound.integer("decimals", 0);
    if (decimals == 0) {
        return monnto::unary(Op::rint, a);
    }
    if (decimals > 0 && !is_float(a.dtype())) {
        return a.copy();
    }
    const double scale = std::pow(10.0, std::abs(static_cast<double>(decimals)));
    const bool is_fine = decimals > 0;
    const Array scaled = monnto::binary(is_fine ? Op::multiply : Op::divide, a, scale);
    const Array rounded = monnto::unary(Op::rint, scaled);
    const Array back = monnto::binary(is_fine ? Op::divide : Op::multiply, rounded, scale);
    return is_float(a.dtype()) ? back : back.astype(a.dtype());
}

// The float type that a function of floats alone works in: float16 for bool and 8 bits, as in
// NumPy.
Array as_floats(const Array& a) {
    if (is_float(a.dtype())) {
        return a;
    }
    switch (size_of(a.dtype())) {
        case 1:
            return a.astype(DType::f16);
        case 2:
            return a.astype(DType::f32);
        default:
            return a.astype(DType::f64);
    }
}

void add_operations(FunctionTable& table) {
    const auto add_unary = [&](const char* names, Op op) {
        table.add(names, "x", [op](const Bound& bound) -> Value {
            return monnto::unary(op, bound.operand("x"));
        });
    };
    const auto add_binary = [&](const char* names, Op op) {
        table.add(names, "x1 x2", [op](const Bound& bound) -> Value {
            return monnto::binary(op, bound.operand("x1"), bound.operand("x2"));
        });
    };
#define MONNTO_ADD_UNARY(name) add_unary(#name, Op::name);
#define MONNTO_ADD_BINARY(name) add_binary(#name, Op::name);
    MONNTO_UNARY_FUNCTIONS(MONNTO_ADD_UNARY)
    MONNTO_BINARY_FUNCTIONS(MONNTO_ADD_BINARY)
#undef MONNTO_ADD_UNARY
#undef MONNTO_ADD_BINARY
    add_unary("abs", Op::absolute);
    add_unary("fix", Op::trunc);
    add_unary("asin", Op::arcsin);
    add_unary("acos", Op::arccos);
    add_unary("atan", Op::arctan);
    add_unary("asinh", Op::arcsinh);
    add_unary("acosh", Op::arccosh);
    add_unary("atanh", Op::arctanh);
    add_unary("bitwise_not bitwise_invert", Op::invert);
    add_binary("atan2", Op::arctan2);
    add_binary("true_divide", Op::divide);
    add_binary("mod", Op::remainder);
    add_binary("bitwise_left_shift", Op::left_shift);
    add_binary("bitwise_right_shift", Op::right_shift);
    // The function takes no fast paths in NumPy (S13); only the operator does.
    add_binary("pow", Op::power);
}

}  // namespace

void add_elementwise_functions(FunctionTable& table) {
    add_operations(table);
    table.add("clip clamp", "a a_min a_max min max", clip);
    table.add("where", "condition x y", where);
    table.add("round around", "a decimals", round);
    table.add("isclose", "a b rtol atol equal_nan", [](const Bound& bound) -> Value {
        return monnto::isclose(bound.operand("a"), bound.operand("b"), bound.real("rtol", 1e-5),
                               bound.real("atol", 1e-8), bound.flag("equal_nan"));
    });
    table.add("allclose", "a b rtol atol equal_nan", [](const Bound& bound) -> Value {
        return monnto::allclose(bound.operand("a"), bound.operand("b"), bound.real("rtol", 1e-5),
                                bound.real("atol", 1e-8), bound.flag("equal_nan"));
    });
    table.add("array_equal", "a1 a2 equal_nan", [](const Bound& bound) -> Value {
        return monnto::array_equal(bound.operand("a1"), bound.operand("a2"),
                                   bound.flag("equal_nan"));
    });
    table.add("positive", "x",
              [](const Bound& bound) { return apply(UnaryOperator::plus, bound.array("x")); });
    table.add("fabs", "x", [](const Bound& bound) -> Value {
        return monnto::unary(Op::absolute, as_floats(bound.array("x")));
    });
    table.add("relu", "x", [](const Bound& bound) -> Value {
        return monnto::binary(Op::maximum, bound.operand("x"), 0);
    });
    table.add("deg2rad radians", "x", [](const Bound& bound) -> Value {
        return monnto::binary(Op::multiply, as_floats(bound.array("x")), std::numbers::pi / 180.0);
    });
    table.add("rad2deg degrees", "x", [](const Bound& bound) -> Value {
        return monnto::binary(Op::multiply, as_floats(bound.array("x")), 180.0 / std::numbers::pi);
    });
}

}  // namespace monnto::expression
