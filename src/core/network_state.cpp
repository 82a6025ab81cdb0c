// The part of Network that saves its state and restores it (S19).
#include "state.hpp"

#include <monnto/array/changes.hpp>
#include <monnto/array/executor.hpp>
#include <monnto/base/host_lock.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/synapse_group.hpp>

#include <fmt/format.h>

namespace monnto {
namespace {

std::string place_of_object(const Object& object) {
    return fmt::format("object {}", object.creation_index());
}
std::string place_of_behavior(double key) {
    return fmt::format("behavior {}", key);
}

// What a snapshot was taken of, so that one of something else is refused before anything is
// touched.
void visit_kinds(StateVisitor& visitor, const std::vector<Object*>& objects) {
    const StateVisitor::Scope scope(visitor, "kinds");
    const auto agree = [&](const std::string& name, const std::string& kind) {
        std::string saved = kind;
        if (visitor.has(name)) {
            visitor.text(name, saved);
        } else {
            saved = "nothing";
        }
        if (saved != kind) {
            throw BadState(fmt::format("this snapshot does not fit: {} is {} here and {} there",
                                       name, kind, saved));
        }
    };
    std::size_t count = 0;
    for (const Object* object : objects) {
        agree(place_of_object(*object), object->class_name());
        ++count;
        for (const auto& [key, behavior] : object->behaviors()) {
            agree(place_of_object(*object) + ", " + place_of_behavior(key), behavior->class_name());
            ++count;
        }
    }
    if (!visitor.is_saving() && visitor.names().size() != count) {
        throw BadState(
            "this snapshot does not fit: it has more groups or behaviors than this network");
    }
}

void save_variables(StateVisitor& visitor, Object& object) {
    for (const std::string& name : object.variable_names()) {
        const bool is_of_face = object.slot(name) == nullptr;
        const Slot& slot = object[name];
        if (slot.is_assigned()) {
            Array value = slot.peek();
            visitor.array(name, value);
        }
        if (is_of_face) {
            object.forget_slot(name);  // it would hold the array for longer than the face does
        }
    }
}

void restore_variables(StateVisitor& visitor, Object& object) {
    const std::vector<std::string> saved = visitor.names();
    for (const std::string& name : object.variable_names()) {
        if (std::find(saved.begin(), saved.end(), name) == saved.end()) {
            object.remove_variable(name);
        }
    }
    for (const std::string& name : saved) {
        Array value;
        visitor.array(name, value);
        object[name] = value;
    }
}

void visit_parameters(StateVisitor& visitor, Behavior& behavior) {
    ParameterMap parameters = behavior.parameters();
    for (auto& [name, value] : parameters) {
        if (auto* array = std::get_if<Array>(&value)) {
            visitor.array(name, *array);
        } else if (auto* text = std::get_if<std::string>(&value)) {
            visitor.text(name, *text);
        } else {
            auto& number = std::get<Number>(value);
            auto bits = static_cast<std::int64_t>(number.natural);
            visitor.integer(name, bits);
            number.natural = static_cast<std::uint64_t>(bits);
        }
    }
    behavior.replace_parameters(std::move(parameters));
}

void visit_behaviors(StateVisitor& visitor, Object& object) {
    for (const auto& [key, behavior] : object.behaviors()) {
        const StateVisitor::Scope scope(visitor, place_of_behavior(key));
        bool enabled = behavior->is_enabled();
        visitor.boolean("enabled", enabled);
        behavior->set_enabled(enabled);
        {
            const StateVisitor::Scope parameters(visitor, "parameters");
            visit_parameters(visitor, *behavior);
        }
        const StateVisitor::Scope own(visitor, "own");
        behavior->visit_state(visitor);
    }
}

void visit_object(StateVisitor& visitor, Object& object) {
    const StateVisitor::Scope scope(visitor, place_of_object(object));
    {
        const StateVisitor::Scope own(visitor, "own");
        object.visit_state(visitor);
    }
    {
        const StateVisitor::Scope variables(visitor, "variables");
        visitor.is_saving() ? save_variables(visitor, object) : restore_variables(visitor, object);
    }
    visit_behaviors(visitor, object);
}

}  // namespace

void Network::visit(StateVisitor& visitor) {
    visit_kinds(visitor, all_objects());
    for (Object* object : all_objects()) {
        visit_object(visitor, *object);
    }
    if (state_hook_) {
        const StateVisitor::Scope scope(visitor, "face");
        state_hook_(visitor);
    }
}

void Network::visit_state(StateVisitor& visitor) {
    Object::visit_state(visitor);
    visitor.integer("iteration", iteration_);
    const auto natural = [&](std::string_view name, std::uint64_t& value) {
        auto number = static_cast<std::int64_t>(value);
        visitor.integer(name, number);
        value = static_cast<std::uint64_t>(number);
    };
    natural("engine_step", engine_step_);
    std::uint64_t seed = this->seed();
    natural("seed", seed);
    settings_.seed = seed;
    visitor.real("dt", settings_.dt);
    visitor.boolean("initialized", initialized_);
}

Snapshot Network::snapshot() {
    const PatientLock lock(mutex_);
    evaluate_pending();
    Snapshot snapshot;
    StateWriter writer(snapshot);
    visit(writer);
    return snapshot;
}

void Network::restore(const Snapshot& snapshot) {
    const PatientLock lock(mutex_);
    if (running_) {
        throw BadState("a network cannot be restored from inside one of its iterations");
    }
    StateReader reader(snapshot);
    visit(reader);
    Changes::note();
}

}  // namespace monnto
