// The part of Network that orders behaviors and initializes them.
#include "guarded.hpp"
#include "replay.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/base/host_lock.hpp>
#include <monnto/base/nearest_name.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/synapse_group.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace monnto {

std::vector<Network::Step> Network::all_steps() {
    std::vector<Step> steps;
    for (Object* object : all_objects()) {
        for (const auto& [key, behavior] : object->behaviors()) {
            steps.push_back({key, object, behavior});
        }
    }
    std::stable_sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
        return a.key != b.key ? a.key < b.key
                              : a.object->creation_index() < b.object->creation_index();
    });
    return steps;
}

void Network::rebuild_schedule() {
    std::vector<Step> steps = all_steps();
    std::erase_if(steps, [](const Step& step) { return !step.behavior->has_iteration(); });
    schedule_ = std::make_shared<const std::vector<Step>>(std::move(steps));
    schedule_valid_ = true;
    if (!running_) {
        removed_.clear();
    }
}

const std::vector<Network::Step>& Network::schedule() {
    if (!schedule_valid_) {
        rebuild_schedule();
    }
    return *schedule_;
}

bool Network::is_attached(const Step& step) const {
    return step.object->network_ == this && step.object->behavior(step.key) == step.behavior.get();
}

std::string Network::place_of(double key, const Object& object, const Behavior& behavior,
                              Phase phase) const {
    const bool is_step = phase == Phase::iterate;
    return fmt::format("{}, behavior {} at key {}, {}{}", object.description(),
                       behavior.class_name(), key,
                       is_step ? fmt::format("iteration {}", iteration_) : "initialize",
                       is_step && !initialized_ ? " (the network was never initialized)" : "");
}

void Network::initialize_behavior(double key, Object& object,
                                  const std::shared_ptr<Behavior>& behavior, bool report_unused) {
    const DrawScope draws(*this, object, key, Phase::initialize);
    // A behavior may add another one, and goes on after that.
    MomentLog& moments = replay_->moments();
    const Moment* const running = moments.find(next_node_id());
    const Moment outer = running == nullptr ? Moment{} : *running;
    moments.begin(key, iteration_, object.creation_index());
    guarded(key, object, *behavior, Phase::initialize, [&] { behavior->initialize(object); });
    moments.begin(outer.key, outer.iteration, outer.object);
    if (!report_unused) {
        return;
    }
    const auto& used = behavior->used_parameters();
    const std::vector<std::string> valid(used.begin(), used.end());
    for (const std::string& name : behavior->unused_parameters()) {
        const std::string nearest = nearest_name(name, valid);
        warn(fmt::format("{} of {}: parameter '{}' is never used{}; it {}", behavior->class_name(),
                         object.description(), name,
                         nearest.empty() ? "" : fmt::format(", did you mean '{}'?", nearest),
                         valid.empty() ? "asks for no parameter"
                                       : fmt::format("knows: {}", fmt::join(valid, ", "))));
    }
}

void Network::initialize() {
    const PatientLock lock(mutex_);
    const std::vector<Step> steps = all_steps();
    for (const bool last : {false, true}) {
        for (const Step& step : steps) {
            const Behavior& behavior = *step.behavior;
            const bool is_due = last
                                    ? behavior.initialize_last()
                                    : !behavior.initialize_last() && !behavior.initialize_on_init();
            if (is_due && is_attached(step)) {
                initialize_behavior(step.key, *step.object, step.behavior);
            }
        }
    }
    make_tags_unique();
    evaluate_pending();
    initialized_ = true;
}

void Network::make_tags_unique() {
    std::set<std::string> taken;
    for (const auto& group : neurons_) {
        if (taken.insert(group->tag()).second) {
            continue;
        }
        const std::string original = group->tag();
        std::string renamed = original;
        // The second one gets a 'b'; beyond 'z' numbers follow.
        for (int count = 2; !taken.insert(renamed).second; ++count) {
            renamed = count <= 26 ? original + static_cast<char>('a' + count - 1)
                                  : fmt::format("{}{}", original, count);
        }
        group->rename_tag(0, renamed);
        warn(fmt::format("more than one NeuronGroup has the tag '{}'; one of them is now '{}'",
                         original, renamed));
    }
}

}  // namespace monnto
