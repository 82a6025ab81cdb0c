#include <monnto/array/functions/elementwise.hpp>

#include "../picked.hpp"

#include <monnto/array/functions/reduce.hpp>
#include <monnto/array/record.hpp>

namespace monnto {

namespace {

Array of_node(NodeRef node) {
    return Array(std::move(node));
}

bool is_constant(const Operand& operand, double value) {
    return operand.is_number() && operand.number().weak && operand.number().as_double() == value;
}

/// NumPy refuses integer ** negative integer whatever the base; arrays of exponents are looked at.
void refuse_negative_exponents(const Operand& exponent) {
    const bool negative = exponent.is_number() ? exponent.number().as_integer() < 0
                                               : binary(Op::less, exponent, 0).any();
    if (negative) {
        throw BadParameter(
            "exponent", "a negative integer",
            "Integers to negative integer powers are not allowed; cast the base to float");
    }
}

/// Python ints outside an integer dtype: as bounds they clip nothing, where arithmetic refuses
/// them.
bool is_outside(const Operand& bound, const Operand& a) {
    if (!bound.is_number() || !bound.number().weak || bound.dtype() != DType::i64 ||
        (a.is_number() && a.number().weak) || !is_integer(a.dtype()) || a.dtype() == DType::i64) {
        return false;
    }
    const std::int64_t integer = bound.number().integer;
    return (is_unsigned(a.dtype()) && integer < 0) ||
           bound.number().cast_to(a.dtype()).integer != integer;
}
bool is_below_all(const Operand& bound, const Operand& a) {
    return is_outside(bound, a) && bound.number().integer < 0;
}
bool is_above_all(const Operand& bound, const Operand& a) {
    return is_outside(bound, a) && bound.number().integer > 0;
}

}  // namespace

Array unary(Op op, const Operand& a) {
    if (is_picked(a)) {
        if (auto picked = picked_unary(op, a)) {
            return array_of_picked(std::move(picked));
        }
    }
    const Resolution types = resolve(op, a);
    const NodeRef input = operand_node(a, types.compute);
    return of_node(record(op, types.result, input->shape, {}, {input}));
}

Array binary(Op op, const Operand& a, const Operand& b) {
    if (is_picked(a) || is_picked(b)) {
        if (auto picked = picked_binary(op, a, b)) {
            return array_of_picked(std::move(picked));
        }
    }
    const Resolution types = resolve(op, a, b);
    if (op == Op::power && is_signed(types.compute)) {
        refuse_negative_exponents(b);
    }
    const Shape shape = broadcast(a.shape(), b.shape(), name_of(op));
    const NodeRef left = operand_node(a, types.compute);
    const NodeRef right = operand_node(b, types.compute);
    return of_node(record(op, types.result, shape, {}, {left, right}));
}

Array where(const Operand& condition, const Operand& a, const Operand& b) {
    const DType dtype = common_dtype(a, b);
    const Shape shape =
        broadcast(condition.shape(), broadcast(a.shape(), b.shape(), "where"), "where");
    const NodeRef chosen = operand_node(condition, DType::boolean);
    // Numbers that the dtype cannot hold wrap here, where arithmetic refuses them: as in NumPy.
    const auto choice = [&](const Operand& x) {
        return x.is_number() ? record_constant(x.number(), dtype) : operand_node(x, dtype);
    };
    const NodeRef left = choice(a);
    const NodeRef right = choice(b);
    return of_node(record(Op::where, dtype, shape, {}, {chosen, left, right}));
}

Array clip(const Operand& a, const Operand& low, const Operand& high) {
    const Operand raised = is_below_all(low, a) ? a : binary(Op::maximum, a, low);
    if (!is_above_all(high, a)) {
        return binary(Op::minimum, raised, high);
    }
    return raised.is_number() ? Array(raised.number()) : raised.array().copy();
}

Array pow(const Operand& base, const Operand& exponent) {
    if (!base.is_number()) {
        if (is_constant(exponent, 2.0)) {
            const bool widens = is_float(exponent.dtype()) && !is_float(base.dtype());
            return unary(Op::square, widens ? base.array().astype(DType::f64) : base.array());
        }
        if (is_float(base.dtype())) {
            if (is_constant(exponent, 0.5)) {
                return unary(Op::sqrt, base);
            }
            if (is_constant(exponent, 1.0)) {
                return base.array().copy();
            }
            if (is_constant(exponent, -1.0)) {
                return unary(Op::reciprocal, base);
            }
        }
    }
    return binary(Op::power, base, exponent);
}

}  // namespace monnto
