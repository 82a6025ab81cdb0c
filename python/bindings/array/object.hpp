#pragma once

#include <monnto/array/array.hpp>

#include <Python.h>

namespace monnto::python {

/// The Python object of an array. A plain C type, not one of nanobind's: an operation of 0.3 us
/// leaves no room for a registry of instances.
struct ArrayObject {
    PyObject_HEAD PyObject* weak_references;
    Array array;
};

/// The Python object of one number (S4): immutable, lazily evaluated. Once known, `pending` is
/// empty.
struct ScalarObject {
    PyObject_HEAD PyObject* weak_references;
    Array pending;
    Number number;  // strong
};

extern PyTypeObject array_type;
extern PyTypeObject scalar_type;
/// An Array of the torch dialect (S14): a subtype of the same layout, so that the type is the flag
/// and its slots are the second front table. Arrays of NumPy's dialect pay nothing for it.
extern PyTypeObject tensor_type;

/// Of either dialect.
inline bool is_array(PyObject* o) noexcept {
    return Py_TYPE(o) == &array_type || Py_TYPE(o) == &tensor_type;
}
inline bool is_tensor(PyObject* o) noexcept {
    return Py_TYPE(o) == &tensor_type;
}
inline bool is_scalar(PyObject* o) noexcept {
    return Py_TYPE(o) == &scalar_type;
}
inline Array& array_of(PyObject* o) noexcept {
    return reinterpret_cast<ArrayObject*>(o)->array;
}
inline ScalarObject& scalar_of(PyObject* o) noexcept {
    return *reinterpret_cast<ScalarObject*>(o);
}
inline bool is_known(const ScalarObject& s) noexcept {
    return s.pending.is_empty_handle();
}

/// Evaluates; afterwards the number is known.
const Number& value_of(ScalarObject& scalar);
DType dtype_of_scalar(const ScalarObject& scalar);

/// New references.
PyObject* wrap_array(Array array);
PyObject* wrap_scalar(const Number& number);
PyObject* wrap_pending_scalar(Array array);
/// What an operation returns: a Scalar for rank 0, else an Array.
PyObject* wrap_result(Array array);
/// A Scalar with the present value, which later changes of the array cannot reach.
PyObject* wrap_snapshot(const Array& array);

/// Whose names and rules a handle follows (S14).
enum class Dialect : unsigned char { numpy, torch };

inline Dialect dialect_of(PyObject* o) noexcept {
    return is_tensor(o) ? Dialect::torch : Dialect::numpy;
}
PyObject* wrap_tensor(Array array);
PyObject* wrap_as(Dialect dialect, Array array);
/// What NumPy's front returned, in the torch dialect: Arrays and Scalars become Tensors (also
/// inside tuples and lists), anything else stays. Steals `result` (may be null) and returns a new
/// reference.
PyObject* as_tensors(PyObject* result);

/// float, int or bool.
PyObject* python_number(const Number& number);

}  // namespace monnto::python
