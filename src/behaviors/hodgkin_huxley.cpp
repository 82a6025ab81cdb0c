#include <monnto/behaviors/hodgkin_huxley.hpp>

#include "membrane.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

void HodgkinHuxley::visit_parameters(Params& p, const ParameterVisitor& visit) {
    IonChannels::visit_parameters(p, visit);
}

void HodgkinHuxley::initialize(NeuronGroup& neurons) {
    channels_.initialize(params_, neurons);
    dt_ = Parameter(neurons.network().dt()).resolve(neurons, "dt");
    neurons["v"] = neurons.vector(-65.0);
    neurons["m"] = neurons.vector(0.05);
    neurons["h"] = neurons.vector(0.6);
    neurons["n"] = neurons.vector(0.32);
    neurons["spike"] = neurons["v"] > 0.0;
}

void HodgkinHuxley::iteration(NeuronGroup& neurons) {
    const Array v = neurons["v"];
    Slot& m = neurons["m"];
    Slot& h = neurons["h"];
    Slot& n = neurons["n"];
    const auto [sodium, potassium, leak] = channels_.currents({v, m, h, n});
    const Array change = with_input(neurons, -(sodium + potassium + leak));
    m += dt_ * gate(1.0 / exprel((v + 40.0) / -10.0), 4.0 * exp((v + 65.0) / -18.0), m);
    h += dt_ * gate(0.07 * exp((v + 65.0) / -20.0), 1.0 / (1.0 + exp((v + 35.0) / -10.0)), h);
    n += dt_ * gate(0.1 / exprel((v + 55.0) / -10.0), 0.125 * exp((v + 65.0) / -80.0), n);
    neurons["v"] = v + dt_ * (change / channels_.capacitance());
    neurons["spike"] = (neurons["v"] > 0.0) & (v <= 0.0);
}

void HodgkinHuxley::visit_state(StateVisitor& visitor) {
    channels_.visit_state(visitor);
    visitor.array("dt", dt_);
}

MONNTO_BEHAVIOR(HodgkinHuxley);

}  // namespace monnto
