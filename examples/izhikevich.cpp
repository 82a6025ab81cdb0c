// The published network of 1,000 Izhikevich neurons (doi 10.1109/TNN.2003.820440), from the
// library's neuron model and an input of our own.
#include <monnto/monnto.hpp>

#include <cstdio>
#include <memory>
#include <string_view>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

/// Noise, half of what excites and all of what inhibits.
class Input final : public NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        n["i"] = n.vector();
        for (SynapseGroup* s : n.synapses(afferent)) {
            (*s)["W"] = s->matrix("uniform");
        }
    }
    void iteration(NeuronGroup& n) override {
        n["i"] = n.vector("uniform") * 20;
        for (SynapseGroup* s : n.synapses(afferent, "GLUTAMATE")) {
            n["i"] += (*s)["W"]->dot(s->source().get("spike")) * 0.5;
        }
        for (SynapseGroup* s : n.synapses(afferent, "GABA")) {
            n["i"] -= (*s)["W"]->dot(s->source().get("spike"));
        }
    }
    [[nodiscard]] bool is_static() const override { return true; }
};

int main(int argc, char** argv) {
    const bool is_quick = argc > 1 && std::string_view(argv[1]) == "--quick";
    const int iterations = is_quick ? 200 : 1000;
    Network net({.seed = 1, .dt = 0.5});
    for (const auto& [tag, size] : {std::pair("exc", 800), std::pair("inh", 200)}) {
        net.add_neurons(tag, size,
                        {{1, std::make_shared<Izhikevich>()},
                         {2, std::make_shared<Input>()},
                         {9, std::make_shared<EventRecorder>("spike")}});
    }
    for (const char* destination : {"exc", "inh"}) {
        net.add_synapses("GLUTAMATE", "exc", destination);
        net.add_synapses("GABA", "inh", destination);
    }
    net.initialize();
    for (const auto& group : net.neuron_groups()) {
        (*group)["v"] = group->vector("uniform") * -65;
        (*group)["u"] = group->vector("uniform") * -8;
    }
    const RunReport report = net.simulate_iterations(iterations);

    std::printf("%d iterations in %.1f ms, %s\n", iterations, report.milliseconds,
                net.replay_status().c_str());
    for (const auto& group : net.neuron_groups()) {
        const auto spikes = static_cast<double>(
            group->behavior(9)->result("spike")
                ? dynamic_cast<Recording&>(*group->behavior(9)->result("spike")).length()
                : 0);
        std::printf(
            "%s: %.5f of all chances to fire were taken\n", group->tag().c_str(),
            spikes / (static_cast<double>(iterations) * static_cast<double>(group->size())));
    }
    return 0;
}
