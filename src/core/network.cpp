#include <monnto/core/network.hpp>

#include "replay.hpp"

#include <monnto/core/neuron_group.hpp>
#include <monnto/core/snapshot.hpp>
#include <monnto/core/synapse_group.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>
#include <utility>

namespace monnto {
namespace {

std::uint64_t seed_from_system() {
    std::random_device device;
    // 32 bits, so that it can be read aloud and given to np.random.seed as well.
    return device();
}

void check_settings(const Settings& settings) {
    if (!is_float(settings.dtype)) {
        throw BadParameter("dtype", std::string(name_of(settings.dtype)),
                           "a network computes in float32 or float64");
    }
    if (!(settings.dt > 0.0) || std::isinf(settings.dt)) {
        throw BadParameter("dt", fmt::format("{}", settings.dt), "a positive number of ms");
    }
    if (settings.threads < 0) {
        throw BadParameter("threads", fmt::format("{}", settings.threads),
                           "1 or more, or 0 for as many as the machine has");
    }
}

}  // namespace

Network::Network(Settings settings, const Behaviors& behaviors)
    : settings_(std::move(settings)), warn_([](const std::string& message) {
          std::fputs(fmt::format("monnto: {}\n", message).c_str(), stderr);
      }) {
    replay_ = std::make_unique<Replay>(*this);
    check_settings(settings_);
    if (!settings_.seed) {
        settings_.seed = seed_from_system();
    }
    network_ = this;
    set_tags(settings_.tag, "Network");
    attach_initial_behaviors(behaviors);
}

Network::~Network() {
    // Groups may outlive their network in somebody's hands; they then say so instead of dangling.
    for (const auto& group : neurons_) {
        group->network_ = nullptr;
    }
    for (const auto& group : synapses_) {
        group->network_ = nullptr;
    }
}

void Network::attach(Object& group) {
    if (group.network_ != nullptr) {
        throw BadState(group.description() + " belongs to a network already");
    }
    group.network_ = this;
    group.creation_index_ = created_++;
    schedule_valid_ = false;
    touch_structure();
}

void Network::adopt(const std::shared_ptr<NeuronGroup>& group) {
    ++neuron_groups_created_;
    if (group->tag() == group->class_name()) {
        const std::vector<std::string> tags = group->tags();
        group->set_tags(fmt::format("NeuronGroup_{}", neuron_groups_created_), tags.front());
        for (std::size_t i = 1; i < tags.size(); ++i) {
            group->add_tag(tags[i]);
        }
    }
    attach(*group);
    neurons_.push_back(group);
}

void Network::adopt(const std::shared_ptr<SynapseGroup>& group) {
    ++synapse_groups_created_;
    if (group->tag() == group->class_name()) {
        const std::vector<std::string> tags = group->tags();
        group->set_tags(fmt::format("SynapseGroup_{}", synapse_groups_created_), tags.front());
        for (std::size_t i = 1; i < tags.size(); ++i) {
            group->add_tag(tags[i]);
        }
    }
    attach(*group);
    synapses_.push_back(group);
}

NeuronGroup& Network::add_neurons(std::string_view tag, std::ptrdiff_t size,
                                  const Behaviors& behaviors) {
    const auto group = std::make_shared<NeuronGroup>(size, tag);
    adopt(group);
    group->attach_initial_behaviors(behaviors);
    return *group;
}

SynapseGroup& Network::add_synapses(std::string_view tag, Population& source,
                                    Population& destination, const Behaviors& behaviors) {
    const auto group = std::make_shared<SynapseGroup>(source, destination, tag);
    adopt(group);
    group->attach_initial_behaviors(behaviors);
    return *group;
}

SynapseGroup& Network::add_synapses(std::string_view tag, std::string_view source,
                                    std::string_view destination, const Behaviors& behaviors) {
    return add_synapses(tag, find<NeuronGroup>(source), find<NeuronGroup>(destination), behaviors);
}

void Network::remove(SynapseGroup& group) {
    std::erase_if(synapses_, [&](const auto& present) {
        if (present.get() != &group) {
            return false;
        }
        present->network_ = nullptr;
        removed_.push_back(present);
        return true;
    });
    schedule_valid_ = false;
    touch_structure();
}

void Network::remove(NeuronGroup& group) {
    const auto present_synapses = synapses_;
    for (const auto& synapse : present_synapses) {
        if (&synapse->source_group() == &group || &synapse->destination_group() == &group) {
            remove(*synapse);
        }
    }
    std::erase_if(neurons_, [&](const auto& present) {
        if (present.get() != &group) {
            return false;
        }
        present->network_ = nullptr;
        removed_.push_back(present);
        return true;
    });
    schedule_valid_ = false;
    touch_structure();
}

std::vector<Object*> Network::all_objects() {
    std::vector<Object*> objects{this};
    for (const auto& group : neurons_) {
        objects.push_back(group.get());
    }
    for (const auto& group : synapses_) {
        objects.push_back(group.get());
    }
    return objects;
}

void Network::set_dt(double milliseconds) {
    Settings changed = settings_;
    changed.dt = milliseconds;
    check_settings(changed);
    settings_.dt = milliseconds;
}

void Network::set_recording_everywhere(bool on) {
    for (Object* object : all_objects()) {
        object->set_recording(on);
    }
}

void Network::warn(const std::string& message) const {
    if (warn_) {
        warn_(message);
    }
}

std::vector<std::shared_ptr<Behavior>> Network::behaviors_at(double key) const {
    std::vector<std::shared_ptr<Behavior>> matches = Object::behaviors_at(key);
    const auto append = [&](const Object& group) {
        for (auto& match : group.behaviors_at(key)) {
            matches.push_back(std::move(match));
        }
    };
    for (const auto& group : neurons_) {
        append(*group);
    }
    for (const auto& group : synapses_) {
        append(*group);
    }
    return matches;
}

void Network::append_matches(std::string_view key, Found& found) {
    Object::append_matches(key, found);
    const auto search = [&](Object& group) {
        for (auto& match : group.all(key)) {
            found.push_back(std::move(match));
        }
    };
    for (const auto& group : neurons_) {
        search(*group);
    }
    for (const auto& group : synapses_) {
        search(*group);
    }
}

void Network::append_tags(std::vector<std::string>& tags) const {
    Object::append_tags(tags);
    const auto append = [&](const Object& group) {
        const std::vector<std::string> below = group.known_tags();
        tags.insert(tags.end(), below.begin(), below.end());
    };
    for (const auto& group : neurons_) {
        append(*group);
    }
    for (const auto& group : synapses_) {
        append(*group);
    }
}

}  // namespace monnto
