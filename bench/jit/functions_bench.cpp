// What does one value of an elementary function cost in the interpreter's loops, for each kind of
// processor, and in the C library?
#include "reference/function_loops.hpp"

#include <monnto/array/op.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using monnto::Op;
using monnto::Processor;
using monnto::reference::FunctionLoop;

constexpr std::size_t count = 4096;  // stays in the first cache

template <class T>
using Function = T (*)(T);
template <class T>
[[nodiscard]] T power_of_itself(T x) {
    return std::pow(x, x);
}

/// One function of one type, with its namesake; a function of two arguments gets the same number
/// twice.
template <class T>
struct Case {
    Op op;
    Function<T> library;
    double low;
    double high;
};
template <class T>
const std::vector<Case<T>>& cases() {
    static const std::vector<Case<T>> all{
        {Op::exp, std::exp, -10, 10},         {Op::expm1, std::expm1, -10, 10},
        {Op::log, std::log, 0.1, 10},         {Op::log1p, std::log1p, -0.9, 10},
        {Op::sin, std::sin, -10, 10},         {Op::cos, std::cos, -10, 10},
        {Op::tan, std::tan, -10, 10},         {Op::arctan, std::atan, -3, 3},
        {Op::tanh, std::tanh, -3, 3},         {Op::erf, std::erf, -3, 3},
        {Op::cbrt, std::cbrt, -3, 3},         {Op::arcsinh, std::asinh, -3, 3},
        {Op::power, power_of_itself, 0.1, 3},
    };
    return all;
}

template <class T>
[[nodiscard]] std::vector<T> arguments(const Case<T>& of) {
    std::vector<T> x(count);
    for (std::size_t i = 0; i < count; ++i) {
        x[i] = static_cast<T>(of.low + (of.high - of.low) * static_cast<double>(i) / count);
    }
    return x;
}

// A bench of wrong results measures nothing.
template <class T>
[[nodiscard]] bool is_near_library(const Case<T>& of, const std::vector<T>& x,
                                   const std::vector<T>& found) {
    for (std::size_t i = 0; i < count; ++i) {
        const T exact = of.library(x[i]);
        if (!(std::abs(found[i] - exact) <=
              4 * std::numeric_limits<T>::epsilon() * std::abs(exact))) {
            return false;
        }
    }
    return true;
}

template <class T>
void measure(benchmark::State& state, const Case<T>& of, FunctionLoop<T> loop) {
    const std::vector<T> x = arguments(of);
    std::vector<T> found(count);
    loop(x.data(), x.data(), found.data(), count);
    if (!is_near_library(of, x, found)) {
        state.SkipWithError("the results are not those of the C library");
    }
    for (auto _ : state) {
        loop(x.data(), x.data(), found.data(), count);
        benchmark::DoNotOptimize(found.data());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

template <class T>
void measure_library(benchmark::State& state, const Case<T>& of) {
    const std::vector<T> x = arguments(of);
    std::vector<T> found(count);
    for (auto _ : state) {
        for (std::size_t i = 0; i < count; ++i) {
            found[i] = of.library(x[i]);
        }
        benchmark::DoNotOptimize(found.data());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

template <class T>
void add_cases(const std::string& type) {
    constexpr std::array<std::pair<Processor, const char*>, 3> processors{{
        {Processor::baseline, "baseline"},
        {Processor::avx2, "avx2"},
        {Processor::avx512, "avx512"},
    }};
    for (const Case<T>& of : cases<T>()) {
        const std::string name = std::string(monnto::name_of(of.op)) + '/' + type + '/';
        benchmark::RegisterBenchmark((name + "libm").c_str(),
                                     [of](benchmark::State& state) { measure_library(state, of); });
        for (const auto& [processor, label] : processors) {
            if (processor <= monnto::this_processor()) {
                const auto loop = monnto::reference::function_loop<T>(of.op, processor);
                benchmark::RegisterBenchmark(
                    (name + label).c_str(),
                    [of, loop](benchmark::State& state) { measure(state, of, loop); });
            }
        }
    }
}

const bool added = [] {
    add_cases<float>("f32");
    add_cases<double>("f64");
    return true;
}();

}  // namespace
