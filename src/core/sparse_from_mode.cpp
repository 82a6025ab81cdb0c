#include <monnto/core/network.hpp>
#include <monnto/core/sparse_options.hpp>
#include <monnto/core/synapse_group.hpp>
#include <monnto/synapse/build.hpp>
#include <monnto/synapse/memory.hpp>
#include <monnto/synapse/sparse_matrix.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace monnto {
namespace {

[[nodiscard]] Rule rule_of(const SparseOptions& options) {
    if (options.rule) {
        if (options.density) {
            throw BadParameter("density", fmt::format("{}", *options.density),
                               "either a density or a rule");
        }
        return *options.rule;
    }
    const double density = options.density.value_or(1.0);
    if (!(density >= 0.0 && density <= 1.0)) {
        throw BadParameter("density", fmt::format("{}", density), "a probability between 0 and 1");
    }
    return density < 1.0 ? Rule(rules::FixedProbability{density}) : Rule(rules::AllToAll{});
}

[[nodiscard]] Ends ends_of(const SynapseGroup& synapses, const SparseOptions& options) {
    Ends ends;
    const bool is_recurrent = &synapses.source() == &synapses.destination();
    if (is_recurrent) {
        ends = Ends::recurrent(synapses.source().size());
    }
    ends.sources = synapses.source().size();
    ends.targets = synapses.destination().size();
    ends.source_at = options.source_at;
    ends.target_at = options.target_at;
    ends.period = options.period;
    return ends;
}

void check_room(const SynapseGroup& synapses, const Rule& rule, const Ends& ends,
                const SparseOptions& options, std::size_t value_bytes) {
    const double expected = std::max(0.0, expected_synapses(rule, ends, options.allowed));
    const MemoryForecast all = forecast(ends.sources, ends.targets, expected, value_bytes);
    // Targets are there twice for a moment, and delays of 4 bytes.
    const double passing = expected * (options.delay ? 8.0 : 4.0);
    check_memory(fmt::format("the sparse matrix of {}", synapses.description()),
                 all.sparse + passing, all);
}

[[nodiscard]] bool is_text(const Parameter& parameter) {
    return std::holds_alternative<std::string>(parameter.value());
}

/// In ms: `count` of them, or one.
[[nodiscard]] std::vector<double> milliseconds(SynapseGroup& synapses, const Parameter& parameter,
                                               std::ptrdiff_t count, const char* name) {
    if (const auto* number = std::get_if<Number>(&parameter.value())) {
        return {number->as_double()};
    }
    Array values;
    if (const auto* text = std::get_if<std::string>(&parameter.value())) {
        values = array_from_mode(synapses, *text, {count}, {.dtype = DType::f32});
    } else {
        values = std::get<Array>(parameter.value());
    }
    if (values.size() != 1 && values.shape() != Shape{count}) {
        throw ShapeMismatch(name, values.shape().to_vector(), {count},
                            "give one delay for each, or one for all");
    }
    return values.astype(DType::f64).ravel().host<double>();
}

[[nodiscard]] std::vector<std::int32_t> steps(SynapseGroup& synapses, const Parameter& parameter,
                                              std::ptrdiff_t count, const char* name,
                                              std::int32_t shortest) {
    const double dt = synapses.network().settings().dt;
    const std::vector<double> times = milliseconds(synapses, parameter, count, name);
    std::vector<std::int32_t> result(times.size());
    std::ranges::transform(times, result.begin(), [&](double time) {
        // Tails of a distribution are meant to be possible delays.
        const bool is_short = is_text(parameter) && time < dt * shortest;
        return is_short ? shortest : delay_in_steps(time, dt, shortest);
    });
    return result;
}

/// Delays of synapses that are given as a matrix are read where there are synapses.
[[nodiscard]] Parameter at_synapses(const Parameter& delay, const PatternRef& pattern,
                                    bool is_source_first) {
    const auto* values = std::get_if<Array>(&delay.value());
    if (values == nullptr || values->shape().size() != 2) {
        return delay;
    }
    const SparseMatrix places(pattern, full({}, 0.0, DType::f32), is_source_first);
    return values->shape() == places.shape() ? Parameter(places.at(*values)) : delay;
}

[[nodiscard]] PatternRef delayed(SynapseGroup& synapses, const PatternRef& pattern,
                                 const SparseOptions& options, bool is_source_first) {
    if (options.delay) {
        if (options.axonal_delay || options.dendritic_delay) {
            throw BadParameter("delay", "both kinds",
                               "either delays of synapses, or axonal and dendritic ones");
        }
        const Parameter delay = at_synapses(*options.delay, pattern, is_source_first);
        return with_delays(pattern, steps(synapses, delay, pattern->size(), "delay", 1));
    }
    if (!options.axonal_delay && !options.dendritic_delay) {
        return pattern;
    }
    const auto side = [&](const std::optional<Parameter>& given, std::ptrdiff_t count,
                          const char* name, bool is_alone) {
        return given ? steps(synapses, *given, count, name, is_alone ? 1 : 0)
                     : std::vector<std::int32_t>{0};
    };
    return with_end_delays(
        pattern,
        side(options.axonal_delay, pattern->sources(), "axonal_delay", !options.dendritic_delay),
        side(options.dendritic_delay, pattern->targets(), "dendritic_delay",
             !options.axonal_delay));
}

/// One value per synapse, or one for all.
[[nodiscard]] Array values_of(SynapseGroup& synapses, const Mode& mode, std::ptrdiff_t count,
                              const SparseOptions& options) {
    const bool is_number = std::holds_alternative<Number>(mode.value);
    const Shape shape = is_number ? Shape{} : Shape{count};
    return array_from_mode(synapses, mode, shape, {.scale = options.scale, .dtype = options.dtype});
}

}  // namespace

std::int32_t delay_in_steps(double time, double dt, std::int32_t shortest) {
    const double steps = std::round(time / dt);
    if (!(steps >= shortest && steps <= BadDelay::longest)) {
        throw BadDelay(time, "ms");
    }
    return static_cast<std::int32_t>(steps);
}

SparseMatrix sparse_from_mode(SynapseGroup& synapses, const Mode& mode,
                              const SparseOptions& options) {
    const Rule rule = rule_of(options);
    const Ends ends = ends_of(synapses, options);
    const bool is_number = std::holds_alternative<Number>(mode.value);
    const DType dtype = options.dtype.value_or(synapses.default_dtype());
    check_room(synapses, rule, ends, options, is_number ? 0 : size_of(dtype));
    PatternRef pattern =
        pattern_from(connect(rule, ends, synapses.next_random_position(), options.allowed));
    const bool source_first = synapses.network().settings().syn_dim == SynapseOrder::SxD;
    Array values = values_of(synapses, mode, pattern->size(), options);
    pattern = delayed(synapses, pattern, options, source_first);
    return {std::move(pattern), std::move(values), source_first};
}

}  // namespace monnto
