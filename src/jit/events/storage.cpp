#include "reference/operand.hpp"
#include "storage.hpp"
#include "team.hpp"

#include <monnto/array/executor.hpp>

#include <algorithm>
#include <array>
#include <cstring>

namespace monnto::events {
namespace {

/// Squares of so many elements are moved at a time: two of them stay in the first-level cache, and
/// each of their rows is a few lines of one page.
constexpr std::ptrdiff_t tile = 32;

/// Of a part of a matrix.
struct Extents {
    std::ptrdiff_t rows, columns;
};

template <class T>
using Tile = std::array<std::array<T, tile>, tile>;

template <class T>
void load(Tile<T>& square, const T* from, std::ptrdiff_t row, Extents extents) {
    for (std::ptrdiff_t i = 0; i < extents.rows; ++i) {
        std::copy_n(from + i * row, extents.columns, square[static_cast<std::size_t>(i)].begin());
    }
}

/// Asks for a part of a matrix before it is needed: its rows are too far apart for the processor to
/// see a stream.
template <class T>
void fetch(const T* from, std::ptrdiff_t row, Extents extents) {
    constexpr std::ptrdiff_t line = 64 / sizeof(T);
    for (std::ptrdiff_t i = 0; i < extents.rows; ++i) {
        for (std::ptrdiff_t j = 0; j < extents.columns; j += line) {
            __builtin_prefetch(from + i * row + j, 0, 2);
        }
    }
}

/// Four columns of four elements as rows.
void turn_four(const Tile<std::uint32_t>& square, std::size_t i, std::size_t j, std::uint32_t* to,
               std::ptrdiff_t row) {
    using Four __attribute__((vector_size(16))) = std::uint32_t;
    std::array<Four, 4> v{};
    for (std::size_t k = 0; k < 4; ++k) {
        std::memcpy(&v[k], &square[j + k][i], sizeof(Four));
    }
    const Four a = __builtin_shufflevector(v[0], v[1], 0, 4, 1, 5);
    const Four b = __builtin_shufflevector(v[0], v[1], 2, 6, 3, 7);
    const Four c = __builtin_shufflevector(v[2], v[3], 0, 4, 1, 5);
    const Four d = __builtin_shufflevector(v[2], v[3], 2, 6, 3, 7);
    v = {__builtin_shufflevector(a, c, 0, 1, 4, 5), __builtin_shufflevector(a, c, 2, 3, 6, 7),
         __builtin_shufflevector(b, d, 0, 1, 4, 5), __builtin_shufflevector(b, d, 2, 3, 6, 7)};
    for (std::size_t k = 0; k < 4; ++k) {
        std::memcpy(to + static_cast<std::ptrdiff_t>(k) * row, &v[k], sizeof(Four));
    }
}

/// Writes the columns of a part of the square as rows.
template <class T>
void store_turned(const Tile<T>& square, T* to, std::ptrdiff_t row, Extents extents) {
    const auto [columns, rows] = extents;
    if constexpr (sizeof(T) == 4) {
        if (rows % 4 == 0 && columns % 4 == 0) {
            for (std::ptrdiff_t i = 0; i < rows; i += 4) {
                for (std::ptrdiff_t j = 0; j < columns; j += 4) {
                    turn_four(square, static_cast<std::size_t>(i), static_cast<std::size_t>(j),
                              to + i * row + j, row);
                }
            }
            return;
        }
    }
    for (std::ptrdiff_t i = 0; i < rows; ++i) {
        for (std::ptrdiff_t j = 0; j < columns; ++j) {
            to[i * row + j] = square[static_cast<std::size_t>(j)][static_cast<std::size_t>(i)];
        }
    }
}

/// Pairs of tiles change places; threads own rows of tiles on one side of the diagonal.
template <class T>
void turn_in_place(T* data, std::ptrdiff_t extent) {
    in_parallel(extent, tile, extent * extent, [&](std::ptrdiff_t first, std::ptrdiff_t last) {
        Tile<T> upper;
        Tile<T> lower;
        for (std::ptrdiff_t i = first; i < last; i += tile) {
            const std::ptrdiff_t rows = std::min(tile, extent - i);
            for (std::ptrdiff_t j = i; j < extent; j += tile) {
                const std::ptrdiff_t columns = std::min(tile, extent - j);
                const std::ptrdiff_t later = j + tile;
                if (later < extent) {
                    const std::ptrdiff_t width = std::min(tile, extent - later);
                    fetch(data + i * extent + later, extent, {rows, width});
                    fetch(data + later * extent + i, extent, {width, rows});
                }
                load(upper, data + i * extent + j, extent, {rows, columns});
                load(lower, data + j * extent + i, extent, {columns, rows});
                store_turned(upper, data + j * extent + i, extent, {rows, columns});
                store_turned(lower, data + i * extent + j, extent, {columns, rows});
            }
        }
    });
}

template <class T>
void turn(const T* from, T* to, std::ptrdiff_t rows, std::ptrdiff_t columns) {
    in_parallel(rows, tile, rows * columns, [&](std::ptrdiff_t first, std::ptrdiff_t last) {
        Tile<T> square;
        for (std::ptrdiff_t i = first; i < last; i += tile) {
            const std::ptrdiff_t high = std::min(tile, rows - i);
            for (std::ptrdiff_t j = 0; j < columns; j += tile) {
                const std::ptrdiff_t wide = std::min(tile, columns - j);
                load(square, from + i * columns + j, columns, {high, wide});
                store_turned(square, to + j * rows + i, rows, {high, wide});
            }
        }
    });
}

/// Memory of `rows` x `columns` elements in C order as that of the transposed matrix.
[[nodiscard]] Ref<Buffer> turned(const Ref<Buffer>& buffer, std::size_t width, std::ptrdiff_t rows,
                                 std::ptrdiff_t columns) {
    if (rows == columns) {
        reference::dispatch_by_size(
            width, [&]<class T>() { turn_in_place(reinterpret_cast<T*>(buffer->data()), rows); });
        return buffer;
    }
    Ref<Buffer> result = Buffer::allocate(static_cast<std::size_t>(rows * columns) * width);
    reference::dispatch_by_size(width, [&]<class T>() {
        turn(reinterpret_cast<const T*>(buffer->data()), reinterpret_cast<T*>(result->data()), rows,
             columns);
    });
    return result;
}

void turn_matrix(Node& node) {
    node.facts->wants_turning = false;
    node.facts->crossings = 0;
    const Ref<Buffer>& buffer = node.value().buffer;
    const bool is_straight = kernel::is_plain(node);
    const bool is_ours = buffer->ref_count() == 1 && buffer->is_writable() && !buffer->is_pinned();
    if (node.shape.size() != 2 || !is_ours || (!is_straight && !kernel::is_turned(node))) {
        return;
    }
    const std::size_t width = size_of(node.dtype);
    const auto [rows, columns] = is_straight ? std::pair(node.shape[0], node.shape[1])
                                             : std::pair(node.shape[1], node.shape[0]);
    node.relocate({turned(buffer, width, rows, columns), 0,
                   is_straight ? turned_strides(node.shape) : contiguous_strides(node.shape)});
    ++counters().relocated;
}

}  // namespace

void turn_matrices(const kernel::Graph& graph) {
    for (std::size_t i = 0; i < graph.leaf_count(); ++i) {
        Node& leaf = graph.leaf(i);
        if (leaf.facts != nullptr && leaf.facts->wants_turning) {
            turn_matrix(leaf);
        }
    }
}

}  // namespace monnto::events
