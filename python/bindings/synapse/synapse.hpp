#pragma once

#include <nanobind/nanobind.h>

namespace monnto::python {

/// Patterns and the operations on their synapses, as `monnto._engine.sparse`: what
/// monnto/sparse_matrix.py is made of.
void bind_synapse(nanobind::module_& module);
/// Procedural matrices and convolutions; part of bind_synapse.
void bind_shared_kernels(nanobind::module_& module);

}  // namespace monnto::python
