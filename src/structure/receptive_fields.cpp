#include <monnto/structure/receptive_fields.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/structure/boxes.hpp>

#include <algorithm>

namespace monnto {
namespace {

/// |destination - source| for every pair, in double so that a range such as 0.1 means what it says.
Array apart(const Array& source, const Array& destination) {
    const Array d = destination.astype(DType::f64);
    const Array s = source.astype(DType::f64);
    return abs(d(all, newaxis).array() - s(newaxis, all).array());
}

double required(Behavior& behavior, std::string_view name) {
    if (!behavior.parameters().contains(name)) {
        throw BadParameter(std::string(name), "missing", behavior.class_name() + " needs it");
    }
    return behavior.parameter(name, 0.0).number(name);
}

Array without_autapses(Behavior& behavior, SynapseGroup& synapses, const Array& pairs) {
    const bool remove = behavior.parameter("remove_autapses", 0.0).number("remove_autapses") != 0;
    if (!remove || &synapses.source() != &synapses.destination()) {
        return pairs;
    }
    return pairs && off_diagonal(synapses.destination().size(), synapses.source().size());
}

}  // namespace

Array within_box(const Coordinates& source, const Coordinates& destination, double range) {
    return (apart(source.x, destination.x) <= range) & (apart(source.y, destination.y) <= range) &
           (apart(source.z, destination.z) <= range);
}

Array within_circle(const Coordinates& source, const Coordinates& destination, double radius) {
    return square(apart(source.x, destination.x)) + square(apart(source.y, destination.y)) +
               square(apart(source.z, destination.z)) <=
           radius * radius;
}

Array off_diagonal(std::ptrdiff_t destinations, std::ptrdiff_t sources) {
    return arange(destinations)(all, newaxis).array() != arange(sources)(newaxis, all).array();
}

Vector3 largest_reach(const Array& enabled, const Coordinates& source,
                      const Coordinates& destination) {
    const auto reach = [&](const Array& s, const Array& d) {
        return std::max(1.0, where(enabled, apart(s, d), 0.0).max().item<double>());
    };
    if (enabled.size() == 0) {
        return {1, 1, 1};
    }
    return {reach(source.x, destination.x), reach(source.y, destination.y),
            reach(source.z, destination.z)};
}

Array enabled_pairs(SynapseGroup& synapses) {
    const Shape shape{synapses.destination().size(), synapses.source().size()};
    const Array enabled = synapses["enabled"].array();
    const Array by_destination =
        enabled.rank() < 2 ? enabled : synapses.ignore_transpose_mode(enabled);
    return broadcast_to(by_destination.astype(DType::boolean), shape);
}

void restrict_enabled(SynapseGroup& synapses, const Array& pairs) {
    const Array mask =
        synapses.network().settings().syn_dim == SynapseOrder::SxD ? pairs.T().copy() : pairs;
    const Array before = synapses["enabled"].array();
    synapses["enabled"] = Array(before * mask);
}

void ReceptiveField::initialize(Object& object) {
    auto* synapses = dynamic_cast<SynapseGroup*>(&object);
    if (synapses == nullptr) {
        throw TypeMismatch(class_name(), object.class_name(), "attach it to a synapse group");
    }
    restrict_enabled(*synapses, pairs(*synapses));
}

Array BoxReceptiveFields::pairs(SynapseGroup& synapses) {
    const Array inside =
        within_box(coordinates_of(synapses.source()), coordinates_of(synapses.destination()),
                   required(*this, "range"));
    return without_autapses(*this, synapses, inside);
}

Array CircleReceptiveFields::pairs(SynapseGroup& synapses) {
    const Array inside =
        within_circle(coordinates_of(synapses.source()), coordinates_of(synapses.destination()),
                      required(*this, "radius"));
    return without_autapses(*this, synapses, inside);
}

Array RemoveAutapses::pairs(SynapseGroup& synapses) {
    return off_diagonal(synapses.destination().size(), synapses.source().size());
}

MONNTO_BEHAVIOR(BoxReceptiveFields);
MONNTO_BEHAVIOR(CircleReceptiveFields);
MONNTO_BEHAVIOR(RemoveAutapses);

}  // namespace monnto
