#include "synapse_axes.hpp"

#include <monnto/behaviors/stdp.hpp>
#include <monnto/core/object_scope.hpp>
#include <monnto/core/snapshot.hpp>

#include <array>
#include <string>

namespace monnto {

void OneStepStdp::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("strength", p.strength);
    visit("w_min", p.w_min);
    visit("w_max", p.w_max);
}

void OneStepStdp::initialize(SynapseGroup& synapses) {
    strength_ = params_.strength.resolve(synapses, "strength");
    low_ = params_.w_min.resolve(synapses, "w_min");
    high_ = params_.w_max.resolve(synapses, "w_max");
    synapses["pre_spike_old"] = zeros({synapses.source().size()}, DType::boolean);
    synapses["post_spike_old"] = zeros({synapses.destination().size()}, DType::boolean);
}

void OneStepStdp::iteration(SynapseGroup& synapses) {
    const SynapseAxes axes(synapses);
    const Array pre = synapses.source().get("spike");
    const Array post = synapses.destination().get("spike");
    Slot& pre_old = synapses["pre_spike_old"];
    Slot& post_old = synapses["post_spike_old"];
    // As sums of products with events, so that only their rows and columns are touched.
    Array change = axes.post(post) * (axes.pre(pre_old) * strength_ + axes.pre(pre) * strength_) -
                   axes.post(post_old) * (axes.pre(pre) * strength_);
    const std::array<std::string, 1> path = {"enabled"};
    if (const auto enabled = ObjectScope(synapses).find(path); enabled && enabled->is_array()) {
        change = binary(Op::multiply, change, expression::as_operand(*enabled, "enabled"));
    }
    Slot& weights = synapses["W"];
    weights += change;
    weights = clip(weights, low_, high_);
    pre_old = pre.copy();
    post_old = post.copy();
}

void OneStepStdp::visit_state(StateVisitor& visitor) {
    visitor.array("strength", strength_);
    visitor.array("w_min", low_);
    visitor.array("w_max", high_);
}

[[maybe_unused]] static const bool is_registered =
    (register_behavior<OneStepStdp>("OneStepSTDP"), true);

}  // namespace monnto
