#pragma once

#include <monnto/array/dims.hpp>

#include <algorithm>

namespace monnto {

/// Whether elements lie column by column, in a matrix so large that the order of a walk matters.
[[nodiscard]] inline bool is_large_turned(const Shape& shape, const Strides& strides) noexcept {
    constexpr std::ptrdiff_t large = 4096;
    return shape.size() == 2 && shape[0] > 1 && shape[1] > 1 && shape.product() >= large &&
           strides == turned_strides(shape);
}

/// A matrix that lies column by column, copied into C order; square by square, so that lines of
/// memory and pages are used up while they are at hand.
template <class T>
void turned_copy(const T* from, T* to, std::ptrdiff_t rows, std::ptrdiff_t columns) {
    constexpr std::ptrdiff_t square = 64;
    for (std::ptrdiff_t i = 0; i < rows; i += square) {
        const std::ptrdiff_t last_row = std::min(i + square, rows);
        for (std::ptrdiff_t j = 0; j < columns; j += square) {
            const std::ptrdiff_t last_column = std::min(j + square, columns);
            for (std::ptrdiff_t r = i; r < last_row; ++r) {
                for (std::ptrdiff_t c = j; c < last_column; ++c) {
                    to[r * columns + c] = from[c * rows + r];
                }
            }
        }
    }
}

}  // namespace monnto
