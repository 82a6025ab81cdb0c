#include <monnto/behaviors/normalization.hpp>

#include "given.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>
#include <monnto/core/synapse_group.hpp>

#include <vector>

namespace monnto {
namespace {

void normalize(std::string_view src_attr, std::string_view target_attr, const Operand& target_value,
               NeuronGroup& neurons, std::string_view tag, Direction direction) {
    const std::vector<SynapseGroup*> groups = neurons.synapses(direction, tag);
    if (groups.empty()) {
        return;
    }
    const bool is_dxs = neurons.network().settings().syn_dim == SynapseOrder::DxS;
    // The axis of the other end: what arrives at a neuron lies along the sources.
    const std::ptrdiff_t axis = is_dxs == (direction == Direction::afferent) ? 1 : 0;
    Array total;
    for (SynapseGroup* group : groups) {
        const Array part = sum(abs((*group)[src_attr]), Over(axis, true));
        total = total.is_empty_handle() ? part : total + part;
    }
    const Operand wanted = target_value.shape().size() == 0
                               ? target_value
                               : Operand(expand_dims(target_value.array(), axis));
    const Array ratio = binary(Op::divide, total, wanted);
    const Array divisor = where(ratio == 0.0, 1.0, ratio);
    for (SynapseGroup* group : groups) {
        (*group)[target_attr] /= divisor;
    }
}

}  // namespace

void normalize_synapse_attr(std::string_view src_attr, std::string_view target_attr,
                            const Operand& target_value, NeuronGroup& neurons,
                            std::string_view tag) {
    normalize(src_attr, target_attr, target_value, neurons, tag, afferent);
}

void normalize_synapse_attr_efferent(std::string_view src_attr, std::string_view target_attr,
                                     const Operand& target_value, NeuronGroup& neurons,
                                     std::string_view tag) {
    normalize(src_attr, target_attr, target_value, neurons, tag, efferent);
}

void SynapticNormalization::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("syn_type", p.syn_type);
    visit("clip_max", p.clip_max);
    visit("norm_factor", p.norm_factor);
}

void SynapticNormalization::initialize(NeuronGroup& neurons) {
    syn_type_ = params_.syn_type.text("syn_type");
    norm_factor_ = params_.norm_factor.resolve(neurons, "norm_factor");
    clip_max_ =
        is_given(params_.clip_max) ? params_.clip_max.resolve(neurons, "clip_max") : Array();
}

void SynapticNormalization::iteration(NeuronGroup& neurons) {
    normalize_synapse_attr("W", "W", norm_factor_, neurons, syn_type_);
    for (SynapseGroup* group : neurons.synapses(afferent, syn_type_)) {
        Slot& weights = (*group)["W"];
        weights =
            clip_max_.is_empty_handle() ? maximum(weights, 0.0) : clip(weights, 0.0, clip_max_);
    }
}

void SynapticNormalization::visit_state(StateVisitor& visitor) {
    visitor.array("norm_factor", norm_factor_);
    visitor.array("clip_max", clip_max_);
}

[[maybe_unused]] static const bool is_registered =
    (register_behavior<SynapticNormalization>("Synaptic_Normalization"), true);

}  // namespace monnto
