#pragma once

#include <Python.h>

namespace monnto::python {

// Number protocols of both types. Each slot takes either side in either type.
extern PyNumberMethods array_number_methods;
extern PyNumberMethods scalar_number_methods;

PyObject* compare(PyObject* left, PyObject* right, int operation) noexcept;
PyObject* compare_scalar(PyObject* left, PyObject* right, int operation) noexcept;

}  // namespace monnto::python
