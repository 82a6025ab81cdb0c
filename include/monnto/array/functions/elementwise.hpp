#pragma once

#include <monnto/array/array.hpp>

namespace monnto {

/// One elementwise operation, with NumPy's type resolution and broadcasting.
[[nodiscard]] Array unary(Op op, const Operand& a);
[[nodiscard]] Array binary(Op op, const Operand& a, const Operand& b);

/// `condition ? a : b`, element by element; the condition is taken as its truth value.
[[nodiscard]] Array where(const Operand& condition, const Operand& a, const Operand& b);
[[nodiscard]] Array clip(const Operand& a, const Operand& low, const Operand& high);
/// `base ** exponent` with the fast paths of NumPy's operator for the numbers 2, 1, 0.5, 0 and -1
/// (S13).
[[nodiscard]] Array pow(const Operand& base, const Operand& exponent);

// clang-format off: its layout of such lists changes with every run
#define MONNTO_UNARY_FUNCTIONS(X) \
    X(absolute) X(sign) X(floor) X(ceil) X(trunc) X(rint) X(square) X(reciprocal) X(sqrt) X(cbrt) \
    X(exp) X(exp2) X(expm1) X(log) X(log2) X(log10) X(log1p) X(sin) X(cos) X(tan) X(arcsin) \
    X(arccos) X(arctan) X(sinh) X(cosh) X(tanh) X(arcsinh) X(arccosh) X(arctanh) X(sigmoid) X(erf) \
    X(isnan) X(isinf) X(isfinite) X(signbit) X(logical_not) X(invert) X(negative)
#define MONNTO_BINARY_FUNCTIONS(X) \
    X(add) X(subtract) X(multiply) X(divide) X(floor_divide) X(remainder) X(fmod) X(power) \
    X(maximum) X(minimum) X(fmax) X(fmin) X(arctan2) X(hypot) X(copysign) X(logaddexp) \
    X(logical_and) X(logical_or) X(logical_xor) X(bitwise_and) X(bitwise_or) X(bitwise_xor) \
    X(left_shift) X(right_shift) X(equal) X(not_equal) X(less) X(less_equal) X(greater) \
    X(greater_equal)
// clang-format on

// Only for arrays: sqrt(2.0) stays the standard library's.
#define MONNTO_DECLARE(name)               \
    template <ArrayLike T>                 \
    [[nodiscard]] Array name(const T& a) { \
        return unary(Op::name, a);         \
    }
MONNTO_UNARY_FUNCTIONS(MONNTO_DECLARE)
#undef MONNTO_DECLARE
#define MONNTO_DECLARE(name)                           \
    template <OperandLike L, OperandLike R>            \
        requires(ArrayLike<L> || ArrayLike<R>)         \
    [[nodiscard]] Array name(const L& a, const R& b) { \
        return binary(Op::name, a, b);                 \
    }
MONNTO_BINARY_FUNCTIONS(MONNTO_DECLARE)
#undef MONNTO_DECLARE

#define MONNTO_OPERATOR(symbol, name)                             \
    template <OperandLike L, OperandLike R>                       \
        requires(ArrayLike<L> || ArrayLike<R>)                    \
    [[nodiscard]] Array operator symbol(const L& a, const R& b) { \
        return binary(Op::name, a, b);                            \
    }
MONNTO_OPERATOR(+, add)
MONNTO_OPERATOR(-, subtract)
MONNTO_OPERATOR(*, multiply)
MONNTO_OPERATOR(/, divide)
MONNTO_OPERATOR(%, remainder)
MONNTO_OPERATOR(&, bitwise_and)
MONNTO_OPERATOR(|, bitwise_or)
MONNTO_OPERATOR(^, bitwise_xor)
MONNTO_OPERATOR(<<, left_shift)
MONNTO_OPERATOR(>>, right_shift)
MONNTO_OPERATOR(==, equal)
MONNTO_OPERATOR(!=, not_equal)
MONNTO_OPERATOR(<, less)
MONNTO_OPERATOR(<=, less_equal)
MONNTO_OPERATOR(>, greater)
MONNTO_OPERATOR(>=, greater_equal)
// Not short-circuiting: elementwise, as np.logical_and and np.logical_or.
MONNTO_OPERATOR(&&, logical_and)
MONNTO_OPERATOR(||, logical_or)
#undef MONNTO_OPERATOR
template <ArrayLike T>
[[nodiscard]] Array operator-(const T& a) {
    return unary(Op::negative, a);
}
template <ArrayLike T>
[[nodiscard]] Array operator~(const T& a) {
    return unary(Op::invert, a);
}
template <ArrayLike T>
[[nodiscard]] Array operator!(const T& a) {
    return unary(Op::logical_not, a);
}
template <ArrayLike T>
[[nodiscard]] Array abs(const T& a) {
    return unary(Op::absolute, a);
}

}  // namespace monnto
