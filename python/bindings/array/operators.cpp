#include "../errors.hpp"
#include "conversions.hpp"
#include "host.hpp"
#include "number_slots.hpp"
#include "object.hpp"
#include "operand.hpp"
#include "operators.hpp"
#include "scalar_arithmetic.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/array/record.hpp>

#include <optional>
#include <string>

namespace nb = nanobind;

namespace monnto::python {

namespace {

PyObject* not_implemented() {
    Py_INCREF(Py_NotImplemented);
    return Py_NotImplemented;
}

/// The function of Python's `operator` module that a node stands for; in place it gets an i in
/// front.
constexpr const char* operator_name(Op op) {
    switch (op) {
        case Op::add:
            return "add";
        case Op::subtract:
            return "sub";
        case Op::multiply:
            return "mul";
        case Op::divide:
            return "truediv";
        case Op::floor_divide:
            return "floordiv";
        case Op::remainder:
            return "mod";
        case Op::power:
            return "pow";
        case Op::matmul:
            return "matmul";
        case Op::bitwise_and:
            return "and_";
        case Op::bitwise_or:
            return "or_";
        case Op::bitwise_xor:
            return "xor";
        case Op::left_shift:
            return "lshift";
        case Op::right_shift:
            return "rshift";
        case Op::equal:
            return "eq";
        case Op::not_equal:
            return "ne";
        case Op::less:
            return "lt";
        case Op::less_equal:
            return "le";
        case Op::greater:
            return "gt";
        default:
            return "ge";
    }
}

Array apply(Op op, const Operand& a, const Operand& b) {
    if (op == Op::power) {
        return pow(a, b);
    }
    if (op == Op::matmul) {
        if (a.is_number() || b.is_number()) {
            throw UseHost{};  // NumPy's words for it
        }
        return matmul(a.array(), b.array());
    }
    return binary(op, a, b);
}

/// A Scalar times a sequence repeats the sequence where the Scalar is an integer, as in NumPy.
bool is_repetition(Op op, PyObject* left, PyObject* right) {
    const auto is_sequence = [](PyObject* o) {
        return PyList_CheckExact(o) || PyTuple_CheckExact(o) || PyUnicode_Check(o);
    };
    return op == Op::multiply &&
           ((is_scalar(left) && is_sequence(right)) || (is_sequence(left) && is_scalar(right)));
}

PyObject* operate(Op op, PyObject* left, PyObject* right) {
    if (!is_array(left) && !is_array(right)) {  // Scalars and what stands beside them
        if (is_repetition(op, left, right)) {
            return not_implemented();
        }
        if (const std::optional<Number> number = known_result(op, left, right)) {
            return wrap_scalar(*number);
        }
    }
    if (!checks_are_eager) {
        std::optional<Operand> a;
        std::optional<Operand> b;
        const Parsed first = parse_operand(left, a);
        const Parsed second = parse_operand(right, b);
        if (first == Parsed::defer || second == Parsed::defer) {
            return not_implemented();
        }
        if (first == Parsed::ours && second == Parsed::ours) {
            // NumPy's short ways for x ** 2 and x ** 0.5 are those of arrays: a single bool squared
            // is int64, and the root of a single -inf is inf.
            const bool is_single_power = op == Op::power && is_scalar(left);
            return wrap_result(is_single_power ? binary(op, *a, *b) : apply(op, *a, *b));
        }
    }
    return host_operate(operator_name(op), left, right);
}

PyObject* operate_or_host(Op op, PyObject* left, PyObject* right) {
    try {
        return operate(op, left, right);
    } catch (const UseHost&) {
        return host_operate(operator_name(op), left, right);
    }
}

template <Op op>
PyObject* binary_slot(PyObject* left, PyObject* right) noexcept {
    return guarded([&] { return operate_or_host(op, left, right); });
}

PyObject* power_slot(PyObject* left, PyObject* right, PyObject* modulus) noexcept {
    if (modulus != Py_None) {
        return not_implemented();
    }
    return guarded([&] { return operate_or_host(Op::power, left, right); });
}

PyObject* divmod_slot(PyObject* left, PyObject* right) noexcept {
    return guarded([&] {
        const nb::object quotient = nb::steal(operate_or_host(Op::floor_divide, left, right));
        if (quotient.ptr() == Py_NotImplemented) {
            return not_implemented();
        }
        const nb::object rest = nb::steal(operate_or_host(Op::remainder, left, right));
        return nb::make_tuple(quotient, rest).release().ptr();
    });
}

/// For what `Array::in_place` has no rule of its own: the operator, then assignment under
/// same_kind.
void assign_result(Op op, const Array& target, const Operand& other) {
    const Array result = apply(op, target, other);
    if (!can_cast_same_kind(result.dtype(), target.dtype())) {
        throw TypeMismatch(
            std::string(name_of(op)) + " in place", std::string(name_of(result.dtype())),
            "Cannot cast the result back to " + std::string(name_of(target.dtype())) +
                " with casting rule 'same_kind'; cast it explicitly");
    }
    if (result.shape() != target.shape()) {
        throw ShapeMismatch(std::string(name_of(op)) + " in place", target.shape().to_vector(),
                            result.shape().to_vector(),
                            "the array that is changed keeps its shape");
    }
    Array(target).assign(result);
}

PyObject* operate_in_place(Op op, PyObject* self, PyObject* other) {
    std::optional<Operand> b;
    const Parsed parsed = checks_are_eager ? Parsed::host : parse_operand(other, b);
    if (parsed == Parsed::defer) {
        return not_implemented();
    }
    if (parsed == Parsed::host) {
        const std::string name = operator_name(op);
        const std::string in_place =
            "i" + (name.back() == '_' ? name.substr(0, name.size() - 1) : name);
        nb::steal(host_operate(in_place.c_str(), self, other));
    } else if (op == Op::power || op == Op::matmul) {
        assign_result(op, array_of(self), *b);
    } else {
        array_of(self).in_place(op, *b);
    }
    Py_INCREF(self);
    return self;
}

template <Op op>
PyObject* in_place_slot(PyObject* self, PyObject* other) noexcept {
    return guarded([&] { return operate_in_place(op, self, other); });
}

PyObject* in_place_power_slot(PyObject* self, PyObject* other, PyObject* modulus) noexcept {
    return modulus == Py_None ? in_place_slot<Op::power>(self, other) : not_implemented();
}

Operand self_operand(PyObject* self) {
    if (is_array(self)) {
        return array_of(self);
    }
    const ScalarObject& scalar = scalar_of(self);
    return is_known(scalar) ? Operand(scalar.number) : Operand(scalar.pending);
}

template <Op op>
PyObject* unary_slot(PyObject* self) noexcept {
    return guarded([&] { return wrap_result(unary(op, self_operand(self))); });
}

PyObject* positive_slot(PyObject* self) noexcept {
    return guarded([&] {
        const Operand operand = self_operand(self);
        if (is_bool(operand.dtype())) {
            throw TypeMismatch("positive", "bool",
                               "it is not defined on bool; cast to a number first");
        }
        return wrap_result(unary(Op::copy, operand));
    });
}

/// A Scalar gives way to a Tensor, so that the torch dialect wins where the two meet (S14). An
/// Array need not: Python asks the subtype first.
template <binaryfunc slot>
PyObject* unless_tensor(PyObject* left, PyObject* right) noexcept {
    return is_tensor(left) || is_tensor(right) ? not_implemented() : slot(left, right);
}

PyObject* scalar_power_slot(PyObject* left, PyObject* right, PyObject* modulus) noexcept {
    return is_tensor(left) || is_tensor(right) ? not_implemented()
                                               : power_slot(left, right, modulus);
}

struct ArraySlots {
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

struct ScalarSlots : ArraySlots {
    template <Op op>
    static constexpr binaryfunc binary = unless_tensor<binary_slot<op>>;
    static constexpr binaryfunc divmod = unless_tensor<divmod_slot>;
    static constexpr ternaryfunc power = scalar_power_slot;
};

template <class Slots>
PyNumberMethods numpy_slots() {
    PyNumberMethods m = number_slots<Slots>();
    m.nb_bool = bool_slot;
    m.nb_int = int_slot;
    m.nb_float = float_slot;
    m.nb_index = index_slot;
    return m;
}

}  // namespace

PyNumberMethods array_number_methods = [] {
    PyNumberMethods m = numpy_slots<ArraySlots>();
    add_in_place_slots<ArraySlots>(m);
    m.nb_inplace_matrix_multiply = in_place_slot<Op::matmul>;
    return m;
}();
PyNumberMethods scalar_number_methods = numpy_slots<ScalarSlots>();

PyObject* compare(PyObject* left, PyObject* right, int operation) noexcept {
    return guarded([&] { return operate_or_host(comparison_of(operation), left, right); });
}

PyObject* compare_scalar(PyObject* left, PyObject* right, int operation) noexcept {
    return is_tensor(right) ? not_implemented() : compare(left, right, operation);
}

}  // namespace monnto::python
