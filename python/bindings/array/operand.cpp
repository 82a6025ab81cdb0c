#include "../errors.hpp"
#include "memory.hpp"
#include "numpy.hpp"
#include "object.hpp"
#include "operand.hpp"

namespace nb = nanobind;

namespace monnto::python {

bool checks_are_eager = false;

namespace {

std::optional<Number> python_int(PyObject* object) {
    int overflow = 0;
    const long long value = PyLong_AsLongLongAndOverflow(object, &overflow);
    if (overflow != 0) {
        return {};
    }
    if (value == -1 && PyErr_Occurred() != nullptr) {
        raise_pending();
    }
    return Number(static_cast<std::int64_t>(value));
}

Number strong_float(DType dtype, double value) {
    return Number::strong(dtype, value);
}

std::optional<Number> numpy_scalar(PyObject* object) {
    const std::optional<DType> dtype = dtype_of_scalar_type(Py_TYPE(object));
    if (!dtype) {
        return {};
    }
    if (is_bool(*dtype)) {
        return Number(checked(PyObject_IsTrue(object)) != 0);
    }
    if (is_float(*dtype)) {
        const double value = PyFloat_AsDouble(object);
        if (value == -1.0 && PyErr_Occurred() != nullptr) {
            raise_pending();
        }
        return strong_float(*dtype, value);
    }
    const nb::object integer = nb::steal(checked(PyNumber_Index(object)));
    if (is_unsigned(*dtype)) {
        return Number::strong_natural(*dtype, PyLong_AsUnsignedLongLong(integer.ptr()));
    }
    return Number::strong(*dtype, static_cast<std::int64_t>(PyLong_AsLongLong(integer.ptr())));
}

bool is_numpy_scalar(PyObject* object) {
    return PyType_IsSubtype(Py_TYPE(object), numpy().generic) != 0;
}

/// Subclasses and NumPy's scalars: after the exact types, which are what hot code meets.
std::optional<Number> rarer_number(PyObject* object) {
    if (is_numpy_scalar(object)) {
        return numpy_scalar(object);
    }
    if (PyFloat_Check(object)) {
        return Number(PyFloat_AS_DOUBLE(object));
    }
    if (PyLong_Check(object)) {
        return python_int(object);
    }
    return {};
}

bool is_plain_sequence(PyObject* object) {
    return PyList_CheckExact(object) || PyTuple_CheckExact(object) || PyRange_Check(object);
}

bool has_own_arithmetic(PyObject* object) {
    static PyObject* ufunc = interned("__array_ufunc__");
    static PyObject* priority = interned("__array_priority__");
    auto* type = reinterpret_cast<PyObject*>(Py_TYPE(object));
    return PyObject_HasAttr(type, ufunc) != 0 || PyObject_HasAttr(type, priority) != 0;
}

bool is_memmap(PyObject* object) {
    static PyObject* memmap = imported("numpy", "memmap");
    return reinterpret_cast<PyObject*>(Py_TYPE(object)) == memmap;
}

}  // namespace

std::optional<Number> number_of(PyObject* object) {
    PyTypeObject* type = Py_TYPE(object);
    if (type == &PyFloat_Type) {
        return Number(PyFloat_AS_DOUBLE(object));
    }
    if (type == &PyLong_Type) {
        return python_int(object);
    }
    if (type == &PyBool_Type) {
        return Number(object == Py_True);
    }
    if (type == &scalar_type) {
        return value_of(scalar_of(object));
    }
    if (is_array(object) || is_plain_sequence(object) || type == numpy().ndarray) {
        return {};
    }
    return rarer_number(object);
}

Parsed parse_operand(PyObject* object, std::optional<Operand>& operand) {
    PyTypeObject* type = Py_TYPE(object);
    if (type == &array_type) {
        operand.emplace(array_of(object));
        return Parsed::ours;
    }
    if (type == &PyFloat_Type) {
        operand.emplace(PyFloat_AS_DOUBLE(object));
        return Parsed::ours;
    }
    if (type == &tensor_type) {
        operand.emplace(array_of(object));
        return Parsed::ours;
    }
    if (type == &scalar_type) {
        const ScalarObject& scalar = scalar_of(object);
        if (is_known(scalar)) {
            operand.emplace(scalar.number);
        } else {
            operand.emplace(scalar.pending);
        }
        return Parsed::ours;
    }
    if (const std::optional<Number> number = number_of(object)) {
        operand.emplace(*number);
        return Parsed::ours;
    }
    if (PyLong_Check(object) || is_numpy_scalar(object)) {
        return Parsed::host;
    }
    if (type == numpy().ndarray || is_memmap(object)) {
        if (!supported_dtype(object)) {
            return Parsed::host;
        }
        operand.emplace(record_ndarray(object));
        return Parsed::ours;
    }
    if (is_plain_sequence(object)) {
        const nb::object made = nb::borrow(numpy().module).attr("asarray")(nb::handle(object));
        if (!supported_dtype(made.ptr())) {
            return Parsed::host;
        }
        operand.emplace(copy_ndarray(made.ptr()));
        return Parsed::ours;
    }
    const bool is_host_array = PyType_IsSubtype(type, numpy().ndarray) != 0;
    return !is_host_array && has_own_arithmetic(object) ? Parsed::defer : Parsed::host;
}

Operand operand_of(PyObject* object) {
    std::optional<Operand> operand;
    if (parse_operand(object, operand) != Parsed::ours) {
        throw UseHost{};
    }
    return *operand;
}

Array array_argument(PyObject* object) {
    if (is_array(object)) {
        return array_of(object);
    }
    const Operand operand = operand_of(object);
    if (operand.is_number()) {
        return Array(operand.number());
    }
    // A Scalar is immutable (S4): a view of it must not write through to it.
    return is_scalar(object) ? operand.array().copy() : operand.array();
}

}  // namespace monnto::python
