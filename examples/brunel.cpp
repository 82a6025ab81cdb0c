// Brunel's network: 10,000 excitatory and 2,500 inhibitory neurons with 1,250 synapses each, driven
// by Poisson spikes; inhibition dominates, so neurons fire irregularly. N. Brunel, J. Comput.
// Neurosci. 8 (2000), doi 10.1023/A:1008925309027.
//
//     brunel [--quick] [--plastic] [--neurons N] [--seconds S] [--threads T]
//
// With --plastic, synapses between excitatory neurons learn from the timing of spikes, by the power
// law of A. Morrison, A. Aertsen and M. Diesmann, Neural Comput. 19 (2007),
// doi 10.1162/neco.2007.19.6.1437. That study has currents of the shape of an alpha function, here
// voltages jump as without plasticity: an alpha current costs two more multiplications per neuron
// and step, nothing per spike, and both kinds of synapses fire at the same rate (NEST: 32.2 Hz
// with jumps, 31.5 to 34.4 Hz with learning alpha currents).
#include "support/run.hpp"

#include <monnto/core/connect.hpp>
#include <monnto/monnto.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <span>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

constexpr double delay = 1.5;  // ms, of all synapses

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

/// Spikes of a part of the neurons arrive at another part after a delay. Every neuron of that has
/// `indegree` synapses.
class Synapses final : public SynapseBehavior {
public:
    Synapses(Slice from, Slice to, std::ptrdiff_t indegree, double weight)
        : from_(from), to_(to), indegree_(indegree), weight_(weight) {}
    void initialize(SynapseGroup& s) override {
        const auto source = s.source_group().subgroup(from_);
        const auto target = s.destination_group().subgroup(to_);
        const Projection projection{.rule = rules::FixedIndegree{indegree_},
                                    .options = {.weight = weight_, .delay = delay},
                                    .source = source.get(),
                                    .destination = target.get()};
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
    Slice from_, to_;
    std::ptrdiff_t indegree_;
    double weight_;  // mV
    SparseMatrix matrix_;
};

/// The same among excitatory neurons, with weights that change.
///
///     post spike: w <- w + lambda w^mu x,    x: trace of pre spikes, 15 ms
///     pre spike:  w <- w - lambda alpha w y,    y: trace of post spikes, 30 ms
///
/// Spikes of the post-synaptic neuron reach the synapse after the delay, which is all dendritic.
/// Weights are in units in which they stay near `settled` where spikes come at random.
class PlasticSynapses final : public SynapseBehavior {
public:
    PlasticSynapses(std::ptrdiff_t exc, double weight) : exc_(exc), unit_(weight / settled) {}
    void initialize(SynapseGroup& s) override {
        const auto part = s.source_group().subgroup(slice(0, exc_));
        const Projection learning{.rule = rules::FixedIndegree{exc_ / 10},
                                  .options = {.weight = "full(45.6)", .delay = delay},
                                  .source = part.get(),
                                  .destination = part.get()};
        matrix_ = connect(s, std::span(&learning, 1));
        back_ = connect(s, rules::OneToOne{}, {.delay = delay});
        const double dt = s.network().dt();
        keep_x_ = std::exp(-dt / 15.0);
        keep_y_ = std::exp(-dt / 30.0);
        s["x"] = s.source_group().vector();
        s["y"] = s.destination_group().vector();
    }
    void iteration(SynapseGroup& s) override {
        const Array pre = s.source_group()["spike"];
        const Array post = back_.deliver(pre);
        s["x"] = s["x"] * keep_x_;
        s["y"] = s["y"] * keep_y_;
        const Array w = matrix_.values();
        const Array potentiated = matrix_.at(column(post) * row(s["x"]));
        const Array depressed = matrix_.at(column(s["y"]) * row(pre));
        Array values = matrix_.values();
        values.assign(clip(w + pow(w, mu) * potentiated * lambda - w * depressed * (lambda * alpha),
                           0.0, largest));
        s["x"] = s["x"] + pre;
        s["y"] = s["y"] + post;
        s.destination_group()["input"] += matrix_.deliver(pre) * unit_;
    }
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override {
        Array values = matrix_.is_empty() ? Array() : matrix_.values();
        visitor.array("values", values);
        for (SparseMatrix* matrix : {&matrix_, &back_}) {
            Array history = matrix->is_empty() ? Array() : matrix->history();
            visitor.array(matrix == &matrix_ ? "history" : "back", history);
            if (!visitor.is_saving()) {
                matrix->set_history(history);
            }
        }
        if (!visitor.is_saving()) {
            matrix_.set_values(values);
        }
    }
    [[nodiscard]] double mean_weight() const {
        return mean(matrix_.values()).item<double>() * unit_;
    }

private:
    static Array column(const Array& v) { return v(monnto::all, newaxis); }
    static Array row(const Array& v) { return v(newaxis, monnto::all); }
    static constexpr double settled = 45.6;
    static constexpr double lambda = 0.1, mu = 0.4, alpha = 0.0513;
    static constexpr double largest = 1000.0;
    std::ptrdiff_t exc_;
    double unit_;  // mV
    double keep_x_ = 0, keep_y_ = 0;
    SparseMatrix matrix_, back_;
};

int simulate(const example::Options& options) {
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
    auto plastic = std::make_shared<PlasticSynapses>(exc, weight);
    if (options.is_plastic) {
        net.add_synapses("plastic", neurons, neurons, {{1, plastic}});
    }
    const Slice to = options.is_plastic ? slice(exc, size) : slice(0, size);
    net.add_synapses("exc", neurons, neurons,
                     {{1, std::make_shared<Synapses>(slice(0, exc), to, exc / 10, weight)}});
    net.add_synapses("inh", neurons, neurons,
                     {{1, std::make_shared<Synapses>(slice(exc, size), slice(0, size),
                                                     (size - exc) / 10, -5.0 * weight)}});
    const example::Stopwatch building;
    net.initialize();
    std::printf("built in %.3f s\n", building.seconds());
    // GeNN 31.5 Hz, Auryn 30.3 to 31.3, Brian2 31.1, NEST 32.2.
    const std::pair<double, double> rate =
        options.is_quick ? std::pair(15.0, 60.0) : std::pair(29.0, 36.0);
    // Strong drive, which inhibition answers together: fast oscillation of rather regular neurons.
    const std::pair<double, double> irregularity =
        options.is_quick ? std::pair(0.3, 0.7) : std::pair(0.1, 0.4);
    const int code = example::run(
        net, *events, "brunel",
        {{"exc", 0, exc, rate, irregularity}, {"inh", exc, size, rate, irregularity}}, options);
    if (options.is_plastic) {
        std::printf("  mean plastic weight %.4f mV (at first %.4f)\n", plastic->mean_weight(),
                    weight);
    }
    return code;
}

int main(int argc, char** argv) {
    example::Options options(argc, argv, {.neurons = 12'500});
    int code = simulate(options);
    if (options.is_quick && !options.is_plastic) {  // both, quickly
        options.is_plastic = true;
        code = std::max(code, simulate(options));
    }
    return code;
}
