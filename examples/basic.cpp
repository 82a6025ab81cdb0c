// A hundred leaky neurons, connected at random to each other, under random input.
#include <monnto/monnto.hpp>

#include <cstdio>
#include <string_view>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

class Membrane final : public NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        n["voltage"] = n.vector();
        n["spike"] = n["voltage"] > threshold_;
    }
    void iteration(NeuronGroup& n) override {
        n["spike"] = n["voltage"] > threshold_;
        n["voltage"](n["spike"]) = 0.0;  // reset
        n["voltage"] *= 0.9;             // leak
        n["voltage"] += n.vector("uniform", {.density = 0.01});
    }

private:
    double threshold_ = 0.5;
};

class Recurrence final : public NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        for (SynapseGroup* s : n.synapses(afferent, "GLUTAMATE")) {
            (*s)["W"] = s->matrix("uniform", {.density = 0.1});
        }
    }
    void iteration(NeuronGroup& n) override {
        for (SynapseGroup* s : n.synapses(afferent, "GLUTAMATE")) {
            n["voltage"] += (*s)["W"]->dot(s->source().get("spike")) / s->source().size() * 10;
        }
    }
};

int main(int argc, char** argv) {
    const bool is_quick = argc > 1 && std::string_view(argv[1]) == "--quick";
    Network net({.seed = 42});
    auto recorder = std::make_shared<Recorder>("np.mean(voltage)");
    auto events = std::make_shared<EventRecorder>("spike");
    NeuronGroup& neurons = net.add_neurons("my_neurons", 100,
                                           {{1, std::make_shared<Membrane>()},
                                            {2, std::make_shared<Recurrence>()},
                                            {9, recorder},
                                            {10, events}});
    net.add_synapses("GLUTAMATE", neurons, neurons);
    net.initialize();
    const RunReport report = net.simulate_iterations(is_quick ? 100 : 1000);

    std::printf("%s", net.summary().c_str());
    std::printf("%ld steps in %.0f ms, %ld spikes, mean voltage at the end %.4f\n",
                static_cast<long>(report.iterations), report.milliseconds,
                static_cast<long>(events->history("spike").length()),
                recorder->history("np.mean(voltage)").sample(-1).item<double>());
    return 0;
}
