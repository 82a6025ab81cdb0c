#include "naming.hpp"

#include <monnto/core/behavior.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/synapse_group.hpp>

#include <string_view>

namespace monnto {
namespace {

/// The variable of a place: "v of NeuronGroup 'n' (1)", "behavior Lif at key 2 of ...: trace".
[[nodiscard]] std::string variable_of(std::string_view place) {
    constexpr std::string_view own = "behavior ";
    const std::size_t end = place.starts_with(own) ? place.find("): ") : std::string_view::npos;
    if (end != std::string_view::npos) {
        return std::string(place.substr(end + 3));
    }
    return std::string(place.substr(0, place.find(" of ")));
}

void name_variables(Legend& legend, Object& object) {
    Places places;
    object.append_places(places);
    for (const Place& place : places.list) {
        legend.add_name(place.content, variable_of(place.name), object.creation_index());
    }
}

}  // namespace

void name_everything(Legend& legend, Network& network) {
    for (Object* object : network.all_objects()) {
        const std::uint64_t index = object->creation_index();
        legend.add_object(index, object == &network ? "the network" : object->tag());
        for (const auto& [key, behavior] : object->behaviors()) {
            legend.add_behavior(index, key, behavior->class_name());
        }
        name_variables(legend, *object);
    }
}

void name_around(Legend& legend, Object& object) {
    if (auto* network = dynamic_cast<Network*>(&object); network != nullptr) {
        name_everything(legend, *network);
        return;
    }
    name_variables(legend, object);
    if (const auto* synapses = dynamic_cast<SynapseGroup*>(&object); synapses != nullptr) {
        name_variables(legend, synapses->source_group());
        name_variables(legend, synapses->destination_group());
    }
}

}  // namespace monnto
