// The basic network with plasticity over one iteration and normalized weights, all of it from the
// library but for the neurons.
#include <monnto/monnto.hpp>

#include <cstdio>
#include <memory>
#include <string_view>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

class Neurons final : public NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        n["voltage"] = n.vector();
        n["spike"] = n.vector(DType::boolean);
    }
    void iteration(NeuronGroup& n) override {
        n["spike"] = n["voltage"] > 0.5;
        n["voltage"](n["spike"]) = 0.0;
        n["voltage"] *= 0.9;
        n["voltage"] += n.vector("uniform", {.density = 0.01});
        for (SynapseGroup* s : n.synapses(afferent, "GLUTAMATE")) {
            n["voltage"] += (*s)["W"]->dot(s->source().get("spike")) / n.size() * 10;
        }
    }
    [[nodiscard]] bool is_static() const override { return true; }
};

int main(int argc, char** argv) {
    const bool is_quick = argc > 1 && std::string_view(argv[1]) == "--quick";
    Network net({.seed = 1});
    NeuronGroup& n = net.add_neurons(
        "n", 100,
        {{1, std::make_shared<Neurons>()},
         {3, BehaviorRegistry::create(
                 "Synaptic_Normalization",
                 {{"syn_type", std::string("GLUTAMATE")}, {"norm_factor", Number(10.0)}})}});
    SynapseGroup& s = net.add_synapses(
        "GLUTAMATE", n, n,
        {{0, std::make_shared<CreateWeights>(CreateWeights::Params{.density = 0.1})},
         {2, BehaviorRegistry::create("OneStepSTDP", {{"strength", Number(0.00015)}})}});
    net.initialize();
    const RunReport report = net.simulate_iterations(is_quick ? 100 : 1000);
    const Array sums = sum(s["W"], 1);
    std::printf("%.1f ms, %s; rows of W sum to %.5f ... %.5f\n", report.milliseconds,
                net.replay_status().c_str(), sums.min().item<double>(), sums.max().item<double>());
    return 0;
}
