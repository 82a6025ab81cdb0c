#include "../errors.hpp"
#include "memory.hpp"
#include "numpy.hpp"
#include "object.hpp"
#include "operand.hpp"
#include "types.hpp"

#include <monnto/array/functions.hpp>

#include <string>

namespace nb = nanobind;

namespace monnto::python {

namespace {

PyObject* tuple_of(const Dims& dims, std::ptrdiff_t scale = 1) {
    PyObject* tuple = checked(PyTuple_New(dims.size()));
    for (int i = 0; i < dims.size(); ++i) {
        PyTuple_SET_ITEM(tuple, i, PyLong_FromSsize_t(dims[i] * scale));
    }
    return tuple;
}

std::ptrdiff_t item_size(PyObject* self) {
    return static_cast<std::ptrdiff_t>(size_of(array_of(self).dtype()));
}

PyObject* get_dtype(PyObject* self, void*) noexcept {
    return guarded([&] {
        PyObject* dtype = python_dtype(array_of(self).dtype());
        Py_INCREF(dtype);
        return dtype;
    });
}

PyObject* get_shape(PyObject* self, void*) noexcept {
    return guarded([&] { return tuple_of(array_of(self).shape()); });
}

Shape shape_from(PyObject* value) {
    std::vector<std::ptrdiff_t> numbers;
    if (PyIndex_Check(value) != 0) {
        numbers = {PyNumber_AsSsize_t(value, PyExc_OverflowError)};
    } else {
        const nb::object fast =
            nb::steal(checked(PySequence_Fast(value, "a shape is an int or a tuple of ints")));
        for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast.ptr()); ++i) {
            numbers.push_back(
                PyNumber_AsSsize_t(PySequence_Fast_GET_ITEM(fast.ptr(), i), PyExc_OverflowError));
        }
    }
    if (PyErr_Occurred() != nullptr) {
        raise_pending();
    }
    return Shape::from(numbers);
}

int set_shape(PyObject* self, PyObject* value, void*) noexcept {
    return guarded(-1, [&] {
        if (value == nullptr) {
            PyErr_SetString(PyExc_AttributeError, "Cannot delete array shape");
            return -1;
        }
        const Array& array = array_of(self);
        // reshape() resolves -1 and complains about what does not fit.
        const Array reshaped = array.reshape(shape_from(value));
        Cell& cell = array.cell();
        if (&reshaped.cell().owner() != &cell.owner()) {  // a copy
            PyErr_SetString(PyExc_AttributeError,
                            "Incompatible shape for in-place modification. Use `.reshape()`");
            return -1;
        }
        cell.set_window(reshaped.cell().window());
        return 0;
    });
}

PyObject* get_rank(PyObject* self, void*) noexcept {
    return PyLong_FromLong(array_of(self).rank());
}
PyObject* get_size(PyObject* self, void*) noexcept {
    return PyLong_FromSsize_t(array_of(self).size());
}
PyObject* get_item_size(PyObject* self, void*) noexcept {
    return PyLong_FromSsize_t(item_size(self));
}
PyObject* get_bytes(PyObject* self, void*) noexcept {
    return PyLong_FromSsize_t(item_size(self) * array_of(self).size());
}

PyObject* get_strides(PyObject* self, void*) noexcept {
    return guarded(
        [&] { return tuple_of(array_of(self).cell().window().strides, item_size(self)); });
}

PyObject* get_transposed(PyObject* self, void*) noexcept {
    return guarded([&] { return wrap_as(dialect_of(self), array_of(self).T()); });
}

PyObject* get_matrix_transposed(PyObject* self, void*) noexcept {
    return guarded([&] { return wrap_as(dialect_of(self), swapaxes(array_of(self), -1, -2)); });
}

PyObject* get_self(PyObject* self, void*) noexcept {
    Py_INCREF(self);
    return self;
}

/// NumPy's imaginary part of real numbers: zeros that cannot be written to.
PyObject* get_imaginary(PyObject* self, void*) noexcept {
    return guarded([&] {
        Array zero = zeros(array_of(self).shape(), array_of(self).dtype());
        zero.cell().set_writable(false);
        return wrap_as(dialect_of(self), std::move(zero));
    });
}

PyObject* get_base(PyObject* self, void*) noexcept {
    return guarded([&]() -> PyObject* {
        Cell& cell = array_of(self).cell();
        if (!cell.is_view()) {
            Py_RETURN_NONE;
        }
        return wrap_as(dialect_of(self), Array(Ref<Cell>(&cell.owner())));
    });
}

/// An attribute of an ndarray on the same memory.
template <const char* const& name>
PyObject* get_numpy(PyObject* self, void*) noexcept {
    return guarded(
        [&] { return nb::object(ndarray_of(array_of(self)).attr(name)).release().ptr(); });
}
constexpr const char* flags_name = "flags";
constexpr const char* ctypes_name = "ctypes";
constexpr const char* flat_name = "flat";

int set_flat(PyObject* self, PyObject* value, void*) noexcept {
    return guarded(-1, [&] {
        const nb::object flat = ndarray_of(array_of(self)).attr("flat");
        return PyObject_SetItem(flat.ptr(), Py_Ellipsis, value);
    });
}

PyObject* get_memory(PyObject* self, void*) noexcept {
    return PyMemoryView_FromObject(self);
}

PyObject* get_values(PyObject* self, void*) noexcept {
    return guarded([&] { return ndarray_of(array_of(self)).release().ptr(); });
}

/// The dict keeps the memory in place for as long as it lives itself.
PyObject* get_interface(PyObject* self, void*) noexcept {
    return guarded([&] {
        const nb::object shown = ndarray_of(array_of(self));
        const nb::object interface = shown.attr("__array_interface__");
        checked(PyDict_SetItemString(interface.ptr(), "owner", shown.ptr()));
        return nb::object(interface).release().ptr();
    });
}

PyObject* get_priority(PyObject*, void*) noexcept {
    return PyFloat_FromDouble(20.0);
}

PyObject* get_class(PyObject* self, void*) noexcept {
    return guarded([&] {
        PyTypeObject* type = pretends_to_be_ndarray ? numpy().ndarray : Py_TYPE(self);
        Py_INCREF(reinterpret_cast<PyObject*>(type));
        return reinterpret_cast<PyObject*>(type);
    });
}

PyObject* get_device(PyObject*, void*) noexcept {
    return PyUnicode_FromString("cpu");
}

}  // namespace

PyGetSetDef array_attributes[] = {
    {"dtype", get_dtype, nullptr, "NumPy's dtype of the elements.", nullptr},
    {"shape", get_shape, set_shape, "Extents; may be set where the elements stay in order.",
     nullptr},
    {"ndim", get_rank, nullptr, nullptr, nullptr},
    {"size", get_size, nullptr, "Number of elements.", nullptr},
    {"itemsize", get_item_size, nullptr, nullptr, nullptr},
    {"nbytes", get_bytes, nullptr, nullptr, nullptr},
    {"strides", get_strides, nullptr, "Bytes from one element to the next along each axis.",
     nullptr},
    {"T", get_transposed, nullptr, "The axes reversed, as a view.", nullptr},
    {"mT", get_matrix_transposed, nullptr, nullptr, nullptr},
    {"real", get_self, nullptr, nullptr, nullptr},
    {"imag", get_imaginary, nullptr, nullptr, nullptr},
    {"base", get_base, nullptr, "The Array that this one is a view of, or None.", nullptr},
    {"flags", get_numpy<flags_name>, nullptr, nullptr, nullptr},
    {"ctypes", get_numpy<ctypes_name>, nullptr, nullptr, nullptr},
    {"flat", get_numpy<flat_name>, set_flat, nullptr, nullptr},
    {"data", get_memory, nullptr, "A memoryview.", nullptr},
    {"values", get_values, nullptr, "As to_numpy(); pandas' name for it.", nullptr},
    {"device", get_device, nullptr, nullptr, nullptr},
    {"__array_interface__", get_interface, nullptr, nullptr, nullptr},
    {"__array_priority__", get_priority, nullptr, nullptr, nullptr},
    {"__class__", get_class, nullptr, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

}  // namespace monnto::python
