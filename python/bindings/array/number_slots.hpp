#pragma once

#include <monnto/array/op.hpp>

#include <Python.h>

namespace monnto::python {

/// The operators of Python that each of our number types has, filled in from `Slots`: its
/// templates `binary` and `unary` by operation, and `divmod`, `power` and `positive`.
template <class Slots>
[[nodiscard]] PyNumberMethods number_slots() {
    PyNumberMethods m{};
    m.nb_add = Slots::template binary<Op::add>;
    m.nb_subtract = Slots::template binary<Op::subtract>;
    m.nb_multiply = Slots::template binary<Op::multiply>;
    m.nb_remainder = Slots::template binary<Op::remainder>;
    m.nb_floor_divide = Slots::template binary<Op::floor_divide>;
    m.nb_true_divide = Slots::template binary<Op::divide>;
    m.nb_matrix_multiply = Slots::template binary<Op::matmul>;
    m.nb_lshift = Slots::template binary<Op::left_shift>;
    m.nb_rshift = Slots::template binary<Op::right_shift>;
    m.nb_and = Slots::template binary<Op::bitwise_and>;
    m.nb_xor = Slots::template binary<Op::bitwise_xor>;
    m.nb_or = Slots::template binary<Op::bitwise_or>;
    m.nb_divmod = Slots::divmod;
    m.nb_power = Slots::power;
    m.nb_negative = Slots::template unary<Op::negative>;
    m.nb_absolute = Slots::template unary<Op::absolute>;
    m.nb_invert = Slots::template unary<Op::invert>;
    m.nb_positive = Slots::positive;
    return m;
}

/// Those that change their left side, from the template `in_place` and `in_place_power`.
template <class Slots>
void add_in_place_slots(PyNumberMethods& m) {
    m.nb_inplace_add = Slots::template in_place<Op::add>;
    m.nb_inplace_subtract = Slots::template in_place<Op::subtract>;
    m.nb_inplace_multiply = Slots::template in_place<Op::multiply>;
    m.nb_inplace_remainder = Slots::template in_place<Op::remainder>;
    m.nb_inplace_floor_divide = Slots::template in_place<Op::floor_divide>;
    m.nb_inplace_true_divide = Slots::template in_place<Op::divide>;
    m.nb_inplace_lshift = Slots::template in_place<Op::left_shift>;
    m.nb_inplace_rshift = Slots::template in_place<Op::right_shift>;
    m.nb_inplace_and = Slots::template in_place<Op::bitwise_and>;
    m.nb_inplace_xor = Slots::template in_place<Op::bitwise_xor>;
    m.nb_inplace_or = Slots::template in_place<Op::bitwise_or>;
    m.nb_inplace_power = Slots::in_place_power;
}

/// What Python's Py_LT ... Py_GE ask for.
[[nodiscard]] constexpr Op comparison_of(int operation) noexcept {
    switch (operation) {
        case Py_LT:
            return Op::less;
        case Py_LE:
            return Op::less_equal;
        case Py_EQ:
            return Op::equal;
        case Py_NE:
            return Op::not_equal;
        case Py_GT:
            return Op::greater;
        default:
            return Op::greater_equal;
    }
}

}  // namespace monnto::python
