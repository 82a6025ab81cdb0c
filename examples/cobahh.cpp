// COBAHH: 4000 Hodgkin-Huxley neurons with conductance-based synapses. Benchmark 3 of R. Brette et
// al., J. Comput. Neurosci. 23 (2007), doi 10.1007/s10827-007-0038-6; rates of opening and closing
// after R. D. Traub and R. Miles, Neuronal Networks of the Hippocampus (1991).
//
//     cobahh [--quick] [--neurons N] [--seconds S] [--threads T]
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

/// (exp(x) - 1) / x, which is 1 at 0.
Array exprel(const Array& x) {
    return where(abs(x) < 1e-4, 1.0, (exp(x) - 1.0) / x);
}

/// Hodgkin-Huxley membrane; every variable moves exactly towards where the others, held still for a
/// step, would take it (exponential Euler).
///
///     C dv/dt = gl (El - v) + ge (Ee - v) + gi (Ei - v) + gNa m^3 h (ENa - v) + gK n^4 (EK - v)
///     dx/dt = alpha_x (1 - x) - beta_x x    for x in m, h, n
///
/// v > -20 mV: spike, unless there was one less than 3 ms ago. Owns v (mV), m, h, n, ge, gi (nS),
/// spike.
class HodgkinHuxleyNeurons final : public NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        dt_ = n.network().dt();
        n["v"] = n.vector("normal(-65, 5)");
        n["m"] = n.vector();
        n["h"] = n.vector();
        n["n"] = n.vector();
        n["ge"] = n.vector("normal(40, 15)");
        n["gi"] = n.vector("normal(200, 120)");
        n["still_held"] = n.vector();  // ms
        n["spike"] = n.vector(DType::boolean);
    }
    void iteration(NeuronGroup& n) override {
        const Array v = n["v"];
        const Array u = v - VT;
        const Array m = n["m"];
        const Array h = n["h"];
        const Array k = n["n"];
        const Array na = gNa * (m * m * m * h);
        const Array kd = gK * (k * k * k * k);
        const Array total = gl + n["ge"] + n["gi"] + na + kd;
        const Array drive = gl * El + n["ge"] * Ee + n["gi"] * Ei + na * ENa + kd * EK;
        const Array target = drive / total;
        n["m"] = moved(m, 1.28 / exprel((13.0 - u) / 4.0), 1.4 / exprel((u - 40.0) / 5.0));
        n["h"] = moved(h, 0.128 * exp((17.0 - u) / 18.0), 4.0 / (1.0 + exp((40.0 - u) / 5.0)));
        n["n"] = moved(k, 0.16 / exprel((15.0 - u) / 5.0), 0.5 * exp((10.0 - u) / 40.0));
        n["v"] = target + (v - target) * exp(total * (-dt_ / C));
        n["ge"] *= std::exp(-dt_ / 5.0);
        n["gi"] *= std::exp(-dt_ / 10.0);
        n["spike"] = (n["v"] > -20.0) & (n["still_held"] <= 0.0);
        n["still_held"] = where(n["spike"], 3.0, n["still_held"] - dt_);
    }
    [[nodiscard]] bool is_static() const override { return true; }

private:
    static constexpr double C = 200.0;                                // pF
    static constexpr double gl = 10.0, gNa = 20'000.0, gK = 6'000.0;  // nS
    static constexpr double El = -60.0, ENa = 50.0, EK = -90.0;       // mV
    static constexpr double Ee = 0.0, Ei = -80.0, VT = -63.0;         // mV
    double dt_ = 0.1;

    /// A gate that opens with `alpha` and closes with `beta` (1/ms), a step later.
    [[nodiscard]] Array moved(const Array& x, const Array& alpha, const Array& beta) const {
        const Array sum = alpha + beta;
        const Array target = alpha / sum;
        return target + (x - target) * exp(sum * -dt_);
    }
};

/// Spikes of a part of the neurons raise a conductance of their targets.
class Synapses final : public SynapseBehavior {
public:
    Synapses(Slice from, std::string conductance, double weight, double probability)
        : from_(from),
          conductance_(std::move(conductance)),
          weight_(weight),
          probability_(probability) {}
    void initialize(SynapseGroup& s) override {
        const auto part = s.source_group().subgroup(from_);
        const Projection projection{.rule = rules::FixedProbability{probability_},
                                    .options = {.weight = weight_},
                                    .source = part.get()};
        matrix_ = connect(s, std::span(&projection, 1));
    }
    void iteration(SynapseGroup& s) override {
        s.destination_group()[conductance_] += matrix_.dot(s.source_group()["spike"]);
    }
    [[nodiscard]] bool is_static() const override { return true; }

private:
    Slice from_;
    std::string conductance_;
    double weight_;  // nS
    double probability_;
    SparseMatrix matrix_;
};

int main(int argc, char** argv) {
    const example::Options options(argc, argv, {.neurons = 4000});
    const std::ptrdiff_t size = options.neurons;
    const std::ptrdiff_t exc = size * 4 / 5;
    const double probability = 80.0 / static_cast<double>(size);
    Network net({.seed = 42, .threads = options.threads, .dt = 0.1});
    auto events = std::make_shared<EventRecorder>("spike");
    NeuronGroup& neurons = net.add_neurons(
        "neurons", size, {{2, std::make_shared<HodgkinHuxleyNeurons>()}, {9, events}});
    net.add_synapses("exc", neurons, neurons,
                     {{3, std::make_shared<Synapses>(slice(0, exc), "ge", 6.0, probability)}});
    net.add_synapses("inh", neurons, neurons,
                     {{3, std::make_shared<Synapses>(slice(exc, size), "gi", 67.0, probability)}});
    const example::Stopwatch building;
    net.initialize();
    std::printf("built in %.3f s\n", building.seconds());
    // Brian2 31 to 39 Hz, GeNN 32 to 36, NEST 30 to 32.
    return example::run(net, *events, "cobahh",
                        {{"exc", 0, exc, {26.0, 42.0}}, {"inh", exc, size, {26.0, 42.0}}}, options);
}
