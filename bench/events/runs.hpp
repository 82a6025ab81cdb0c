#pragma once

#include <benchmark/benchmark.h>

#include <chrono>

namespace monnto::bench {

inline constexpr int iterations = 300;

inline void report(benchmark::State& state, double seconds, double spikes) {
    state.SetIterationTime(seconds);
    state.counters["ms_per_iteration"] = seconds * 1e3 / iterations;
    state.counters["spikes"] = spikes;
}

template <class Run>
[[nodiscard]] double seconds_of(const Run& run) {
    const auto start = std::chrono::steady_clock::now();
    run();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace monnto::bench
