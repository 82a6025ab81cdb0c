#include <monnto/inputs/spike_array.hpp>

#include "steps.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

#include <algorithm>

namespace monnto {

void SpikeArray::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("indices", p.indices);
    visit("times", p.times);
}

void SpikeArray::initialize(NeuronGroup& neurons) {
    const std::vector<std::int64_t> steps =
        steps_of(params_.times.resolve(neurons, "times"), neurons.network().dt(), "times");
    const auto indices =
        params_.indices.resolve(neurons, "indices").ravel().astype(DType::i64).host<std::int64_t>();
    if (indices.size() != steps.size()) {
        throw ShapeMismatch("SpikeArray", {static_cast<std::ptrdiff_t>(indices.size())},
                            {static_cast<std::ptrdiff_t>(steps.size())}, "give one time per index");
    }
    std::vector<std::int64_t> pairs;
    for (std::size_t k = 0; k < steps.size(); ++k) {
        if (indices[k] < 0 || indices[k] >= neurons.size()) {
            throw IndexOutOfRange(indices[k], 0, neurons.size());
        }
        pairs.push_back(steps[k] * neurons.size() + indices[k]);
    }
    std::sort(pairs.begin(), pairs.end());
    pairs_ = Array::from(pairs);
    next_ = arange(0, neurons.size()) + neurons.iteration() * neurons.size();
    neurons["spike"] = neurons.vector(DType::boolean);
}

void SpikeArray::iteration(NeuronGroup& neurons) {
    next_ = next_ + neurons.size();
    // Pairs below and pairs up to: they differ where the pair itself is there.
    neurons["spike"] = searchsorted(pairs_, next_, true) > searchsorted(pairs_, next_, false);
}

void SpikeArray::visit_state(StateVisitor& visitor) {
    visitor.array("pairs", pairs_);
    visitor.array("next", next_);
}

MONNTO_BEHAVIOR(SpikeArray);

}  // namespace monnto
