#include <monnto/inputs/direct_current.hpp>

#include <monnto/core/snapshot.hpp>

namespace monnto {

void DirectCurrent::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("amplitude", p.amplitude);
    visit("variable", p.variable);
}

void DirectCurrent::initialize(NeuronGroup& neurons) {
    variable_ = params_.variable.text("variable");
    amplitude_ = params_.amplitude.resolve(neurons, "amplitude");
}

void DirectCurrent::iteration(NeuronGroup& neurons) {
    neurons[variable_] += amplitude_;
}

void DirectCurrent::visit_state(StateVisitor& visitor) {
    visitor.array("amplitude", amplitude_);
}

MONNTO_BEHAVIOR(DirectCurrent);

}  // namespace monnto
