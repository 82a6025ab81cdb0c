// A chain of ten groups, each of which excites the next (Diesmann, Gewaltig, Aertsen 1999,
// doi 10.1038/990101): activity grows along the chain.
#include "../support/published.hpp"

#include <monnto/monnto.hpp>

#include <cmath>
#include <memory>
#include <string>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

/// What neurons get from outside, and the spikes of the group before them in the same iteration.
class Input final : public NeuronBehavior {
public:
    explicit Input(bool is_first) : is_first_(is_first) {}
    void initialize(NeuronGroup& n) override {
        // The published script has the sign of the resting potential so: all start above the
        // threshold.
        n["v"] = 70.0 + n.vector("uniform") * 15.0;
        n["i"] = background(n);
        for (SynapseGroup* s : n.synapses(afferent, "GLUTAMATE")) {
            (*s)["W"] = s->matrix("uniform");
        }
    }
    void iteration(NeuronGroup& n) override {
        for (SynapseGroup* s : n.synapses(afferent, "GLUTAMATE")) {
            n["v"] += (*s)["W"]->dot(s->source().get("spike"));
        }
        if (is_first_) {
            n["v"] += n.vector("uniform");
        }
        n["i"] = background(n);  // of the next iteration
    }
    [[nodiscard]] bool is_static() const override { return true; }

private:
    static Array background(NeuronGroup& n) {
        return 25.27 + 10.0 * std::sqrt(39.24) * n.vector("uniform");  // mV/ms
    }
    bool is_first_;
};

int main() {
    Network net({.seed = 1, .dt = 0.01});
    for (int g = 0; g < 10; ++g) {
        net.add_neurons("g" + std::to_string(g), 100,
                        {{1, std::make_shared<AlphaLeakyIntegrateAndFire>()},
                         {2, std::make_shared<Input>(g == 0)},
                         {10, std::make_shared<EventRecorder>("spike")}});
    }
    for (int g = 0; g < 9; ++g) {
        net.add_synapses("GLUTAMATE", "g" + std::to_string(g), "g" + std::to_string(g + 1));
    }
    net.initialize();
    const RunReport report = net.simulate_iterations(100, {.progress = false});
    std::printf("100 iterations in %.1f ms, %s\n", report.milliseconds,
                net.replay_status().c_str());

    const auto spikes = [&](int g) {
        return example::fired_share(*net.neuron_groups()[static_cast<std::size_t>(g)], 100) * 1e4;
    };
    example::Published published;
    for (const auto& group : net.neuron_groups()) {
        published.value(group->tag() + ": share that fires at once",
                        example::fired_share(*group, 1), 1.0, 0.0);
    }
    published.value("g0: spikes", spikes(0), 392, 13);
    published.value("g1: spikes", spikes(1), 1002, 75);
    published.value("g9: spikes", spikes(9), 2850, 850);
    example::write_spikes("synfire_chain", net);
    return published.code();
}
