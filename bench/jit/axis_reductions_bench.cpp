// What does it cost to normalize the rows or columns of a large matrix, beside reading and writing
// it once, and to sum them, beside reading it once?
#include <monnto/array/executor.hpp>
#include <monnto/monnto.hpp>

#include <benchmark/benchmark.h>

#include <stdexcept>

namespace {

using monnto::all;
using monnto::Array;
using monnto::DType;
using monnto::newaxis;

constexpr std::ptrdiff_t size = 10'000;

[[nodiscard]] Array matrix(bool is_turned) {
    Array w = monnto::ones({size, size}, DType::f32);
    w = sin(monnto::arange(size).astype(DType::f32)) * w * 0.1 + 0.5;
    monnto::evaluate_pending();
    // Products across the way it lies turn it.
    Array spike = monnto::zeros({size}, DType::boolean);
    spike(monnto::slice(0, 5)) = true;
    for (int i = 0; is_turned && i < 1000 && w.node()->value().strides[0] != 1; ++i) {
        const Array received = matmul(w, spike);
        monnto::evaluate_pending();
    }
    const bool lies_turned = w.node()->value().strides[0] == 1;
    if (lies_turned != is_turned) {
        throw std::runtime_error("the matrix does not lie as it should");
    }
    return w;
}

template <class Work>
void measure(benchmark::State& state, bool is_turned, std::int64_t bytes, const Work& work) {
    monnto::set_threads(static_cast<int>(state.range(0)));
    static const Array straight = matrix(false);  // one each: turning asks for more every time
    static const Array turned = matrix(true);
    Array w = is_turned ? turned : straight;
    for (int i = 0; i < 2; ++i) {
        work(w);
        monnto::evaluate_pending();
    }
    for (auto _ : state) {
        work(w);
        monnto::evaluate_pending();
    }
    if (!(sum(w(3)).item<float>() > 0.0F)) {
        state.SkipWithError("wrong result");
    }
    state.SetBytesProcessed(state.iterations() * bytes);
    monnto::set_threads(0);
}

constexpr std::int64_t once = size * size * 4;

void scale(benchmark::State& state) {
    measure(state, false, 2 * once, [](Array& w) { w *= 0.999; });
}
void divide(benchmark::State& state) {
    const Array v = monnto::arange(size).astype(DType::f32) * 1e-6 + 0.9;
    measure(state, false, 2 * once, [v](Array& w) { w /= v; });
}
void normalize(benchmark::State& state, int axis, bool is_turned) {
    measure(state, is_turned, 2 * once,
            [axis](Array& w) { w /= axis == 1 ? sum(w, 1)(all, newaxis) : sum(w, 0); });
}
void read_all(benchmark::State& state) {
    measure(state, false, once, [](Array& w) { static_cast<void>(sum(w).item<float>()); });
}
void sums(benchmark::State& state, int axis, bool is_turned) {
    measure(state, is_turned, once, [axis](Array& w) {
        const Array result = sum(w, axis);
        monnto::evaluate_pending();
    });
}

#define MONNTO_BENCH(...) \
    BENCHMARK_CAPTURE(__VA_ARGS__)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)
BENCHMARK(scale)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);
BENCHMARK(divide)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);
MONNTO_BENCH(normalize, rows, 1, false);
MONNTO_BENCH(normalize, columns, 0, false);
MONNTO_BENCH(normalize, rows_turned, 1, true);
MONNTO_BENCH(normalize, columns_turned, 0, true);
BENCHMARK(read_all)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);
MONNTO_BENCH(sums, rows, 1, false);
MONNTO_BENCH(sums, columns, 0, false);
MONNTO_BENCH(sums, rows_turned, 1, true);
MONNTO_BENCH(sums, columns_turned, 0, true);
#undef MONNTO_BENCH

}  // namespace
