// What does one random number cost inside a compiled kernel, with the sum that uses it?
#include <monnto/array/executor.hpp>
#include <monnto/monnto.hpp>

#include <benchmark/benchmark.h>

namespace {

using monnto::Array;
using monnto::DType;
using monnto::Network;
using monnto::NeuronGroup;

/// Draws of `mode` for 100,000 neurons, added up in the same kernel.
void draws(benchmark::State& state, const char* mode) {
    constexpr std::ptrdiff_t count = 100'000;
    Network net({.seed = 1});
    NeuronGroup& neurons = net.add_neurons("n", count);
    double total = 0.0;
    const auto once = [&] { total = monnto::sum(neurons.vector(mode)).item<double>(); };
    for (int i = 0; i < 4; ++i) {
        once();
    }
    const std::uint64_t kernels = monnto::counters().kernels;
    for (auto _ : state) {
        once();
    }
    state.SetItemsProcessed(state.iterations() * count);
    state.counters["kernels"] = static_cast<double>(monnto::counters().kernels - kernels) /
                                static_cast<double>(state.iterations());
    if (total == 0.0) {
        state.SkipWithError("nothing was drawn");
    }
}
BENCHMARK_CAPTURE(draws, uniform, "uniform");
BENCHMARK_CAPTURE(draws, normal, "normal(0, 1)");
BENCHMARK_CAPTURE(draws, poisson_2, "poisson(2)");

}  // namespace
