#pragma once

#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

namespace monnto {

/// Spikes of `sources` independent Poisson processes per neuron, as one random number per neuron
/// and step: the number of spikes that arrive in a step is itself a Poisson number.
///
///     variable <- variable + weight k,    k ~ Poisson(rate sources dt)
///
/// Writes `variable`, which another behavior owns.
class PoissonInput final : public NeuronBehavior {
public:
    struct Params {
        Parameter rate = 10.0;     // Hz, of each source
        Parameter sources = 1.0;   // how many each neuron has
        Parameter weight = 1.0;    // in the unit of the variable
        Parameter variable = "i";  // its name
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit PoissonInput(Params params) : params_(std::move(params)) {}
    PoissonInput() : PoissonInput(Params()) {}

    /// Throws BadParameter for rates below 0.
    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    [[nodiscard]] Array counts(NeuronGroup& neurons) const;

    Params params_;
    std::string variable_;
    Array weight_;
    Array mean_;    // spikes per step
    Array none_;    // probability of no spike in a step, where each neuron has a rate of its own
    int most_ = 0;  // spikes in a step that are looked for one by one; 0: drawn by the engine
};

}  // namespace monnto
