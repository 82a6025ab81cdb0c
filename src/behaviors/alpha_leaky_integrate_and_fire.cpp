#include <monnto/behaviors/alpha_leaky_integrate_and_fire.hpp>

#include "membrane.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

void AlphaLeakyIntegrateAndFire::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("tau", p.tau);
    visit("tau_psp", p.tau_psp);
    visit("rest", p.rest);
    visit("threshold", p.threshold);
    visit("reset", p.reset);
}

void AlphaLeakyIntegrateAndFire::initialize(NeuronGroup& neurons) {
    rest_ = params_.rest.resolve(neurons, "rest");
    threshold_ = params_.threshold.resolve(neurons, "threshold");
    reset_ = params_.reset.resolve(neurons, "reset");
    dt_ = Parameter(neurons.network().dt()).resolve(neurons, "dt");
    rate_ = dt_ / params_.tau.resolve(neurons, "tau");
    psp_rate_ = dt_ / params_.tau_psp.resolve(neurons, "tau_psp");
    neurons["v"] = neurons.vector() + rest_;
    neurons["x"] = neurons.vector();
    neurons["y"] = neurons.vector();
    neurons["spike"] = neurons["v"] > threshold_;
}

void AlphaLeakyIntegrateAndFire::iteration(NeuronGroup& neurons) {
    Slot& v = neurons["v"];
    Slot& x = neurons["x"];
    Slot& y = neurons["y"];
    // From top to bottom, so that each equation still sees what it reads of the others as it was.
    v += rate_ * (rest_ - v + x);
    x += psp_rate_ * (y - x);
    y += with_input(neurons, -(psp_rate_ * y), dt_);
    neurons["spike"] = v > threshold_;
    v(neurons["spike"]) = reset_;
}

void AlphaLeakyIntegrateAndFire::visit_state(StateVisitor& visitor) {
    visitor.array("rest", rest_);
    visitor.array("threshold", threshold_);
    visitor.array("reset", reset_);
    visitor.array("rate", rate_);
    visitor.array("psp_rate", psp_rate_);
    visitor.array("dt", dt_);
}

MONNTO_BEHAVIOR(AlphaLeakyIntegrateAndFire);

}  // namespace monnto
