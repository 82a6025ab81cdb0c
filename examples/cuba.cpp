// CUBA: 4000 leaky neurons with exponential currents keep each other firing, irregularly and
// without any input. Benchmark 2 of R. Brette et al., J. Comput. Neurosci. 23 (2007),
// doi 10.1007/s10827-007-0038-6, after T. P. Vogels and L. F. Abbott (2005).
//
//     cuba [--quick] [--neurons N] [--seconds S] [--threads T]
//
// Each neuron has 80 synapses in the mean, whatever N is.
#include "support/run.hpp"

#include <monnto/core/connect.hpp>
#include <monnto/monnto.hpp>

#include <cmath>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <utility>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

/// Leaky integrate-and-fire with two exponential currents, in units of the voltage they drive to.
///
///     tau dv/dt = rest - v + ge + gi;    v > threshold: spike, v <- reset, held for 5 ms
///     tau_e dge/dt = -ge;    tau_i dgi/dt = -gi
///
/// Solved exactly across a step. Owns v, ge, gi (mV), spike and the time that it is still held.
class CurrentBasedNeurons final : public NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        const double dt = n.network().dt();
        keep_v_ = std::exp(-dt / tau);
        keep_e_ = std::exp(-dt / tau_e);
        keep_i_ = std::exp(-dt / tau_i);
        // What a current of 1 at the beginning of a step does to v by its end.
        drive_e_ = tau_e / (tau - tau_e) * (keep_v_ - keep_e_);
        drive_i_ = tau_i / (tau - tau_i) * (keep_v_ - keep_i_);
        held_steps_ = std::round(held / dt);
        n["v"] = n.vector("uniform(-60, -50)");
        n["ge"] = n.vector();
        n["gi"] = n.vector();
        n["still_held"] = n.vector();  // steps
        n["spike"] = n.vector(DType::boolean);
    }
    void iteration(NeuronGroup& n) override {
        Slot& v = n["v"];
        const Array moved = rest + (v - rest) * keep_v_ + n["ge"] * drive_e_ + n["gi"] * drive_i_;
        v = where(n["still_held"] > 0, v, moved);
        n["ge"] *= keep_e_;
        n["gi"] *= keep_i_;
        n["spike"] = v > threshold;
        v(n["spike"]) = reset;
        n["still_held"] = where(n["spike"], held_steps_, maximum(n["still_held"] - 1, 0));
    }
    [[nodiscard]] bool is_static() const override { return true; }

private:
    static constexpr double tau = 20.0;         // ms
    static constexpr double tau_e = 5.0;        // ms
    static constexpr double tau_i = 10.0;       // ms
    static constexpr double rest = -49.0;       // mV
    static constexpr double threshold = -50.0;  // mV
    static constexpr double reset = -60.0;      // mV
    static constexpr double held = 5.0;         // ms
    double keep_v_ = 0, keep_e_ = 0, keep_i_ = 0, drive_e_ = 0, drive_i_ = 0, held_steps_ = 0;
};

/// Spikes of a part of the neurons raise a current of their targets.
class Synapses final : public SynapseBehavior {
public:
    Synapses(Slice from, std::string current, double weight, double probability)
        : from_(from), current_(std::move(current)), weight_(weight), probability_(probability) {}
    void initialize(SynapseGroup& s) override {
        const auto part = s.source_group().subgroup(from_);
        const Projection projection{.rule = rules::FixedProbability{probability_},
                                    .options = {.weight = weight_, .autapses = false},
                                    .source = part.get()};
        matrix_ = connect(s, std::span(&projection, 1));
    }
    void iteration(SynapseGroup& s) override {
        s.destination_group()[current_] += matrix_.dot(s.source_group()["spike"]);
    }
    [[nodiscard]] bool is_static() const override { return true; }

private:
    Slice from_;
    std::string current_;
    double weight_;
    double probability_;
    SparseMatrix matrix_;
};

int main(int argc, char** argv) {
    const example::Options options(argc, argv,
                                   {.neurons = 4000, .seconds = 10.0, .quick_seconds = 2.0});
    const auto size = options.neurons;
    Network net({.seed = 42, .threads = options.threads, .dt = 0.1});
    auto events = std::make_shared<EventRecorder>("spike");
    NeuronGroup& neurons = net.add_neurons(
        "neurons", size, {{2, std::make_shared<CurrentBasedNeurons>()}, {9, events}});
    const double probability = 80.0 / static_cast<double>(size);
    const std::ptrdiff_t exc = size * 4 / 5;
    net.add_synapses("exc", neurons, neurons,
                     {{3, std::make_shared<Synapses>(slice(0, exc), "ge", 1.62, probability)}});
    net.add_synapses("inh", neurons, neurons,
                     {{3, std::make_shared<Synapses>(slice(exc, size), "gi", -9.0, probability)}});
    const example::Stopwatch building;
    net.initialize();
    std::printf("built in %.3f s\n", building.seconds());
    // Brian2 and GeNN: 5.3 to 5.9 Hz; irregular, as the state was published.
    const std::pair<double, double> rate{4.0, 7.5};
    const std::pair<double, double> irregularity{0.5, 1.2};
    return example::run(
        net, *events, "cuba",
        {{"exc", 0, exc, rate, irregularity}, {"inh", exc, size, rate, irregularity}}, options);
}
