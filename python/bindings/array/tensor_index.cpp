// Brackets in the torch dialect: an element is a view of rank 0, bytes are masks, numbers wrap.
#include "../errors.hpp"
#include "index.hpp"
#include "object.hpp"
#include "tensor.hpp"

#include <monnto/array/functions.hpp>

namespace nb = nanobind;

namespace monnto::python {

namespace {

/// torch's own tensors become ours, bytes become masks; anything else stays. New reference.
PyObject* understood(PyObject* key) {
    std::optional<Array> array = foreign_tensor(key);
    if (!array && is_tensor(key)) {
        array = array_of(key);
    }
    if (array && array->dtype() == DType::u8) {
        return wrap_tensor(array->astype(DType::boolean));
    }
    if (array && !is_tensor(key)) {
        return wrap_tensor(*array);
    }
    Py_INCREF(key);
    return key;
}

Index torch_index(PyObject* key) {
    if (!PyTuple_CheckExact(key)) {
        return index_of(nb::steal(understood(key)).ptr());
    }
    const Py_ssize_t count = PyTuple_GET_SIZE(key);
    const nb::object keys = nb::steal(checked(PyTuple_New(count)));
    for (Py_ssize_t i = 0; i < count; ++i) {
        PyTuple_SET_ITEM(keys.ptr(), i, understood(PyTuple_GET_ITEM(key, i)));
    }
    return index_of(keys.ptr());
}

[[noreturn]] void refuse_key() {
    PyErr_SetString(PyExc_IndexError,
                    "tensors are indexed by integers, slices, None, Ellipsis, and tensors or lists "
                    "of integers or bools");
    raise_pending();
}

/// An Ellipsis at its end makes a view also where integers alone leave one element.
Index as_view(Index index) {
    for (const IndexItem& item : index) {
        if (std::holds_alternative<Ellipsis>(item.value) ||
            std::holds_alternative<Array>(item.value)) {
            return index;
        }
    }
    index.emplace_back(ellipsis);
    return index;
}

Array selected(PyObject* self, PyObject* key) {
    try {
        return get_items(array_of(self), as_view(torch_index(key)));
    } catch (const UseHost&) {
        refuse_key();
    }
}

void write(PyObject* self, PyObject* key, PyObject* value) {
    const Array& target = array_of(self);
    const std::optional<TorchOperand> parsed = parse_torch_operand(value);
    const Operand operand = parsed ? parsed->value : Operand(tensor_argument(value));
    try {
        set_items(
            target, torch_index(key),
            operand.is_number() ? Operand(operand.number().cast_to(target.dtype())) : operand);
    } catch (const UseHost&) {
        refuse_key();
    }
}

}  // namespace

PyObject* get_tensor_subscript(PyObject* self, PyObject* key) noexcept {
    return guarded([&] { return wrap_tensor(selected(self, key)); });
}

int set_tensor_subscript(PyObject* self, PyObject* key, PyObject* value) noexcept {
    return guarded(-1, [&] {
        if (value == nullptr) {
            PyErr_SetString(PyExc_TypeError, "elements of a tensor cannot be deleted");
            return -1;
        }
        write(self, key, value);
        return 0;
    });
}

PyObject* tensor_item(PyObject* self, Py_ssize_t i) noexcept {
    return guarded([&]() -> PyObject* {
        const Array& array = array_of(self);
        if (array.rank() == 0) {
            PyErr_SetString(PyExc_TypeError, "iteration over a 0-d tensor");
            return nullptr;
        }
        if (i < 0 || i >= array.shape()[0]) {
            throw IndexOutOfRange(i, 0, array.shape()[0]);
        }
        return wrap_tensor(get_items(array, {i, ellipsis}));
    });
}

}  // namespace monnto::python
