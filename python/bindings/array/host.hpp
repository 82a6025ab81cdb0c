#pragma once

#include <Python.h>

namespace monnto::python {

/// The host path (S15): the Python module monnto.arrays.host gives Arrays to NumPy as ndarrays and
/// takes results back. All return new references and throw nanobind::python_error.

/// `operator.<name>(left, right)`
PyObject* host_operate(const char* name, PyObject* left, PyObject* right);
/// `array.<name>(*args, **kwargs)`; `kwargs` may be null.
PyObject* host_method(const char* name, PyObject* self, PyObject* args, PyObject* kwargs);
/// `function(*args, **kwargs)`
PyObject* host_call(PyObject* function, PyObject* args, PyObject* kwargs);
/// `numpy.<name>(*args, **kwargs)`
PyObject* host_function(const char* name, PyObject* args, PyObject* kwargs);

/// Replaces those three functions: how tests see what goes to the host.
void set_host(PyObject* operate, PyObject* method, PyObject* call);

/// Arguments of a vectorcall as tuple and dict (null where there are no keywords). New references.
PyObject* args_tuple(PyObject* const* args, Py_ssize_t count, PyObject* first = nullptr);
PyObject* kwargs_dict(PyObject* const* args, Py_ssize_t count, PyObject* names);

}  // namespace monnto::python
