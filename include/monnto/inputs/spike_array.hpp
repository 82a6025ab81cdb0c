#pragma once

#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

namespace monnto {

/// Neurons that spike at given times and do nothing else.
///
///     spike_i = (t, i) is among the given pairs
///
/// The first iteration has t = dt; times are rounded to whole steps. Owns `spike`. Costs the search
/// for each neuron among all pairs, in every step.
class SpikeArray final : public NeuronBehavior {
public:
    struct Params {
        Parameter indices = 0;  // which neuron; an array
        Parameter times = 0.0;  // ms, of each of these spikes; an array as long
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit SpikeArray(Params params) : params_(std::move(params)) {}
    SpikeArray() : SpikeArray(Params()) {}

    /// Throws ShapeMismatch for lists of different lengths, IndexOutOfRange for a neuron that does
    /// not exist, BadParameter for a time that is not finite.
    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    Array pairs_;  // step * neurons + neuron, ascending
    Array next_;   // what a spike of each neuron would be in the present step
};

}  // namespace monnto
