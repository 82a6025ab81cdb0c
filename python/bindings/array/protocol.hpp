#pragma once

#include <Python.h>

namespace monnto::python {

// NumPy's protocols (NEP 13 and 18), methods of both types.
PyObject* array_ufunc(PyObject* self, PyObject* const* args, Py_ssize_t count,
                      PyObject* names) noexcept;
PyObject* array_function(PyObject* self, PyObject* const* args, Py_ssize_t count) noexcept;

/// Names of what those do natively, by kind; new reference to a dict of lists.
PyObject* native_names() noexcept;

/// Adds the native functions to `module` (`monnto._engine.functions`).
void add_functions(PyObject* module);

}  // namespace monnto::python
