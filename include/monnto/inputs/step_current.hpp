#pragma once

#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

namespace monnto {

/// A current that changes at given times and holds in between.
///
///     variable <- variable + amplitude_k,    time_k <= t < time_(k+1);    nothing before time_0
///
/// The first iteration has t = dt. Times are rounded to whole steps. Writes `variable`, which
/// another behavior owns.
class StepCurrent final : public NeuronBehavior {
public:
    struct Params {
        Parameter times = 0.0;       // ms, ascending; an array
        Parameter amplitudes = 0.0;  // in the unit of the variable, as many; an array
        Parameter variable = "i";
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit StepCurrent(Params params) : params_(std::move(params)) {}
    StepCurrent() : StepCurrent(Params()) {}

    /// Throws ShapeMismatch for times and amplitudes of different lengths, BadParameter for times
    /// that do not ascend.
    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    std::string variable_;
    Array step_;                        // the present one
    Array starts_, ends_, amplitudes_;  // per level
};

}  // namespace monnto
