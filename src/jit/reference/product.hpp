#pragma once

#include "scalar.hpp"

#include <cstddef>

namespace monnto::reference {

/// A matrix as it lies in memory: element (i, j) at data[i * row + j * column].
template <class T>
struct Matrix {
    const T* data;
    std::ptrdiff_t row, column;  // elements

    [[nodiscard]] Matrix transposed() const noexcept { return {data, column, row}; }
    [[nodiscard]] const T& operator()(std::ptrdiff_t i, std::ptrdiff_t j) const noexcept {
        return data[i * row + j * column];
    }
};

/// S17: element r of `out` is +0 + m(r, 0)*x[0] + m(r, 1)*x[1] + ..., from left to right, every
/// product and every sum rounded to T. That is what a product driven by events gives, because the
/// +-0 that it leaves out changes no sum that began with +0.
template <class T>
void multiply_vector(const Matrix<T>& m, const T* x, std::ptrdiff_t x_step, T* out,
                     std::ptrdiff_t rows, std::ptrdiff_t sources);

/// out (C-ordered, rows x columns) = a (rows x sources) times b (sources x columns), in that order
/// too.
template <class T>
void multiply_matrices(const Matrix<T>& a, const Matrix<T>& b, T* out, std::ptrdiff_t rows,
                       std::ptrdiff_t columns, std::ptrdiff_t sources);

}  // namespace monnto::reference
