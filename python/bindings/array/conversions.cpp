#include "../errors.hpp"
#include "conversions.hpp"
#include "object.hpp"

namespace monnto::python {

namespace {

/// The one number of an Array or Scalar.
Number single_number(PyObject* self) {
    if (is_scalar(self)) {
        return value_of(scalar_of(self));
    }
    if (array_of(self).size() != 1) {
        PyErr_SetString(PyExc_TypeError, "only length-1 arrays can be converted to Python scalars");
        raise_pending();
    }
    return array_of(self).element();
}

}  // namespace

PyObject* float_slot(PyObject* self) noexcept {
    return guarded([&] { return checked(PyFloat_FromDouble(single_number(self).as_double())); });
}

PyObject* int_slot(PyObject* self) noexcept {
    return guarded([&] {
        const Number number = single_number(self);
        if (is_float(number.dtype)) {
            return checked(PyLong_FromDouble(number.real));
        }
        return is_bool(number.dtype) ? checked(PyLong_FromLongLong(number.integer))
                                     : python_number(number);
    });
}

PyObject* index_slot(PyObject* self) noexcept {
    return guarded([&]() -> PyObject* {
        const DType dtype =
            is_array(self) ? array_of(self).dtype() : dtype_of_scalar(scalar_of(self));
        if (!is_integer(dtype) || (is_array(self) && array_of(self).rank() != 0)) {
            PyErr_SetString(PyExc_TypeError,
                            "only integer scalar arrays can be converted to a scalar index");
            return nullptr;
        }
        return python_number(single_number(self));
    });
}

int bool_slot(PyObject* self) noexcept {
    return guarded(-1, [&] {
        if (is_scalar(self)) {
            return value_of(scalar_of(self)).as_double() != 0 ? 1 : 0;
        }
        const std::ptrdiff_t size = array_of(self).size();
        if (size != 1) {
            PyErr_SetString(
                PyExc_ValueError,
                size == 0
                    ? "The truth value of an empty array is ambiguous. Use `array.size > 0` to "
                      "check "
                      "that an array is not empty."
                    : "The truth value of an array with more than one element is ambiguous. Use "
                      "a.any() or a.all()");
            return -1;
        }
        return array_of(self).truth() ? 1 : 0;
    });
}

}  // namespace monnto::python
