// A fully connected inhibitory network with delays and strong noise, whose population oscillates
// although its neurons fire irregularly (Brunel, Hakim 1999, doi 10.1162/089976699300016179).
#include "../support/published.hpp"

#include <monnto/monnto.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

/// Spikes of 39 iterations ago (7.8 ms) lower the membranes of all.
class Inhibition final : public NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        n["ring"] = zeros({40, n.size()}, DType::boolean);
        for (SynapseGroup* s : n.synapses(afferent, "GABA")) {
            (*s)["W"] = s->matrix(-0.1);
        }
    }
    void iteration(NeuronGroup& n) override {
        Array ring = n["ring"];
        Object::buffer_roll(ring, n["spike"]);
        for (SynapseGroup* s : n.synapses(afferent, "GABA")) {
            n["v"] += (*s)["W"]->dot(s->source().get("ring")(-1).array());
        }
    }
    [[nodiscard]] bool is_static() const override { return true; }
};

/// The lag of the largest autocorrelation of the smoothed counts, and how large it is.
std::pair<double, double> rhythm(const Array& counts) {
    const Array smoothed = convolve(counts.astype(DType::f64), full({5}, 0.2), Overlap::same);
    const Array x = smoothed - mean(smoothed);
    const double variance = x.dot(x).item<double>();
    std::pair<double, double> best = {0.0, -1.0};
    for (int lag = 20; lag <= 300; ++lag) {
        const double value =
            x(slice({}, -lag)).array().dot(x(slice(lag, {})).array()).item<double>() / variance;
        if (value > best.second) {
            best = {lag, value};
        }
    }
    return best;
}

int main() {
    Network net({.seed = 1, .dt = 0.2});
    NoisyLeakyIntegrateAndFire::Params params;
    // The published script draws 13 normal numbers' worth of noise per step, whatever the step;
    // as a density this is
    params.sigma = 13.0 * std::sqrt(0.2);
    params.refractory = 40.0;  // two membrane time constants
    NeuronGroup& n = net.add_neurons("neurons", 1000,
                                     {{1, std::make_shared<NoisyLeakyIntegrateAndFire>(params)},
                                      {2, std::make_shared<Inhibition>()},
                                      {9, std::make_shared<Recorder>("np.sum(spike)")},
                                      {10, std::make_shared<EventRecorder>("spike")}});
    net.add_synapses("GABA", n, n);
    net.initialize();
    const RunReport report = net.simulate_iterations(2000, {.progress = false});
    std::printf("2000 iterations in %.1f ms, %s\n", report.milliseconds,
                net.replay_status().c_str());

    const Array counts = find_recording(net, "np.sum(spike)").array();
    const auto [lag, height] = rhythm(counts);
    example::Published published;
    published.value("spikes", counts.sum().item<double>(), 2780, 110);
    published.value("first spike, iteration", argmax(counts > 0).item<double>(), 17, 5);
    published.value("the population repeats itself after", lag, 118.5, 7);
    published.value("with a correlation of", height, 0.53, 0.17);
    example::write_spikes("brunel_hakim", net);
    return published.code();
}
