#include "../array/numpy.hpp"
#include "../array/object.hpp"
#include "core.hpp"
#include "owners.hpp"
#include "python_behavior.hpp"
#include "values.hpp"

#include <monnto/core/genes.hpp>
#include <monnto/core/mode.hpp>
#include <monnto/core/object.hpp>
#include <monnto/core/registry.hpp>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;

namespace monnto::python {

namespace {

/// The value that a text means as a parameter, and whether it asked for a histogram.
nb::tuple resolve_parameter(const std::string& name, const std::string& text, Object* object,
                            nb::handle fallback) {
    std::optional<ParameterValue> default_value;
    if (!fallback.is_none()) {
        default_value = parameter_from(fallback);
    }
    bool wants_plot = false;
    const ParameterValue value =
        parameter_from_text(name, text, object, default_value, &wants_plot);
    refuse_nan(name, value);
    return nb::make_tuple(to_python(value), wants_plot);
}

/// numpy.random's part of the mode language (S18): `draw` gets name, arguments, keywords, shape and
/// the numbers of the stream's position.
void set_python_distribution(nb::handle draw) {
    draw.inc_ref();  // for ever: the engine outlives the interpreter
    set_host_distribution([draw](const HostDraw& wanted) -> std::optional<Array> {
        nb::list arguments, shape;
        nb::dict keywords;
        for (const Number& number : wanted.arguments) {
            arguments.append(nb::steal(python_number(number)));
        }
        for (const auto& [name, number] : wanted.keywords) {
            keywords[name.c_str()] = nb::steal(python_number(number));
        }
        for (int axis = 0; axis < wanted.shape.size(); ++axis) {
            shape.append(wanted.shape[axis]);
        }
        const nb::object drawn = draw(
            wanted.name, arguments, keywords, nb::tuple(shape),
            nb::make_tuple(wanted.position.key, wanted.position.step, wanted.position.ordinal));
        return drawn.is_none() ? std::nullopt : std::optional<Array>(array_from(drawn));
    });
}

/// What a parameter's text is with its genes (`with_genes(text, name)` of Python).
void set_python_genes(nb::handle with_genes) {
    with_genes.inc_ref();  // for ever: the engine outlives the interpreter
    set_gene_host([with_genes](const std::string& text, const std::string& name) {
        const nb::gil_scoped_acquire held;
        return nb::cast<std::string>(with_genes(text, name));
    });
}

}  // namespace

void bind_behaviors(nb::module_& m) {
    nb::class_<Behavior, TaggedObject>(m, "Behavior")
        .def_prop_rw("enabled", &Behavior::is_enabled, &Behavior::set_enabled)
        .def("with_tag", [](Behavior& b, std::string_view tags) { b.with_tag(tags); })
        .def("complete_tags", &Behavior::complete_tags)
        .def("mark_parameter_used",
             [](Behavior& b, std::string_view name) { b.mark_parameter_used(name); })
        .def("used_parameters",
             [](const Behavior& b) {
                 return std::vector<std::string>(b.used_parameters().begin(),
                                                 b.used_parameters().end());
             })
        .def_prop_ro("initialize_on_init", &Behavior::initialize_on_init)
        .def_prop_ro("initialize_last", &Behavior::initialize_last)
        .def("initialize", [](Behavior& b, Object& object) { b.initialize(object); })
        .def("iteration", [](Behavior& b, Object& object) { b.iteration(object); })
        .def("parameters", [](const Behavior& b) {
            nb::dict values;
            for (const auto& [name, value] : b.parameters()) {
                values[name.c_str()] = to_python(value);
            }
            return values;
        });
    nb::class_<PythonBehavior, Behavior>(m, "PythonBehavior")
        .def(nb::new_([](std::string class_name, std::string method, bool on_init, bool last,
                         bool is_static, bool may_be_static) {
            return std::make_shared<PythonBehavior>(PythonBehavior::Traits{
                std::move(class_name), std::move(method), on_init, last, is_static, may_be_static});
        }))
        .def("set_results", &PythonBehavior::set_results);
    m.def("create_behavior", [](std::string_view name, const nb::dict& parameters) {
        return BehaviorRegistry::create(name, parameters_from(parameters));
    });
    m.def("behavior_names", &BehaviorRegistry::names);
    m.def("behavior_parameter_names",
          [](std::string_view name) { return BehaviorRegistry::parameter_names(name); });
    m.def("load_plugin", &load_plugin);
    m.def("resolve_parameter", &resolve_parameter, nb::arg(), nb::arg(), nb::arg().none(),
          nb::arg().none());
    m.def("set_host_distribution", &set_python_distribution);
    m.def("set_gene_host", &set_python_genes);
    m.def("mode_functions", &mode_functions);
}

}  // namespace monnto::python
