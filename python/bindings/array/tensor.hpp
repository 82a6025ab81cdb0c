#pragma once

#include "operand.hpp"

#include <Python.h>

#include <optional>

namespace monnto::python {

// The torch dialect (S14): torch's rules over the same nodes.

/// What stands in an operation, with torch's ranks of precedence: an array decides the dtype, a
/// zero-dimensional one only where its category (bool, integer, float) is higher, and a number of
/// the host last, with the default dtype of its category.
struct TorchOperand {
    enum class Precedence : unsigned char { array, zero_dimensional, number };
    Operand value;
    Precedence precedence = Precedence::array;
};

/// Nothing where the object is nobody's number or array: the other side may know more.
[[nodiscard]] std::optional<TorchOperand> parse_torch_operand(PyObject* object);
/// As array; throws TypeMismatch for what is none.
[[nodiscard]] Array tensor_argument(PyObject* object);

/// The dtype that torch computes in.
[[nodiscard]] DType torch_result_type(const TorchOperand& a, const TorchOperand& b);
[[nodiscard]] Array torch_unary(Op op, const Array& a);
[[nodiscard]] Array torch_binary(Op op, const TorchOperand& a, const TorchOperand& b);
/// `target op= b`; throws TypeMismatch where the result's category is higher than the target's.
void torch_in_place(Op op, const Array& target, const TorchOperand& b);

/// A tensor of the real torch as Array on its memory (S7), where torch is there and this is one.
[[nodiscard]] std::optional<Array> foreign_tensor(PyObject* object);
/// Which type that is; null where torch is not there. Borrowed.
[[nodiscard]] PyTypeObject* foreign_tensor_type() noexcept;
/// Tells which type is torch's and how its memory is shown as ndarray.
void set_foreign_tensors(PyObject* type, PyObject* to_numpy);

// Slots.
extern PyNumberMethods tensor_number_methods;
PyObject* compare_tensors(PyObject* left, PyObject* right, int operation) noexcept;
PyObject* get_tensor_subscript(PyObject* self, PyObject* key) noexcept;
int set_tensor_subscript(PyObject* self, PyObject* key, PyObject* value) noexcept;
PyObject* tensor_item(PyObject* self, Py_ssize_t i) noexcept;

/// Adds what the package's torch half is written with to `module` (`monnto._engine.tensors`).
void add_tensor_functions(PyObject* module);

}  // namespace monnto::python
