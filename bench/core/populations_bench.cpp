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

/// Recorded in each iteration, or declared static and so replayed.
class Measured : public monnto::NeuronBehavior {
public:
    explicit Measured(bool is_static) : is_static_(is_static) {}
    [[nodiscard]] bool is_static() const override { return is_static_; }

private:
    bool is_static_;
};

class Membrane final : public Measured {
public:
    Membrane(bool is_static, double density) : Measured(is_static), density_(density) {}
    void initialize(NeuronGroup& n) override {
        n["voltage"] = n.vector();
        n["spike"] = monnto::Array(n["voltage"]) > 0.5;
    }
    void iteration(NeuronGroup& n) override {
        n["spike"] = n["voltage"] > 0.5;
        n["voltage"](n["spike"]) = 0.0;
        n["voltage"] *= 0.9;
        n["voltage"] +=
            density_ < 1.0 ? n.vector("uniform", {.density = density_}) : n.vector("uniform") * 0.1;
    }

private:
    double density_;
};

class Input final : public Measured {
public:
    using Measured::Measured;
    void initialize(NeuronGroup& n) override {
        const monnto::ModeOptions sparse{.density = 0.1};
        n["W"] = monnto::array_from_mode(n, "uniform", {n.size(), n.size()}, sparse);
    }
    void iteration(NeuronGroup& n) override {
        n["voltage"] += matmul(n["W"], n["spike"]) / static_cast<double>(n.size()) * 10.0;
    }
};

void run(benchmark::State& state, Network& net, std::ptrdiff_t neurons) {
    net.initialize();
    net.simulate_iterations(50, {.progress = false});
    constexpr std::int64_t together = 100;
    while (state.KeepRunningBatch(together)) {
        net.simulate_iterations(together, {.progress = false});
    }
    state.SetItemsProcessed(state.iterations() * neurons);
}

/// `state.range(0)` populations of `state.range(1)` neurons of one model; static or not.
void populations(benchmark::State& state) {
    Network net({.seed = 1, .threads = 1});
    for (std::ptrdiff_t i = 0; i < state.range(0); ++i) {
        net.add_neurons("p" + std::to_string(i), state.range(1),
                        {{1, std::make_shared<Membrane>(state.range(2) != 0, 1.0)}});
    }
    run(state, net, state.range(0) * state.range(1));
}
BENCHMARK(populations)
    ->ArgNames({"groups", "neurons", "static"})
    ->Args({1, 10'000, 0})
    ->Args({200, 50, 0})
    ->Args({1, 10'000, 1})
    ->Args({200, 50, 1});

/// The published basic network: threshold, reset, decay, sparse noise, a dense product.
void basic_network(benchmark::State& state) {
    Network net({.seed = 1, .threads = 1});
    const bool is_static = state.range(1) != 0;
    net.add_neurons("n", state.range(0),
                    {{1, std::make_shared<Membrane>(is_static, 0.01)},
                     {9, std::make_shared<Input>(is_static)}});
    run(state, net, state.range(0));
}
BENCHMARK(basic_network)->ArgNames({"neurons", "static"})->ArgsProduct({{100, 1000}, {0, 1}});

}  // namespace
