#include <monnto/structure/partition.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/neuron_subgroup.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/structure/receptive_fields.hpp>

#include <algorithm>
#include <cmath>

namespace monnto {
namespace {

/// A box has about this many places along an axis.
constexpr double places_per_box = 7;

Coordinates chosen(const Coordinates& places, const Array& indices) {
    return {take(places.x, indices, 0), take(places.y, indices, 0), take(places.z, indices, 0)};
}

/// A selection of a population that may itself be one.
std::shared_ptr<NeuronSubGroup> selection(Population& population, const Array& mask) {
    NeuronGroup& base = population.base_group();
    if (auto* part = dynamic_cast<NeuronSubGroup*>(&population)) {
        const Array whole = zeros({base.size()}, DType::boolean);
        const Array chosen_indices = take(part->indices(), flatnonzero(mask), 0);
        if (chosen_indices.size() > 0) {
            whole(chosen_indices) = true;
        }
        return base.subgroup(whole);
    }
    return base.subgroup(mask);
}

std::string user_tags(const SynapseGroup& synapses) {
    std::string joined;
    for (const std::string& tag : synapses.tags()) {
        if (tag == synapses.class_name()) {
            break;
        }
        joined += (joined.empty() ? "" : ",") + tag;
    }
    return joined;
}

std::shared_ptr<Behavior> twin_of(const std::shared_ptr<Behavior>& behavior) {
    const std::vector<std::string> known = BehaviorRegistry::names();
    if (std::ranges::find(known, behavior->class_name()) == known.end()) {
        return behavior;
    }
    return BehaviorRegistry::create(behavior->class_name(), behavior->parameters());
}

}  // namespace

std::vector<Part> parts_of(SynapseGroup& synapses, const Steps& steps) {
    const Coordinates source = coordinates_of(synapses.source());
    const Coordinates destination = coordinates_of(synapses.destination());
    const Vector3 reach = largest_reach(enabled_pairs(synapses), source, destination);
    std::vector<Part> parts;
    for (const Array& box : box_masks(destination, steps)) {
        const Array indices = flatnonzero(box);
        if (indices.size() > 0) {
            parts.push_back({box, near_mask(source, chosen(destination, indices), reach)});
        }
    }
    return parts;
}

std::optional<Steps> automatic_steps(const Coordinates& source, const Coordinates& destination) {
    const auto steps = [](const Array& s, const Array& d) {
        const auto places = [](const Array& axis) { return ptp(axis).item<double>() + 1; };
        const double boxes = (places(s) / places_per_box + places(d) / places_per_box) / 2;
        return std::max<std::ptrdiff_t>(1, static_cast<std::ptrdiff_t>(boxes));
    };
    const Steps found = {steps(source.x, destination.x), steps(source.y, destination.y),
                         steps(source.z, destination.z)};
    if (std::ranges::all_of(found, [](std::ptrdiff_t n) { return n < 3; })) {
        return {};
    }
    return found;
}

SynapseGroup& add_part(SynapseGroup& whole, const Part& part) {
    const auto source = selection(whole.source(), part.source);
    const auto destination = selection(whole.destination(), part.destination);
    SynapseGroup& made = whole.network().add_synapses(user_tags(whole), *source, *destination);
    made.add_tag("partitioned");
    const bool source_first = whole.network().settings().syn_dim == SynapseOrder::SxD;
    const Array rows = flatnonzero(source_first ? part.source : part.destination);
    const Array columns = flatnonzero(source_first ? part.destination : part.source);
    const Shape matrix = whole.matrix_dim();
    for (const std::string& name : whole.variable_names()) {
        const Array value = whole[name].array();
        made[name] = value.shape() == matrix ? take(take(value, rows, 0), columns, 1) : value;
    }
    made.set_group_weighting(whole.group_weighting());
    made.set_recording(whole.recording());
    for (const auto& [key, behavior] : whole.behaviors()) {
        if (dynamic_cast<Partition*>(behavior.get()) == nullptr) {
            made.add_behavior(key, twin_of(behavior), false);
        }
    }
    return made;
}

std::vector<SynapseGroup*> split(SynapseGroup& whole, const std::vector<Part>& parts) {
    std::vector<SynapseGroup*> made;
    made.reserve(parts.size());
    for (const Part& part : parts) {
        made.push_back(&add_part(whole, part));
    }
    whole.network().remove(whole);
    return made;
}

void Partition::initialize(Object& object) {
    auto* synapses = dynamic_cast<SynapseGroup*>(&object);
    if (synapses == nullptr) {
        throw TypeMismatch("Partition", object.class_name(), "attach it to a synapse group");
    }
    const std::optional<Steps> steps =
        steps_ ? steps_
               : automatic_steps(coordinates_of(synapses->source()),
                                 coordinates_of(synapses->destination()));
    if (steps) {
        split(*synapses, parts_of(*synapses, *steps));
    }
}

}  // namespace monnto
