// How long does a dense product of a square float32 matrix with a vector take, whichever way the
// matrix lies, and how long does it take to read it once?
#include "reference/product.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <cstring>
#include <vector>

namespace monnto::reference {
namespace {

void multiply(benchmark::State& state, bool lies_by_rows) {
    const std::ptrdiff_t n = state.range(0);
    std::vector<float> elements(static_cast<std::size_t>(n * n), 0.5F);
    const std::vector<float> x(static_cast<std::size_t>(n), 0.25F);
    std::vector<float> out(static_cast<std::size_t>(n));
    const Matrix<float> rows{elements.data(), n, 1};
    const Matrix<float> matrix = lies_by_rows ? rows : rows.transposed();
    for (auto each : state) {
        multiply_vector<float>(matrix, x.data(), 1, out.data(), n, n);
        benchmark::DoNotOptimize(out.data());
    }
    // Eighths, which are exact: a wrong product measures nothing.
    if (out.front() != 0.125F * static_cast<float>(n) || out.back() != out.front()) {
        state.SkipWithError("this product is wrong");
    }
}

/// The library's search for a byte that is not there, which has the widest registers.
void read(benchmark::State& state) {
    const std::ptrdiff_t n = state.range(0);
    const std::vector<float> elements(static_cast<std::size_t>(n * n), 0.5F);
    constexpr int absent = 7;
    for (auto each : state) {
        benchmark::DoNotOptimize(
            std::memchr(elements.data(), absent, elements.size() * sizeof(float)));
    }
}

BENCHMARK(read)->Arg(784)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(multiply, row_by_row, true)
    ->Arg(100)
    ->Arg(784)
    ->Arg(2000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(multiply, column_by_column, false)
    ->Arg(100)
    ->Arg(784)
    ->Arg(2000)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace monnto::reference
