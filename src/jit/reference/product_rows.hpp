#pragma once

#include <cstddef>

/// Rows of a matrix times a vector, several rows side by side in the registers of newer processors.
/// The same bits as without: every row adds its products in ascending order (S17).
namespace monnto::reference {

/// out[r] = sum over k of m[r * row + k] * x[k], for r < rows. Contract: rows >= `rows_at_once`.
template <class T>
using RowProduct = void (*)(const T* m, std::ptrdiff_t row, const T* x, T* out, std::ptrdiff_t rows,
                            std::ptrdiff_t sources);

template <class T>
struct RowProducts {
    RowProduct<T> multiply = nullptr;  // null where this processor has no such registers
    std::ptrdiff_t rows_at_once = 0;
};

/// Also the fastest where there are registers of 512 bits: transposing in these takes longer.
namespace avx2 {
template <class T>
[[nodiscard]] RowProducts<T> row_products() noexcept;
template <>
[[nodiscard]] RowProducts<float> row_products<float>() noexcept;
template <>
[[nodiscard]] RowProducts<double> row_products<double>() noexcept;
}  // namespace avx2
/// The fastest that this processor has.
template <class T>
[[nodiscard]] RowProducts<T> row_products() noexcept;

}  // namespace monnto::reference
