// Brunel's network: 10,000 excitatory and 2,500 inhibitory neurons with 1,250 synapses each, driven
// by Poisson spikes; inhibition dominates, so neurons fire irregularly. N. Brunel, J. Comput.
// Neurosci. 8 (2000), doi 10.1023/A:1008925309027.
//
//     brunel [--quick] [--neurons N] [--seconds S] [--threads T]
#include "support/run.hpp"

#include <monnto/core/connect.hpp>
#include <monnto/monnto.hpp>

#include <cmath>
#include <cstdio>
#include <memory>
#include <span>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

/// Leaky integrate-and-fire; each arriving spike moves the voltage at once.
///
///     v <- kept v + input;    v >= threshold: spike, v <- 0, held for 2 ms (input is lost)
///
/// Owns v, input (mV), spike and the time that it is still held.
class DeltaNeurons final : public NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        kept_ = std::exp(-n.network().dt() / tau);
        held_steps_ = std::round(held / n.network().dt());
        n["v"] = n.vector("uniform(0, 20)");
        n["input"] = n.vector();
        n["still_held"] = n.vector();  // steps
        n["spike"] = n.vector(DType::boolean);
    }
    void iteration(NeuronGroup& n) override {
        const Array moved = where(n["still_held"] > 0, n["v"], n["v"] * kept_ + n["input"]);
        n["spike"] = moved >= threshold;
        n["v"] = where(n["spike"], 0.0, moved);
        n["still_held"] = where(n["spike"], held_steps_, maximum(n["still_held"] - 1, 0));
        n["input"] = n.vector();
    }
    [[nodiscard]] bool is_static() const override { return true; }

private:
    static constexpr double tau = 20.0;        // ms
    static constexpr double threshold = 20.0;  // mV
    static constexpr double held = 2.0;        // ms
    double kept_ = 0, held_steps_ = 0;
};

/// Spikes of a part of the neurons arrive at all of them after a delay. Every neuron has `indegree`
/// synapses from that part.
class Synapses final : public SynapseBehavior {
public:
    Synapses(Slice from, std::ptrdiff_t indegree, double weight)
        : from_(from), indegree_(indegree), weight_(weight) {}
    void initialize(SynapseGroup& s) override {
        const auto part = s.source_group().subgroup(from_);
        const Projection projection{.rule = rules::FixedIndegree{indegree_},
                                    .options = {.weight = weight_, .delay = 1.5},
                                    .source = part.get()};
        matrix_ = connect(s, std::span(&projection, 1));
    }
    void iteration(SynapseGroup& s) override {
        s.destination_group()["input"] += matrix_.deliver(s.source_group()["spike"]);
    }
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override {
        Array history = matrix_.is_empty() ? Array() : matrix_.history();
        visitor.array("history", history);
        if (!visitor.is_saving()) {
            matrix_.set_history(history);
        }
    }

private:
    Slice from_;
    std::ptrdiff_t indegree_;
    double weight_;  // mV
    SparseMatrix matrix_;
};

int main(int argc, char** argv) {
    const example::Options options(argc, argv, {.neurons = 12'500});
    const std::ptrdiff_t size = options.is_quick ? 2'500 : options.neurons;
    const std::ptrdiff_t exc = size * 4 / 5;
    // In a smaller network each synapse is stronger, so that the mean input stays.
    const double share = static_cast<double>(size) / 12'500.0;
    const double weight = 0.1 / share;
    Network net({.seed = 42, .threads = options.threads, .dt = 0.1});

    PoissonInput::Params drive;  // eta = 2 times what would just reach the threshold
    drive.rate = 20'000.0 * share;
    drive.weight = weight;
    drive.variable = "input";
    auto events = std::make_shared<EventRecorder>("spike");
    NeuronGroup& neurons = net.add_neurons("neurons", size,
                                           {{2, std::make_shared<PoissonInput>(drive)},
                                            {3, std::make_shared<DeltaNeurons>()},
                                            {9, events}});
    net.add_synapses("exc", neurons, neurons,
                     {{1, std::make_shared<Synapses>(slice(0, exc), exc / 10, weight)}});
    net.add_synapses(
        "inh", neurons, neurons,
        {{1, std::make_shared<Synapses>(slice(exc, size), (size - exc) / 10, -5.0 * weight)}});
    const example::Stopwatch building;
    // Neurons first: their variables are what synapses write to.
    net.initialize();
    std::printf("built in %.3f s\n", building.seconds());
    // GeNN 31.5 Hz, Auryn 30.3 to 31.3, Brian2 31.1, NEST 32.2.
    const std::pair<double, double> rate =
        options.is_quick ? std::pair(15.0, 60.0) : std::pair(29.5, 33.0);
    return example::run(net, *events, "brunel", {{"exc", 0, exc, rate}, {"inh", exc, size, rate}},
                        options);
}
