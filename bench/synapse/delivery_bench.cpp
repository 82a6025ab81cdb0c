// How many synaptic events per second are delivered, as networks do it: recorded, evaluated, from
// rows that lie in memory in no order of use?
#include <monnto/array/executor.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/array/functions/sparse.hpp>
#include <monnto/synapse/build.hpp>
#include <monnto/synapse/rules.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

namespace {

using monnto::Array;
using monnto::DType;
using monnto::PatternRef;

PatternRef random_rows(std::int64_t sources, std::int64_t targets, std::int64_t per_row) {
    return monnto::pattern_from(monnto::connect(monnto::rules::FixedOutdegree{per_row},
                                                {.sources = sources, .targets = targets},
                                                {.key = 1}));
}

/// Some neurons spike in each of many steps.
std::vector<Array> random_spikes(std::ptrdiff_t neurons, std::ptrdiff_t per_step) {
    constexpr int steps = 256;
    std::mt19937 rng(1);
    std::vector<Array> all;
    for (int step = 0; step < steps; ++step) {
        const auto bits = std::make_unique<bool[]>(static_cast<std::size_t>(neurons));
        std::uniform_int_distribution<std::ptrdiff_t> any(0, neurons - 1);
        for (std::ptrdiff_t k = 0; k < per_step; ++k) {
            bits[static_cast<std::size_t>(any(rng))] = true;
        }
        all.push_back(Array::from(
            std::span<const bool>(bits.get(), static_cast<std::size_t>(neurons)), {neurons}));
    }
    return all;
}

template <class Step>
void run(benchmark::State& state, const std::vector<Array>& spikes, const Step& step) {
    monnto::set_threads(static_cast<int>(state.range(0)));
    std::size_t k = 0;
    for (int warm = 0; warm < 70; ++warm) {
        const Array arrived = step(spikes[++k % spikes.size()]);
        monnto::evaluate_pending();
    }
    const std::uint64_t before = monnto::counters().touched;
    for ([[maybe_unused]] auto _ : state) {
        const Array arrived = step(spikes[++k % spikes.size()]);
        monnto::evaluate_pending();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(monnto::counters().touched - before));
    monnto::set_threads(0);
}

PatternRef brunel() {
    static const PatternRef pattern = random_rows(12'500, 12'500, 1250);
    return pattern;
}
Array weights(const PatternRef& pattern) {
    return monnto::ones({pattern->size()}, DType::f32) * 0.1F;
}

void brunel_one_weight(benchmark::State& state) {
    const PatternRef pattern = brunel();
    const Array weight(monnto::Number::strong(DType::f32, 0.1));
    run(state, random_spikes(12'500, 39),
        [&](const Array& spikes) { return sparse_product(pattern, weight, spikes); });
}
void brunel_weights(benchmark::State& state) {
    const PatternRef pattern = brunel();
    const Array values = weights(pattern);
    run(state, random_spikes(12'500, 39),
        [&](const Array& spikes) { return sparse_product(pattern, values, spikes); });
}

/// Rows of 3,873 synapses with 30 delays.
void microcircuit_delays(benchmark::State& state) {
    constexpr std::ptrdiff_t sources = 8'000;
    constexpr std::ptrdiff_t targets = 65'536;
    static const PatternRef pattern = [] {
        const PatternRef rows = random_rows(sources, targets, 3873);
        std::vector<std::int32_t> delays(static_cast<std::size_t>(rows->size()));
        std::minstd_rand rng(3);
        for (std::int32_t& delay : delays) {
            delay = 1 + static_cast<std::int32_t>(rng() % 30);
        }
        return with_delays(rows, delays);
    }();
    static const Array values = weights(pattern);
    const Array history = monnto::make_history(sources, 30);
    run(state, random_spikes(sources, 25), [&](const Array& spikes) {
        push_events(history, spikes, 30);
        return sparse_deliver(pattern, values, history, 30);
    });
}

BENCHMARK(brunel_one_weight)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(brunel_weights)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(microcircuit_delays)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace
