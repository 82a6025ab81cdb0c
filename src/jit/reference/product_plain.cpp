#include "move.hpp"
#include "product.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>

namespace monnto::reference {

/// Integers, bool (or of ands) and halves: short loops that the compiler turns into vectors as well
/// as it can.
template <class T>
void multiply_vector(const Matrix<T>& m, const T* x, std::ptrdiff_t x_step, T* out,
                     std::ptrdiff_t rows, std::ptrdiff_t sources) {
    if (m.row == 1) {
        std::fill_n(out, rows, T());
        for (std::ptrdiff_t k = 0; k < sources; ++k) {
            const T* column = m.data + k * m.column;
            for (std::ptrdiff_t r = 0; r < rows; ++r) {
                out[r] = added(out[r], multiplied(column[r], x[k * x_step]));
            }
        }
        return;
    }
    for (std::ptrdiff_t r = 0; r < rows; ++r) {
        T total = T();
        for (std::ptrdiff_t k = 0; k < sources; ++k) {
            total = added(total, multiplied(m(r, k), x[k * x_step]));
        }
        out[r] = total;
    }
}

template <class T>
void multiply_matrices(const Matrix<T>& a, const Matrix<T>& b, T* out, std::ptrdiff_t rows,
                       std::ptrdiff_t columns, std::ptrdiff_t sources) {
    if (b.column != 1) {  // rows must be consecutive for the inner loop to be worth anything
        // NOLINTNEXTLINE(*-avoid-c-arrays): a std::vector of bool has no elements to point at
        const auto packed = std::make_unique<T[]>(static_cast<std::size_t>(sources * columns));
        for (std::ptrdiff_t k = 0; k < sources; ++k) {
            move_row(packed.get() + k * columns, 1, &b(k, 0), b.column, columns);
        }
        multiply_matrices<T>(a, {packed.get(), columns, 1}, out, rows, columns, sources);
        return;
    }
    std::fill_n(out, rows * columns, T());
    for (std::ptrdiff_t r = 0; r < rows; ++r) {
        for (std::ptrdiff_t k = 0; k < sources; ++k) {
            const T weight = a(r, k);
            const T* from = &b(k, 0);
            for (std::ptrdiff_t c = 0; c < columns; ++c) {
                out[c] = added(out[c], multiplied(weight, from[c]));
            }
        }
        out += columns;
    }
}

// NOLINTBEGIN(bugprone-macro-parentheses): types take none
#define MONNTO_PRODUCT_OF(T)                                                                   \
    template void multiply_vector<T>(const Matrix<T>&, const T*, std::ptrdiff_t, T*,           \
                                     std::ptrdiff_t, std::ptrdiff_t);                          \
    template void multiply_matrices<T>(const Matrix<T>&, const Matrix<T>&, T*, std::ptrdiff_t, \
                                       std::ptrdiff_t, std::ptrdiff_t);
// NOLINTEND(bugprone-macro-parentheses)
MONNTO_PRODUCT_OF(bool)
MONNTO_PRODUCT_OF(std::uint8_t)
MONNTO_PRODUCT_OF(std::uint16_t)
MONNTO_PRODUCT_OF(std::uint32_t)
MONNTO_PRODUCT_OF(std::uint64_t)
MONNTO_PRODUCT_OF(std::int8_t)
MONNTO_PRODUCT_OF(std::int16_t)
MONNTO_PRODUCT_OF(std::int32_t)
MONNTO_PRODUCT_OF(std::int64_t)
MONNTO_PRODUCT_OF(Half)
MONNTO_PRODUCT_OF(BFloat)
#undef MONNTO_PRODUCT_OF

}  // namespace monnto::reference
