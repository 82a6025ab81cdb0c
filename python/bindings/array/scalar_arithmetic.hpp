#pragma once

#include <monnto/array/number.hpp>
#include <monnto/array/op.hpp>

#include <Python.h>

#include <optional>

namespace monnto::python {

/// The result of an operation on two numbers that are known already, without recording anything:
/// what sum(v), max(v) and `if v[i] > 3` in a loop do. Nothing for what is rarer; then the
/// operation is recorded.
[[nodiscard]] std::optional<Number> known_result(Op op, PyObject* left, PyObject* right) noexcept;

}  // namespace monnto::python
