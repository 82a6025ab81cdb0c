#pragma once

#include "operand.hpp"

#include <algorithm>
#include <cstring>

namespace monnto::reference {

/// One row; the common pairs of steps are what the library and the vectorizer know best.
template <class T>
void move_row(T* to, std::ptrdiff_t to_step, const T* from, std::ptrdiff_t from_step,
              std::ptrdiff_t count) {
    if (to_step == 1 && from_step == 1) {
        std::memcpy(to, from, static_cast<std::size_t>(count) * sizeof(T));
    } else if (to_step == 1 && from_step == 0) {
        std::fill_n(to, count, *from);
    } else {
        for (std::ptrdiff_t i = 0; i < count; ++i) {
            to[i * to_step] = from[i * from_step];
        }
    }
}

/// A transposing move in square tiles: row by row, each element of the source would bring a cache
/// line of its own and lose it again before its neighbor is read.
template <class T>
void move_transposed(T* to, std::ptrdiff_t to_row, const T* from, std::ptrdiff_t from_column,
                     std::ptrdiff_t rows, std::ptrdiff_t columns) {
    constexpr std::ptrdiff_t tile = 32;
    for (std::ptrdiff_t r0 = 0; r0 < rows; r0 += tile) {
        const std::ptrdiff_t r1 = std::min(rows, r0 + tile);
        for (std::ptrdiff_t c0 = 0; c0 < columns; c0 += tile) {
            const std::ptrdiff_t c1 = std::min(columns, c0 + tile);
            for (std::ptrdiff_t r = r0; r < r1; ++r) {
                for (std::ptrdiff_t c = c0; c < c1; ++c) {
                    to[r * to_row + c] = from[r + c * from_column];
                }
            }
        }
    }
}

/// Copies a strided window of `shape` onto another. Contract: they do not overlap; where several
/// elements of `to` are one (stride 0), the last in C order stays.
template <class T>
void move_elements(const Shape& shape, T* to, const Strides& to_strides, const T* from,
                   const Strides& from_strides) {
    const Walk<2> walk(shape, {to_strides, from_strides});
    const bool transposes = walk.outer.size() == 1 && walk.steps[0] == 1 &&
                            walk.outer_strides[1][0] == 1 && walk.steps[1] > 1;
    if (transposes && shape.product() != 0) {
        move_transposed(to, walk.outer_strides[0][0], from, walk.steps[1], walk.outer[0],
                        walk.count);
        return;
    }
    for_each_row<2>(shape, {to_strides, from_strides},
                    [&](const auto& at, std::ptrdiff_t count, const auto& step) {
                        move_row(to + at[0], step[0], from + at[1], step[1], count);
                    });
}

/// A copy of the input in C order that nobody else holds.
[[nodiscard]] Value copied(const Node& input);
/// The elements of `base` in C order, to be written over: its own where nobody else can see them
/// (counted as donated), else a copy.
[[nodiscard]] Value overwritable(const NodeRef& base);

}  // namespace monnto::reference
