#include "../errors.hpp"
#include "host.hpp"
#include "index.hpp"
#include "numpy.hpp"
#include "object.hpp"
#include "operand.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/array/functions.hpp>

#include <optional>

namespace nb = nanobind;

namespace monnto::python {

namespace {

std::optional<std::ptrdiff_t> slice_part(PyObject* part) {
    if (part == Py_None) {
        return {};
    }
    // Clips to the range of Py_ssize_t, as Python's own slices do.
    const Py_ssize_t value = PyNumber_AsSsize_t(part, nullptr);
    if (value == -1 && PyErr_Occurred() != nullptr) {
        raise_pending();
    }
    return value;
}

IndexItem slice_item(PyObject* key) {
    const auto* parts = reinterpret_cast<PySliceObject*>(key);
    return Slice{slice_part(parts->start), slice_part(parts->stop), slice_part(parts->step)};
}

IndexItem number_item(const Number& number) {
    if (is_bool(number.dtype)) {
        return number.integer != 0;
    }
    if (!is_integer(number.dtype)) {
        throw UseHost{};  // NumPy's words for v[1.5]
    }
    return static_cast<std::ptrdiff_t>(number.integer);
}

IndexItem array_item(const Array& array) {
    if (is_float(array.dtype())) {
        throw UseHost{};
    }
    return array.rank() == 0 ? number_item(array.element()) : IndexItem(array);
}

/// `[]` has no dtype of its own: as index it is an empty list of integers.
bool is_empty_list(PyObject* key) {
    return PyList_CheckExact(key) && PyList_GET_SIZE(key) == 0;
}

IndexItem item_of(PyObject* key) {
    if (Py_TYPE(key) == &PySlice_Type) {
        return slice_item(key);
    }
    if (key == Py_None) {
        return newaxis;
    }
    if (key == Py_Ellipsis) {
        return ellipsis;
    }
    if (is_array(key)) {
        return array_item(array_of(key));
    }
    if (is_empty_list(key)) {
        return zeros({0}, DType::i64);
    }
    const Operand operand = operand_of(key);
    return operand.is_number() ? number_item(operand.number()) : array_item(operand.array());
}

/// The position of an integer index on one axis; throws IndexOutOfRange.
std::ptrdiff_t position(std::ptrdiff_t i, std::ptrdiff_t size) {
    if (i < -size || i >= size) {
        throw IndexOutOfRange(i, 0, size);
    }
    return i < 0 ? i + size : i;
}

bool has_ellipsis(PyObject* key) {
    if (!PyTuple_Check(key)) {
        return key == Py_Ellipsis;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(key); ++i) {
        if (PyTuple_GET_ITEM(key, i) == Py_Ellipsis) {
            return true;
        }
    }
    return false;
}

PyObject* get(PyObject* self, PyObject* key) {
    const Array& array = array_of(self);
    if (Py_TYPE(key) == &PyLong_Type && array.rank() == 1) {
        const Py_ssize_t i = PyLong_AsSsize_t(key);
        if (i == -1 && PyErr_Occurred() != nullptr) {
            raise_pending();
        }
        return element_at(array, position(i, array.shape()[0]));
    }
    const Array selected = get_items(array, index_of(key));
    // An Ellipsis asks for an array even where one element is left, as in NumPy.
    const bool is_single = !selected.is_picked() && selected.rank() == 0;
    return is_single && !has_ellipsis(key) ? wrap_snapshot(selected) : wrap_array(selected);
}

/// Writes one element in place where the array is evaluated already, so that filling an array
/// element by element is linear. `false` where the general way has to do it.
bool set_element(const Array& array, PyObject* key, PyObject* value) {
    if (Py_TYPE(key) != &PyLong_Type || array.rank() != 1 || is_array(value)) {
        return false;
    }
    Cell& cell = array.cell();
    if (cell.is_view() || !cell.is_writable() || !cell.read()->is_settled()) {
        return false;
    }
    const std::optional<Number> number = number_of(value);
    const Py_ssize_t i = PyLong_AsSsize_t(key);
    // A Python int may not fit a narrow dtype: the general way knows the words for it.
    const bool may_overflow = number && number->weak && is_integer(array.dtype()) &&
                              (array.dtype() != DType::i64 || is_float(number->dtype));
    if (!number || may_overflow || (i == -1 && PyErr_Occurred() != nullptr)) {
        PyErr_Clear();
        return false;
    }
    const std::ptrdiff_t at = position(i, array.shape()[0]);
    const Value window = cell.expose();
    if (!window.buffer->is_writable()) {
        return false;
    }
    const auto bytes = static_cast<std::ptrdiff_t>(size_of(array.dtype()));
    number->cast_to(array.dtype())
        .store(window.buffer->data() + (window.offset + at * window.strides[0]) * bytes);
    return true;
}

void set(PyObject* self, PyObject* key, PyObject* value) {
    if (set_element(array_of(self), key, value)) {
        return;
    }
    set_items(array_of(self), index_of(key), operand_of(value));
}

void set_on_host(PyObject* self, PyObject* key, PyObject* value) {
    const nb::tuple arguments = nb::make_tuple(nb::borrow(key), nb::borrow(value));
    nb::steal(host_method("__setitem__", self, arguments.ptr(), nullptr));
}

}  // namespace

Index index_of(PyObject* key) {
    Index index;
    if (!PyTuple_Check(key)) {
        index.push_back(item_of(key));
        return index;
    }
    const Py_ssize_t count = PyTuple_GET_SIZE(key);
    index.reserve(static_cast<std::size_t>(count));
    for (Py_ssize_t i = 0; i < count; ++i) {
        index.push_back(item_of(PyTuple_GET_ITEM(key, i)));
    }
    return index;
}

PyObject* element_at(const Array& array, std::ptrdiff_t i) {
    const Cell& cell = array.cell();
    const NodeRef content = cell.is_view() ? NodeRef() : cell.read();
    if (content && content->is_settled()) {
        const Value& value = content->value();
        const auto bytes = static_cast<std::ptrdiff_t>(size_of(content->dtype));
        return wrap_scalar(Number::load(
            content->dtype, value.buffer->data() + (value.offset + i * value.strides[0]) * bytes));
    }
    return wrap_snapshot(get_items(array, {i}));
}

Py_ssize_t array_length(PyObject* self) noexcept {
    return guarded(Py_ssize_t{-1}, [&]() -> Py_ssize_t {
        const Array& array = array_of(self);
        if (array.rank() == 0) {
            PyErr_SetString(PyExc_TypeError, "len() of unsized object");
            return -1;
        }
        return array.shape()[0];
    });
}

PyObject* get_subscript(PyObject* self, PyObject* key) noexcept {
    return guarded([&] {
        try {
            return get(self, key);
        } catch (const UseHost&) {
            const nb::tuple arguments = nb::make_tuple(nb::borrow(key));
            return host_method("__getitem__", self, arguments.ptr(), nullptr);
        }
    });
}

int set_subscript(PyObject* self, PyObject* key, PyObject* value) noexcept {
    return guarded(-1, [&] {
        if (value == nullptr) {
            PyErr_SetString(PyExc_ValueError, "cannot delete array elements");
            return -1;
        }
        try {
            set(self, key, value);
        } catch (const UseHost&) {
            set_on_host(self, key, value);
        }
        return 0;
    });
}

PyObject* sequence_item(PyObject* self, Py_ssize_t i) noexcept {
    return guarded([&]() -> PyObject* {
        const Array& array = array_of(self);
        if (array.rank() == 0) {
            PyErr_SetString(PyExc_TypeError, "iteration over a 0-d array");
            return nullptr;
        }
        const std::ptrdiff_t at = position(i, array.shape()[0]);
        return array.rank() == 1 ? element_at(array, at) : wrap_array(get_items(array, {at}));
    });
}

int contains(PyObject* self, PyObject* value) noexcept {
    return guarded(-1, [&] {
        const nb::object equal = nb::steal(checked(PyObject_RichCompare(self, value, Py_EQ)));
        if (is_array(equal.ptr())) {
            return array_of(equal.ptr()).any() ? 1 : 0;
        }
        return PyObject_IsTrue(equal.ptr());
    });
}

PyObject* iterate(PyObject* self) noexcept {
    return guarded([&]() -> PyObject* {
        const Array& array = array_of(self);
        if (array.rank() == 0) {
            PyErr_SetString(PyExc_TypeError, "iteration over a 0-d array");
            return nullptr;
        }
        evaluate(array.node());  // the elements are wanted now, one after the other
        return checked(PySeqIter_New(self));
    });
}

}  // namespace monnto::python
