#include <monnto/behaviors/hodgkin_huxley.hpp>

#include "membrane.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

void HodgkinHuxley::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("capacitance", p.capacitance);
    visit("g_na", p.g_na);
    visit("g_k", p.g_k);
    visit("g_leak", p.g_leak);
    visit("e_na", p.e_na);
    visit("e_k", p.e_k);
    visit("e_leak", p.e_leak);
}

void HodgkinHuxley::initialize(NeuronGroup& neurons) {
    capacitance_ = params_.capacitance.resolve(neurons, "capacitance");
    g_na_ = params_.g_na.resolve(neurons, "g_na");
    g_k_ = params_.g_k.resolve(neurons, "g_k");
    g_leak_ = params_.g_leak.resolve(neurons, "g_leak");
    e_na_ = params_.e_na.resolve(neurons, "e_na");
    e_k_ = params_.e_k.resolve(neurons, "e_k");
    e_leak_ = params_.e_leak.resolve(neurons, "e_leak");
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
    const Array sodium = g_na_ * m * m * m * h * (v - e_na_);
    const Array squared = square(n);
    const Array potassium = g_k_ * squared * squared * (v - e_k_);
    const Array change = with_input(neurons, -(sodium + potassium + g_leak_ * (v - e_leak_)));
    m += dt_ * gate(1.0 / exprel((v + 40.0) / -10.0), 4.0 * exp((v + 65.0) / -18.0), m);
    h += dt_ * gate(0.07 * exp((v + 65.0) / -20.0), 1.0 / (1.0 + exp((v + 35.0) / -10.0)), h);
    n += dt_ * gate(0.1 / exprel((v + 55.0) / -10.0), 0.125 * exp((v + 65.0) / -80.0), n);
    neurons["v"] = v + dt_ * (change / capacitance_);
    neurons["spike"] = (neurons["v"] > 0.0) & (v <= 0.0);
}

void HodgkinHuxley::visit_state(StateVisitor& visitor) {
    visitor.array("capacitance", capacitance_);
    visitor.array("g_na", g_na_);
    visitor.array("g_k", g_k_);
    visitor.array("g_leak", g_leak_);
    visitor.array("e_na", e_na_);
    visitor.array("e_k", e_k_);
    visitor.array("e_leak", e_leak_);
    visitor.array("dt", dt_);
}

MONNTO_BEHAVIOR(HodgkinHuxley);

}  // namespace monnto
