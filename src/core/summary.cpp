// The part of Network that describes itself to a person.
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/synapse_group.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace monnto {
namespace {

/// "1 neuron", "2 neurons".
template <class Number>
std::string counted(Number count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string behavior_lines(const Object& object) {
    Behaviors behaviors = object.behaviors();
    std::stable_sort(behaviors.begin(), behaviors.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string lines;
    for (const auto& [key, behavior] : behaviors) {
        const std::string parameters = behavior->parameters_text();
        lines += fmt::format("    {} {}{}{}\n", key, behavior->class_name(),
                             parameters.empty() ? "" : "(" + parameters + ")",
                             behavior->is_enabled() ? "" : " (disabled)");
    }
    return lines;
}

}  // namespace

std::string Network::summary() const {
    std::ptrdiff_t neuron_count = 0;
    for (const auto& group : neurons_) {
        neuron_count += group->size();
    }
    std::ptrdiff_t synapse_count = 0;
    for (const auto& group : synapses_) {
        const std::ptrdiff_t stored = group->sparse_count();
        synapse_count += stored > 0 ? stored : group->matrix_dim().product();
    }
    std::string text =
        fmt::format("{}: {} in {}, {} in {}, seed {}\n", description(),
                    counted(neuron_count, "neuron"), counted(neurons_.size(), "group"),
                    counted(synapse_count, "synapse"), counted(synapses_.size(), "group"), seed());
    text += behavior_lines(*this);
    for (const auto& group : neurons_) {
        text += fmt::format("  {} ({})\n", group->description(), counted(group->size(), "neuron")) +
                behavior_lines(*group);
    }
    const bool source_first = settings_.syn_dim == SynapseOrder::SxD;
    for (const auto& group : synapses_) {
        const std::ptrdiff_t own = group->sparse_count();
        const auto first = source_first ? group->source().size() : group->destination().size();
        const auto second = source_first ? group->destination().size() : group->source().size();
        text += fmt::format("  {} {} -> {} ({}{}x{}{}{})\n", group->description(),
                            group->source_group().tag(), group->destination_group().tag(),
                            source_first ? 'S' : 'D', first, source_first ? 'D' : 'S', second,
                            own > 0 ? ", " + counted(own, "synapse") : "") +
                behavior_lines(*group);
    }
    return text;
}

}  // namespace monnto
