#include <monnto/behaviors/refractory.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/core/snapshot.hpp>

namespace monnto {

void Refractory::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("decayfactor", p.decayfactor);
    visit("strengthfactor", p.strengthfactor);
}

void Refractory::initialize(NeuronGroup& neurons) {
    decay_ = params_.decayfactor.resolve(neurons, "decayfactor");
    strength_ = params_.strengthfactor.resolve(neurons, "strengthfactor");
    neurons["refractory_counter"] = neurons.vector();
}

void Refractory::iteration(NeuronGroup& neurons) {
    Slot& counter = neurons["refractory_counter"];
    counter = counter * decay_ + neurons["output"];
    neurons["activity"] -= counter * strength_;
}

void Refractory::visit_state(StateVisitor& visitor) {
    visitor.array("decay", decay_);
    visitor.array("strength", strength_);
}

[[maybe_unused]] static const bool is_registered =
    (register_behavior<Refractory>("refractory"), true);

}  // namespace monnto
