#include "../errors.hpp"
#include "host.hpp"
#include "memory.hpp"
#include "numpy.hpp"
#include "object.hpp"
#include "operand.hpp"
#include "protocol.hpp"
#include "types.hpp"

#include <monnto/array/functions.hpp>

#include <string>

namespace nb = nanobind;

namespace monnto::python {

namespace {

/// NumPy's scalar of the same dtype and value.
nb::object numpy_scalar(PyObject* self) {
    const Number& number = value_of(scalar_of(self));
    PyTypeObject* type = numpy().scalars[static_cast<int>(number.dtype)];
    const nb::object value = nb::steal(python_number(number));
    return nb::steal(checked(PyObject_CallOneArg(reinterpret_cast<PyObject*>(type), value.ptr())));
}

PyObject* item(PyObject* self, PyObject*) noexcept {
    return guarded([&] { return python_number(value_of(scalar_of(self))); });
}

PyObject* to_numpy(PyObject* self, PyObject*) noexcept {
    return guarded([&] { return numpy_scalar(self).release().ptr(); });
}

PyObject* itself(PyObject* self, PyObject*) noexcept {
    Py_INCREF(self);
    return self;
}

PyObject* as_ndarray(PyObject* self, PyObject* args, PyObject* kwargs) noexcept {
    PyObject* dtype = Py_None;
    PyObject* copy = Py_None;
    static const char* keywords[] = {"dtype", "copy", nullptr};
    if (PyArg_ParseTupleAndKeywords(args, kwargs, "|OO", const_cast<char**>(keywords), &dtype,
                                    &copy) == 0) {  // NOLINT
        return nullptr;
    }
    return guarded([&] {
        const nb::object made =
            nb::borrow(numpy().module).attr("array")(numpy_scalar(self), nb::handle(dtype));
        return nb::object(made).release().ptr();
    });
}

Array as_array(PyObject* self) {
    const ScalarObject& scalar = scalar_of(self);
    return is_known(scalar) ? Array(scalar.number) : scalar.pending.copy();
}

PyObject* astype(PyObject* self, PyObject* args, PyObject* kwargs) noexcept {
    return guarded([&]() -> PyObject* {
        PyObject* wanted = PyTuple_GET_SIZE(args) > 0 ? PyTuple_GET_ITEM(args, 0)
                           : kwargs != nullptr        ? PyDict_GetItemString(kwargs, "dtype")
                                                      : nullptr;
        const std::optional<DType> dtype =
            wanted != nullptr ? dtype_from_python(wanted) : std::nullopt;
        if (!dtype) {
            const nb::object method = numpy_scalar(self).attr("astype");
            return checked(PyObject_Call(method.ptr(), args, kwargs));
        }
        if (is_known(scalar_of(self))) {
            return wrap_scalar(scalar_of(self).number.cast_to(*dtype));
        }
        return wrap_pending_scalar(scalar_of(self).pending.astype(*dtype));
    });
}

PyObject* round_scalar(PyObject* self, PyObject* args) noexcept {
    return guarded([&] {
        const nb::object method = numpy_scalar(self).attr("__round__");
        return checked(PyObject_CallObject(method.ptr(), args));
    });
}

PyObject* truncate(PyObject* self, PyObject*) noexcept {
    return PyNumber_Long(self);
}

PyObject* format(PyObject* self, PyObject* specification) noexcept {
    return guarded(
        [&] { return checked(PyObject_Format(numpy_scalar(self).ptr(), specification)); });
}

PyObject* reduce(PyObject* self, PyObject*) noexcept {
    return guarded(
        [&] { return nb::object(numpy_scalar(self).attr("__reduce__")()).release().ptr(); });
}
PyObject* reduce_ex(PyObject* self, PyObject*) noexcept {
    return reduce(self, nullptr);
}

PyObject* get_dtype(PyObject* self, void*) noexcept {
    return guarded([&] {
        PyObject* dtype = python_dtype(dtype_of_scalar(scalar_of(self)));
        Py_INCREF(dtype);
        return dtype;
    });
}
PyObject* get_shape(PyObject*, void*) noexcept {
    return PyTuple_New(0);
}
PyObject* get_rank(PyObject*, void*) noexcept {
    return PyLong_FromLong(0);
}
PyObject* get_size(PyObject*, void*) noexcept {
    return PyLong_FromLong(1);
}
PyObject* get_self(PyObject* self, void*) noexcept {
    Py_INCREF(self);
    return self;
}
PyObject* get_imaginary(PyObject* self, void*) noexcept {
    return guarded(
        [&] { return wrap_scalar(Number(0).cast_to(dtype_of_scalar(scalar_of(self)))); });
}
PyObject* get_priority(PyObject*, void*) noexcept {
    return PyFloat_FromDouble(20.0);
}

/// isinstance(x, float), (x, np.floating), (x, np.generic) hold as for NumPy's scalars, without
/// evaluating.
PyObject* get_class(PyObject* self, void*) noexcept {
    return guarded([&] {
        PyTypeObject* type = numpy().scalars[static_cast<int>(dtype_of_scalar(scalar_of(self)))];
        Py_INCREF(reinterpret_cast<PyObject*>(type));
        return reinterpret_cast<PyObject*>(type);
    });
}

PyCFunction as_function(PyCFunctionWithKeywords function) {
    return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}
using FastCall = PyObject* (*)(PyObject*, PyObject* const*, Py_ssize_t, PyObject*) noexcept;
PyCFunction as_function(FastCall function) {
    return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}
PyObject* ufunc_method(PyObject* self, PyObject* const* args, Py_ssize_t count,
                       PyObject* names) noexcept {
    return array_ufunc(self, args, count, names);
}
PyObject* function_method(PyObject* self, PyObject* const* args, Py_ssize_t count,
                          PyObject*) noexcept {
    return array_function(self, args, count);
}

constexpr int keyworded = METH_VARARGS | METH_KEYWORDS;

}  // namespace

Py_hash_t scalar_hash(PyObject* self) noexcept {
    return guarded(Py_hash_t{-1}, [&] {
        const nb::object value = nb::steal(python_number(value_of(scalar_of(self))));
        return PyObject_Hash(value.ptr());
    });
}

/// Whatever else NumPy's scalars have (hex, is_integer, mean, ...) they answer themselves. Not the
/// protocols, which would show memory of a temporary.
PyObject* scalar_attribute(PyObject* self, PyObject* name) noexcept {
    PyObject* found = PyObject_GenericGetAttr(self, name);
    if (found != nullptr || PyErr_ExceptionMatches(PyExc_AttributeError) == 0 ||
        PyUnicode_ReadChar(name, 0) == '_') {
        return found;
    }
    PyErr_Clear();
    return guarded([&] { return checked(PyObject_GetAttr(numpy_scalar(self).ptr(), name)); });
}

PyObject* scalar_subscript(PyObject* self, PyObject* key) noexcept {
    return guarded([&]() -> PyObject* {
        if (PyTuple_CheckExact(key) && PyTuple_GET_SIZE(key) == 0) {
            Py_INCREF(self);
            return self;
        }
        if (key == Py_Ellipsis) {
            return wrap_array(as_array(self).copy());
        }
        const nb::object found =
            nb::steal(checked(PyObject_GetItem(numpy_scalar(self).ptr(), key)));
        return wrap_ndarray(found.ptr());
    });
}

PyObject* represent(PyObject* self) noexcept {
    return guarded([&] {
        const nb::object shown = is_array(self) ? ndarray_of(array_of(self)) : numpy_scalar(self);
        return checked(PyObject_Repr(shown.ptr()));
    });
}

PyObject* print(PyObject* self) noexcept {
    return guarded([&] {
        const nb::object shown = is_array(self) ? ndarray_of(array_of(self)) : numpy_scalar(self);
        return checked(PyObject_Str(shown.ptr()));
    });
}

PyMethodDef scalar_methods[] = {
    {"item", item, METH_VARARGS, "The value as float, int or bool."},
    {"tolist", item, METH_NOARGS, nullptr},
    {"to_numpy", to_numpy, METH_NOARGS, "NumPy's scalar of the same dtype."},
    {"astype", as_function(astype), keyworded, nullptr},
    {"copy", itself, METH_NOARGS, nullptr},
    {"__copy__", itself, METH_NOARGS, nullptr},
    {"__deepcopy__", itself, METH_O, nullptr},
    {"__array__", as_function(as_ndarray), keyworded, nullptr},
    {"__array_ufunc__", as_function(ufunc_method), METH_FASTCALL | METH_KEYWORDS, nullptr},
    {"__array_function__", as_function(function_method), METH_FASTCALL | METH_KEYWORDS, nullptr},
    {"__round__", round_scalar, METH_VARARGS, nullptr},
    {"__trunc__", truncate, METH_NOARGS, nullptr},
    {"__format__", format, METH_O, nullptr},
    {"__reduce__", reduce, METH_NOARGS, nullptr},
    {"__reduce_ex__", reduce_ex, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyGetSetDef scalar_attributes[] = {
    {"dtype", get_dtype, nullptr, "NumPy's dtype of the value.", nullptr},
    {"shape", get_shape, nullptr, "Always ().", nullptr},
    {"ndim", get_rank, nullptr, nullptr, nullptr},
    {"size", get_size, nullptr, nullptr, nullptr},
    {"T", get_self, nullptr, nullptr, nullptr},
    {"real", get_self, nullptr, nullptr, nullptr},
    {"imag", get_imaginary, nullptr, nullptr, nullptr},
    {"__array_priority__", get_priority, nullptr, nullptr, nullptr},
    {"__class__", get_class, nullptr, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

}  // namespace monnto::python
