#include <monnto/array/record.hpp>

#include <fmt/format.h>

namespace monnto {

namespace {

/// The float a function like exp computes in: the least that holds the integers of that width.
DType float_for(DType d) noexcept {
    switch (d) {
        case DType::boolean:
        case DType::i8:
        case DType::u8:
            return DType::f16;
        case DType::i16:
        case DType::u16:
            return DType::f32;
        case DType::f16:
        case DType::bf16:
        case DType::f32:
            return d;
        default:
            return DType::f64;
    }
}

[[noreturn]] void refuse(Op op, DType found, std::string_view advice) {
    throw TypeMismatch(std::string(name_of(op)), std::string(name_of(found)), advice);
}

/// Operations that NumPy defines on int8 but not on bool.
DType without_bool(DType d) noexcept {
    return is_bool(d) ? DType::i8 : d;
}

DType compute_unary(Op op, DType d) {
    switch (op) {
        case Op::negative:
            if (is_bool(d)) {
                refuse(op, d, "use the ~ operator or logical_not instead");
            }
            return d;
        case Op::sign:
            if (is_bool(d)) {
                refuse(op, d, "cast the array to a number first");
            }
            return d;
        case Op::invert:
            if (is_float(d)) {
                refuse(op, d, "it is defined on bool and integers; compare or cast first");
            }
            return d;
        case Op::copy:
        case Op::absolute:
        case Op::floor:
        case Op::ceil:
        case Op::trunc:
            return d;
        case Op::square:
        case Op::reciprocal:
            return without_bool(d);
        case Op::logical_not:
            return DType::boolean;
        default:
            return float_for(d);
    }
}

DType compute_binary(Op op, DType d) {
    switch (op) {
        case Op::subtract:
            if (is_bool(d)) {
                refuse(op, d, "use the bitwise_xor, the ^ operator, or logical_xor instead");
            }
            return d;
        case Op::divide:
            return is_float(d) ? d : DType::f64;
        case Op::floor_divide:
        case Op::remainder:
        case Op::fmod:
        case Op::power:
            return without_bool(d);
        case Op::left_shift:
        case Op::right_shift:
            if (is_float(d)) {
                refuse(op, d, "shifts are defined on integers");
            }
            return without_bool(d);
        case Op::bitwise_and:
        case Op::bitwise_or:
        case Op::bitwise_xor:
            if (is_float(d)) {
                refuse(
                    op, d,
                    "bitwise operators are defined on bool and integers; compare the floats first");
            }
            return d;
        case Op::arctan2:
        case Op::hypot:
        case Op::copysign:
        case Op::logaddexp:
            return float_for(d);
        case Op::logical_and:
        case Op::logical_or:
        case Op::logical_xor:
            return DType::boolean;
        default:
            return d;
    }
}

bool is_weak(const Operand& o) {
    return o.is_number() && o.number().weak;
}

/// NEP 50: what a weak number becomes beside an array of `partner`.
DType weak_beside(DType weak, DType partner) noexcept {
    if (is_float(weak)) {
        return is_float(partner) ? partner : DType::f64;
    }
    return is_bool(partner) ? DType::i64 : partner;
}

bool fits(const Number& number, DType dtype) noexcept {
    if (number.dtype != DType::i64 || !is_integer(dtype) || dtype == DType::i64) {
        return true;
    }
    return dtype == DType::u64 ? number.integer >= 0
                               : number.cast_to(dtype).integer == number.integer;
}

/// Functions that NumPy has for floats only: each operand picks the least float that holds it, so
/// that int8 beside uint8 is float16 although their common integer would ask for float32.
bool is_float_function(Op op) noexcept {
    return op == Op::arctan2 || op == Op::hypot || op == Op::copysign || op == Op::logaddexp;
}

bool is_ordering(Op op) noexcept {
    return op >= Op::equal && op <= Op::greater_equal;
}

}  // namespace

DType common_dtype(const Operand& a, const Operand& b) {
    if (is_weak(a) != is_weak(b)) {
        const Operand& weak = is_weak(a) ? a : b;
        const Operand& firm = is_weak(a) ? b : a;
        return weak_beside(weak.dtype(), firm.dtype());
    }
    return promote(a.dtype(), b.dtype());
}

Resolution resolve(Op op, const Operand& a) {
    const DType compute = compute_unary(op, a.dtype());
    return {compute, family_of(op) == OpFamily::predicate ? DType::boolean : compute};
}

Resolution resolve(Op op, const Operand& a, const Operand& b) {
    DType common = common_dtype(a, b);
    if (is_ordering(op) && is_integer(common)) {
        // u8 == -1 is false, not an overflow: NumPy compares the numbers themselves.
        const bool comparable =
            (!is_weak(a) || fits(a.number(), common)) && (!is_weak(b) || fits(b.number(), common));
        common = comparable ? common : common == DType::u64 ? DType::f64 : DType::i64;
    }
    const bool by_operand = is_float_function(op) && !is_weak(a) && !is_weak(b);
    const DType compute = by_operand ? promote(float_for(a.dtype()), float_for(b.dtype()))
                                     : compute_binary(op, common);
    return {compute, family_of(op) == OpFamily::comparison ? DType::boolean : compute};
}

}  // namespace monnto
