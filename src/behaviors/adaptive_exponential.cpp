#include <monnto/behaviors/adaptive_exponential.hpp>

#include "membrane.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

void AdaptiveExponential::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("capacitance", p.capacitance);
    visit("g_leak", p.g_leak);
    visit("e_leak", p.e_leak);
    visit("delta", p.delta);
    visit("v_t", p.v_t);
    visit("v_peak", p.v_peak);
    visit("reset", p.reset);
    visit("tau_w", p.tau_w);
    visit("a", p.a);
    visit("b", p.b);
}

void AdaptiveExponential::initialize(NeuronGroup& neurons) {
    capacitance_ = params_.capacitance.resolve(neurons, "capacitance");
    g_leak_ = params_.g_leak.resolve(neurons, "g_leak");
    e_leak_ = params_.e_leak.resolve(neurons, "e_leak");
    delta_ = params_.delta.resolve(neurons, "delta");
    v_t_ = params_.v_t.resolve(neurons, "v_t");
    v_peak_ = params_.v_peak.resolve(neurons, "v_peak");
    reset_ = params_.reset.resolve(neurons, "reset");
    tau_w_ = params_.tau_w.resolve(neurons, "tau_w");
    a_ = params_.a.resolve(neurons, "a");
    b_ = params_.b.resolve(neurons, "b");
    dt_ = Parameter(neurons.network().dt()).resolve(neurons, "dt");
    neurons["v"] = neurons.vector() + e_leak_;
    neurons["w"] = neurons.vector();
    neurons["spike"] = neurons["v"] > v_peak_;
}

void AdaptiveExponential::iteration(NeuronGroup& neurons) {
    Slot& v = neurons["v"];
    Slot& w = neurons["w"];
    // An exponent beyond the peak would overflow before the reset.
    const Array onset = g_leak_ * delta_ * exp((minimum(v, v_peak_) - v_t_) / delta_);
    const Array change = with_input(neurons, onset - g_leak_ * (v - e_leak_) - w);
    w += dt_ * ((a_ * (v - e_leak_) - w) / tau_w_);
    v += dt_ * (change / capacitance_);
    neurons["spike"] = v > v_peak_;
    const Array spike = neurons["spike"];
    v = where(spike, reset_, v);
    w += spike * b_;
}

void AdaptiveExponential::visit_state(StateVisitor& visitor) {
    visitor.array("capacitance", capacitance_);
    visitor.array("g_leak", g_leak_);
    visitor.array("e_leak", e_leak_);
    visitor.array("delta", delta_);
    visitor.array("v_t", v_t_);
    visitor.array("v_peak", v_peak_);
    visitor.array("reset", reset_);
    visitor.array("tau_w", tau_w_);
    visitor.array("a", a_);
    visitor.array("b", b_);
    visitor.array("dt", dt_);
}

MONNTO_BEHAVIOR(AdaptiveExponential);

}  // namespace monnto
