#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

namespace monnto {

/// Adaptive exponential integrate-and-fire neuron (Brette, Gerstner 2005,
/// doi 10.1152/jn.00686.2005), Euler steps of the network's dt.
///
///     C dv/dt = -g_leak (v - e_leak) + g_leak delta exp((v - v_t)/delta) - w + i
///     tau_w dw/dt = a (v - e_leak) - w;    v > v_peak: spike, v <- reset, w <- w + b
///
/// Reads `i` (nA) where there is one; owns `v` (mV, starts at e_leak), `w` (nA) and `spike`.
class AdaptiveExponential final : public NeuronBehavior {
public:
    struct Params {
        Parameter capacitance = 0.281;  // nF
        Parameter g_leak = 0.03;        // uS
        Parameter e_leak = -70.6;       // mV
        Parameter delta = 2.0;          // mV
        Parameter v_t = -50.4;          // mV
        Parameter v_peak = 20.0;        // mV
        Parameter reset = -70.6;        // mV
        Parameter tau_w = 144.0;        // ms
        Parameter a = 0.004;            // uS
        Parameter b = 0.0805;           // nA
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit AdaptiveExponential(Params params) : params_(std::move(params)) {}
    AdaptiveExponential() : AdaptiveExponential(Params()) {}

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    Array capacitance_, g_leak_, e_leak_, delta_, v_t_, v_peak_, reset_, tau_w_, a_, b_, dt_;
};

}  // namespace monnto
