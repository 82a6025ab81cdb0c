#pragma once

#include <monnto/array/array.hpp>

#include <Python.h>

namespace monnto::python {

/// What stands between the brackets of `a[...]`. Throws UseHost for what NumPy must judge.
[[nodiscard]] Index index_of(PyObject* key);

// Slots of the mapping and sequence protocols.
Py_ssize_t array_length(PyObject* self) noexcept;
PyObject* get_subscript(PyObject* self, PyObject* key) noexcept;
int set_subscript(PyObject* self, PyObject* key, PyObject* value) noexcept;
PyObject* sequence_item(PyObject* self, Py_ssize_t i) noexcept;
int contains(PyObject* self, PyObject* value) noexcept;
PyObject* iterate(PyObject* self) noexcept;

/// The element at `i` (already counted from the front) of a one-dimensional array, as a Scalar.
PyObject* element_at(const Array& array, std::ptrdiff_t i);

}  // namespace monnto::python
