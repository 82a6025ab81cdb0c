// What does an iteration of a C++ network cost, small, and as one population or as many?
#include <monnto/array/executor.hpp>
#include <monnto/monnto.hpp>

#include <benchmark/benchmark.h>

#include <memory>
#include <string>

namespace {

using monnto::Network;
using monnto::NeuronGroup;
using monnto::SynapseGroup;

class Membrane final : public monnto::NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        n["voltage"] = n.vector();
        n["spike"] = monnto::Array(n["voltage"]) > 0.5;
    }
    void iteration(NeuronGroup& n) override {
        n["spike"] = n["voltage"] > 0.5;
        n["voltage"](n["spike"]) = 0.0;
        n["voltage"] *= 0.9;
        n["voltage"] += n.vector("uniform") * 0.1;
    }
};

class Input final : public monnto::NeuronBehavior {
public:
    void initialize(NeuronGroup& n) override {
        n["W"] = monnto::ones({n.size(), n.size()}, monnto::DType::f32) * 0.01;
    }
    void iteration(NeuronGroup& n) override {
        n["voltage"] += matmul(n["W"], n["spike"]) / static_cast<double>(n.size()) * 10.0;
    }
};

void run(benchmark::State& state, Network& net, std::ptrdiff_t neurons) {
    net.initialize();
    net.simulate_iterations(10, {.progress = false});
    for (auto _ : state) {
        net.simulate_iteration();
    }
    state.SetItemsProcessed(state.iterations() * neurons);
}

/// `state.range(0)` populations of `state.range(1)` neurons of one model.
void populations(benchmark::State& state) {
    Network net({.seed = 1, .threads = 1});
    for (std::ptrdiff_t i = 0; i < state.range(0); ++i) {
        net.add_neurons("p" + std::to_string(i), state.range(1),
                        {{1, std::make_shared<Membrane>()}});
    }
    run(state, net, state.range(0) * state.range(1));
}
BENCHMARK(populations)->Args({1, 10'000})->Args({200, 50});

/// The published basic network: a dense product, threshold, reset, decay and noise.
void basic_network(benchmark::State& state) {
    Network net({.seed = 1, .threads = 1});
    net.add_neurons("n", state.range(0),
                    {{1, std::make_shared<Membrane>()}, {9, std::make_shared<Input>()}});
    run(state, net, state.range(0));
}
BENCHMARK(basic_network)->Arg(100)->Arg(1000);

}  // namespace
