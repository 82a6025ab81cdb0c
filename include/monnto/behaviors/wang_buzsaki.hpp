#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/behaviors/ion_channels.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/registry.hpp>

namespace monnto {

/// Wang and Buzsaki's fast-spiking interneuron (1996, doi 10.1523/JNEUROSCI.16-20-06402.1996),
/// Euler steps of the network's dt, which has to be 0.01 or so.
///
///     C dv/dt = i + current - g_na m^3 h (v - e_na) - g_k n^4 (v - e_k) - g_leak (v - e_leak)
///     m = alpha_m/(alpha_m + beta_m);   dx/dt = phi (alpha_x (1 - x) - beta_x x)    for x = h, n
///
/// All from the old state; starts at v = -70, h = 1, n = 0. Reads `i` (uA/cm^2) where there is one;
/// owns `v` (mV), `h`, `n`, and `spike`, which is true where v crosses 0 from below.
class WangBuzsaki final : public NeuronBehavior {
public:
    struct Params {
        Parameter current = 2.0;      // uA/cm^2
        Parameter capacitance = 1.0;  // uF/cm^2
        Parameter g_na = 35.0;        // mS/cm^2
        Parameter g_k = 9.0;          // mS/cm^2
        Parameter g_leak = 0.1;       // mS/cm^2
        Parameter e_na = 55.0;        // mV
        Parameter e_k = -90.0;        // mV
        Parameter e_leak = -65.0;     // mV
        Parameter phi = 5.0;
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit WangBuzsaki(Params params) : params_(std::move(params)) {}
    WangBuzsaki() : WangBuzsaki(Params()) {}

    void initialize(NeuronGroup& neurons) override;
    void iteration(NeuronGroup& neurons) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    IonChannels channels_;
    Array current_, phi_, dt_;
};

}  // namespace monnto
