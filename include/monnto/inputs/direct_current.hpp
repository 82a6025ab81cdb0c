#pragma once

#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

namespace monnto {

/// A constant that is added to a variable in every step.
///
///     variable <- variable + amplitude
///
/// Writes `variable`, which another behavior owns.
class DirectCurrent final : public NeuronBehavior {
public:
    struct Params {
        Parameter amplitude = 1.0;  // in the unit of the variable
        Parameter variable = "i";
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit DirectCurrent(Params params) : params_(std::move(params)) {}
    DirectCurrent() : DirectCurrent(Params()) {}

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    std::string variable_;
    Array amplitude_;
};

}  // namespace monnto
