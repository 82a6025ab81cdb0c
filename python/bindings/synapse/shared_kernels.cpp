// Matrices without values of their own: procedural ones and convolutions.
#include "../array/convert.hpp"
#include "../core/values.hpp"
#include "synapse.hpp"

#include <monnto/array/functions/sparse.hpp>
#include <monnto/synapse/convolution_matrix.hpp>
#include <monnto/synapse/procedural_matrix.hpp>

#include <nanobind/stl/array.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>

#include <memory>
#include <string>

namespace nb = nanobind;

namespace monnto::python {

namespace {

nb::tuple kept(const SparseMatrix& matrix) {
    return nb::make_tuple(std::const_pointer_cast<Pattern>(matrix.pattern()),
                          to_python(matrix.values()), matrix.is_source_first());
}

[[nodiscard]] GridGeometry::Border border_from(const std::string& name) {
    if (name == "same") {
        return GridGeometry::Border::same;
    }
    if (name == "valid") {
        return GridGeometry::Border::valid;
    }
    if (name == "wrap") {
        return GridGeometry::Border::wrap;
    }
    throw BadParameter("border", name, "'same', 'valid' or 'wrap'");
}

void bind_procedural(nb::module_& m) {
    using Held = std::shared_ptr<ProceduralSynapses>;
    nb::class_<ProceduralSynapses>(m, "ProceduralSynapses",
                                   "Synapses that are made again at every spike.")
        .def_ro("sources", &ProceduralSynapses::sources)
        .def_ro("targets", &ProceduralSynapses::targets)
        .def_prop_ro("dtype",
                     [](const ProceduralSynapses& s) { return python_from_dtype(s.dtype); })
        .def("product",
             [](const Held& synapses, nb::handle x, bool along_targets) {
                 return to_python(procedural_product(synapses, array_from(x),
                                                     along_targets ? Side::target : Side::source));
             })
        .def("make_history",
             [](const Held& synapses, std::int32_t delay) {
                 return python_from_array(make_history(synapses->sources, delay));
             })
        .def("deliver",
             [](const Held& synapses, nb::handle history, nb::handle spikes, std::int32_t delay) {
                 const Array& past = array_in(history);
                 push_events(past, array_from(spikes), delay);
                 return to_python(procedural_deliver(synapses, past, delay));
             })
        .def("to_sparse", [](const Held& synapses, std::int32_t delay, bool is_source_first) {
            return kept(ProceduralMatrix(synapses, delay, is_source_first).to_sparse());
        });
}

void bind_convolution(nb::module_& m) {
    nb::class_<ConvolutionMatrix>(m, "Convolution", "A small kernel on a grid of sources.")
        .def(nb::new_([](nb::handle kernel, const std::array<std::ptrdiff_t, 2>& sources,
                         std::ptrdiff_t stride, const std::string& border) {
            return std::make_shared<ConvolutionMatrix>(array_from(kernel), sources, stride,
                                                       border_from(border));
        }))
        .def_prop_ro("targets", [](const ConvolutionMatrix& c) { return c.geometry().targets(); })
        .def("product",
             [](const ConvolutionMatrix& c, nb::handle x, bool along_targets) {
                 return to_python(along_targets ? c.rdot(array_from(x)) : c.dot(array_from(x)));
             })
        .def("to_sparse", [](const ConvolutionMatrix& c, bool is_source_first) {
            const SparseMatrix made = c.to_sparse();
            return kept(is_source_first ? made.T() : made);
        });
}

}  // namespace

void bind_shared_kernels(nb::module_& module) {
    bind_procedural(module);
    bind_convolution(module);
}

}  // namespace monnto::python
