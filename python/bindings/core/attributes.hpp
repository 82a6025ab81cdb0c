#pragma once

#include <Python.h>

#include <cstdint>

namespace monnto::python {

/// Base of the Python classes of networks and groups: attributes cost what attributes cost, but an
/// ndarray that is assigned becomes an Array (S7), and every write is counted, so that C++ looks
/// for newer values only where there may be some.
struct AttributesObject {
    PyObject_HEAD std::uint64_t writes;
};

extern PyTypeObject* attributes_type;

inline AttributesObject& attributes_of(PyObject* object) noexcept {
    return *reinterpret_cast<AttributesObject*>(object);
}
inline bool has_attributes(PyObject* object) noexcept {
    return PyObject_TypeCheck(object, attributes_type) != 0;
}

/// The instance dictionary, borrowed.
PyObject* dictionary_of(PyObject* object);

/// Creates the type and adds it to `module` as `Attributes`.
void bind_attributes(PyObject* module);

}  // namespace monnto::python
