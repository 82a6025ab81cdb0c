// What the modules of the library offer besides being behaviors.
#include "../array/convert.hpp"
#include "../array/numpy.hpp"
#include "core.hpp"
#include "values.hpp"

#include <monnto/behaviors/homeostasis.hpp>
#include <monnto/behaviors/normalization.hpp>
#include <monnto/equations/clock.hpp>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

namespace nb = nanobind;

namespace monnto::python {
namespace {

Operand operand_from(nb::handle value) {
    const ParameterValue given = parameter_from(value);
    if (const auto* number = std::get_if<Number>(&given)) {
        return *number;
    }
    return std::get<Array>(given);
}

// As the parameters of behaviors: a number does not widen what it meets.
Array threshold_from(nb::handle value) {
    const Operand operand = operand_from(value);
    return operand.is_number() ? Array(operand.number().cast_to(DType::f32)) : operand.array();
}

}  // namespace

void bind_library(nb::module_& m) {
    nb::class_<InstantHomeostasis, Behavior>(m, "InstantHomeostasis")
        .def(
            "set_threshold",
            [](InstantHomeostasis& b, nb::handle threshold, std::optional<double> gap_percent) {
                b.set_threshold(threshold_from(threshold), gap_percent);
            },
            nb::arg(), nb::arg().none());
    nb::class_<TimeIntegrationHomeostasis, InstantHomeostasis>(m, "TimeIntegrationHomeostasis");
    nb::class_<Clock, Behavior>(m, "Clock")
        .def_prop_ro("step", &Clock::step)
        .def("time_to_iterations", [](const Clock& clock, std::string_view time) {
            bool is_exact = true;
            const std::int64_t steps = clock.time_to_iterations(time, &is_exact);
            return nb::make_tuple(steps, is_exact);
        });
    m.def("seconds_of", &seconds_of);
    m.def("normalize_synapse_attr",
          [](std::string_view src_attr, std::string_view target_attr, nb::handle target_value,
             NeuronGroup& neurons, std::string_view tag, bool is_efferent) {
              const auto normalize =
                  is_efferent ? normalize_synapse_attr_efferent : normalize_synapse_attr;
              normalize(src_attr, target_attr, operand_from(target_value), neurons, tag);
          });
}

}  // namespace monnto::python
