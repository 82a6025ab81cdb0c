#include "../array/convert.hpp"
#include "../array/numpy.hpp"
#include "../array/object.hpp"
#include "../errors.hpp"
#include "attributes.hpp"
#include "owners.hpp"
#include "values.hpp"

#include <string>

namespace nb = nanobind;

namespace monnto::python {

namespace {

std::string text_of(nb::handle value) {
    Py_ssize_t length = 0;
    const char* text = PyUnicode_AsUTF8AndSize(value.ptr(), &length);
    if (text == nullptr) {
        raise_pending();
    }
    return {text, static_cast<std::size_t>(length)};
}

std::string repr_of(nb::handle value) {
    return text_of(nb::repr(value));
}

Operand operand_from(nb::handle value) {
    if (const auto number = number_from_python(value)) {
        return *number;
    }
    return array_from(value);
}

}  // namespace

std::optional<Number> plain_number(PyObject* value) {
    return number_from_python(value);
}

bool is_variable(PyObject* value) {
    return is_array(value) || is_scalar(value) || PyFloat_CheckExact(value) ||
           PyLong_CheckExact(value) || PyBool_Check(value);
}

std::optional<expression::Value> expression_value(PyObject* value) {
    // Texts and None are left to the host: the engine could not record them.
    if (PyBool_Check(value)) {
        return expression::Value(value == Py_True);
    }
    if (PyFloat_CheckExact(value)) {
        return expression::Value(PyFloat_AS_DOUBLE(value));
    }
    if (PyLong_CheckExact(value)) {
        int overflow = 0;
        const long long integer = PyLong_AsLongLongAndOverflow(value, &overflow);
        return overflow != 0 ? std::nullopt : std::optional(expression::Value(integer));
    }
    if (is_array(value)) {
        return expression::Value(array_of(value));
    }
    if (is_scalar(value) || PyObject_TypeCheck(value, numpy().generic) != 0) {
        if (const auto number = number_from_python(value)) {
            return expression::Value(Array(*number));
        }
    }
    return std::nullopt;
}

namespace {

/// Nothing where NumPy cannot make a dtype of it.
std::optional<DType> dtype_or_nothing(nb::handle value) {
    try {
        return dtype_from_object(value);
    } catch (nb::python_error&) {
        return std::nullopt;
    }
}

}  // namespace

Mode mode_from(nb::handle mode) {
    if (PyUnicode_Check(mode.ptr())) {
        return text_of(mode);
    }
    if (mode.is_none()) {
        return 0.0;
    }
    if (const auto number = number_from_python(mode)) {
        return *number;
    }
    if (const auto dtype = dtype_or_nothing(mode)) {
        return *dtype;
    }
    throw BadParameter("mode", repr_of(mode),
                       "a number, a type, or a text such as 'uniform(0, 5)'");
}

ModeOptions mode_options(nb::handle scale, nb::handle density, nb::handle dtype) {
    ModeOptions options;
    if (!scale.is_none()) {
        options.scale = operand_from(scale);
    }
    if (!density.is_none()) {
        options.density = operand_from(density);
    }
    if (!dtype.is_none()) {
        options.dtype = dtype_from(dtype);
    }
    return options;
}

Array array_from(nb::handle value) {
    return array_like_from_python(value);
}

DType dtype_from(nb::handle value) {
    if (const auto dtype = dtype_or_nothing(value)) {
        return *dtype;
    }
    throw BadParameter("dtype", repr_of(value), "a dtype such as float32");
}

nb::object to_python(const Array& array) {
    return python_from_result(array);
}

nb::object to_python(const Array& array, const Findable& part) {
    return dialect_of_owner(owner_of(&part)) == Dialect::torch ? nb::steal(wrap_tensor(array))
                                                               : python_from_result(array);
}

nb::object to_python(const ParameterValue& value) {
    if (const auto* number = std::get_if<Number>(&value)) {
        return number->weak || number->dtype == DType::boolean ? nb::steal(python_number(*number))
                                                               : python_from_number(*number);
    }
    if (const auto* text = std::get_if<std::string>(&value)) {
        return nb::str(text->c_str(), text->size());
    }
    return to_python(std::get<Array>(value));
}

ParameterValue parameter_from(nb::handle value) {
    if (PyUnicode_Check(value.ptr())) {
        return text_of(value);
    }
    if (const auto number = number_from_python(value)) {
        return *number;
    }
    return array_from(value);
}

ParameterMap parameters_from(const nb::dict& values) {
    ParameterMap parameters;
    for (auto [name, value] : values) {
        try {
            parameters.emplace(text_of(name), parameter_from(value));
        } catch (const TypeMismatch&) {
            throw BadParameter(text_of(name), repr_of(value), "a number, a text or an array");
        }
    }
    return parameters;
}

Behaviors behaviors_from(const std::vector<std::pair<double, std::shared_ptr<Behavior>>>& pairs) {
    return {pairs.begin(), pairs.end()};
}

}  // namespace monnto::python
