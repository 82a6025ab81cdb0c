#pragma once

#include <nanobind/nanobind.h>

namespace monnto::python {

/// Adds runs and stores to `module`; monnto.storage is their face.
void bind_storage(nanobind::module_& module);

}  // namespace monnto::python
