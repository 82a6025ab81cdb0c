#pragma once

#include "product_rows.hpp"

#include <cstddef>
#include <utility>

/// Included once by each source that is compiled for some target: MONNTO_LANE_TARGET names it,
/// MONNTO_VECTOR_BYTES is the size of its registers. As in function_loops_of_target.hpp, nothing
/// may be emitted here that the linker could take for a function of the baseline.
namespace monnto::reference::MONNTO_LANE_TARGET {

template <class T>
struct Register {
    using Type __attribute__((vector_size(MONNTO_VECTOR_BYTES))) = T;
    using Unaligned
        __attribute__((vector_size(MONNTO_VECTOR_BYTES), aligned(sizeof(T)), may_alias)) = T;
    static constexpr int width = MONNTO_VECTOR_BYTES / sizeof(T);
};

/// Lanes j of a and of b where bit `distance` of j tells them apart: one step of a transposition
/// (J. O. Eklundh 1972, "A fast computer method for matrix transposing", doi
/// 10.1109/T-C.1972.223584).
template <int distance, int... lane, class V>
[[gnu::always_inline]] inline void exchange(
    V& a, V& b, std::integer_sequence<int, lane...> /*lanes*/) noexcept {
    constexpr int width = sizeof...(lane);
    const V upper =
        __builtin_shufflevector(a, b, ((lane & distance) != 0 ? width + lane - distance : lane)...);
    b = __builtin_shufflevector(a, b, ((lane & distance) != 0 ? width + lane : lane + distance)...);
    a = upper;
}

template <int distance, class T>
[[gnu::always_inline]] inline void transpose_step(typename Register<T>::Type* square) noexcept {
    constexpr int width = Register<T>::width;
#pragma GCC unroll 16
    for (int i = 0; i < width; ++i) {
        if ((i & distance) == 0) {
            exchange<distance>(square[i], square[i + distance],
                               std::make_integer_sequence<int, width>());
        }
    }
    if constexpr (distance > 1) {
        transpose_step<distance / 2, T>(square);
    }
}

// NOLINTBEGIN(*-avoid-c-arrays): std::array would be emitted for this target

/// Squares of the matrix are transposed in registers, so that rows lie side by side.
template <class T, int groups>
[[gnu::always_inline]] inline void multiply_group(const T* m, std::ptrdiff_t row, const T* x,
                                                  T* out, std::ptrdiff_t sources) noexcept {
    using V = typename Register<T>::Type;
    using Unaligned = typename Register<T>::Unaligned;
    constexpr std::ptrdiff_t width = Register<T>::width;
    // Not std::array, whose functions the linker could take for those of the baseline.
    // NOLINTBEGIN(*-avoid-c-arrays)
    V total[groups] = {};
    std::ptrdiff_t k = 0;
    for (; k + width <= sources; k += width) {
#pragma GCC unroll 4
        for (int g = 0; g < groups; ++g) {
            V square[width];
            const T* from = m + k + static_cast<std::ptrdiff_t>(g) * width * row;
#pragma GCC unroll 16
            for (int r = 0; r < width; ++r) {
                square[r] = *reinterpret_cast<const Unaligned*>(from + r * row);
            }
            transpose_step<width / 2, T>(square);
#pragma GCC unroll 16
            for (int j = 0; j < width; ++j) {
                total[g] = total[g] + square[j] * x[k + j];
            }
        }
    }
    // NOLINTEND(*-avoid-c-arrays)
    for (int g = 0; g < groups; ++g) {
        *reinterpret_cast<Unaligned*>(out + static_cast<std::ptrdiff_t>(g) * width) = total[g];
    }
    for (; k < sources; ++k) {
        for (std::ptrdiff_t r = 0; r < groups * width; ++r) {
            out[r] = out[r] + m[r * row + k] * x[k];
        }
    }
}

// NOLINTEND(*-avoid-c-arrays)

/// The last group overlaps the one before where it must.
template <class T>
void multiply_rows(const T* m, std::ptrdiff_t row, const T* x, T* out, std::ptrdiff_t rows,
                   std::ptrdiff_t sources) {
    constexpr std::ptrdiff_t width = Register<T>::width;
    std::ptrdiff_t r = 0;
    for (; r + 2 * width <= rows; r += 2 * width) {
        multiply_group<T, 2>(m + r * row, row, x, out + r, sources);
    }
    for (; r < rows; r += width) {
        const std::ptrdiff_t first = r + width <= rows ? r : rows - width;
        multiply_group<T, 1>(m + first * row, row, x, out + first, sources);
    }
}

template <class T>
RowProducts<T> row_products() noexcept {
    return {&multiply_rows<T>, Register<T>::width};
}

template RowProducts<float> row_products<float>() noexcept;
template RowProducts<double> row_products<double>() noexcept;

}  // namespace monnto::reference::MONNTO_LANE_TARGET
