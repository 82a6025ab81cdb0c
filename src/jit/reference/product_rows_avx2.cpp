#include "product_rows.hpp"

#if defined(__x86_64__)
#include <immintrin.h>

// Nothing may be emitted here that the linker could take for a function of the baseline.
namespace monnto::reference::avx2 {
namespace {

// Pieces of 16 bytes, of rows `piece` apart, are loaded into one register, so that half of the
// transposition needs no shuffle. `side` is where the pieces' columns go, rows side by side.

struct Floats {
    using Number = float;
    using Register = __m256;
    static constexpr std::ptrdiff_t width = 8, piece = 4;

    [[gnu::always_inline]] static Register load(const float* low, const float* high) noexcept {
        return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(low)), _mm_loadu_ps(high),
                                    1);
    }
    [[gnu::always_inline]] static void transpose(const Register* row, Register* side) noexcept {
        const Register a = _mm256_unpacklo_ps(row[0], row[1]);
        const Register b = _mm256_unpackhi_ps(row[0], row[1]);
        const Register c = _mm256_unpacklo_ps(row[2], row[3]);
        const Register d = _mm256_unpackhi_ps(row[2], row[3]);
        constexpr int low = 0x44;
        constexpr int high = 0xEE;
        side[0] = _mm256_shuffle_ps(a, c, low);
        side[1] = _mm256_shuffle_ps(a, c, high);
        side[2] = _mm256_shuffle_ps(b, d, low);
        side[3] = _mm256_shuffle_ps(b, d, high);
    }
    [[gnu::always_inline]] static void store(float* to, Register r) noexcept {
        _mm256_storeu_ps(to, r);
    }
};

struct Doubles {
    using Number = double;
    using Register = __m256d;
    static constexpr std::ptrdiff_t width = 4, piece = 2;

    [[gnu::always_inline]] static Register load(const double* low, const double* high) noexcept {
        return _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_loadu_pd(low)), _mm_loadu_pd(high),
                                    1);
    }
    [[gnu::always_inline]] static void transpose(const Register* row, Register* side) noexcept {
        side[0] = _mm256_unpacklo_pd(row[0], row[1]);
        side[1] = _mm256_unpackhi_pd(row[0], row[1]);
    }
    [[gnu::always_inline]] static void store(double* to, Register r) noexcept {
        _mm256_storeu_pd(to, r);
    }
};

// NOLINTBEGIN(*-avoid-c-arrays): std::array would be emitted for this target

template <class Lanes, int groups>
[[gnu::always_inline]] inline void multiply_groups(const typename Lanes::Number* m,
                                                   std::ptrdiff_t row,
                                                   const typename Lanes::Number* x,
                                                   typename Lanes::Number* out,
                                                   std::ptrdiff_t sources) noexcept {
    using Register = typename Lanes::Register;
    constexpr std::ptrdiff_t width = Lanes::width;
    constexpr std::ptrdiff_t piece = Lanes::piece;
    Register total[groups] = {};
    std::ptrdiff_t k = 0;
    // A whole register's columns at a time, so that the pieces of a line of memory are read
    // together.
    for (; k + width <= sources; k += width) {
#pragma GCC unroll 4
        for (int g = 0; g < groups; ++g) {
#pragma GCC unroll 2
            for (std::ptrdiff_t half = k; half < k + width; half += piece) {
                const auto* from = m + half + g * width * row;
                Register rows[piece];
                Register side[piece];
#pragma GCC unroll 4
                for (std::ptrdiff_t r = 0; r < piece; ++r) {
                    rows[r] = Lanes::load(from + r * row, from + (r + piece) * row);
                }
                Lanes::transpose(rows, side);
#pragma GCC unroll 4
                for (std::ptrdiff_t j = 0; j < piece; ++j) {
                    total[g] = total[g] + side[j] * x[half + j];
                }
            }
        }
    }
    for (int g = 0; g < groups; ++g) {
        Lanes::store(out + g * width, total[g]);
    }
    for (; k < sources; ++k) {
        for (std::ptrdiff_t r = 0; r < groups * width; ++r) {
            out[r] = out[r] + m[r * row + k] * x[k];
        }
    }
}

// NOLINTEND(*-avoid-c-arrays)

/// Three groups hide how long an addition takes. The last ones overlap those before where they
/// must.
template <class Lanes>
void multiply_rows(const typename Lanes::Number* m, std::ptrdiff_t row,
                   const typename Lanes::Number* x, typename Lanes::Number* out,
                   std::ptrdiff_t rows, std::ptrdiff_t sources) {
    constexpr std::ptrdiff_t width = Lanes::width;
    const auto begin = [rows](std::ptrdiff_t r, std::ptrdiff_t count) {
        return r + count <= rows ? r : rows - count;
    };
    for (std::ptrdiff_t r = 0; r < rows;) {
        const std::ptrdiff_t left = rows - r;
        if (left > 2 * width && rows >= 3 * width) {
            const std::ptrdiff_t first = begin(r, 3 * width);
            multiply_groups<Lanes, 3>(m + first * row, row, x, out + first, sources);
            r += 3 * width;
        } else if (left > width && rows >= 2 * width) {
            const std::ptrdiff_t first = begin(r, 2 * width);
            multiply_groups<Lanes, 2>(m + first * row, row, x, out + first, sources);
            r += 2 * width;
        } else {
            const std::ptrdiff_t first = begin(r, width);
            multiply_groups<Lanes, 1>(m + first * row, row, x, out + first, sources);
            r += width;
        }
    }
}

}  // namespace

template <>
RowProducts<float> row_products<float>() noexcept {
    return {&multiply_rows<Floats>, Floats::width};
}
template <>
RowProducts<double> row_products<double>() noexcept {
    return {&multiply_rows<Doubles>, Doubles::width};
}

}  // namespace monnto::reference::avx2
#endif
