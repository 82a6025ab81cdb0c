#pragma once

#include <monnto/core/mode.hpp>
#include <monnto/core/object.hpp>
#include <monnto/core/parameter.hpp>
#include <monnto/expression/value.hpp>

#include <Python.h>
#include <nanobind/nanobind.h>

#include <optional>
#include <utility>
#include <vector>

namespace monnto::python {

/// A number of Python, NumPy or ours.
[[nodiscard]] std::optional<Number> plain_number(PyObject* value);
/// Whether C++ can see an attribute as a variable: Arrays and numbers.
[[nodiscard]] bool is_variable(PyObject* value);
/// What an attribute is worth in an expression; nothing for what the engine does not know.
[[nodiscard]] std::optional<expression::Value> expression_value(PyObject* value);

/// The `mode` of vector() and matrix(): a number, a type, a text. Throws BadParameter.
[[nodiscard]] Mode mode_from(nanobind::handle mode);
[[nodiscard]] ModeOptions mode_options(nanobind::handle scale, nanobind::handle density,
                                       nanobind::handle dtype);
/// An array or anything that np.asarray makes one of.
[[nodiscard]] Array array_from(nanobind::handle value);
[[nodiscard]] DType dtype_from(nanobind::handle value);
[[nodiscard]] nanobind::object to_python(const Array& array);
/// In the dialect of the network that `part` belongs to (S14).
[[nodiscard]] nanobind::object to_python(const Array& array, const Findable& part);
[[nodiscard]] nanobind::object to_python(const ParameterValue& value);
[[nodiscard]] ParameterValue parameter_from(nanobind::handle value);
[[nodiscard]] ParameterMap parameters_from(const nanobind::dict& values);
/// Pairs of key and core behavior.
[[nodiscard]] Behaviors behaviors_from(
    const std::vector<std::pair<double, std::shared_ptr<Behavior>>>& pairs);

}  // namespace monnto::python
