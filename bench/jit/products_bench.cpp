// How long does a dense product of a square float32 matrix with a vector take, whichever way the
// matrix lies?
#include "reference/product.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
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
