#include <monnto/behaviors/noisy_leaky_integrate_and_fire.hpp>

#include "membrane.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

void NoisyLeakyIntegrateAndFire::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("tau", p.tau);
    visit("drive", p.drive);
    visit("sigma", p.sigma);
    visit("threshold", p.threshold);
    visit("reset", p.reset);
    visit("refractory", p.refractory);
}

void NoisyLeakyIntegrateAndFire::initialize(NeuronGroup& neurons) {
    drive_ = params_.drive.resolve(neurons, "drive");
    threshold_ = params_.threshold.resolve(neurons, "threshold");
    reset_ = params_.reset.resolve(neurons, "reset");
    refractory_ = params_.refractory.resolve(neurons, "refractory");
    dt_ = Parameter(neurons.network().dt()).resolve(neurons, "dt");
    rate_ = dt_ / params_.tau.resolve(neurons, "tau");
    noise_ = params_.sigma.resolve(neurons, "sigma") * sqrt(rate_);
    neurons["v"] = neurons.vector() + reset_;
    neurons["refractory_left"] = neurons.vector();
    neurons["spike"] = neurons.vector(DType::boolean);
}

void NoisyLeakyIntegrateAndFire::iteration(NeuronGroup& neurons) {
    Slot& v = neurons["v"];
    Slot& left = neurons["refractory_left"];
    v += rate_ * with_input(neurons, drive_ - v) + noise_ * neurons.vector("normal(0, 1)");
    // Half a step: what counting down in steps leaves of a period is not exactly nothing.
    neurons["spike"] = (v > threshold_) & (left < 0.5 * dt_);
    const Array spike = neurons["spike"];
    left = where(spike, refractory_, maximum(left - dt_, 0.0));
    v = where(spike, reset_, v);
}

void NoisyLeakyIntegrateAndFire::visit_state(StateVisitor& visitor) {
    visitor.array("drive", drive_);
    visitor.array("threshold", threshold_);
    visitor.array("reset", reset_);
    visitor.array("refractory", refractory_);
    visitor.array("rate", rate_);
    visitor.array("noise", noise_);
    visitor.array("dt", dt_);
}

MONNTO_BEHAVIOR(NoisyLeakyIntegrateAndFire);

}  // namespace monnto
