#pragma once

#include <monnto/array/array.hpp>

#include <nanobind/nanobind.h>

namespace monnto::python {

/// A read-only ndarray on the memory of an evaluated array that nobody writes to: recordings, whose
/// samples never change once they are there. Unlike an export (S8) it does not pin the buffer.
[[nodiscard]] nanobind::object read_only_ndarray(const Array& array);

}  // namespace monnto::python
