#include <monnto/behaviors/hindmarsh_rose.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

void HindmarshRose::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("current", p.current);
    visit("a", p.a);
    visit("b", p.b);
    visit("c", p.c);
    visit("d", p.d);
    visit("r", p.r);
    visit("s", p.s);
    visit("x_1", p.x_1);
    visit("step", p.step);
}

void HindmarshRose::initialize(NeuronGroup& neurons) {
    current_ = params_.current.resolve(neurons, "current");
    a_ = params_.a.resolve(neurons, "a");
    b_ = params_.b.resolve(neurons, "b");
    c_ = params_.c.resolve(neurons, "c");
    d_ = params_.d.resolve(neurons, "d");
    r_ = params_.r.resolve(neurons, "r");
    s_ = params_.s.resolve(neurons, "s");
    x_1_ = params_.x_1.resolve(neurons, "x_1");
    step_ = params_.step.resolve(neurons, "step");
    neurons["x"] = neurons.vector() + x_1_;
    const Array x = neurons["x"];
    neurons["y"] = c_ - d_ * square(x);
    neurons["z"] = r_ * (s_ * (x - x_1_));
}

void HindmarshRose::iteration(NeuronGroup& neurons) {
    const Array x = neurons["x"];
    const Array y = neurons["y"];
    const Array z = neurons["z"];
    const Array squared = square(x);
    neurons["x"] = x + step_ * (y - a_ * squared * x + b_ * squared - z + current_);
    neurons["y"] = y + step_ * (c_ - d_ * squared - y);
    neurons["z"] = z + step_ * (r_ * (s_ * (x - x_1_) - z));
}

void HindmarshRose::visit_state(StateVisitor& visitor) {
    visitor.array("current", current_);
    visitor.array("a", a_);
    visitor.array("b", b_);
    visitor.array("c", c_);
    visitor.array("d", d_);
    visitor.array("r", r_);
    visitor.array("s", s_);
    visitor.array("x_1", x_1_);
    visitor.array("step", step_);
}

MONNTO_BEHAVIOR(HindmarshRose);

}  // namespace monnto
