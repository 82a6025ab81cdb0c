#include <monnto/array/functions/sparse.hpp>

#include "../array/convert.hpp"
#include "../core/values.hpp"
#include "synapse.hpp"

#include <monnto/synapse/build.hpp>
#include <monnto/synapse/connections.hpp>
#include <monnto/synapse/memory.hpp>
#include <monnto/synapse/sparse_matrix.hpp>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace nb = nanobind;

namespace monnto::python {

namespace {

/// nanobind does not hold pointers to const.
using Held = std::shared_ptr<Pattern>;

[[nodiscard]] Held held(const PatternRef& pattern) {
    return std::const_pointer_cast<Pattern>(pattern);
}

[[nodiscard]] std::vector<std::int64_t> whole_numbers(nb::handle list) {
    return array_from(list).astype(DType::i64).ravel().host<std::int64_t>();
}
[[nodiscard]] std::vector<std::int32_t> steps_from(nb::handle list) {
    return array_from(list).astype(DType::i32).ravel().host<std::int32_t>();
}

[[nodiscard]] nb::object numbers(const std::vector<std::int64_t>& list) {
    return python_from_array(Array::from(list));
}

/// (pattern, order): which of the given synapses is at each position.
[[nodiscard]] nb::tuple with_order(const SortedConnections& sorted) {
    std::vector<std::int64_t> order(sorted.order.begin(), sorted.order.end());
    const PatternRef pattern = pattern_from(sorted.connections);
    return nb::make_tuple(held(pattern), order.empty() ? nb::none() : numbers(order));
}

nb::tuple from_pairs(std::int64_t sources, std::int64_t targets, nb::handle source,
                     nb::handle target) {
    return with_order(
        connections_from_pairs(sources, targets, whole_numbers(source), whole_numbers(target)));
}

nb::tuple from_rows(std::int64_t sources, std::int64_t targets, nb::handle starts,
                    nb::handle target) {
    return with_order(
        connections_from_rows(sources, targets, whole_numbers(starts), whole_numbers(target)));
}

template <class Make>
[[nodiscard]] nb::tuple ordered(const Make& make) {
    std::vector<std::int64_t> order;
    const PatternRef pattern = make(order);
    return nb::make_tuple(held(pattern), numbers(order));
}

nb::tuple kept(const Held& pattern, nb::handle mask) {
    const Array truth = array_from(mask).astype(DType::boolean).copy();
    const auto bytes = std::make_unique<bool[]>(static_cast<std::size_t>(truth.size()));
    truth.copy_to(bytes.get());
    return ordered([&](std::vector<std::int64_t>& order) {
        return kept_synapses(pattern, {bytes.get(), static_cast<std::size_t>(truth.size())},
                             &order);
    });
}

nb::tuple grown(const Held& pattern, nb::handle source, nb::handle target, nb::handle delays) {
    const std::vector<std::int32_t> steps =
        delays.is_none() ? std::vector<std::int32_t>() : steps_from(delays);
    return ordered([&](std::vector<std::int64_t>& order) {
        return grown_pattern(pattern, whole_numbers(source), whole_numbers(target), steps, &order);
    });
}

/// (sources, targets, delays or None) by position.
nb::tuple ends(const Held& pattern) {
    const SynapseList list = list_of(*pattern);
    nb::object delays =
        list.delay.empty() ? nb::object(nb::none()) : python_from_array(Array::from(list.delay));
    return nb::make_tuple(numbers(list.source), numbers(list.target), delays);
}

void bind_pattern(nb::module_& m) {
    nb::class_<Pattern>(m, "Pattern", "Where synapses are; never changes once it is made.")
        .def_prop_ro("sources", &Pattern::sources)
        .def_prop_ro("targets", &Pattern::targets)
        .def_prop_ro("size", &Pattern::size)
        .def_prop_ro("bytes", &Pattern::bytes)
        .def_prop_ro("has_turned", &Pattern::has_turned)
        .def_prop_ro("delays", [](const Pattern& p) { return p.delays(); })
        .def_prop_ro("starts", [](const Pattern& p) { return numbers(p.starts()); })
        .def_prop_ro("longest_delay", &Pattern::longest_delay)
        .def("ends", &ends)
        .def("kept", &kept)
        .def("grown", &grown, nb::arg("source"), nb::arg("target"), nb::arg("delays").none())
        .def("with_delays",
             [](const Held& pattern, nb::handle steps) {
                 return ordered([&](std::vector<std::int64_t>& order) {
                     return with_delays(pattern, steps_from(steps), &order);
                 });
             })
        .def("with_end_delays", [](const Held& pattern, nb::handle axonal, nb::handle dendritic) {
            return ordered([&](std::vector<std::int64_t>& order) {
                return with_end_delays(pattern, steps_from(axonal), steps_from(dendritic), &order);
            });
        });
}

[[nodiscard]] Side side_from(bool is_target) noexcept {
    return is_target ? Side::target : Side::source;
}

void bind_operations(nb::module_& m) {
    m.def("product", [](const Held& pattern, nb::handle values, nb::handle vector, bool targets) {
        return to_python(
            sparse_product(pattern, array_from(values), array_from(vector), side_from(targets)));
    });
    m.def("sum", [](const Held& pattern, nb::handle values, bool targets) {
        return to_python(sparse_sum(pattern, array_from(values), side_from(targets)));
    });
    m.def("spread", [](const Held& pattern, nb::handle vector, bool targets) {
        return to_python(sparse_spread(pattern, array_from(vector), side_from(targets)));
    });
    m.def("at_synapses", [](const Held& pattern, nb::handle expression, bool is_source_first) {
        return to_python(at_synapses(pattern, array_from(expression), is_source_first));
    });
    m.def("dense", [](const Held& pattern, nb::handle values, bool is_source_first) {
        return to_python(sparse_dense(pattern, array_from(values), is_source_first));
    });
    m.def("make_history", [](const Held& pattern) {
        return python_from_array(make_history(pattern->sources(), pattern->longest_delay()));
    });
    m.def("with_slots", [](nb::handle history, const Held& pattern, std::int32_t before) {
        return python_from_array(
            with_slots(array_in(history), pattern->sources(), before, pattern->longest_delay()));
    });
    m.def("deliver",
          [](const Held& pattern, nb::handle values, nb::handle history, nb::handle spikes) {
              const std::int32_t slots = pattern->longest_delay();
              const Array& past = array_in(history);
              push_events(past, array_from(spikes), slots);
              return to_python(sparse_deliver(pattern, array_from(values), past, slots));
          });
}

}  // namespace

void bind_synapse(nb::module_& module) {
    nb::module_ m = module.def_submodule("sparse", "Synapses that are stored one by one.");
    bind_pattern(m);
    bind_operations(m);
    bind_shared_kernels(m);
    m.def("from_pairs", &from_pairs);
    m.def("from_rows", &from_rows);
    m.def("from_dense", [](nb::handle matrix, bool is_source_first) {
        return held(pattern_from_dense(array_from(matrix), is_source_first));
    });
    m.def("available_memory", &available_memory);
    m.def("set_available_memory", &set_available_memory, nb::arg("bytes").none());
    m.def("check_memory", [](const std::string& what, double needed, std::int64_t sources,
                             std::int64_t targets, double synapses, std::size_t value_bytes) {
        check_memory(what, needed, forecast(sources, targets, synapses, value_bytes));
    });
    m.def("forecast", [](std::int64_t sources, std::int64_t targets, double synapses,
                         std::size_t value_bytes, std::int64_t delays) {
        const MemoryForecast all = forecast(sources, targets, synapses, value_bytes, delays);
        return nb::make_tuple(all.dense, all.sparse, all.procedural, all.to_string());
    });
}

}  // namespace monnto::python
