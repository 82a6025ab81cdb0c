#include "attributes.hpp"
#include "core.hpp"

#include <monnto/array/changes.hpp>

namespace monnto::python {

void bind_core(nanobind::module_& module) {
    bind_attributes(module.ptr());
    module.def("set_torch_dialect", &set_torch_dialect,
               "From now on the Arrays of this network or group are Tensors (S14).");
    module.def("has_torch_dialect", &has_torch_dialect);
    module.def("set_matrix_types", &set_matrix_types);
    module.def("note_change", &Changes::note, "Plans end: something that they rely on was set.");
    module.def("count_changes", &Changes::count, "How often that happened.");
    bind_premises(module);
    bind_objects(module);
    bind_behaviors(module);
    bind_groups(module);
    bind_connect(module);
    bind_network(module);
    bind_recorders(module);
    bind_library(module);
    bind_state(module);
}

}  // namespace monnto::python
