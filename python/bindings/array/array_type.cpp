#include "index.hpp"
#include "memory.hpp"
#include "numpy.hpp"
#include "object.hpp"
#include "operators.hpp"
#include "static_type.hpp"
#include "types.hpp"

namespace monnto::python {

void free_array_object(PyObject* self) noexcept;
void free_scalar_object(PyObject* self) noexcept;
Py_hash_t scalar_hash(PyObject* self) noexcept;
PyObject* scalar_attribute(PyObject* self, PyObject* name) noexcept;
PyObject* scalar_subscript(PyObject* self, PyObject* key) noexcept;

bool pretends_to_be_ndarray = false;

namespace {

/// `type(x) == np.ndarray` holds where scripts of old packages run unchanged (S5).
PyObject* compare_types(PyObject* left, PyObject* right, int operation) noexcept {
    if (pretends_to_be_ndarray && (operation == Py_EQ || operation == Py_NE)) {
        PyObject* other = left == reinterpret_cast<PyObject*>(&array_type) ? right : left;
        if (other == reinterpret_cast<PyObject*>(numpy().ndarray)) {
            return PyBool_FromLong(operation == Py_EQ ? 1 : 0);
        }
    }
    return PyType_Type.tp_richcompare(left, right, operation);
}

Py_hash_t hash_type(PyObject* type) noexcept {
    return PyType_Type.tp_hash(type);
}

PyTypeObject meta_type = [] {
    PyTypeObject type = blank_type();
    type.tp_name = "monnto.ArrayType";
    type.tp_flags = Py_TPFLAGS_DEFAULT;
    type.tp_richcompare = compare_types;
    type.tp_hash = hash_type;
    return type;
}();

PyMappingMethods array_mapping = {array_length, get_subscript, set_subscript};
PySequenceMethods array_sequence = [] {
    PySequenceMethods m{};
    m.sq_length = array_length;
    m.sq_item = sequence_item;
    m.sq_contains = contains;
    return m;
}();
PyBufferProcs array_buffer = {get_buffer, release_buffer};
PyMappingMethods scalar_mapping = {nullptr, scalar_subscript, nullptr};

}  // namespace

PyTypeObject array_type = [] {
    PyTypeObject type = blank_type();
    type.tp_name = "monnto.Array";
    type.tp_doc =
        "Array(object, dtype=None)\n--\n\n"
        "An n-dimensional array with NumPy's meaning, evaluated when a value is needed.\n\n"
        "Assigning it shares it; in-place operators, fill() and a[i] = x change it for every "
        "holder.";
    type.tp_basicsize = sizeof(ArrayObject);
    type.tp_weaklistoffset = offsetof(ArrayObject, weak_references);
    type.tp_flags = Py_TPFLAGS_DEFAULT;
    type.tp_dealloc = free_array_object;
    type.tp_repr = represent;
    type.tp_str = print;
    type.tp_hash = PyObject_HashNotImplemented;
    type.tp_as_number = &array_number_methods;
    type.tp_as_mapping = &array_mapping;
    type.tp_as_sequence = &array_sequence;
    type.tp_as_buffer = &array_buffer;
    type.tp_richcompare = compare;
    type.tp_iter = iterate;
    type.tp_methods = array_methods;
    type.tp_getset = array_attributes;
    type.tp_new = new_array;
    return type;
}();

PyTypeObject scalar_type = [] {
    PyTypeObject type = blank_type();
    type.tp_name = "monnto.Scalar";
    type.tp_doc =
        "One number: an element of an Array or what a reduction gives. Immutable, like NumPy's "
        "scalars,\n"
        "and evaluated when its value is needed.";
    type.tp_basicsize = sizeof(ScalarObject);
    type.tp_weaklistoffset = offsetof(ScalarObject, weak_references);
    type.tp_flags = Py_TPFLAGS_DEFAULT;
    type.tp_dealloc = free_scalar_object;
    type.tp_repr = represent;
    type.tp_str = print;
    type.tp_hash = scalar_hash;
    type.tp_getattro = scalar_attribute;
    type.tp_as_number = &scalar_number_methods;
    type.tp_as_mapping = &scalar_mapping;
    type.tp_richcompare = compare_scalar;
    type.tp_methods = scalar_methods;
    type.tp_getset = scalar_attributes;
    return type;
}();

int ready_array_types() {
    meta_type.tp_base = &PyType_Type;
    meta_type.tp_basicsize = PyType_Type.tp_basicsize;
    meta_type.tp_itemsize = PyType_Type.tp_itemsize;
    if (PyType_Ready(&meta_type) != 0) {
        return -1;
    }
    Py_SET_TYPE(&array_type, &meta_type);
    tensor_type.tp_base = &array_type;
    const bool is_ready = PyType_Ready(&array_type) == 0 && PyType_Ready(&scalar_type) == 0 &&
                          PyType_Ready(&tensor_type) == 0;
    return is_ready ? 0 : -1;
}

}  // namespace monnto::python
