#pragma once

#include <Python.h>

namespace monnto::python {

// Parts of the two type objects, each in a file of its own.
extern PyMethodDef array_methods[];
extern PyGetSetDef array_attributes[];
extern PyMethodDef scalar_methods[];
extern PyGetSetDef scalar_attributes[];

/// While set, isinstance(x, np.ndarray) and type(x) == np.ndarray hold (S5, `python -m monnto`).
extern bool pretends_to_be_ndarray;

PyObject* represent(PyObject* self) noexcept;
PyObject* print(PyObject* self) noexcept;
PyObject* new_array(PyTypeObject* type, PyObject* args, PyObject* kwargs) noexcept;

/// monnto.array and monnto.asarray.
PyObject* make_array(PyObject* object, PyObject* dtype, bool copy);

int ready_array_types();

}  // namespace monnto::python
