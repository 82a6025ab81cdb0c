#include "core.hpp"
#include "owners.hpp"
#include "values.hpp"

#include <monnto/core/neuron_group.hpp>
#include <monnto/core/neuron_subgroup.hpp>
#include <monnto/core/sparse_options.hpp>
#include <monnto/core/synapse_group.hpp>

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

namespace nb = nanobind;

namespace monnto::python {

namespace {

std::optional<Parameter> delay_from(nb::handle value) {
    return value.is_none() ? std::nullopt : std::optional(Parameter(parameter_from(value)));
}

SparseOptions sparse_options(const nb::dict& given) {
    SparseOptions options;
    const auto item = [&](const char* name) {
        return given.contains(name) ? nb::object(given[name]) : nb::object(nb::none());
    };
    const ModeOptions plain = mode_options(item("scale"), nb::none(), item("dtype"));
    options.scale = plain.scale;
    options.dtype = plain.dtype;
    if (!item("density").is_none()) {
        options.density = nb::cast<double>(item("density"));
    }
    options.allowed.autapses = !given.contains("autapses") || nb::cast<bool>(given["autapses"]);
    options.delay = delay_from(item("delay"));
    options.axonal_delay = delay_from(item("axonal_delay"));
    options.dendritic_delay = delay_from(item("dendritic_delay"));
    return options;
}

/// (pattern, values, is_source_first): what SparseMatrix of Python is made of.
nb::tuple sparse_matrix(SynapseGroup& synapses, nb::handle mode, const nb::dict& given) {
    const SparseMatrix made = synapses.sparse_matrix(mode_from(mode), sparse_options(given));
    return nb::make_tuple(std::const_pointer_cast<Pattern>(made.pattern()),
                          to_python(made.values()), made.is_source_first());
}

nb::tuple extents(const Shape& shape) {
    nb::list list;
    for (int axis = 0; axis < shape.size(); ++axis) {
        list.append(shape[axis]);
    }
    return nb::tuple(list);
}

nb::list synapses(const NeuronGroup& group, int direction, std::string_view tag) {
    nb::list list;
    for (SynapseGroup* synapse : group.synapses(static_cast<Direction>(direction), tag)) {
        list.append(python_object(synapse->holder()));
    }
    return list;
}

Population& population_of(nb::handle group) {
    NeuronGroup* neurons = nullptr;
    if (nb::try_cast(group, neurons) && neurons != nullptr) {
        return *neurons;
    }
    return nb::cast<NeuronSubGroup&>(group);
}

void bind_neurons(nb::module_& m) {
    nb::class_<NeuronGroup, Object>(m, "NeuronGroup")
        .def(nb::new_([](std::ptrdiff_t size, std::string_view tags, std::string_view class_tag) {
            return std::make_shared<NeuronGroup>(size, tags, class_tag);
        }))
        .def(nb::new_([](nb::handle /*none*/, std::string_view tags, std::string_view class_tag) {
                 return std::make_shared<NeuronGroup>(NeuronGroup::SizeLater{}, tags, class_tag);
             }),
             nb::arg().none(), nb::arg(), nb::arg())
        .def_prop_rw("size", &NeuronGroup::size, &NeuronGroup::set_size)
        .def(
            "vector",
            [](NeuronGroup& n, nb::handle mode, nb::handle scale, nb::handle density,
               nb::handle dtype) {
                return to_python(n.vector(mode_from(mode), mode_options(scale, density, dtype)), n);
            },
            nb::arg().none(), nb::arg().none(), nb::arg().none(), nb::arg().none())
        .def(
            "vector_buffer",
            [](NeuronGroup& n, std::ptrdiff_t rows) { return to_python(n.vector_buffer(rows), n); })
        .def("synapses", &synapses)
        .def("subgroup",
             [](NeuronGroup& n, nb::handle mask) { return n.subgroup(array_from(mask)); });
    nb::class_<NeuronSubGroup, Findable>(m, "NeuronSubGroup")
        .def_prop_ro("size", &NeuronSubGroup::size)
        .def_prop_ro("mask",
                     [](const NeuronSubGroup& s) { return to_python(s.mask(), s.base_group()); })
        .def_prop_ro("indices",
                     [](const NeuronSubGroup& s) { return to_python(s.indices(), s.base_group()); })
        .def("select", [](const NeuronSubGroup& s, nb::handle values) {
            return to_python(s.select(array_from(values)), s.base_group());
        });
}

}  // namespace

void bind_groups(nb::module_& m) {
    bind_neurons(m);
    nb::class_<SynapseGroup, Object>(m, "SynapseGroup")
        .def(nb::new_([](nb::handle source, nb::handle destination, std::string_view tags,
                         std::string_view class_tag) {
            return std::make_shared<SynapseGroup>(population_of(source), population_of(destination),
                                                  tags, class_tag);
        }))
        .def("note_sparse", &SynapseGroup::note_sparse)
        .def_prop_rw("group_weighting", &SynapseGroup::group_weighting,
                     &SynapseGroup::set_group_weighting)
        .def("matrix_dim", [](const SynapseGroup& s) { return extents(s.matrix_dim()); })
        .def(
            "matrix",
            [](SynapseGroup& s, nb::handle mode, nb::handle scale, nb::handle density,
               nb::handle dtype) {
                return to_python(s.matrix(mode_from(mode), mode_options(scale, density, dtype)), s);
            },
            nb::arg().none(), nb::arg().none(), nb::arg().none(), nb::arg().none())
        .def("sparse_matrix", &sparse_matrix, nb::arg().none(), nb::arg())
        .def("ignore_transpose_mode", [](const SynapseGroup& s, nb::handle weights) {
            return to_python(s.ignore_transpose_mode(array_from(weights)), s);
        });
}

}  // namespace monnto::python
