#pragma once

#include <monnto/array/legend.hpp>
#include <monnto/array/plan.hpp>
#include <monnto/core/network.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace monnto {

/// Decides which iterations of a network are replayed from a plan (S21). When all behaviors are
/// static and nothing was changed for a while, iterations are recorded on tape; once one of them
/// repeats the one before, those after it are replayed, until something changes. Where all that
/// runs was read and found to repeat, the first tape is enough.
class Replay {
public:
    using Steps = std::vector<Network::Step>;

    explicit Replay(Network& network) : network_(network) {}

    /// Replays the dynamics of one iteration; false where they have to be recorded.
    /// `is_undisturbed` where nobody can have taken hold of an array since the last one.
    bool run(const Steps& steps, bool is_undisturbed);
    /// After run() returned true: the plan, unless it has to be made anew.
    [[nodiscard]] Plan* plan() noexcept {
        return plan_ != nullptr && !plan_->is_worn() ? plan_.get() : nullptr;
    }
    [[nodiscard]] const std::string& status() const noexcept { return status_; }
    void hurry() noexcept { patience_ = 0; }
    void set_generator_probe(std::function<std::string()> probe) { probe_ = std::move(probe); }
    /// Which behavior recorded what.
    [[nodiscard]] MomentLog& moments() noexcept { return moments_; }

    /// One recorded iteration, taped where that is worth it.
    class Recording {
    public:
        Recording(Replay& replay, const Steps& steps, bool measure);
        Recording(const Recording&) = delete;
        Recording& operator=(const Recording&) = delete;
        ~Recording();
        /// After each step: whose fault is it if this cannot be replayed?
        void look_at(const Network::Step& step);
        /// The dynamics are done.
        void finish();

    private:
        Replay& replay_;
        bool is_taping_;
        Tape tape_;
        std::unique_ptr<TapeScope> scope_;
        std::string generators_;  // of the host, before it; empty where nobody can draw
    };

private:
    [[nodiscard]] bool is_current(const Steps& steps) const noexcept;
    [[nodiscard]] bool should_tape(const Steps& steps);
    [[nodiscard]] static std::string obstacle(const Steps& steps);
    [[nodiscard]] static bool surely_repeats(const Steps& steps);
    /// Before and behind what is taped: evaluates it, and gives the places after it.
    void begin(Tape& tape);
    [[nodiscard]] Places end(Tape& tape);
    void take(Tape tape, Places after);
    /// As the one that the next iteration is compared with.
    void keep(Tape tape, Places places);
    void forget_tapes();
    void refuse(const std::string& reason, bool is_fault);
    /// The state of the host's generators, where behaviors might draw from them.
    [[nodiscard]] std::string generators(const Steps& steps) const;
    [[nodiscard]] Places places() const;

    Network& network_;
    MomentLog moments_;
    std::unique_ptr<Plan> plan_;
    std::unique_ptr<Tape> first_;  // the iteration before, if it was taped
    int differing_ = 0;            // iterations in a row that were taped and differed
    Places first_places_;          // after it, or before the only one
    std::string status_ = "not run yet";
    std::string warned_;
    std::function<std::string()> probe_;
    const Steps* steps_ = nullptr;  // the schedule that all of this is about
    std::uint64_t changes_ = 0;
    bool is_proven_ = false;  // that no behavior is an obstacle, since something changed
    bool needs_one_ = false;  // then: whether a plan needs no second tape
    int calm_ = 0;            // iterations since something changed
    int patience_ = 0;        // how many of them to wait for; grows with each disappointment
    int replays_ = 0;         // of the present plan
};

}  // namespace monnto
