#include "replay.hpp"

#include <monnto/array/changes.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace monnto {
namespace {

constexpr int least_patience = 0;
constexpr int most_patience = 1024;
/// Taped in a row before it is given up: the first iterations of a network may well differ.
constexpr int most_differing = 3;

/// After a disappointment.
[[nodiscard]] constexpr int grown(int patience) noexcept {
    return std::clamp(patience * 2, 1, most_patience);
}

[[nodiscard]] bool takes_part(const Network::Step& step) {
    return step.behavior->is_enabled() && !step.behavior->is_observer();
}

[[nodiscard]] std::string description(const Network::Step& step) {
    return fmt::format("{} of {} at key {}", step.behavior->class_name(),
                       step.object->description(), step.key);
}

}  // namespace

bool Replay::is_current(const Steps& steps) const noexcept {
    return steps_ == &steps && changes_ == Changes::count();
}

bool Replay::run(const Steps& steps, bool is_undisturbed) {
    if (plan_ == nullptr) {
        return false;
    }
    if (is_current(steps) && !plan_->is_worn() && (is_undisturbed || plan_->is_ready())) {
        plan_->run(network_.engine_step());
        if (++replays_ == 16) {
            patience_ = least_patience;
        }
        return true;
    }
    if (plan_->is_worn()) {
        patience_ = least_patience;
    }
    status_ = !is_current(steps) ? "recorded: something was set since the last iteration"
              : plan_->is_worn()
                  ? "recorded: a matrix lies in memory in another way now"
                  : "recorded: somebody holds an array that a replay would overwrite";
    patience_ = replays_ > 0 ? patience_ : grown(patience_);
    plan_.reset();
    calm_ = 0;
    return false;
}

std::string Replay::obstacle(const Steps& steps) {
    for (const Network::Step& step : steps) {
        const std::string reason =
            takes_part(step) ? step.behavior->obstacle_to_replay(*step.object) : "";
        if (!reason.empty()) {
            return fmt::format("{} {}", description(step), reason);
        }
    }
    if (std::ranges::none_of(steps, takes_part)) {
        return "no behavior is at work";
    }
    const auto observer = std::ranges::find_if(steps, [](const Network::Step& step) {
        return step.behavior->is_enabled() && step.behavior->is_observer();
    });
    const auto later = std::find_if(observer, steps.end(), takes_part);
    return later == steps.end()
               ? std::string()
               : fmt::format("{} looks into the middle of an iteration: give it a key above {}",
                             description(*observer), steps.back().key);
}

bool Replay::surely_repeats(const Steps& steps) {
    return std::ranges::all_of(steps, [](const Network::Step& step) {
        return !takes_part(step) || step.behavior->surely_repeats();
    });
}

bool Replay::should_tape(const Steps& steps) {
    if (!is_current(steps)) {
        steps_ = &steps;
        changes_ = Changes::count();
        calm_ = 0;
        is_proven_ = false;
        // Where something is set after each iteration, none is worth a tape.
        patience_ = first_ != nullptr ? std::max(patience_, 1) : patience_;
        forget_tapes();
    }
    if (first_ != nullptr) {
        return true;
    }
    if (++calm_ <= patience_) {
        return false;
    }
    if (!is_proven_) {
        const std::string reason = obstacle(steps);
        is_proven_ = reason.empty();
        needs_one_ = is_proven_ && surely_repeats(steps);
        if (!is_proven_) {
            refuse(reason, false);
        }
    }
    return is_proven_;
}

void Replay::refuse(const std::string& reason, bool is_fault) {
    status_ = "recorded: " + reason;
    forget_tapes();
    calm_ = 0;
    patience_ = grown(patience_);
    const bool is_promised =
        steps_ != nullptr && std::ranges::all_of(*steps_, [](const auto& step) {
            return !takes_part(step) || step.behavior->is_static();
        });
    if (is_fault && is_promised && warned_ != reason) {
        warned_ = reason;
        network_.warn(
            fmt::format("iterations of this network cannot be replayed although all its "
                        "behaviors are declared static: {}. They run, with all their "
                        "code, but not faster",
                        reason));
    }
}

std::string Replay::generators(const Steps& steps) const {
    // Where the code was read, it draws from none of them, and looking takes as long as a plan.
    const bool may_draw = std::ranges::any_of(steps, [](const Network::Step& step) {
        return takes_part(step) && step.behavior->is_static();
    });
    return may_draw && probe_ ? probe_() : std::string();
}

Places Replay::places() const {
    Places places;
    for (Object* object : network_.all_objects()) {
        object->append_places(places);
    }
    return places;
}

void Replay::forget_tapes() {
    first_.reset();
    first_places_ = Places();
    differing_ = 0;
}

void Replay::begin(Tape& tape) {
    if (first_ != nullptr || !needs_one_) {
        return;
    }
    evaluate_pending();
    first_places_ = places();
    first_places_.make_plain();
    first_places_.let_go();
    tape.left.emplace();
}

Places Replay::end(Tape& tape) {
    Places after = places();
    if (tape.left) {
        tape.left = left_in_place(first_places_, after);
    }
    evaluate_pending();
    return after;
}

void Replay::keep(Tape tape, Places places) {
    first_ = std::make_unique<Tape>(std::move(tape));
    first_->results.clear();
    first_->held.clear();
    first_places_ = std::move(places);
    first_places_.let_go();
}

void Replay::take(Tape tape, Places after) {
    if (!tape.refusal.empty()) {
        refuse(tape.refusal, tape.is_fault);
        return;
    }
    std::string reason;
    if (tape.left) {
        plan_ = Plan::make(tape, std::move(first_places_), after, reason);
        needs_one_ = plan_ != nullptr;
    } else if (first_ != nullptr) {
        plan_ = Plan::make(std::move(*first_), tape, std::move(first_places_), after, reason);
    }
    if (plan_ != nullptr) {
        forget_tapes();
        status_ = "replayed as a plan";
        replays_ = 0;
        return;
    }
    const bool is_compared = first_ != nullptr;
    if (is_compared && ++differing_ == most_differing) {
        refuse(reason, patience_ > 4);  // the first iterations may well differ
        return;
    }
    keep(std::move(tape), std::move(after));
}

Replay::Recording::Recording(Replay& replay, const Steps& steps, bool measure)
    : replay_(replay), is_taping_(!measure && replay.should_tape(steps)) {
    if (is_taping_) {
        replay_.begin(tape_);
        scope_ = std::make_unique<TapeScope>(tape_, replay_.first_.get());
        generators_ = replay_.generators(steps);
    }
}

Replay::Recording::~Recording() {
    if (is_taping_) {  // a behavior threw
        replay_.refuse("a behavior failed", false);
    }
}

void Replay::Recording::look_at(const Network::Step& step) {
    if (!is_taping_) {
        return;
    }
    if (tape_.evaluations > 0) {
        TapeScope::refuse(
            "needs a value inside its iteration (a branch, float(), print, a mask "
            "that selects)");
    }
    if (!tape_.refusal.empty()) {
        scope_.reset();
        is_taping_ = false;
        replay_.refuse(fmt::format("{} {}", description(step), tape_.refusal), tape_.is_fault);
    }
}

void Replay::Recording::finish() {
    if (!is_taping_) {
        return;
    }
    is_taping_ = false;
    Places after = replay_.end(tape_);
    scope_.reset();
    if (tape_.evaluations > 1 && tape_.refusal.empty()) {
        tape_.refusal = "what a mask picks is kept (a list, an attribute), so that it is counted";
    }
    if (!generators_.empty() && replay_.probe_() != generators_) {
        tape_.refusal =
            "a behavior draws from np.random, random or torch: draw with vector() or "
            "matrix() instead";
    }
    replay_.take(std::move(tape_), std::move(after));
}

}  // namespace monnto
