// torch's promotion (S14): what an operation computes in and what comes out.
#include "../errors.hpp"
#include "convert.hpp"
#include "memory.hpp"
#include "numpy.hpp"
#include "object.hpp"
#include "tensor.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/array/record.hpp>

#include <algorithm>
#include <string>

namespace nb = nanobind;

namespace monnto::python {

namespace {

using Precedence = TorchOperand::Precedence;

constexpr DType default_float = DType::f32;

int category_of(DType dtype) {
    return is_float(dtype) ? 2 : is_integer(dtype) ? 1 : 0;
}

/// Of two arrays: a float wins as it is, whatever the integers beside it.
DType promoted(DType a, DType b) {
    if (category_of(a) != category_of(b)) {
        return category_of(a) > category_of(b) ? a : b;
    }
    if (is_half(a) && is_half(b) && a != b) {
        return DType::f32;
    }
    return is_half(a) && is_float(b) ? b : is_half(b) && is_float(a) ? a : promote(a, b);
}

DType default_of_category(DType dtype) {
    return is_float(dtype) ? default_float : is_integer(dtype) ? DType::i64 : DType::boolean;
}

/// The dtype that an operand brings in.
DType own_dtype(const TorchOperand& a) {
    return a.precedence == Precedence::number ? default_of_category(a.value.dtype())
                                              : a.value.dtype();
}

bool is_float_function(Op op) {
    switch (op) {
        case Op::absolute:
        case Op::negative:
        case Op::invert:
        case Op::sign:
        case Op::square:
        case Op::floor:
        case Op::ceil:
        case Op::trunc:
        case Op::rint:
        case Op::copy:
            return false;
        default:
            return family_of(op) == OpFamily::unary;
    }
}

bool is_rounding(Op op) {
    return op == Op::floor || op == Op::ceil || op == Op::trunc || op == Op::rint;
}

/// Binary functions of reals: integers go in as float32.
bool needs_floats(Op op) {
    return op == Op::divide || op == Op::arctan2 || op == Op::hypot || op == Op::copysign ||
           op == Op::logaddexp;
}

bool is_logical(Op op) {
    return op == Op::logical_and || op == Op::logical_or || op == Op::logical_xor;
}

/// Numbers wrap to the dtype as a cast of an element would: bytes never overflow in torch.
Operand cast_operand(const Operand& a, DType dtype) {
    if (a.is_number()) {
        return a.number().cast_to(dtype);
    }
    return a.array().dtype() == dtype ? a.array() : a.array().astype(dtype);
}

void refuse_bools(Op op, DType dtype) {
    if (is_bool(dtype) && (op == Op::subtract || op == Op::negative)) {
        throw TypeMismatch(std::string(name_of(op)), "bool",
                           "it is not defined on bool tensors; use ^ or logical_not()");
    }
}

Array powered(const Operand& base, const Operand& exponent) {
    // A plain exponent of a float base keeps the short ways for 2, 0.5 and -1.
    if (exponent.is_number() && !base.is_number() && is_float(base.dtype())) {
        return pow(base, Number(exponent.number().as_double()));
    }
    return binary(Op::power, base, exponent);
}

}  // namespace

std::optional<TorchOperand> parse_torch_operand(PyObject* object) {
    if (is_array(object)) {
        const Array& array = array_of(object);
        return TorchOperand{array,
                            array.rank() == 0 ? Precedence::zero_dimensional : Precedence::array};
    }
    if (Py_TYPE(object) == &PyFloat_Type) {
        return TorchOperand{PyFloat_AS_DOUBLE(object), Precedence::number};
    }
    if (is_scalar(object) && !is_known(scalar_of(object))) {
        return TorchOperand{scalar_of(object).pending, Precedence::number};
    }
    if (std::optional<Array> foreign = foreign_tensor(object)) {
        const bool is_zero = foreign->rank() == 0;
        return TorchOperand{*foreign, is_zero ? Precedence::zero_dimensional : Precedence::array};
    }
    std::optional<Operand> operand;
    if (PyList_Check(object) || PyTuple_Check(object) ||
        parse_operand(object, operand) != Parsed::ours || !operand) {
        return {};  // torch has no arithmetic with sequences
    }
    const bool is_number = operand->is_number();
    return TorchOperand{*operand, is_number ? Precedence::number : Precedence::array};
}

Array tensor_argument(PyObject* object) {
    if (std::optional<Array> foreign = foreign_tensor(object)) {
        return *foreign;
    }
    if (const std::optional<TorchOperand> parsed = parse_torch_operand(object)) {
        const Operand& value = parsed->value;
        return value.is_number() ? Array(value.number().cast_to(own_dtype(*parsed)))
                                 : value.array();
    }
    return array_like_from_python(object);
}

DType torch_result_type(const TorchOperand& a, const TorchOperand& b) {
    const DType first = own_dtype(a);
    const DType second = own_dtype(b);
    if (a.precedence == b.precedence) {
        return promoted(first, second);
    }
    const bool a_leads = a.precedence < b.precedence;
    const DType leading = a_leads ? first : second;
    const DType other = a_leads ? second : first;
    return category_of(other) > category_of(leading) ? other : leading;
}

Array torch_unary(Op op, const Array& a) {
    refuse_bools(op, a.dtype());
    if (is_float_function(op) && !is_float(a.dtype())) {
        return unary(op, a.astype(default_float));
    }
    if (is_rounding(op) && !is_float(a.dtype())) {
        return a.copy();
    }
    return unary(op, a);
}

Array torch_binary(Op op, const TorchOperand& a, const TorchOperand& b) {
    if (is_logical(op)) {
        return binary(op, a.value, b.value);
    }
    DType dtype = torch_result_type(a, b);
    refuse_bools(op, dtype);
    if (needs_floats(op) && !is_float(dtype)) {
        dtype = default_float;
    }
    const Operand left = cast_operand(a.value, dtype);
    const Operand right = cast_operand(b.value, dtype);
    if (op == Op::power) {
        return powered(left, right);
    }
    if (op == Op::matmul) {
        if (left.is_number() || right.is_number()) {
            throw TypeMismatch("matmul", "number", "both sides must be tensors");
        }
        return matmul(left.array(), right.array());
    }
    return binary(op, left, right);
}

void torch_in_place(Op op, const Array& target, const TorchOperand& b) {
    const TorchOperand self{target,
                            target.rank() == 0 ? Precedence::zero_dimensional : Precedence::array};
    const DType result = op == Op::divide ? promoted(torch_result_type(self, b), default_float)
                                          : torch_result_type(self, b);
    if (category_of(result) > category_of(target.dtype())) {
        throw TypeMismatch(std::string(name_of(op)) + " in place", std::string(name_of(result)),
                           "the result cannot be cast to " + std::string(name_of(target.dtype())) +
                               "; write a = a op b for a new tensor");
    }
    refuse_bools(op, result);
    if (result == target.dtype() && op != Op::power && op != Op::matmul && !is_logical(op)) {
        Array(target).in_place(op, cast_operand(b.value, result));
        return;
    }
    const Array made = torch_binary(op, self, b);
    if (made.shape() != target.shape()) {
        throw ShapeMismatch(std::string(name_of(op)) + " in place", target.shape().to_vector(),
                            made.shape().to_vector(), "the tensor that is changed keeps its shape");
    }
    Array(target).assign(made);
}

namespace {

struct ForeignTensors {
    PyTypeObject* type = nullptr;
    PyObject* to_numpy = nullptr;
};
ForeignTensors foreign_tensors;

}  // namespace

std::optional<Array> foreign_tensor(PyObject* object) {
    if (foreign_tensors.type == nullptr || PyObject_TypeCheck(object, foreign_tensors.type) == 0) {
        return {};
    }
    const nb::object shown =
        nb::steal(checked(PyObject_CallOneArg(foreign_tensors.to_numpy, object)));
    return array_from_python(shown);
}

PyTypeObject* foreign_tensor_type() noexcept {
    return foreign_tensors.type;
}

void set_foreign_tensors(PyObject* type, PyObject* to_numpy) {
    Py_INCREF(type);
    Py_INCREF(to_numpy);
    foreign_tensors = {reinterpret_cast<PyTypeObject*>(type), to_numpy};
}

}  // namespace monnto::python
