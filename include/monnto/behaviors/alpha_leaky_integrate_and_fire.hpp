#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

namespace monnto {

/// Leaky integrate-and-fire neuron whose input has the time course of an alpha function, as in the
/// synfire chain of Diesmann, Gewaltig and Aertsen (1999, doi 10.1038/990101), Euler steps of dt.
///
///     tau dv/dt = rest - v + x;    tau_psp dx/dt = y - x;    dy/dt = i - y/tau_psp
///     v > threshold: spike, v <- reset
///
/// What is added to y at once, q, moves x by q t/tau_psp exp(-t/tau_psp). Reads `i` (mV/ms) where
/// there is one; owns `v` (mV, starts at rest), `x`, `y` (mV, 0) and `spike`.
class AlphaLeakyIntegrateAndFire final : public NeuronBehavior {
public:
    struct Params {
        Parameter tau = 10.0;         // ms
        Parameter tau_psp = 0.325;    // ms
        Parameter rest = -70.0;       // mV
        Parameter threshold = -55.0;  // mV
        Parameter reset = -70.0;      // mV
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit AlphaLeakyIntegrateAndFire(Params params) : params_(std::move(params)) {}
    AlphaLeakyIntegrateAndFire() : AlphaLeakyIntegrateAndFire(Params()) {}

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    Array rest_, threshold_, reset_;
    Array rate_, psp_rate_;  // dt/tau, dt/tau_psp
    Array dt_;               // ms
};

}  // namespace monnto
