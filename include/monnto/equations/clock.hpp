#pragma once

#include <monnto/core/behavior.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/equations/fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace monnto {

/// A time such as "0.1*ms", "2*minutes" or "1*s + 20*ms", in seconds. Throws UnitMismatch where it
/// is no time, UnknownName for a unit that does not exist.
[[nodiscard]] double seconds_of(std::string_view text);

/// Says how long an iteration is: attached to a neuron group or the network, it gives it the time
/// `t` (s; 0 before the first iteration of the network, one step in it). Sets the dt of the network
/// too, so that `simulate_iterations("1000*ms")` knows. Owns `clock_step_size` (s). Equations
/// without a clock of their own take the network's.
class Clock final : public Behavior {
public:
    struct Params {
        Parameter step = "1*ms";
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit) {
        visit("step", p.step);
    }
    /// Throws what seconds_of throws, and BadParameter where the step is not above 0.
    explicit Clock(const Params& params);
    explicit Clock(std::string step) : Clock(Params{std::move(step)}) {}

    void initialize(Object& object) override;
    void iteration(Object& /*object*/) override {}
    [[nodiscard]] bool has_iteration() const override { return false; }
    [[nodiscard]] bool is_static() const override { return true; }

    [[nodiscard]] double step() const noexcept { return step_; }  // s
    /// The nearest number of whole steps; `is_exact` tells whether the time is a multiple of the
    /// step.
    [[nodiscard]] std::int64_t time_to_iterations(std::string_view time,
                                                  bool* is_exact = nullptr) const;

private:
    Params params_;
    double step_;
};

/// The step in s that equations on `object` take: of its clock, of the network's clock, or dt.
[[nodiscard]] double step_of(Object& object);

}  // namespace monnto
