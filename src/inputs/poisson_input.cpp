#include <monnto/inputs/poisson_input.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/snapshot.hpp>

#include <fmt/format.h>

#include <cmath>

namespace monnto {
namespace {

// Above, a search through the probabilities takes longer than the engine's own draw.
constexpr double largest_searched_mean = 10.0;

/// More spikes than this in a step are less likely than the step between two uniform numbers.
int most_spikes(double mean) {
    double probability = std::exp(-mean);
    double rest = 1.0 - probability;
    int most = 0;
    while (rest > 0x1p-25 && most < 100) {
        ++most;
        probability *= mean / most;
        rest -= probability;
    }
    return most;
}

}  // namespace

void PoissonInput::visit_parameters(Params& p, const ParameterVisitor& visit) {
    visit("rate", p.rate);
    visit("sources", p.sources);
    visit("weight", p.weight);
    visit("variable", p.variable);
}

void PoissonInput::initialize(NeuronGroup& neurons) {
    variable_ = params_.variable.text("variable");
    weight_ = params_.weight.resolve(neurons, "weight");
    const Array rate = params_.rate.resolve(neurons, "rate");
    const Array sources = params_.sources.resolve(neurons, "sources");
    mean_ = rate * sources * (neurons.network().dt() * 1e-3);
    const auto smallest = min(mean_).item<double>();
    const auto largest = max(mean_).item<double>();
    if (smallest < 0.0) {
        throw BadParameter("rate", fmt::format("{}", smallest), "rates and sources of 0 or more");
    }
    const bool is_searched = mean_.rank() > 0 && largest <= largest_searched_mean;
    most_ = is_searched ? most_spikes(largest) : 0;
    none_ = is_searched ? exp(-mean_) : Array();
}

// Kernels draw Poisson numbers of one mean. Where every neuron has its own, the distribution is
// inverted here: k is the number of cumulative probabilities that a uniform number reaches.
Array PoissonInput::counts(NeuronGroup& neurons) const {
    const RandomPosition position = neurons.next_random_position();
    const Shape shape{neurons.size()};
    const DType dtype = neurons.default_dtype();
    if (most_ == 0) {
        // Of one mean for all, kernels draw; as a number, because an array could change.
        const Operand mean = mean_.rank() == 0 ? Operand(mean_.item<double>()) : Operand(mean_);
        return random_array(Distribution::poisson, position, DType::i64, shape, {mean})
            .astype(dtype);
    }
    const Array uniform = random_array(Distribution::uniform, position, dtype, shape);
    Array probability = none_;
    Array cumulative = none_;
    auto count = (uniform >= cumulative).astype(dtype);
    for (int k = 1; k <= most_; ++k) {
        probability = probability * (mean_ * (1.0 / k));
        cumulative = cumulative + probability;
        count = count + (uniform >= cumulative).astype(dtype);
    }
    return count;
}

void PoissonInput::iteration(NeuronGroup& neurons) {
    neurons[variable_] += weight_ * counts(neurons);
}

void PoissonInput::visit_state(StateVisitor& visitor) {
    visitor.array("weight", weight_);
    visitor.array("mean", mean_);
    visitor.array("none", none_);
}

MONNTO_BEHAVIOR(PoissonInput);

}  // namespace monnto
