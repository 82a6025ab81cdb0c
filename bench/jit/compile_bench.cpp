// What does a kernel cost before it runs: compiled for the first time, and found in memory?
#include <monnto/array/executor.hpp>
#include <monnto/monnto.hpp>

#include <benchmark/benchmark.h>

#include <chrono>

namespace {

using monnto::Array;
using monnto::DType;

/// Work as large as an AdEx step, 24 operations and one exp, in one of 2^20 structures.
Array expression(const Array& v, const Array& w, unsigned structure) {
    Array x = v * 0.5;
    for (unsigned bit = 0; bit < 20; ++bit) {
        x = ((structure >> bit) & 1U) != 0 ? x + w : x * w;
    }
    return exp(x * 1e-3) - w;
}

double seconds_of(const Array& result) {
    const auto start = std::chrono::steady_clock::now();
    monnto::evaluate(result.node());
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The second evaluation of a structure compiles it.
void first_time(benchmark::State& state) {
    const Array v = monnto::ones({64}, DType::f32);
    const Array w = monnto::ones({64}, DType::f32);
    static unsigned structure = 0;  // new ones in each repetition
    const std::uint64_t compiled = monnto::counters().compiled;
    for (auto _ : state) {
        ++structure;
        seconds_of(expression(v, w, structure));
        state.SetIterationTime(seconds_of(expression(v, w, structure)));
    }
    state.counters["compiled"] = static_cast<double>(monnto::counters().compiled - compiled) /
                                 static_cast<double>(state.iterations());
}
BENCHMARK(first_time)->UseManualTime()->Iterations(40)->Unit(benchmark::kMillisecond);

/// Arrays of another size need a recipe of their own and find its kernel compiled.
void found_in_memory(benchmark::State& state) {
    std::ptrdiff_t size = 1000;
    const auto run = [&size] {
        size += 1;
        const Array v = monnto::ones({size}, DType::f32);
        const Array w = monnto::ones({size}, DType::f32);
        monnto::evaluate_pending();
        return seconds_of(expression(v, w, 0));
    };
    run();
    run();
    const std::uint64_t compiled = monnto::counters().compiled;
    for (auto _ : state) {
        state.SetIterationTime(run());
    }
    if (monnto::counters().compiled != compiled) {
        state.SkipWithError("something was compiled");
    }
}
BENCHMARK(found_in_memory)->UseManualTime()->Iterations(200)->Unit(benchmark::kMicrosecond);

}  // namespace
