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

void Recorder::Sampling::Look::see(const Array& value, bool is_number, bool is_of_host) {
    if (sampling_ == nullptr) {
        return;
    }
    is_number_.push_back(is_number ? 1 : 0);
    if (!is_number) {
        values_.push_back(value);
        can_repeat_ = can_repeat_ && !is_of_host && tape_.refusal.empty() &&
                      tape_.evaluations == 0 && !value.is_picked();
    }
    tape_.refusal.clear();
    tape_.evaluations = 0;
}

void Recorder::Sampling::Look::finish() {
    if (sampling_ == nullptr) {
        return;
    }
    scope_.reset();
    std::shared_ptr<Sampler> made = can_repeat_ ? Sampler::make(values_) : nullptr;
    values_.clear();
    if (sampling_->is_number_ != is_number_) {
        sampling_->is_number_ = std::move(is_number_);
        sampling_->first_.reset();
    }
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
