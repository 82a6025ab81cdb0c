#pragma once

#include "product_columns.hpp"

/// Included once by each source that is compiled for some target, which MONNTO_LANE_TARGET names.
/// Nothing may be emitted here that the linker could take for a function of the baseline.
namespace monnto::reference::MONNTO_LANE_TARGET {

/// Pieces of the rows that stay in the first-level cache, four columns per pass.
template <class T>
void multiply_columns(const T* m, std::ptrdiff_t column, const std::int32_t* at, const T* x,
                      std::ptrdiff_t count, T* out, std::ptrdiff_t rows) {
    constexpr std::ptrdiff_t piece = 16384 / sizeof(T);
    for (std::ptrdiff_t first = 0; first < rows; first += piece) {
        const std::ptrdiff_t length = first + piece <= rows ? piece : rows - first;
        const auto elements_of = [=](std::ptrdiff_t k) {
            return m + (at == nullptr ? k : at[k]) * column + first;
        };
        T* __restrict to = out + first;
        for (std::ptrdiff_t r = 0; r < length; ++r) {
            to[r] = T(0);
        }
        std::ptrdiff_t k = 0;
        for (; k + 4 <= count; k += 4) {
            const T* c0 = elements_of(k);
            const T* c1 = elements_of(k + 1);
            const T* c2 = elements_of(k + 2);
            const T* c3 = elements_of(k + 3);
            const T x0 = x[k];
            const T x1 = x[k + 1];
            const T x2 = x[k + 2];
            const T x3 = x[k + 3];
            for (std::ptrdiff_t r = 0; r < length; ++r) {
                to[r] = (((to[r] + c0[r] * x0) + c1[r] * x1) + c2[r] * x2) + c3[r] * x3;
            }
        }
        for (; k < count; ++k) {
            const T* c = elements_of(k);
            const T factor = x[k];
            for (std::ptrdiff_t r = 0; r < length; ++r) {
                to[r] = to[r] + c[r] * factor;
            }
        }
    }
}

template <class T>
ColumnProduct<T> column_product() noexcept {
    return &multiply_columns<T>;
}

template ColumnProduct<float> column_product<float>() noexcept;
template ColumnProduct<double> column_product<double>() noexcept;

}  // namespace monnto::reference::MONNTO_LANE_TARGET
