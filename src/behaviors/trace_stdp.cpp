#include "synapse_axes.hpp"

#include <monnto/behaviors/stdp.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

void TraceStdp::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("tau_plus", p.tau_plus);
    visit("tau_minus", p.tau_minus);
    visit("a_plus", p.a_plus);
    visit("a_minus", p.a_minus);
    visit("w_min", p.w_min);
    visit("w_max", p.w_max);
    visit("dependence", p.dependence);
    visit("mu", p.mu);
    visit("w_0", p.w_0);
}

TraceStdp::TraceStdp(Params params)
    : params_(std::move(params)),
      dependence_(params_.dependence.has_genes()
                      ? Dependence::additive  // until initialize
                      : dependence_of(params_.dependence.text("dependence"))) {}

TraceStdp::Dependence TraceStdp::dependence_of(const std::string& name) {
    if (name == "additive") {
        return Dependence::additive;
    }
    if (name == "multiplicative") {
        return Dependence::multiplicative;
    }
    if (name == "power") {
        return Dependence::power;
    }
    if (name == "power_law") {
        return Dependence::power_law;
    }
    throw UnknownName("dependence", name, "TraceSTDP",
                      {"additive", "multiplicative", "power", "power_law"});
}

void TraceStdp::initialize(SynapseGroup& synapses) {
    dependence_ = dependence_of(params_.dependence.text("dependence"));
    keep_pre_ = kept_share(params_.tau_plus, synapses, "tau_plus");
    keep_post_ = kept_share(params_.tau_minus, synapses, "tau_minus");
    a_plus_ = params_.a_plus.resolve(synapses, "a_plus");
    a_minus_ = params_.a_minus.resolve(synapses, "a_minus");
    low_ = params_.w_min.resolve(synapses, "w_min");
    high_ = params_.w_max.resolve(synapses, "w_max");
    mu_ = params_.mu.resolve(synapses, "mu");
    w_0_ = params_.w_0.resolve(synapses, "w_0");
    synapses["pre_trace"] = zeros({synapses.source().size()}, synapses.default_dtype());
    synapses["post_trace"] = zeros({synapses.destination().size()}, synapses.default_dtype());
}

void TraceStdp::iteration(SynapseGroup& synapses) {
    const SynapseAxes axes(synapses);
    const Array pre = synapses.source().get("spike");
    const Array post = synapses.destination().get("spike");
    Slot& pre_trace = synapses["pre_trace"];
    Slot& post_trace = synapses["post_trace"];
    Slot& weights = synapses["W"];
    pre_trace = pre_trace * keep_pre_;
    post_trace = post_trace * keep_post_;
    potentiate(weights, axes.post(post), axes.pre(pre_trace));
    depress(weights, axes.pre(pre), axes.post(post_trace));
    weights = clip(weights, low_, high_);
    pre_trace += pre;
    post_trace += post;
}

void TraceStdp::potentiate(Slot& weights, const Array& post_spike, const Array& pre_trace) const {
    switch (dependence_) {
        case Dependence::additive:
            weights += post_spike * (pre_trace * (a_plus_ * high_));
            break;
        case Dependence::multiplicative:
            weights += post_spike * (pre_trace * a_plus_) * (high_ - weights);
            break;
        case Dependence::power:
            weights +=
                post_spike * (pre_trace * (a_plus_ * high_)) * pow(1.0 - weights / high_, mu_);
            break;
        case Dependence::power_law:
            weights += post_spike * (pre_trace * (a_plus_ * w_0_)) * pow(weights / w_0_, mu_);
            break;
    }
}

void TraceStdp::depress(Slot& weights, const Array& pre_spike, const Array& post_trace) const {
    switch (dependence_) {
        case Dependence::additive:
            weights -= pre_spike * (post_trace * (a_minus_ * high_));
            break;
        case Dependence::multiplicative:
        case Dependence::power_law:
            weights -= pre_spike * (post_trace * a_minus_) * weights;
            break;
        case Dependence::power:
            weights -= pre_spike * (post_trace * (a_minus_ * high_)) * pow(weights / high_, mu_);
            break;
    }
}

void TraceStdp::visit_state(StateVisitor& visitor) {
    visitor.array("keep_pre", keep_pre_);
    visitor.array("keep_post", keep_post_);
    visitor.array("a_plus", a_plus_);
    visitor.array("a_minus", a_minus_);
    visitor.array("w_min", low_);
    visitor.array("w_max", high_);
    visitor.array("mu", mu_);
    visitor.array("w_0", w_0_);
}

[[maybe_unused]] static const bool is_registered =
    (register_behavior<TraceStdp>("TraceSTDP"), true);

}  // namespace monnto
