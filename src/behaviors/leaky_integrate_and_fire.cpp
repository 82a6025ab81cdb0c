#include <monnto/behaviors/leaky_integrate_and_fire.hpp>

#include "membrane.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

void LeakyIntegrateAndFire::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("tau", p.tau);
    visit("resistance", p.resistance);
    visit("rest", p.rest);
    visit("threshold", p.threshold);
    visit("reset", p.reset);
}

void LeakyIntegrateAndFire::initialize(NeuronGroup& neurons) {
    tau_ = params_.tau.resolve(neurons, "tau");
    resistance_ = params_.resistance.resolve(neurons, "resistance");
    rest_ = params_.rest.resolve(neurons, "rest");
    threshold_ = params_.threshold.resolve(neurons, "threshold");
    reset_ = params_.reset.resolve(neurons, "reset");
    neurons["v"] = neurons.vector() + rest_;
    neurons["spike"] = neurons["v"] >= threshold_;
    kept_ = exp(-neurons.network().dt() / tau_);
}

void LeakyIntegrateAndFire::iteration(NeuronGroup& neurons) {
    Slot& v = neurons["v"];
    const Array target = with_input(neurons, rest_, resistance_);
    v = target + kept_ * (v - target);
    neurons["spike"] = v >= threshold_;
    v(neurons["spike"]) = reset_;
}

void LeakyIntegrateAndFire::visit_state(StateVisitor& visitor) {
    visitor.array("tau", tau_);
    visitor.array("resistance", resistance_);
    visitor.array("rest", rest_);
    visitor.array("threshold", threshold_);
    visitor.array("reset", reset_);
    visitor.array("kept", kept_);
}

MONNTO_BEHAVIOR(LeakyIntegrateAndFire);

}  // namespace monnto
