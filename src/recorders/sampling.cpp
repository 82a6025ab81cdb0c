#include "sampling.hpp"

#include <monnto/array/executor.hpp>

#include <utility>

namespace monnto {

Sampler* Recorder::Sampling::of(const Object& object, Plan& plan) {
    if (plan_id_ != plan.id() || object_ != &object) {
        forget();
        plan_id_ = plan.id();
        object_ = &object;
    }
    wanted_by_ = prepared_ == nullptr && !is_refused_ ? &plan : nullptr;
    return prepared_;
}

Recorder::Sampling::Look::Look(Sampling* sampling)
    : sampling_(sampling != nullptr && sampling->wanted_by_ != nullptr && !TapeScope::is_open()
                    ? sampling
                    : nullptr) {
    if (sampling_ != nullptr) {
        evaluate_pending();
        sampling_->was_ready_ = sampling_->wanted_by_->is_ready();
        scope_ = std::make_unique<TapeScope>(tape_);
    }
}

Recorder::Sampling::Look::~Look() = default;

void Recorder::Sampling::Look::see(const std::vector<Array>& values, bool is_of_host) {
    if (sampling_ == nullptr) {
        return;
    }
    scope_.reset();
    const bool can_repeat = !is_of_host && tape_.refusal.empty() && tape_.evaluations == 0;
    std::shared_ptr<Sampler> made = can_repeat ? Sampler::make(values) : nullptr;
    sampling_->is_refused_ = made == nullptr;
    if (made == nullptr || !sampling_->was_ready_) {
        return;
    }
    if (sampling_->first_ != nullptr && made->repeats(*sampling_->first_)) {
        sampling_->second_ = std::move(made);
    } else {
        sampling_->first_ = std::move(made);
    }
}

void Recorder::Sampling::finish() {
    Plan* plan = std::exchange(wanted_by_, nullptr);
    if (plan == nullptr || !was_ready_) {
        return;
    }
    if (second_ == nullptr) {
        if (first_ != nullptr) {
            plan->keep_reader(first_);
        }
        return;
    }
    second_->prepare(*plan);
    prepared_ = second_.get();
    plan->keep_reader(std::move(second_));
    first_.reset();
}

}  // namespace monnto
