#pragma once

#include <Python.h>

namespace monnto::python {

// float(x), int(x), operator.index(x) and bool(x) of both types.
PyObject* float_slot(PyObject* self) noexcept;
PyObject* int_slot(PyObject* self) noexcept;
PyObject* index_slot(PyObject* self) noexcept;
int bool_slot(PyObject* self) noexcept;

}  // namespace monnto::python
