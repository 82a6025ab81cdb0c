// How long does it take to draw connections, per synapse, by rule and threads?
#include <monnto/array/executor.hpp>
#include <monnto/synapse/rules.hpp>

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>

namespace {

using namespace monnto;  // NOLINT(google-build-using-namespace): a bench

constexpr std::int64_t neurons = 20'000;

void draw(benchmark::State& state, const Rule& rule, const Allowed& allowed = {}) {
    set_threads(static_cast<int>(state.range(0)));
    const Ends ends = Ends::recurrent(neurons);
    std::uint64_t key = 1;
    double synapses = 0.0;
    for (auto _ : state) {
        const Connections made = connect(rule, ends, {.key = key++}, allowed);
        synapses += static_cast<double>(made.size());
        benchmark::DoNotOptimize(made.starts.data());
    }
    if (std::abs(synapses / static_cast<double>(state.iterations()) / 4e7 - 1.0) > 0.01) {
        state.SkipWithError("a rule made another number of synapses");
    }
    state.counters["synapses"] = benchmark::Counter(synapses, benchmark::Counter::kIsRate);
    state.counters["ns per synapse"] = benchmark::Counter(
        synapses * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// 40 million synapses each: 10 % of 20,000 x 20,000.
BENCHMARK_CAPTURE(draw, fixed_probability, rules::FixedProbability{0.1})
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime();
BENCHMARK_CAPTURE(draw, fixed_indegree, rules::FixedIndegree{2000})->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(draw, fixed_outdegree, rules::FixedOutdegree{2000})
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime();
BENCHMARK_CAPTURE(draw, distinct_outdegree, rules::FixedOutdegree{2000}, {.multapses = false})
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime();
BENCHMARK_CAPTURE(draw, fixed_total_number, rules::FixedTotalNumber{40'000'000})
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime();

}  // namespace
