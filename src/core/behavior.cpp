#include <monnto/core/behavior.hpp>

#include <monnto/array/changes.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/synapse_group.hpp>

#include <cxxabi.h>
#include <fmt/format.h>

#include <cstdlib>
#include <typeinfo>

namespace monnto {

void Behavior::initialize(Object& /*object*/) {}

void Behavior::iteration(Object& /*object*/) {}

std::string Behavior::class_name() const {
    if (!registered_name_.empty()) {
        return registered_name_;
    }
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> readable(
        abi::__cxa_demangle(typeid(*this).name(), nullptr, nullptr, &status), &std::free);
    const std::string full = status == 0 ? readable.get() : typeid(*this).name();
    const std::size_t colon = full.rfind("::");
    return colon == std::string::npos ? full : full.substr(colon + 2);
}

std::shared_ptr<Findable> Behavior::result(std::string_view /*key*/) {
    return nullptr;
}

void Behavior::visit_state(StateVisitor& /*visitor*/) {}

std::string Behavior::obstacle_to_replay(Object& /*object*/) {
    return is_static() ? "" : "is not declared static";
}

void Behavior::set_enabled(bool enabled) noexcept {
    if (enabled != enabled_) {
        enabled_ = enabled;
        Changes::note();
    }
}

void Behavior::set_parameters(ParameterMap parameters) {
    if (const auto tag = parameters.find("tag"); tag != parameters.end()) {
        with_tag(Parameter(tag->second).text("tag"));
        parameters.erase(tag);
    }
    if (const auto on = parameters.find("behavior_enabled"); on != parameters.end()) {
        enabled_ = Parameter(on->second).number("behavior_enabled") != 0.0;
        parameters.erase(on);
    }
    parameters_ = std::move(parameters);
    given_ = text_of(parameters_);
}

Parameter Behavior::parameter(std::string_view name, const Parameter& fallback, Object* object) {
    mark_parameter_used(name);
    const auto given = parameters_.find(name);
    Parameter resolved = given == parameters_.end() ? fallback : Parameter(given->second);
    if (const auto* text = std::get_if<std::string>(&resolved.value())) {
        resolved = parameter_from_text(name, *text, object, fallback.value());
    }
    refuse_nan(name, resolved.value());
    return resolved;
}

std::vector<std::string> Behavior::unused_parameters() const {
    std::vector<std::string> unused;
    for (const auto& [name, value] : parameters_) {
        if (!used_.contains(name)) {
            unused.push_back(name);
        }
    }
    return unused;
}

void Behavior::append_matches(std::string_view key, Found& found) {
    if (auto match = result(key)) {
        found.push_back(std::move(match));
    }
}

void Behavior::append_tags(std::vector<std::string>& tags) const {
    for (std::string& name : result_names()) {
        tags.push_back(std::move(name));
    }
}

void Behavior::complete_tags() {
    if (!has_class_tag_) {
        has_class_tag_ = true;
        add_tag(class_name());
    }
}

Behavior& Behavior::with_tag(std::string_view tags) {
    add_tag(tags);
    return *this;
}

namespace {

template <class Owner>
Owner& as_owner(const Behavior& behavior, Object& object, const char* wanted) {
    auto* owner = dynamic_cast<Owner*>(&object);
    if (owner == nullptr) {
        throw TypeMismatch(behavior.class_name(), object.description(),
                           fmt::format("attach it to a {}", wanted));
    }
    return *owner;
}

template <class Owner>
constexpr const char* name_of_kind = "Network";
template <>
constexpr const char* name_of_kind<NeuronGroup> = "NeuronGroup";
template <>
constexpr const char* name_of_kind<SynapseGroup> = "SynapseGroup";

}  // namespace

template <class Owner>
void BehaviorOf<Owner>::initialize(Object& object) {
    initialize(as_owner<Owner>(*this, object, name_of_kind<Owner>));
}

template <class Owner>
void BehaviorOf<Owner>::iteration(Object& object) {
    iteration(as_owner<Owner>(*this, object, name_of_kind<Owner>));
}

template class BehaviorOf<NeuronGroup>;
template class BehaviorOf<SynapseGroup>;
template class BehaviorOf<Network>;

}  // namespace monnto
