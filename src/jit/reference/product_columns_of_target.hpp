#pragma once

#include "product_columns.hpp"

/// Included once by each source that is compiled for some target, which MONNTO_LANE_TARGET names,
/// with registers of MONNTO_REGISTER_BYTES. Nothing may be emitted here that the linker could take
/// for a function of the baseline.
namespace monnto::reference::MONNTO_LANE_TARGET {

/// A register of this target, with the elements from some place on.
template <class T>
struct Register {
    static constexpr std::ptrdiff_t width = MONNTO_REGISTER_BYTES / sizeof(T);
    using Vector __attribute__((vector_size(MONNTO_REGISTER_BYTES))) = T;

    [[gnu::always_inline]] static Vector load(const T* from) noexcept {
        Vector loaded;
        __builtin_memcpy(&loaded, from, sizeof(loaded));
        return loaded;
    }
    [[gnu::always_inline]] static void store(T* to, const Vector& value) noexcept {
        __builtin_memcpy(to, &value, sizeof(value));
    }
};

// NOLINTBEGIN(*-avoid-c-arrays): std::array would be emitted for this target

/// So many registers of rows, which stay there for all columns.
template <class T, int registers>
void multiply_registers(const T* m, std::ptrdiff_t column, const std::int32_t* at, const T* x,
                        std::ptrdiff_t count, T* out, std::ptrdiff_t rows) {
    using R = Register<T>;
    // It overlaps the one before it where the rows do not fill it.
    const std::ptrdiff_t last = rows - R::width;
    typename R::Vector total[registers] = {};
    for (std::ptrdiff_t k = 0; k < count; ++k) {
        const T* from = m + (at == nullptr ? k : at[k]) * column;
        const T factor = x[k];
#pragma GCC unroll 8
        for (int i = 0; i < registers - 1; ++i) {
            total[i] = total[i] + R::load(from + i * R::width) * factor;
        }
        total[registers - 1] = total[registers - 1] + R::load(from + last) * factor;
    }
    for (int i = 0; i < registers - 1; ++i) {
        R::store(out + i * R::width, total[i]);
    }
    R::store(out + last, total[registers - 1]);
}

/// Of a matrix that lies in a near cache, where it does not matter in which order it is read.
/// Contract: the rows fill a register.
template <class T>
void multiply_near(const T* m, std::ptrdiff_t column, const std::int32_t* at, const T* x,
                   std::ptrdiff_t count, T* out, std::ptrdiff_t rows) {
    constexpr std::ptrdiff_t width = Register<T>::width;
    constexpr std::ptrdiff_t most = 8;
    static constexpr ColumnProduct<T> of_registers[most] = {
        &multiply_registers<T, 1>, &multiply_registers<T, 2>, &multiply_registers<T, 3>,
        &multiply_registers<T, 4>, &multiply_registers<T, 5>, &multiply_registers<T, 6>,
        &multiply_registers<T, 7>, &multiply_registers<T, 8>};
    while (rows > 0) {
        // What would not fill a register of its own is left to overlap the rows before it.
        const std::ptrdiff_t registers = (rows + width - 1) / width;
        const std::ptrdiff_t now = registers <= most ? registers : most / 2;
        const std::ptrdiff_t done = now == registers ? rows : now * width;
        of_registers[now - 1](m, column, at, x, count, out, done);
        m += done;
        out += done;
        rows -= done;
    }
}

// NOLINTEND(*-avoid-c-arrays)

/// Pieces of the rows that stay in the first-level cache, four columns per pass.
template <class T>
void multiply_far(const T* m, std::ptrdiff_t column, const std::int32_t* at, const T* x,
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
void multiply_columns(const T* m, std::ptrdiff_t column, const std::int32_t* at, const T* x,
                      std::ptrdiff_t count, T* out, std::ptrdiff_t rows) {
    constexpr std::ptrdiff_t near = 256 << 10;  // bytes
    const std::ptrdiff_t bytes = rows * count * static_cast<std::ptrdiff_t>(sizeof(T));
    if (rows >= Register<T>::width && bytes <= near) {
        multiply_near(m, column, at, x, count, out, rows);
    } else {
        multiply_far(m, column, at, x, count, out, rows);
    }
}

template <class T>
ColumnProduct<T> column_product() noexcept {
    return &multiply_columns<T>;
}

template ColumnProduct<float> column_product<float>() noexcept;
template ColumnProduct<double> column_product<double>() noexcept;

}  // namespace monnto::reference::MONNTO_LANE_TARGET
