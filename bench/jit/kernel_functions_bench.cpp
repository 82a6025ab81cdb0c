// What does one value of an elementary function cost inside a compiled kernel, with its load and
// store? The interpreter's loops are measured by jit/functions.
#include <monnto/array/executor.hpp>
#include <monnto/monnto.hpp>

#include <benchmark/benchmark.h>

namespace {

using monnto::Array;
using monnto::DType;

template <class Function>
void run(benchmark::State& state, DType dtype, Function function) {
    constexpr std::ptrdiff_t count = 65'536;  // in the second-level cache
    const Array x = (monnto::arange(count).astype(DType::f64) * (3.0 / count) + 0.01).astype(dtype);
    Array y = x.copy();
    const auto once = [&] {
        y = function(x);
        monnto::evaluate_pending();
    };
    for (int i = 0; i < 4; ++i) {
        once();
    }
    const std::uint64_t interpreted = monnto::counters().interpreted;
    for (auto _ : state) {
        once();
    }
    if (monnto::counters().interpreted != interpreted) {
        state.SkipWithError("not compiled");
    }
    state.SetItemsProcessed(state.iterations() * count);
}

// clang-format off
#define MONNTO_BENCH(name)                                                                         \
    void name##_f32(benchmark::State& state) {                                                     \
        run(state, DType::f32, [](const Array& x) { return name(x); });                    \
    }                                                                                              \
    BENCHMARK(name##_f32);                                                                         \
    void name##_f64(benchmark::State& state) {                                                     \
        run(state, DType::f64, [](const Array& x) { return name(x); });                    \
    }                                                                                              \
    BENCHMARK(name##_f64)
// clang-format on

// One multiplication, a division by one number, and one that each value has a divisor of its own
// for.
Array multiplied(const Array& x) {
    return x * 1.7;
}
Array divided_by_number(const Array& x) {
    return x / 1.7;
}
Array divided_by_vector(const Array& x) {
    return 1.7 / x;
}
Array summed(const Array& x) {
    return monnto::sum(monnto::abs(x));
}

MONNTO_BENCH(multiplied);
MONNTO_BENCH(divided_by_number);
MONNTO_BENCH(divided_by_vector);
MONNTO_BENCH(summed);
MONNTO_BENCH(sqrt);
MONNTO_BENCH(exp);
MONNTO_BENCH(log);
MONNTO_BENCH(sin);
MONNTO_BENCH(tanh);
MONNTO_BENCH(sigmoid);
MONNTO_BENCH(erf);

}  // namespace
