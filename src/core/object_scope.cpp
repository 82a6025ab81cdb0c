#include <monnto/core/object_scope.hpp>

#include <monnto/array/tape.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/synapse_group.hpp>
#include <monnto/expression/ast.hpp>

#include <algorithm>

namespace monnto {
namespace {

using expression::Arguments;
using Path = std::span<const std::string>;

std::optional<expression::Value> population_value(const Population& population, Path path) {
    if (path.size() == 1 && path[0] == "size") {
        return expression::Value(population.size());
    }
    if (!population.is_subgroup()) {
        return ObjectScope(population.base_group()).find(path);
    }
    if (path.size() == 1 && population.base_group().has_variable(path[0])) {
        return expression::Value(population.get(path[0]));
    }
    return std::nullopt;
}

// Seconds on the clock of an object that has one: counted, because a sum of steps would drift.
std::optional<expression::Value> time_of(Object& object) {
    if (!object.has_network() || !object.has_variable("clock_step_size")) {
        return std::nullopt;
    }
    const auto steps = static_cast<double>(object.network().engine_step());
    return expression::Value(steps * object["clock_step_size"].item<double>());
}

std::optional<expression::Value> own_setting(Object& object, const std::string& name) {
    if (name == "t") {
        TapeScope::refuse("asks for the time", false);
        return time_of(object);
    }
    if (name == "iteration" && object.has_network()) {
        TapeScope::refuse("asks for the number of the iteration", false);
        return expression::Value(object.iteration());
    }
    if (name == "recording") {
        return expression::Value(object.recording());
    }
    if (const auto* neurons = dynamic_cast<NeuronGroup*>(&object);
        neurons != nullptr && name == "size") {
        return expression::Value(neurons->size());
    }
    if (const auto* synapses = dynamic_cast<SynapseGroup*>(&object);
        synapses != nullptr && name == "group_weighting") {
        return expression::Value(synapses->group_weighting());
    }
    if (const auto* network = dynamic_cast<Network*>(&object); network != nullptr && name == "dt") {
        return expression::Value(network->dt());
    }
    return std::nullopt;
}

std::optional<expression::Value> variable(Object& object, const std::string& name) {
    // The face first: a number stays the weak number that it is there, whether or not somebody (a
    // snapshot) has asked for it as a slot.
    if (object.face() != nullptr) {
        if (auto value = object.face()->value(name)) {
            if (!value->is_array() && !value->is_number()) {
                TapeScope::refuse("reads what can change without being set", false);
            }
            return value;
        }
    }
    Slot* slot = object.slot(name);
    if (slot == nullptr && object.has_variable(name)) {
        slot = &object[name];
    }
    if (slot != nullptr && slot->is_assigned()) {
        return expression::Value(slot->array());
    }
    return std::nullopt;
}

std::optional<expression::Value> below(Object& object, Path path) {
    const std::string& first = path[0];
    const Path rest = path.subspan(1);
    if (first == "network" && object.has_network()) {
        return ObjectScope(object.network()).find(rest);
    }
    if (const auto* synapses = dynamic_cast<SynapseGroup*>(&object)) {
        if (first == "src") {
            return population_value(synapses->source(), rest);
        }
        if (first == "dst") {
            return population_value(synapses->destination(), rest);
        }
    }
    if (auto* network = dynamic_cast<Network*>(&object)) {
        const std::vector<Object*> matches = network->all<Object>(first);
        const auto group = std::find_if(matches.begin(), matches.end(),
                                        [&](Object* match) { return match != network; });
        if (group != matches.end()) {
            return ObjectScope(**group).find(rest);
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<expression::Value> ObjectScope::find(Path path) const {
    if (path.empty()) {
        return std::nullopt;
    }
    if (path.size() == 1) {
        if (auto value = variable(*object_, path[0])) {
            return value;
        }
        return own_setting(*object_, path[0]);
    }
    return below(*object_, path);
}

std::optional<expression::Value> ObjectScope::call(Path path, const Arguments& arguments) const {
    const bool has_prefix = path.size() == 2 && expression::is_object_prefix(path[0]);
    if (path.size() != 1 && !has_prefix) {
        return std::nullopt;
    }
    const std::string& name = path.back();
    const bool is_here = (name == "vector" && dynamic_cast<NeuronGroup*>(object_) != nullptr) ||
                         (name == "matrix" && dynamic_cast<SynapseGroup*>(object_) != nullptr);
    if (!is_here) {
        return std::nullopt;
    }
    Mode mode = 0.0;
    ModeOptions options;
    if (!arguments.positional.empty()) {
        const expression::Value& first = arguments.positional.front();
        const auto* text = first.get_if<std::string>();
        mode = text != nullptr ? Mode(*text) : Mode(expression::as_operand(first, name).number());
    }
    for (const auto& [keyword, value] : arguments.keywords) {
        if (keyword == "density") {
            options.density = expression::as_operand(value, name);
        } else if (keyword == "scale") {
            options.scale = expression::as_operand(value, name);
        } else {
            throw UnknownName("argument", keyword, name, {"density", "scale"});
        }
    }
    return expression::Value(object_->from_mode(mode, options));
}

std::string ObjectScope::description() const {
    return object_->description();
}

std::vector<std::string> ObjectScope::variables() const {
    std::vector<std::string> names = object_->variable_names();
    names.emplace_back("iteration");
    if (dynamic_cast<NeuronGroup*>(object_) != nullptr) {
        names.emplace_back("size");
    }
    return names;
}

std::vector<std::string> ObjectScope::functions() const {
    if (dynamic_cast<NeuronGroup*>(object_) != nullptr) {
        return {"vector"};
    }
    if (dynamic_cast<SynapseGroup*>(object_) != nullptr) {
        return {"matrix"};
    }
    return {};
}

}  // namespace monnto
