#include "../errors.hpp"
#include "index.hpp"
#include "numpy.hpp"
#include "object.hpp"
#include "static_type.hpp"
#include "tensor.hpp"
#include "types.hpp"

namespace monnto::python {

void free_array_object(PyObject* self) noexcept;

namespace {

PyObject* get_dtype(PyObject* self, void*) noexcept {
    return guarded([&] {
        PyObject* dtype = torch_dtype(array_of(self).dtype());
        Py_INCREF(dtype);
        return dtype;
    });
}

/// Tensors are what they are, not what they hold: `==` gives a tensor, so hashes go by identity.
Py_hash_t hash(PyObject* self) noexcept {
    return PyBaseObject_Type.tp_hash(self);
}

PyObject* represent_tensor(PyObject* self) noexcept {
    return guarded([&] {
        static PyObject* const text = imported("monnto.torch.printing", "text_of");
        return checked(PyObject_CallOneArg(text, self));
    });
}

PyObject* new_tensor(PyTypeObject*, PyObject* args, PyObject* kwargs) noexcept {
    return guarded([&] {
        static PyObject* const make = imported("monnto.torch.creation", "constructed");
        return checked(PyObject_Call(make, args, kwargs));
    });
}

/// isinstance(x, torch.Tensor) holds for scripts run through `python -m monnto`, also where torch
/// is the real one.
PyObject* get_class(PyObject* self, void*) noexcept {
    const bool pretends = pretends_to_be_ndarray && foreign_tensor_type() != nullptr;
    auto* type = reinterpret_cast<PyObject*>(pretends ? foreign_tensor_type() : Py_TYPE(self));
    Py_INCREF(type);
    return type;
}

PyGetSetDef tensor_attributes[] = {
    {"dtype", get_dtype, nullptr, "torch's dtype of the elements.", nullptr},
    {"__class__", get_class, nullptr, nullptr, nullptr},  // never an ndarray
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

PyMappingMethods tensor_mapping = {array_length, get_tensor_subscript, set_tensor_subscript};
PySequenceMethods tensor_sequence = [] {
    PySequenceMethods m{};
    m.sq_length = array_length;
    m.sq_item = tensor_item;
    m.sq_contains = contains;
    return m;
}();

}  // namespace

PyTypeObject tensor_type = [] {
    PyTypeObject type = blank_type();
    type.tp_name = "monnto.Tensor";
    type.tp_doc =
        "An Array in the torch dialect: torch's names, promotion and reductions over the same "
        "lazily evaluated nodes.";
    type.tp_basicsize = sizeof(ArrayObject);
    type.tp_weaklistoffset = offsetof(ArrayObject, weak_references);
    type.tp_flags = Py_TPFLAGS_DEFAULT;
    type.tp_dealloc = free_array_object;
    type.tp_repr = represent_tensor;
    type.tp_str = represent_tensor;
    type.tp_hash = hash;
    type.tp_as_number = &tensor_number_methods;
    type.tp_as_mapping = &tensor_mapping;
    type.tp_as_sequence = &tensor_sequence;
    type.tp_richcompare = compare_tensors;
    type.tp_iter = iterate;
    type.tp_getset = tensor_attributes;
    type.tp_new = new_tensor;
    return type;
}();

}  // namespace monnto::python
