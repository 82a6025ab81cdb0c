#include "../errors.hpp"
#include "conversions.hpp"
#include "number_slots.hpp"
#include "object.hpp"
#include "tensor.hpp"

#include <monnto/array/functions.hpp>

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

struct TensorSlots {
    template <Op op>
    static constexpr binaryfunc binary = binary_slot<op>;
    template <Op op>
    static constexpr unaryfunc unary = unary_slot<op>;
    template <Op op>
    static constexpr binaryfunc in_place = in_place_slot<op>;
    static constexpr binaryfunc divmod = divmod_slot;
    static constexpr ternaryfunc power = power_slot;
    static constexpr ternaryfunc in_place_power = in_place_power_slot;
    static constexpr unaryfunc positive = positive_slot;
};

}  // namespace

PyNumberMethods tensor_number_methods = [] {
    PyNumberMethods m = number_slots<TensorSlots>();
    add_in_place_slots<TensorSlots>(m);
    m.nb_bool = bool_slot;
    m.nb_int = int_slot;
    m.nb_float = float_slot;
    m.nb_index = index_slot;
    return m;
}();

PyObject* compare_tensors(PyObject* left, PyObject* right, int operation) noexcept {
    return guarded([&] { return operate(comparison_of(operation), left, right); });
}

}  // namespace monnto::python
