#include "synapse_axes.hpp"

#include <monnto/behaviors/stdp.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

void TripletStdp::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("tau_plus", p.tau_plus);
    visit("tau_x", p.tau_x);
    visit("tau_minus", p.tau_minus);
    visit("tau_y", p.tau_y);
    visit("a2_plus", p.a2_plus);
    visit("a3_plus", p.a3_plus);
    visit("a2_minus", p.a2_minus);
    visit("a3_minus", p.a3_minus);
    visit("w_min", p.w_min);
    visit("w_max", p.w_max);
}

void TripletStdp::initialize(SynapseGroup& synapses) {
    keep_r1_ = kept_share(params_.tau_plus, synapses, "tau_plus");
    keep_r2_ = kept_share(params_.tau_x, synapses, "tau_x");
    keep_o1_ = kept_share(params_.tau_minus, synapses, "tau_minus");
    keep_o2_ = kept_share(params_.tau_y, synapses, "tau_y");
    high_ = params_.w_max.resolve(synapses, "w_max");
    low_ = params_.w_min.resolve(synapses, "w_min");
    a2_plus_ = params_.a2_plus.resolve(synapses, "a2_plus") * high_;
    a3_plus_ = params_.a3_plus.resolve(synapses, "a3_plus") * high_;
    a2_minus_ = params_.a2_minus.resolve(synapses, "a2_minus") * high_;
    a3_minus_ = params_.a3_minus.resolve(synapses, "a3_minus") * high_;
    for (const char* name : {"r1", "r2"}) {
        synapses[name] = zeros({synapses.source().size()}, synapses.default_dtype());
    }
    for (const char* name : {"o1", "o2"}) {
        synapses[name] = zeros({synapses.destination().size()}, synapses.default_dtype());
    }
}

void TripletStdp::iteration(SynapseGroup& synapses) {
    const SynapseAxes axes(synapses);
    const Array pre = synapses.source().get("spike");
    const Array post = synapses.destination().get("spike");
    const Array r1 = synapses["r1"] * keep_r1_;
    const Array r2 = synapses["r2"] * keep_r2_;
    const Array o1 = synapses["o1"] * keep_o1_;
    const Array o2 = synapses["o2"] * keep_o2_;
    Slot& weights = synapses["W"];
    weights += axes.post(post * (a2_plus_ + a3_plus_ * o2)) * axes.pre(r1);
    weights -= axes.pre(pre * (a2_minus_ + a3_minus_ * r2)) * axes.post(o1);
    weights = clip(weights, low_, high_);
    synapses["r1"] = r1 + pre;
    synapses["r2"] = r2 + pre;
    synapses["o1"] = o1 + post;
    synapses["o2"] = o2 + post;
}

void TripletStdp::visit_state(StateVisitor& visitor) {
    visitor.array("keep_r1", keep_r1_);
    visitor.array("keep_r2", keep_r2_);
    visitor.array("keep_o1", keep_o1_);
    visitor.array("keep_o2", keep_o2_);
    visitor.array("a2_plus", a2_plus_);
    visitor.array("a3_plus", a3_plus_);
    visitor.array("a2_minus", a2_minus_);
    visitor.array("a3_minus", a3_minus_);
    visitor.array("w_min", low_);
    visitor.array("w_max", high_);
}

[[maybe_unused]] static const bool is_registered =
    (register_behavior<TripletStdp>("TripletSTDP"), true);

}  // namespace monnto
