#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/behaviors/ion_channels.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

namespace monnto {

/// Hodgkin and Huxley's squid axon (1952, doi 10.1113/jphysiol.1952.sp004764), shifted to a rest of
/// -65 mV; Euler steps of the network's dt, which has to be 0.01 or so.
///
///     C dv/dt = i - g_na m^3 h (v - e_na) - g_k n^4 (v - e_k) - g_leak (v - e_leak)
///     dx/dt = alpha_x(v) (1 - x) - beta_x(v) x    for x = m, h, n
///
/// All from the old state. Reads `i` (uA/cm^2) where there is one; owns `v` (mV), `m`, `h`, `n`,
/// and `spike`, which is true where v crosses 0 from below.
class HodgkinHuxley final : public NeuronBehavior {
public:
    struct Params {
        Parameter capacitance = 1.0;  // uF/cm^2
        Parameter g_na = 120.0;       // mS/cm^2
        Parameter g_k = 36.0;         // mS/cm^2
        Parameter g_leak = 0.3;       // mS/cm^2
        Parameter e_na = 50.0;        // mV
        Parameter e_k = -77.0;        // mV
        Parameter e_leak = -54.387;   // mV
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit HodgkinHuxley(Params params) : params_(std::move(params)) {}
    HodgkinHuxley() : HodgkinHuxley(Params()) {}

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    IonChannels channels_;
    Array dt_;
};

}  // namespace monnto
