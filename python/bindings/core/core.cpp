#include "attributes.hpp"
#include "core.hpp"

namespace monnto::python {

void bind_core(nanobind::module_& module) {
    bind_attributes(module.ptr());
    bind_objects(module);
    bind_behaviors(module);
    bind_groups(module);
    bind_network(module);
    bind_recorders(module);
    bind_state(module);
}

}  // namespace monnto::python
