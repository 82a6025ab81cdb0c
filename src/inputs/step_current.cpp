#include <monnto/inputs/step_current.hpp>

#include "steps.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

#include <limits>

namespace monnto {

void StepCurrent::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("times", p.times);
    visit("amplitudes", p.amplitudes);
    visit("variable", p.variable);
}

void StepCurrent::initialize(NeuronGroup& neurons) {
    variable_ = params_.variable.text("variable");
    const std::vector<std::int64_t> starts =
        steps_of(params_.times.resolve(neurons, "times"), neurons.network().dt(), "times");
    const Array amplitudes = atleast_1d(params_.amplitudes.resolve(neurons, "amplitudes"));
    if (amplitudes.shape() != Shape{static_cast<std::ptrdiff_t>(starts.size())}) {
        throw ShapeMismatch("StepCurrent", amplitudes.shape().to_vector(),
                            {static_cast<std::ptrdiff_t>(starts.size())},
                            "give one amplitude per time");
    }
    std::vector<std::int64_t> ends(starts.begin() + (starts.empty() ? 0 : 1), starts.end());
    ends.resize(starts.size(), std::numeric_limits<std::int64_t>::max());
    for (std::size_t k = 0; k < starts.size(); ++k) {
        if (ends[k] <= starts[k]) {
            throw BadParameter("times", std::to_string(starts[k]),
                               "times that ascend by a step or more");
        }
    }
    starts_ = Array::from(starts);
    ends_ = Array::from(ends);
    amplitudes_ = amplitudes.astype(neurons.default_dtype());
    step_ = Array(Number(neurons.iteration()));
}

void StepCurrent::iteration(NeuronGroup& neurons) {
    step_ = step_ + 1;
    const Array holds = (starts_ <= step_) && (step_ < ends_);
    neurons[variable_] += sum(where(holds, amplitudes_, 0.0));
}

void StepCurrent::visit_state(StateVisitor& visitor) {
    visitor.array("step", step_);
    visitor.array("starts", starts_);
    visitor.array("ends", ends_);
    visitor.array("amplitudes", amplitudes_);
}

MONNTO_BEHAVIOR(StepCurrent);

}  // namespace monnto
