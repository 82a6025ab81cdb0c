// Neurons on a grid that are connected to their neighbors, once as one large synapse group and once
// split into parts; keeps the run in a folder.
//
//     build/release/examples/local_connections [--quick]

#include <monnto/monnto.hpp>
#include <monnto/structure/neuron_dimension.hpp>
#include <monnto/structure/partition.hpp>
#include <monnto/structure/receptive_fields.hpp>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>

using namespace monnto;

namespace {

/// Adds the weights of the spikes that arrive; works for whole groups and for parts of them.
class Deliver final : public SynapseBehavior {
public:
    using SynapseBehavior::initialize;
    void initialize(SynapseGroup& s) override {
        const Array enabled = s["enabled"].array();
        s["W"] = Array(s.matrix(0.1) * enabled);
    }
    using SynapseBehavior::iteration;
    void iteration(SynapseGroup& s) override {
        const Array arriving = s["W"].array().dot(s.source().get("spike"));
        if (const auto* part = dynamic_cast<const NeuronSubGroup*>(&s.destination())) {
            (*part)["input"] += arriving;
        } else {
            s.destination_group()["input"] += arriving;
        }
    }
};

/// Spikes where the input, or now and then chance, is large enough.
class Neurons final : public NeuronBehavior {
public:
    using NeuronBehavior::initialize;
    void initialize(NeuronGroup& n) override {
        n["input"] = n.vector();
        n["spike"] = n.vector(DType::boolean);
    }
    using NeuronBehavior::iteration;
    void iteration(NeuronGroup& n) override {
        n["spike"] = Array(n["input"].array() + n.vector("uniform") > 0.97);
        n["input"].fill(0.0);
    }
};

/// Spikes of each step summed over all neurons.
double simulate(bool is_split, std::ptrdiff_t side, std::int64_t steps, Run& run) {
    Network net({.seed = 1});
    NeuronGroup& sheet = add_neurons(
        net, "sheet", std::make_shared<NeuronDimension>(Grid{.width = side, .height = side}),
        {{2, std::make_shared<Neurons>()}});
    Behaviors behaviors = {
        {1, std::make_shared<CircleReceptiveFields>(ParameterMap{{"radius", Number(2.0)}})},
        {3, std::make_shared<Deliver>()}};
    if (is_split) {
        behaviors.emplace_back(1.5, std::make_shared<Partition>());
    }
    net.add_synapses("LOCAL", sheet, sheet, behaviors);
    net.initialize();
    double spikes = 0;
    const auto start = std::chrono::steady_clock::now();
    for (std::int64_t i = 0; i < steps; ++i) {
        net.simulate_iteration();
        spikes += sum(sheet["spike"].array()).item<double>();
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    std::ptrdiff_t entries = 0;
    for (const auto& synapses : net.synapse_groups()) {
        entries += synapses->matrix_dim().product();
    }
    const std::string name = is_split ? "parts" : "whole";
    save_parameter(run, name + "_entries", static_cast<std::int64_t>(entries));
    save_parameter(run, name + "_ms", took.count());
    save_array(run, name + "_spike", sheet["spike"].array());
    std::printf("%s: %3zu synapse groups, %8td entries, %6.1f ms, %.0f spikes\n", name.c_str(),
                net.synapse_groups().size(), entries, took.count(), spikes);
    return spikes;
}

}  // namespace

int main(int argc, char** argv) {
    const bool is_quick = argc > 1 && std::string(argv[1]) == "--quick";
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "monnto_local";
    const auto run = folder_store(folder.string())->create("local", "local");
    const std::ptrdiff_t side = is_quick ? 30 : 60;
    const double whole = simulate(false, side, is_quick ? 20 : 200, *run);
    const double parts = simulate(true, side, is_quick ? 20 : 200, *run);
    std::printf("kept in %s\n", run->location().c_str());
    std::filesystem::remove_all(folder);
    return whole == parts ? 0 : 1;  // to the last spike
}
