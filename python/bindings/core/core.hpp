#pragma once

#include <nanobind/nanobind.h>

namespace monnto::python {

/// Adds networks, groups, behaviors and recorders to `module`.
void bind_core(nanobind::module_& module);

// Parts of it, each in a file of that name.
void bind_premises(nanobind::module_& module);
void bind_objects(nanobind::module_& module);
void bind_groups(nanobind::module_& module);
void bind_connect(nanobind::module_& module);
void bind_network(nanobind::module_& module);
void bind_behaviors(nanobind::module_& module);
void bind_recorders(nanobind::module_& module);
void bind_library(nanobind::module_& module);
void bind_state(nanobind::module_& module);

}  // namespace monnto::python
