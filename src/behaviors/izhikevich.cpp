#include <monnto/behaviors/izhikevich.hpp>

#include "membrane.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {
namespace {

constexpr double peak = 30.0;  // mV

}  // namespace

void Izhikevich::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("a", p.a);
    visit("b", p.b);
    visit("c", p.c);
    visit("d", p.d);
    visit("step", p.step);
}

void Izhikevich::initialize(NeuronGroup& neurons) {
    a_ = params_.a.resolve(neurons, "a");
    b_ = params_.b.resolve(neurons, "b");
    c_ = params_.c.resolve(neurons, "c");
    d_ = params_.d.resolve(neurons, "d");
    const double step = params_.step.number("step");
    dt_ = Parameter(step > 0.0 ? step : neurons.network().dt()).resolve(neurons, "step");
    neurons["v"] = neurons.vector() + c_;
    neurons["u"] = neurons["v"] * b_;
    neurons["spike"] = neurons["v"] > peak;
}

void Izhikevich::iteration(NeuronGroup& neurons) {
    Slot& v = neurons["v"];
    Slot& u = neurons["u"];
    neurons["spike"] = v > peak;
    const Array spike = neurons["spike"];
    v = where(spike, c_, v);
    u = u + spike * d_;
    v += dt_ * with_input(neurons, 0.04 * square(v) + 5.0 * v + 140.0 - u);
    u += dt_ * (a_ * (b_ * v - u));
}

void Izhikevich::visit_state(StateVisitor& visitor) {
    visitor.array("a", a_);
    visitor.array("b", b_);
    visitor.array("c", c_);
    visitor.array("d", d_);
    visitor.array("dt", dt_);
}

MONNTO_BEHAVIOR(Izhikevich);

}  // namespace monnto
