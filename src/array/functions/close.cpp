#include "made.hpp"

#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/reduce.hpp>

namespace monnto {
namespace {

Array as_array(const Operand& a) {
    return a.is_number() ? Array(a.number()) : a.array();
}

Operand floating(const Operand& a) {
    if (is_float(a.dtype())) {
        return a;
    }
    return a.is_number() ? Operand(a.number().as_double()) : Operand(a.array().astype(DType::f64));
}

Array is_nan(const Operand& a) {
    return is_float(a.dtype()) ? unary(Op::isnan, a) : binary(Op::not_equal, a, a);
}

}  // namespace

Array isclose(const Operand& a, const Operand& b, double relative, double absolute,
              bool equal_nan) {
    const Operand expected = floating(b);
    const Array distance = unary(Op::absolute, binary(Op::subtract, a, expected));
    const Array tolerance = absolute + relative * unary(Op::absolute, expected);
    const Array near = (distance <= tolerance) & unary(Op::isfinite, expected);
    const Array result = near | binary(Op::equal, a, expected);
    return equal_nan ? result | (is_nan(a) & is_nan(expected)) : result;
}

bool allclose(const Operand& a, const Operand& b, double relative, double absolute,
              bool equal_nan) {
    return all_of(isclose(a, b, relative, absolute, equal_nan)).truth();
}

bool array_equal(const Operand& a, const Operand& b, bool equal_nan) {
    const Array left = as_array(a);
    const Array right = as_array(b);
    if (left.shape() != right.shape()) {
        return false;
    }
    const Array same = left == right;
    return all_of(equal_nan ? same | (is_nan(left) & is_nan(right)) : same).truth();
}

}  // namespace monnto
