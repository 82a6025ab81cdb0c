#include "../errors.hpp"
#include "conversions.hpp"
#include "object.hpp"
#include "tensor.hpp"

#include <monnto/array/functions.hpp>

#include <array>

namespace nb = nanobind;

namespace monnto::python {

namespace {

PyObject* not_implemented() {
    Py_INCREF(Py_NotImplemented);
    return Py_NotImplemented;
}

PyObject* operate(Op op, PyObject* left, PyObject* right) {
    try {
        const std::optional<TorchOperand> a = parse_torch_operand(left);
        const std::optional<TorchOperand> b = parse_torch_operand(right);
        return a && b ? wrap_tensor(torch_binary(op, *a, *b)) : not_implemented();
    } catch (const UseHost&) {
        return not_implemented();
    }
}

template <Op op>
PyObject* binary_slot(PyObject* left, PyObject* right) noexcept {
    return guarded([&] { return operate(op, left, right); });
}

PyObject* power_slot(PyObject* left, PyObject* right, PyObject* modulus) noexcept {
    return modulus == Py_None ? binary_slot<Op::power>(left, right) : not_implemented();
}

PyObject* divmod_slot(PyObject* left, PyObject* right) noexcept {
    return guarded([&] {
        const nb::object quotient = nb::steal(operate(Op::floor_divide, left, right));
        if (quotient.ptr() == Py_NotImplemented) {
            return not_implemented();
        }
        const nb::object rest = nb::steal(operate(Op::remainder, left, right));
        return nb::make_tuple(quotient, rest).release().ptr();
    });
}

template <Op op>
PyObject* in_place_slot(PyObject* self, PyObject* other) noexcept {
    return guarded([&] {
        const std::optional<TorchOperand> b = parse_torch_operand(other);
        if (!b) {
            return not_implemented();
        }
        torch_in_place(op, array_of(self), *b);
        Py_INCREF(self);
        return self;
    });
}

PyObject* in_place_power_slot(PyObject* self, PyObject* other, PyObject* modulus) noexcept {
    return modulus == Py_None ? in_place_slot<Op::power>(self, other) : not_implemented();
}

template <Op op>
PyObject* unary_slot(PyObject* self) noexcept {
    return guarded([&] { return wrap_tensor(torch_unary(op, array_of(self))); });
}

/// torch gives the tensor itself.
PyObject* positive_slot(PyObject* self) noexcept {
    Py_INCREF(self);
    return self;
}

constexpr Op comparison_of(int operation) {
    constexpr std::array by_operation = {Op::less,      Op::less_equal, Op::equal,
                                         Op::not_equal, Op::greater,    Op::greater_equal};
    return by_operation[static_cast<std::size_t>(operation)];  // in the order of Py_LT ... Py_GE
}

}  // namespace

PyNumberMethods tensor_number_methods = [] {
    PyNumberMethods m{};
    m.nb_add = binary_slot<Op::add>;
    m.nb_subtract = binary_slot<Op::subtract>;
    m.nb_multiply = binary_slot<Op::multiply>;
    m.nb_remainder = binary_slot<Op::remainder>;
    m.nb_divmod = divmod_slot;
    m.nb_power = power_slot;
    m.nb_negative = unary_slot<Op::negative>;
    m.nb_positive = positive_slot;
    m.nb_absolute = unary_slot<Op::absolute>;
    m.nb_bool = bool_slot;
    m.nb_invert = unary_slot<Op::invert>;
    m.nb_lshift = binary_slot<Op::left_shift>;
    m.nb_rshift = binary_slot<Op::right_shift>;
    m.nb_and = binary_slot<Op::bitwise_and>;
    m.nb_xor = binary_slot<Op::bitwise_xor>;
    m.nb_or = binary_slot<Op::bitwise_or>;
    m.nb_int = int_slot;
    m.nb_float = float_slot;
    m.nb_floor_divide = binary_slot<Op::floor_divide>;
    m.nb_true_divide = binary_slot<Op::divide>;
    m.nb_index = index_slot;
    m.nb_matrix_multiply = binary_slot<Op::matmul>;
    m.nb_inplace_add = in_place_slot<Op::add>;
    m.nb_inplace_subtract = in_place_slot<Op::subtract>;
    m.nb_inplace_multiply = in_place_slot<Op::multiply>;
    m.nb_inplace_remainder = in_place_slot<Op::remainder>;
    m.nb_inplace_power = in_place_power_slot;
    m.nb_inplace_lshift = in_place_slot<Op::left_shift>;
    m.nb_inplace_rshift = in_place_slot<Op::right_shift>;
    m.nb_inplace_and = in_place_slot<Op::bitwise_and>;
    m.nb_inplace_xor = in_place_slot<Op::bitwise_xor>;
    m.nb_inplace_or = in_place_slot<Op::bitwise_or>;
    m.nb_inplace_floor_divide = in_place_slot<Op::floor_divide>;
    m.nb_inplace_true_divide = in_place_slot<Op::divide>;
    return m;
}();

PyObject* compare_tensors(PyObject* left, PyObject* right, int operation) noexcept {
    return guarded([&] { return operate(comparison_of(operation), left, right); });
}

}  // namespace monnto::python
