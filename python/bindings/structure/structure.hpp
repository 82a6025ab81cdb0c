#pragma once

#include <nanobind/nanobind.h>

namespace monnto::python {

/// Adds grids, boxes and masks to `module`; NeuronDimension, Receptive_Fields and Partition in
/// Python are made of them.
void bind_structure(nanobind::module_& module);

}  // namespace monnto::python
