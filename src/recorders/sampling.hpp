#pragma once

#include <monnto/array/sampler.hpp>
#include <monnto/recorders/recorder.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace monnto {

/// How a recorder takes part in a plan: what it evaluated after the first two replays is compared,
/// and where it is the same, the samples after that are taken without evaluating expressions, but
/// for those that are plain numbers (`t`, `iteration`).
class Recorder::Sampling {
public:
    /// The sampler for this plan; null where there is none (yet). What is evaluated next is then
    /// looked at.
    [[nodiscard]] Sampler* of(const Object& object, Plan& plan);
    /// Whether the variable is no part of the sampler, because it is a number.
    [[nodiscard]] bool is_number(std::size_t index) const { return is_number_[index] != 0; }

    /// For the sample that is taken: so that none asks for memory.
    [[nodiscard]] std::vector<Sample>& samples() noexcept { return samples_; }
    [[nodiscard]] std::vector<Number>& numbers() noexcept { return numbers_; }

    /// While one lives, expressions are evaluated for a sampler if one is wanted.
    class Look {
    public:
        explicit Look(Sampling* sampling);
        Look(const Look&) = delete;
        Look& operator=(const Look&) = delete;
        ~Look();
        /// The next expression was evaluated; nobody has computed its value yet.
        void see(const Array& value, bool is_number, bool is_of_host);
        /// That was the last one.
        void finish();

    private:
        Sampling* sampling_;
        std::vector<Array> values_;
        std::vector<char> is_number_;
        bool can_repeat_ = true;
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
    std::vector<char> is_number_;  // of each variable
    std::vector<Sample> samples_;
    std::vector<Number> numbers_;
};

}  // namespace monnto
