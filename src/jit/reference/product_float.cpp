#include "product.hpp"
#include "product_columns.hpp"
#include "product_rows.hpp"
#include "vector.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace monnto::reference {
namespace {

void transpose(std::array<Vector<float>, 4>& v) {
    const auto a = __builtin_shufflevector(v[0], v[1], 0, 4, 1, 5);
    const auto b = __builtin_shufflevector(v[0], v[1], 2, 6, 3, 7);
    const auto c = __builtin_shufflevector(v[2], v[3], 0, 4, 1, 5);
    const auto d = __builtin_shufflevector(v[2], v[3], 2, 6, 3, 7);
    v = {__builtin_shufflevector(a, c, 0, 1, 4, 5), __builtin_shufflevector(a, c, 2, 3, 6, 7),
         __builtin_shufflevector(b, d, 0, 1, 4, 5), __builtin_shufflevector(b, d, 2, 3, 6, 7)};
}

void transpose(std::array<Vector<double>, 2>& v) {
    v = {__builtin_shufflevector(v[0], v[1], 0, 2), __builtin_shufflevector(v[0], v[1], 1, 3)};
}

/// Some vectors of rows, each row contiguous along the sources: squares of the matrix are
/// transposed in registers, so that rows go side by side while each adds in order.
template <class T, std::size_t vectors>
void multiply_row_group(const Matrix<T>& m, const T* x, T* out, std::ptrdiff_t sources) {
    constexpr std::ptrdiff_t w = vector_width<T>;
    std::array<Vector<T>, vectors> total{};
    std::ptrdiff_t k = 0;
    for (; k + w <= sources; k += w) {
        const T* from = m.data + k;
        for (Vector<T>& sum : total) {
            // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): filled right below
            std::array<Vector<T>, w> square;
            for (Vector<T>& row : square) {
                row = load(from);
                from += m.row;
            }
            transpose(square);
            for (std::size_t j = 0; j < w; ++j) {
                sum += square[j] * x[k + static_cast<std::ptrdiff_t>(j)];
            }
        }
    }
    for (std::size_t g = 0; g < vectors; ++g) {
        store(out + static_cast<std::ptrdiff_t>(g) * w, total[g]);
    }
    for (; k < sources; ++k) {
        for (std::ptrdiff_t r = 0; r < static_cast<std::ptrdiff_t>(vectors) * w; ++r) {
            out[r] += m(r, k) * x[k];
        }
    }
}

/// The last group overlaps the one before where it must: computing a row twice costs less than
/// computing it alone, where every addition waits for the one before.
template <class T, std::size_t vectors>
void multiply_row_groups(const Matrix<T>& m, const T* x, T* out, std::ptrdiff_t rows,
                         std::ptrdiff_t sources) {
    constexpr auto group = static_cast<std::ptrdiff_t>(vectors) * vector_width<T>;
    for (std::ptrdiff_t r = 0; r < rows; r += group) {
        const std::ptrdiff_t first = std::min(r, rows - group);
        multiply_row_group<T, vectors>({m.data + first * m.row, m.row, 1}, x, out + first, sources);
    }
}

template <class T>
void multiply_one_row(const Matrix<T>& m, std::ptrdiff_t r, const T* x, T* out,
                      std::ptrdiff_t sources) {
    T total = 0;
    for (std::ptrdiff_t k = 0; k < sources; ++k) {
        total += m(r, k) * x[k];
    }
    out[r] = total;
}

/// A tile of the result kept in registers: `tile_rows` rows of two vectors.
constexpr std::ptrdiff_t tile_rows = 4;
template <class T>
constexpr std::ptrdiff_t tile_columns = 2 * vector_width<T>;
/// Sources per pass: a panel of b of that depth (16 KiB) stays in the first-level cache.
constexpr std::ptrdiff_t depth = 512;

/// Adds a's rows times the panel (sources x tile_columns) to a tile of the result.
template <class T, std::ptrdiff_t rows>
void add_tile(const Matrix<T>& a, const T* panel, T* out, std::ptrdiff_t out_row,
              std::ptrdiff_t sources) {
    constexpr std::ptrdiff_t w = vector_width<T>;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): filled right below
    std::array<std::array<Vector<T>, 2>, rows> total;
    for (std::size_t r = 0; r < rows; ++r) {
        const T* from = out + static_cast<std::ptrdiff_t>(r) * out_row;
        total[r] = {load(from), load(from + w)};
    }
    for (std::ptrdiff_t k = 0; k < sources; ++k) {
        const Vector<T> b0 = load(panel + 2 * w * k);
        const Vector<T> b1 = load(panel + 2 * w * k + w);
        for (std::size_t r = 0; r < rows; ++r) {
            const T weight = a(static_cast<std::ptrdiff_t>(r), k);
            total[r][0] += b0 * weight;
            total[r][1] += b1 * weight;
        }
    }
    for (std::size_t r = 0; r < rows; ++r) {
        T* to = out + static_cast<std::ptrdiff_t>(r) * out_row;
        store(to, total[r][0]);
        store(to + w, total[r][1]);
    }
}

/// All rows of the result for one panel. `out` has room for whole tiles of columns.
template <class T>
void add_panel(const Matrix<T>& a, const T* panel, T* out, std::ptrdiff_t out_row,
               std::ptrdiff_t rows, std::ptrdiff_t sources) {
    std::ptrdiff_t r = 0;
    for (; r + tile_rows <= rows; r += tile_rows) {
        add_tile<T, tile_rows>({&a(r, 0), a.row, a.column}, panel, out + r * out_row, out_row,
                               sources);
    }
    for (; r < rows; ++r) {
        add_tile<T, 1>({&a(r, 0), a.row, a.column}, panel, out + r * out_row, out_row, sources);
    }
}

template <class T>
void pack(const Matrix<T>& b, std::ptrdiff_t columns, std::ptrdiff_t sources, T* panel) {
    for (std::ptrdiff_t k = 0; k < sources; ++k) {
        for (std::ptrdiff_t c = 0; c < tile_columns<T>; ++c) {
            *panel++ = c < columns ? b(k, c) : T(0);
        }
    }
}

}  // namespace

template <class T>
void multiply_vector(const Matrix<T>& m, const T* x, std::ptrdiff_t x_step, T* out,
                     std::ptrdiff_t rows, std::ptrdiff_t sources) {
    std::vector<T> packed;
    if (x_step != 1) {
        packed.resize(static_cast<std::size_t>(sources));
        for (std::size_t k = 0; k < packed.size(); ++k) {
            packed[k] = x[static_cast<std::ptrdiff_t>(k) * x_step];
        }
        x = packed.data();
    }
    if (m.row == 1 && rows > 1) {
        static const ColumnProduct<T> multiply = column_product<T>();
        multiply(m.data, m.column, nullptr, x, sources, out, rows);
        return;
    }
    static const RowProducts<T> wide = row_products<T>();
    if (m.column == 1 && wide.multiply != nullptr && rows >= wide.rows_at_once) {
        wide.multiply(m.data, m.row, x, out, rows, sources);
        return;
    }
    constexpr std::size_t many = 4;
    if (m.column == 1 && rows >= static_cast<std::ptrdiff_t>(many) * vector_width<T>) {
        multiply_row_groups<T, many>(m, x, out, rows, sources);
    } else if (m.column == 1 && rows >= vector_width<T>) {
        multiply_row_groups<T, 1>(m, x, out, rows, sources);
    } else {
        for (std::ptrdiff_t r = 0; r < rows; ++r) {
            multiply_one_row(m, r, x, out, sources);
        }
    }
}

template <class T>
void multiply_matrices(const Matrix<T>& a, const Matrix<T>& b, T* out, std::ptrdiff_t rows,
                       std::ptrdiff_t columns, std::ptrdiff_t sources) {
    constexpr std::ptrdiff_t w = tile_columns<T>;
    std::vector<T> panel(static_cast<std::size_t>(w * std::min(depth, sources)));
    std::vector<T> margin;  // the last columns of the result, where they are no whole tile
    if (columns % w != 0) {
        margin.resize(static_cast<std::size_t>(w * rows));
    }
    std::fill_n(out, rows * columns, T(0));
    for (std::ptrdiff_t k = 0; k < sources; k += depth) {
        const std::ptrdiff_t deep = std::min(depth, sources - k);
        const Matrix<T> slab{a.data + k * a.column, a.row, a.column};
        for (std::ptrdiff_t c = 0; c < columns; c += w) {
            pack<T>({&b(k, c), b.row, b.column}, columns - c, deep, panel.data());
            const bool whole = columns - c >= w;
            add_panel(slab, panel.data(), whole ? out + c : margin.data(), whole ? columns : w,
                      rows, deep);
        }
    }
    const std::ptrdiff_t rest = columns % w;
    for (std::ptrdiff_t r = 0; rest != 0 && r < rows; ++r) {
        std::copy_n(margin.data() + r * w, rest, out + (r + 1) * columns - rest);
    }
}

template void multiply_vector<float>(const Matrix<float>&, const float*, std::ptrdiff_t, float*,
                                     std::ptrdiff_t, std::ptrdiff_t);
template void multiply_vector<double>(const Matrix<double>&, const double*, std::ptrdiff_t, double*,
                                      std::ptrdiff_t, std::ptrdiff_t);
template void multiply_matrices<float>(const Matrix<float>&, const Matrix<float>&, float*,
                                       std::ptrdiff_t, std::ptrdiff_t, std::ptrdiff_t);
template void multiply_matrices<double>(const Matrix<double>&, const Matrix<double>&, double*,
                                        std::ptrdiff_t, std::ptrdiff_t, std::ptrdiff_t);

}  // namespace monnto::reference
