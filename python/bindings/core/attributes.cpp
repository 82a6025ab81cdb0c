#include "../array/convert.hpp"
#include "../array/object.hpp"
#include "../array/tensor.hpp"
#include "../errors.hpp"
#include "attributes.hpp"

#include <monnto/array/changes.hpp>
#include <monnto/array/tape.hpp>

#include <nanobind/nanobind.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace nb = nanobind;

namespace monnto::python {

PyTypeObject* attributes_type = nullptr;
PyTypeObject* watched_type = nullptr;

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

/// The classes SparseMatrix and ProceduralMatrix of the package, once they are there.
PyObject* sparse_type = nullptr;
PyObject* procedural_type = nullptr;

nb::object attribute_of(nb::handle object, const char* name) {
    return nb::steal(checked(PyObject_GetAttrString(object.ptr(), name)));
}

bool is_sparse(PyObject* value) {
    return value != nullptr && reinterpret_cast<PyObject*>(Py_TYPE(value)) == sparse_type;
}

/// Whether a sparse matrix takes the place of another one with the same synapses: then only its
/// values differ, and those are an Array.
bool has_same_synapses(PyObject* value, PyObject* present) {
    if (!is_sparse(value) || !is_sparse(present)) {
        return false;
    }
    const auto pattern_of = [](PyObject* matrix) {
        return attribute_of(attribute_of(matrix, "_state"), "pattern");
    };
    return pattern_of(value).is(pattern_of(present)) &&
           attribute_of(value, "_source_first").is(attribute_of(present, "_source_first"));
}

/// Values of which a replay may assume that setting them again changes nothing.
bool is_same_plain_value(PyObject* value, PyObject* present) {
    if (present == nullptr || Py_TYPE(value) != Py_TYPE(present)) {
        return false;
    }
    const bool is_plain = PyFloat_CheckExact(value) || PyLong_CheckExact(value) ||
                          PyBool_Check(value) || PyUnicode_CheckExact(value);
    return value == present || (is_plain && PyObject_RichCompareBool(value, present, Py_EQ) == 1);
}

/// What plans have to know about a write: between iterations that it happened (S21), on tape that
/// a replay could not repeat it.
void report_write(PyObject* self, PyObject* name, PyObject* value) {
    Changes::note();
    if (!TapeScope::is_open() || (value != nullptr && is_array(value))) {
        return;
    }
    PyObject* present = PyDict_GetItemWithError(dictionary_of(self), name);
    if (value != nullptr &&
        (is_same_plain_value(value, present) || has_same_synapses(value, present))) {
        return;
    }
    PyErr_Clear();
    const char* text = PyUnicode_AsUTF8(name);
    TapeScope::refuse(std::string("changes the attribute '") + (text == nullptr ? "?" : text) +
                      "', which is no Array");
}

int set_watched_attribute(PyObject* self, PyObject* name, PyObject* value) {
    return guarded(-1, [&] {
        report_write(self, name, value);
        return PyObject_GenericSetAttr(self, name, value);
    });
}

int set_attribute(PyObject* self, PyObject* name, PyObject* value) {
    return guarded(-1, [&] {
        ++attributes_of(self).writes;
        if (value == nullptr) {
            report_write(self, name, nullptr);
            return PyObject_GenericSetAttr(self, name, nullptr);
        }
        const nb::object kept = stored(value, attributes_of(self).dialect);
        report_write(self, name, kept.ptr());
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

PyType_Slot watched_slots[] = {
    {Py_tp_setattro, reinterpret_cast<void*>(&set_watched_attribute)},
    {Py_tp_doc, const_cast<char*>("Base of behaviors: free attributes, whose writes plans see.")},
    {0, nullptr},
};
PyType_Spec watched_spec = {"monnto._engine.Watched", 0, 0,
                            Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, watched_slots};

/// Keeps an Array's Python object for a plan. The entries of the dictionary that hold it are its
/// other holders: `n.old = n.spike` are two of one object.
struct HeldObject {
    PyObject* object;
    std::shared_ptr<int> entries;
};

HostHolder holder_of(PyObject* object, Cell& cell, std::shared_ptr<int> entries) {
    Py_INCREF(object);
    ++*entries;
    const auto release = [](const HeldObject* held) {
        const nb::gil_scoped_acquire gil;
        Py_DECREF(held->object);
        delete held;  // NOLINT(cppcoreguidelines-owning-memory): of the shared_ptr
    };
    return {&cell,
            std::shared_ptr<const HeldObject>(new HeldObject{object, std::move(entries)}, release),
            [](const void* held) {
                const auto& each = *static_cast<const HeldObject*>(held);
                return Py_REFCNT(each.object) > 2 * *each.entries;
            }};
}

/// Whether anybody but the attribute holds a sparse matrix, what its handles share, or an array of
/// it.
bool is_matrix_held_elsewhere(const void* held) {
    PyObject* matrix = static_cast<const HeldObject*>(held)->object;
    const nb::object state = attribute_of(matrix, "_state");
    const auto is_shared = [&](const char* name) {
        return Py_REFCNT(attribute_of(state, name).ptr()) > 2;
    };
    return Py_REFCNT(matrix) > 2 || Py_REFCNT(state.ptr()) > 2 || is_shared("values");
}

/// Arrays inside a sparse matrix: its values, and spikes on their way.
void append_sparse(PyObject* matrix, const std::string& name, Places& places) {
    const nb::object state = attribute_of(matrix, "_state");
    for (const char* part : {"values", "history"}) {
        const nb::object array = attribute_of(state, part);
        if (!is_array(array.ptr()) || array_of(array.ptr()).is_empty_handle()) {
            continue;
        }
        Cell& cell = array_of(array.ptr()).cell();
        places.add(name + "." + part, cell);
        if (cell.is_view()) {
            continue;
        }
        places.list.back().is_of_host = true;
        const bool is_values = std::string_view(part) == "values";
        places.holders.push_back(
            holder_of(is_values ? matrix : array.ptr(), cell, std::make_shared<int>(0)));
        if (is_values) {
            places.holders.back().is_held_elsewhere = &is_matrix_held_elsewhere;
        }
    }
}

}  // namespace

void set_matrix_types(nb::handle sparse, nb::handle procedural) {
    sparse_type = sparse.inc_ref().ptr();
    procedural_type = procedural.inc_ref().ptr();
}

void append_array_attributes(PyObject* object, const std::string& owner, Places& places) {
    PyObject *key = nullptr, *value = nullptr;
    Py_ssize_t position = 0;
    std::map<PyObject*, std::shared_ptr<int>> entries;
    while (PyDict_Next(dictionary_of(object), &position, &key, &value) != 0) {
        if (procedural_type != nullptr &&
            reinterpret_cast<PyObject*>(Py_TYPE(value)) == procedural_type) {
            const char* name = PyUnicode_AsUTF8(key);
            const nb::object history = attribute_of(value, "_history");
            places.add(std::string(name == nullptr ? "?" : name) + ".history of " + owner,
                       array_of(history.ptr()).cell());
            continue;
        }
        if (is_sparse(value)) {
            const char* name = PyUnicode_AsUTF8(key);
            append_sparse(value, std::string(name == nullptr ? "?" : name) + " of " + owner,
                          places);
            continue;
        }
        if (!is_array(value) || array_of(value).is_empty_handle() ||
            array_of(value).cell().is_picked()) {  // looking would count what a mask picks
            continue;
        }
        const char* name = PyUnicode_AsUTF8(key);
        Cell& cell = array_of(value).cell();
        places.add(std::string(name == nullptr ? "?" : name) + " of " + owner, cell);
        if (!cell.is_view()) {
            places.list.back().is_of_host = true;
            std::shared_ptr<int>& count = entries[value];
            count = count == nullptr ? std::make_shared<int>(0) : count;
            places.holders.push_back(holder_of(value, cell, count));
        }
    }
    PyErr_Clear();
}

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
    watched_type = reinterpret_cast<PyTypeObject*>(checked(PyType_FromSpec(&watched_spec)));
    checked(PyModule_AddObjectRef(module, "Watched", reinterpret_cast<PyObject*>(watched_type)));
}

}  // namespace monnto::python
