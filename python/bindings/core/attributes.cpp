#include "../array/convert.hpp"
#include "../array/object.hpp"
#include "../array/tensor.hpp"
#include "../errors.hpp"
#include "attributes.hpp"

#include <nanobind/nanobind.h>

namespace nb = nanobind;

namespace monnto::python {

PyTypeObject* attributes_type = nullptr;

namespace {

/// In a network of the torch dialect also Scalars and torch's own tensors become ours.
nb::object stored_tensor(PyObject* value) {
    if (is_scalar(value)) {
        Py_INCREF(value);
        return nb::steal(as_tensors(value));
    }
    std::optional<Array> array = foreign_tensor(value);
    if (!array) {
        array = array_from_python(value);
    }
    return array ? nb::steal(wrap_tensor(std::move(*array))) : nb::borrow(value);
}

/// What is stored when `value` is assigned: an Array instead of an ndarray of one of our dtypes.
nb::object stored(PyObject* value, Dialect dialect) {
    if (is_array(value)) {
        return dialect_of(value) == dialect ? nb::borrow(value)
                                            : nb::steal(wrap_as(dialect, array_of(value)));
    }
    if (PyFloat_CheckExact(value) || PyLong_CheckExact(value)) {
        return nb::borrow(value);
    }
    if (dialect == Dialect::torch) {
        return stored_tensor(value);
    }
    if (is_scalar(value)) {
        return nb::borrow(value);
    }
    if (std::optional<Array> array = array_from_python(value)) {
        return python_from_array(std::move(*array));
    }
    return nb::borrow(value);
}

int set_attribute(PyObject* self, PyObject* name, PyObject* value) {
    return guarded(-1, [&] {
        ++attributes_of(self).writes;
        if (value == nullptr) {
            return PyObject_GenericSetAttr(self, name, nullptr);
        }
        const nb::object kept = stored(value, attributes_of(self).dialect);
        return PyObject_GenericSetAttr(self, name, kept.ptr());
    });
}

/// The slow path: an unknown name may be a tag, and otherwise deserves a helpful message.
PyObject* get_attribute(PyObject* self, PyObject* name) {
    PyObject* found = PyObject_GenericGetAttr(self, name);
    if (found != nullptr || PyErr_ExceptionMatches(PyExc_AttributeError) == 0) {
        return found;
    }
    static PyObject* const missing = PyUnicode_InternFromString("_missing_attribute");
    PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
    PyErr_Fetch(&type, &value, &trace);
    // A property that exists but raised AttributeError itself keeps its own message.
    if (_PyType_Lookup(Py_TYPE(self), name) != nullptr || PyUnicode_READ_CHAR(name, 0) == '_') {
        PyErr_Restore(type, value, trace);
        return nullptr;
    }
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(trace);
    return PyObject_CallMethodOneArg(self, missing, name);
}

PyType_Slot slots[] = {
    {Py_tp_setattro, reinterpret_cast<void*>(&set_attribute)},
    {Py_tp_getattro, reinterpret_cast<void*>(&get_attribute)},
    {Py_tp_doc, const_cast<char*>("Base of networks and groups: free attributes, Arrays for "
                                  "ndarrays.")},
    {0, nullptr},
};
PyType_Spec spec = {"monnto._engine.Attributes", sizeof(AttributesObject), 0,
                    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};

}  // namespace

Dialect dialect_of_owner(PyObject* owner) noexcept {
    return owner != nullptr && has_attributes(owner) ? attributes_of(owner).dialect
                                                     : Dialect::numpy;
}

PyObject* dictionary_of(PyObject* object) {
    PyObject* dictionary = checked(PyObject_GenericGetDict(object, nullptr));
    Py_DECREF(dictionary);  // the instance holds it
    return dictionary;
}

void set_torch_dialect(nb::handle object) {
    if (!has_attributes(object.ptr())) {
        throw TypeMismatch("set_torch_dialect", "another object", "give a network or a group");
    }
    attributes_of(object.ptr()).dialect = Dialect::torch;
}

bool has_torch_dialect(nb::handle object) {
    return dialect_of_owner(object.ptr()) == Dialect::torch;
}

void bind_attributes(PyObject* module) {
    attributes_type = reinterpret_cast<PyTypeObject*>(checked(PyType_FromSpec(&spec)));
    checked(
        PyModule_AddObjectRef(module, "Attributes", reinterpret_cast<PyObject*>(attributes_type)));
}

}  // namespace monnto::python
