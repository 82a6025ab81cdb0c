// The part of Object that attaches behaviors, removes them and finds them.
#include <monnto/core/behavior.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/object.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace monnto {

OccupiedKey::OccupiedKey(double key_, std::string_view object, std::string occupant_)
    : BadParameter("key", fmt::format("{}", key_),
                   fmt::format("{} has a {} there already; take another key or remove that one "
                               "first",
                               object, occupant_)),
      key(key_),
      occupant(std::move(occupant_)) {}

Behavior* Object::behavior(double key) const noexcept {
    for (const auto& [present_key, present] : behaviors_) {
        if (present_key == key) {
            return present.get();
        }
    }
    return nullptr;
}

std::vector<std::shared_ptr<Behavior>> Object::behaviors_at(double key) const {
    for (const auto& [present_key, present] : behaviors_) {
        if (present_key == key) {
            return {present};
        }
    }
    return {};
}

void Object::insert_behavior(double key, std::shared_ptr<Behavior> behavior) {
    if (std::isnan(key)) {
        throw BadParameter("key", "nan", "the key of a behavior orders it and must be a number");
    }
    if (behavior == nullptr) {
        throw BadParameter("behavior", "null", fmt::format("key {} needs a behavior", key));
    }
    if (const Behavior* occupant = this->behavior(key)) {
        throw OccupiedKey(key, description(), occupant->class_name());
    }
    behavior->complete_tags();
    behaviors_.emplace_back(key, std::move(behavior));
    touch_structure();
    if (has_network()) {
        network().invalidate_schedule();
    }
}

Behavior& Object::add_behavior(double key, const std::shared_ptr<Behavior>& behavior,
                               bool initialize) {
    Behavior& added = *behavior;
    insert_behavior(key, behavior);
    if (initialize && has_network()) {
        network().initialize_behavior(key, *this, behavior);
    }
    return added;
}

void Object::add_behaviors(const Behaviors& behaviors, bool initialize) {
    for (const auto& [key, behavior] : behaviors) {
        add_behavior(key, behavior, initialize);
    }
}

void Object::attach_initial_behaviors(const Behaviors& behaviors) {
    Behaviors early;
    for (const auto& [key, behavior] : behaviors) {
        insert_behavior(key, behavior);
        if (behavior->initialize_on_init()) {
            early.emplace_back(key, behavior);
        }
    }
    std::stable_sort(early.begin(), early.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [key, behavior] : early) {
        network().initialize_behavior(key, *this, behavior, false);
    }
}

template <class Predicate>
std::size_t Object::remove_where(Predicate predicate) {
    const std::size_t removed = std::erase_if(behaviors_, predicate);
    if (removed != 0) {
        touch_structure();
        if (has_network()) {
            network().invalidate_schedule();
        }
    }
    return removed;
}

std::size_t Object::remove_behavior(double key) {
    return remove_where([&](const auto& entry) { return entry.first == key; });
}

std::size_t Object::remove_behavior(std::string_view tag) {
    return remove_where([&](const auto& entry) { return entry.second->has_tag(tag); });
}

std::size_t Object::remove_behavior(const Behavior& behavior) {
    return remove_where([&](const auto& entry) { return entry.second.get() == &behavior; });
}

std::size_t Object::set_behaviors_enabled(std::string_view tag, bool enabled) {
    const std::vector<Behavior*> matches = all<Behavior>(tag);
    for (Behavior* match : matches) {
        match->set_enabled(enabled);
    }
    return matches.size();
}

void Object::append_matches(std::string_view key, Found& found) {
    for (const auto& [behavior_key, behavior] : behaviors_) {
        if (behavior->has_tag(key)) {
            found.push_back(behavior->holder());
        }
        behavior->append_matches(key, found);
    }
    if (face_ != nullptr) {
        face_->append_matches(key, found);
    }
}

void Object::append_tags(std::vector<std::string>& tags) const {
    for (const auto& [key, behavior] : behaviors_) {
        tags.insert(tags.end(), behavior->tags().begin(), behavior->tags().end());
        behavior->append_tags(tags);
    }
    if (face_ != nullptr) {
        face_->append_tags(tags);
    }
}

}  // namespace monnto
