#include <monnto/behaviors/wang_buzsaki.hpp>

#include "membrane.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

void WangBuzsaki::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("current", p.current);
    IonChannels::visit_parameters(p, visit);
    visit("phi", p.phi);
}

void WangBuzsaki::initialize(NeuronGroup& neurons) {
    current_ = params_.current.resolve(neurons, "current");
    channels_.initialize(params_, neurons);
    phi_ = params_.phi.resolve(neurons, "phi");
    dt_ = Parameter(neurons.network().dt()).resolve(neurons, "dt");
    neurons["v"] = neurons.vector(-70.0);
    neurons["h"] = neurons.vector(1.0);
    neurons["n"] = neurons.vector();
    neurons["spike"] = neurons["v"] > 0.0;
}

void WangBuzsaki::iteration(NeuronGroup& neurons) {
    const Array v = neurons["v"];
    Slot& h = neurons["h"];
    Slot& n = neurons["n"];
    const Array alpha_m = 1.0 / exprel((v + 35.0) / -10.0);
    const Array m = alpha_m / (alpha_m + 4.0 * exp((v + 60.0) / -18.0));
    const auto [sodium, potassium, leak] = channels_.currents({v, m, h, n});
    const Array change = with_input(neurons, current_ - sodium - potassium - leak);
    const Array beta_h = 1.0 / (exp(-0.1 * (v + 28.0)) + 1.0);
    h += dt_ * (phi_ * gate(0.07 * exp((v + 58.0) / -20.0), beta_h, h));
    const Array alpha_n = 0.1 / exprel((v + 34.0) / -10.0);
    n += dt_ * (phi_ * gate(alpha_n, 0.125 * exp((v + 44.0) / -80.0), n));
    neurons["v"] = v + dt_ * (change / channels_.capacitance());
    neurons["spike"] = (neurons["v"] > 0.0) & (v <= 0.0);
}

void WangBuzsaki::visit_state(StateVisitor& visitor) {
    visitor.array("current", current_);
    channels_.visit_state(visitor);
    visitor.array("phi", phi_);
    visitor.array("dt", dt_);
}

MONNTO_BEHAVIOR(WangBuzsaki);

}  // namespace monnto
