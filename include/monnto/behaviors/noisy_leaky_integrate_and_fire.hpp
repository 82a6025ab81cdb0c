#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

namespace monnto {

/// Leaky integrate-and-fire neuron in white noise (Brunel, Hakim 1999,
/// doi 10.1162/089976699300016179), Euler-Maruyama steps of dt.
///
///     tau dv/dt = drive - v + i + sigma sqrt(tau) xi
///     v > threshold and the last spike `refractory` or longer ago: spike, v <- reset
///
/// Without a threshold v would have the standard deviation sigma/sqrt(2). The membrane moves on
/// while it is refractory; it only cannot fire. Reads `i` (mV) where there is one; owns `v` (mV,
/// starts at reset), `refractory_left` (ms) and `spike`.
class NoisyLeakyIntegrateAndFire final : public NeuronBehavior {
public:
    struct Params {
        Parameter tau = 20.0;        // ms
        Parameter drive = 25.0;      // mV
        Parameter sigma = 1.0;       // mV
        Parameter threshold = 20.0;  // mV
        Parameter reset = 10.0;      // mV
        Parameter refractory = 2.0;  // ms
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit NoisyLeakyIntegrateAndFire(Params params) : params_(std::move(params)) {}
    NoisyLeakyIntegrateAndFire() : NoisyLeakyIntegrateAndFire(Params()) {}

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    Array drive_, threshold_, reset_, refractory_;
    Array rate_;   // dt/tau
    Array noise_;  // standard deviation of one step, mV
    Array dt_;     // ms
};

}  // namespace monnto
