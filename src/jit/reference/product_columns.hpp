#pragma once

#include <cstddef>
#include <cstdint>

/// Columns of a matrix times the numbers of a vector, rows side by side as they lie in memory. The
/// same bits for all processors: every row adds its products in ascending order (S17).
namespace monnto::reference {

/// out[r] = sum over k < `count` of m[at[k] * column + r] * x[k], for r < rows; `at` null: of the
/// columns 0, 1, ...
template <class T>
using ColumnProduct = void (*)(const T* m, std::ptrdiff_t column, const std::int32_t* at,
                               const T* x, std::ptrdiff_t count, T* out, std::ptrdiff_t rows);

namespace baseline {
template <class T>
[[nodiscard]] ColumnProduct<T> column_product() noexcept;
}
namespace avx2 {
template <class T>
[[nodiscard]] ColumnProduct<T> column_product() noexcept;
}
namespace avx512 {
template <class T>
[[nodiscard]] ColumnProduct<T> column_product() noexcept;
}
/// The fastest that this processor has; of float and double.
template <class T>
[[nodiscard]] ColumnProduct<T> column_product() noexcept;

}  // namespace monnto::reference
