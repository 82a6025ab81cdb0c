#pragma once

#include <monnto/array/sampler.hpp>
#include <monnto/recorders/recorder.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace monnto {

/// How a recorder takes part in a plan: what it evaluated after the first two replays is compared,
/// and where it is the same, the samples after that are taken without evaluating expressions.
class Recorder::Sampling {
public:
    /// The sampler for this plan; null where there is none (yet). What is evaluated next is then
    /// looked at.
    [[nodiscard]] Sampler* of(const Object& object, Plan& plan);

    /// While one lives, expressions are evaluated for a sampler if one is wanted.
    class Look {
    public:
        explicit Look(Sampling* sampling);
        Look(const Look&) = delete;
        Look& operator=(const Look&) = delete;
        ~Look();
        /// All expressions were evaluated to `values`, which nobody has computed yet.
        void see(const std::vector<Array>& values, bool is_of_host);

    private:
        Sampling* sampling_;
        Tape tape_;
        std::unique_ptr<TapeScope> scope_;
    };
    /// The sample is stored and what was evaluated for it let go.
    void finish();
    /// Other expressions from now on.
    void forget() noexcept { *this = Sampling(); }

private:
    std::uint64_t plan_id_ = 0;
    const Object* object_ = nullptr;
    Plan* wanted_by_ = nullptr;  // from of() to the end of the sample
    bool is_refused_ = false;
    bool was_ready_ = false;
    std::shared_ptr<Sampler> first_, second_;  // the plan keeps them
    Sampler* prepared_ = nullptr;
};

}  // namespace monnto
