// What does one step of a neuron model cost per neuron, once its kernel is compiled?
// The models are written as users write them; MONNTO_VECTOR=avx2 gives the figures of AVX2.
#include <monnto/array/executor.hpp>
#include <monnto/monnto.hpp>

#include <benchmark/benchmark.h>

namespace {

using monnto::Array;
using monnto::DType;
using monnto::evaluate_pending;

Array spread(std::ptrdiff_t n, double low, double high) {
    return (monnto::arange(n).astype(DType::f32) * ((high - low) / static_cast<double>(n)) + low)
        .astype(DType::f32);
}

/// A rate of Hodgkin and Huxley's is 0 / 0 where a potential meets it exactly, after long runs.
bool are_finite(const Array& v) {
    return monnto::mean(isfinite(v)).item<double>() > 0.99;
}

/// Runs `step` until it is compiled, then as often as it takes; one item is one neuron's step.
template <class Step>
void run(benchmark::State& state, const Array& v, Step step) {
    const auto once = [&] {
        step();
        evaluate_pending();
    };
    for (int i = 0; i < 5; ++i) {
        once();
    }
    const std::uint64_t kernels = monnto::counters().kernels;
    for (auto _ : state) {
        once();
    }
    state.SetItemsProcessed(state.iterations() * v.shape().product());
    state.counters["kernels"] = static_cast<double>(monnto::counters().kernels - kernels) /
                                static_cast<double>(state.iterations());
    if (!are_finite(v)) {
        state.SkipWithError("membrane potentials are not finite");
    }
}

void lif(benchmark::State& state) {
    Array v = spread(state.range(0), -65.0, -50.0);
    const Array i = spread(state.range(0), 0.0, 30.0);
    Array spike = v > 0.0;
    run(state, v, [&] {
        v += (-65.0 - v + i) * 0.05;
        spike = v >= -50.0;
        v(spike) = -70.0;
    });
}
BENCHMARK(lif)->Arg(100)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

void adex(benchmark::State& state) {
    Array v = spread(state.range(0), -70.0, -50.0);
    Array w = spread(state.range(0), 0.0, 50.0);
    const Array i = spread(state.range(0), 400.0, 900.0);
    Array spike = v > 0.0;
    run(state, v, [&] {
        const Array slope = exp((v + 50.4) * 0.5) * 60.0;
        const Array dv = (slope - (v + 70.6) * 30.0 - w + i) * (0.1 / 281.0);
        w += ((v + 70.6) * 4.0 - w) * (0.1 / 144.0);
        v += minimum(dv, 40.0);
        spike = v > 20.0;
        v(spike) = -70.6;
        w += spike * 80.5;
    });
}
BENCHMARK(adex)->Arg(100'000);

/// Traub and Miles' channels, gates by exponential Euler.
void hodgkin_huxley(benchmark::State& state) {
    constexpr double dt = 0.1;
    Array v = spread(state.range(0), -70.0003, -50.0);
    Array m = spread(state.range(0), 0.01, 0.2);
    Array h = spread(state.range(0), 0.5, 0.99);
    Array n = spread(state.range(0), 0.1, 0.4);
    const Array current = spread(state.range(0), 0.0, 500.0);
    Array spike = v > 0.0;
    const auto gate = [&](Array& x, const Array& alpha, const Array& beta) {
        const Array rate = alpha + beta;
        const Array limit = alpha / rate;
        x = limit + (x - limit) * exp(rate * -dt);
    };
    run(state, v, [&] {
        const Array u = v + 63.0;
        const Array a = 13.0 - u;
        const Array b = u - 40.0;
        const Array c = 15.0 - u;
        gate(m, 0.32 * a / expm1(a * 0.25), 0.28 * b / expm1(b * 0.2));
        gate(h, 0.128 * exp((17.0 - u) / 18.0), 4.0 / (1.0 + exp((40.0 - u) * 0.2)));
        gate(n, 0.032 * c / expm1(c * 0.2), 0.5 * exp((10.0 - u) / 40.0));
        const Array g_na = 20000.0 * m * m * m * h;
        const Array g_k = 6000.0 * n * n * n * n;
        const Array g = g_na + g_k + 10.0;
        const Array limit = (g_na * 50.0 - g_k * 90.0 - 600.0 + current) / g;
        v = limit + (v - limit) * exp(g * (-dt / 200.0));
        spike = v > -20.0;
    });
}
BENCHMARK(hodgkin_huxley)->Arg(4'000)->Arg(100'000);

}  // namespace
