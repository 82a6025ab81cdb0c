#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/core/synapse_group.hpp>

namespace monnto {

/// Hebbian storage of what the neurons show (Hopfield 1982, doi 10.1073/pnas.79.8.2554), on the
/// synapses of a group onto itself.
///
///     W <- W + rate v v^T, without its diagonal;    W <- W / sum |W|
///
/// So the sum of all |W| stays 1, and an image weighs less with each that follows. Reads `v` of
/// both ends; owns `W` (zeros where a script made none). For recall, deactivate it.
class HopfieldLearning final : public SynapseBehavior {
public:
    struct Params {
        Parameter rate = 0.001;  // of W per square of v
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit HopfieldLearning(Params params) : params_(std::move(params)) {}
    HopfieldLearning() : HopfieldLearning(Params()) {}

    /// Throws BadParameter where source and destination are not the same neurons.
    void initialize(SynapseGroup& synapses) override;
    void iteration(SynapseGroup& synapses) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    Array rate_;
    Array enabled_;  // 0 on the diagonal, 1 elsewhere
};

/// Neurons that move towards what their weights say (Hopfield 1982, doi 10.1073/pnas.79.8.2554).
///
///     energy = -1/2 v^T W v;    v <- (inertia v + sign(W v)) / (inertia + 1)
///
/// with W v over all afferent groups tagged `syn_type`. An inertia of 0 gives the binary neurons of
/// the paper, all at once. Reads `v` and `W`; owns `energy`, that of v before the step.
class HopfieldRecall final : public NeuronBehavior {
public:
    struct Params {
        Parameter inertia = 9.0;
        Parameter syn_type = "GLU";
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit HopfieldRecall(Params params) : params_(std::move(params)) {}
    HopfieldRecall() : HopfieldRecall(Params()) {}

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    std::string syn_type_;
    Array inertia_;
};

}  // namespace monnto
