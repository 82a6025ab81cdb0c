#include <monnto/behaviors/hopfield.hpp>

#include "synapse_axes.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

void HopfieldLearning::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("rate", p.rate);
}

void HopfieldLearning::initialize(SynapseGroup& synapses) {
    if (&synapses.source() != &synapses.destination()) {
        throw BadParameter("destination", synapses.destination_group().tag(),
                           "a Hopfield network connects a group with itself");
    }
    rate_ = params_.rate.resolve(synapses, "rate");
    enabled_ = 1.0 - eye(synapses.source().size(), -1, 0, synapses.default_dtype());
    if (!synapses.has_variable("W")) {
        synapses["W"] = synapses.matrix();
    }
    if (!synapses.source_group().has_variable("v")) {
        synapses.source_group()["v"] = synapses.source_group().vector();
    }
}

void HopfieldLearning::iteration(SynapseGroup& synapses) {
    const Array v = synapses.source().get("v");
    Slot& weights = synapses["W"];
    weights += outer(v, v) * rate_;
    weights *= enabled_;
    const Array total = sum(abs(weights));
    weights /= where(total == 0.0, 1.0, total);
}

void HopfieldLearning::visit_state(StateVisitor& visitor) {
    visitor.array("rate", rate_);
    visitor.array("enabled", enabled_);
}

void HopfieldRecall::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("inertia", p.inertia);
    visit("syn_type", p.syn_type);
}

void HopfieldRecall::initialize(NeuronGroup& neurons) {
    inertia_ = params_.inertia.resolve(neurons, "inertia");
    syn_type_ = params_.syn_type.text("syn_type");
    if (!neurons.has_variable("v")) {
        neurons["v"] = neurons.vector();
    }
    neurons["energy"] = neurons["v"]->sum() * 0.0;
}

void HopfieldRecall::iteration(NeuronGroup& neurons) {
    const bool is_dxs = neurons.network().settings().syn_dim == SynapseOrder::DxS;
    Slot& v = neurons["v"];
    Array field = zeros_like(v);
    for (SynapseGroup* group : neurons.synapses(afferent, syn_type_)) {
        const Array weights = (*group)["W"];
        field = field + (is_dxs ? weights : weights.T()).dot(group->source().get("v"));
    }
    neurons["energy"] = -0.5 * v->dot(field);
    v = (inertia_ * v + sign(field)) / (inertia_ + 1.0);
}

void HopfieldRecall::visit_state(StateVisitor& visitor) {
    visitor.array("inertia", inertia_);
}

MONNTO_BEHAVIOR(HopfieldLearning);
MONNTO_BEHAVIOR(HopfieldRecall);

}  // namespace monnto
