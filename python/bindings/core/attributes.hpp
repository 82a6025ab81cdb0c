#pragma once

#include "../array/object.hpp"

#include <monnto/array/plan.hpp>

#include <Python.h>
#include <nanobind/nanobind.h>

#include <cstdint>
#include <string>

namespace monnto::python {

/// Base of the Python classes of networks and groups: attributes cost what attributes cost, but an
/// ndarray that is assigned becomes an Array (S7), and every write is counted, so that C++ looks
/// for newer values only where there may be some.
struct AttributesObject {
    PyObject_HEAD std::uint64_t writes;
    Dialect dialect;  // of the network that this belongs to, and so of the Arrays it gives (S14)
};

extern PyTypeObject* attributes_type;
/// Base of the Python class of behaviors: ordinary attributes, but plans learn of every write
/// (S21).
extern PyTypeObject* watched_type;

inline AttributesObject& attributes_of(PyObject* object) noexcept {
    return *reinterpret_cast<AttributesObject*>(object);
}
inline bool has_attributes(PyObject* object) noexcept {
    return PyObject_TypeCheck(object, attributes_type) != 0;
}

/// NumPy's for null and for what has no attributes of ours.
Dialect dialect_of_owner(PyObject* owner) noexcept;

/// The instance dictionary, borrowed.
PyObject* dictionary_of(PyObject* object);

/// From now on the Arrays of this network or group are Tensors.
void set_torch_dialect(nanobind::handle object);
[[nodiscard]] bool has_torch_dialect(nanobind::handle object);

/// Appends the Arrays in the instance dictionary of `object` with their names.
void append_array_attributes(PyObject* object, const std::string& owner, Places& places);

/// Creates the types and adds them to `module` as `Attributes` and `Watched`.
void bind_attributes(PyObject* module);

/// Makes the classes of matrices known whose arrays live on between iterations, too.
void set_matrix_types(nanobind::handle sparse, nanobind::handle procedural);

}  // namespace monnto::python
