// Columns of a matrix times numbers, for each kind of processor: the bits of plain loops (S17).
#include "processor.hpp"
#include "reference/product_columns.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <vector>

namespace monnto::reference {
namespace {

template <class T>
std::vector<T> plain(const std::vector<T>& m, std::ptrdiff_t column,
                     const std::vector<std::int32_t>& at, const std::vector<T>& x,
                     std::ptrdiff_t rows) {
    std::vector<T> out(static_cast<std::size_t>(rows), T(0));
    for (std::size_t k = 0; k < x.size(); ++k) {
        for (std::ptrdiff_t r = 0; r < rows; ++r) {
            const auto element = static_cast<std::size_t>(at[k] * column + r);
            out[static_cast<std::size_t>(r)] += m[element] * x[k];
        }
    }
    return out;
}

template <class T>
void expect_plain_bits(ColumnProduct<T> product, std::ptrdiff_t rows, std::ptrdiff_t columns,
                       bool picks) {
    std::mt19937 random(1);
    std::uniform_real_distribution<T> numbers(-1, 1);
    const std::ptrdiff_t column = rows + 3;  // columns lie further apart than they are long
    std::vector<T> m(static_cast<std::size_t>(column * columns));
    for (T& each : m) {
        each = numbers(random);
    }
    std::vector<std::int32_t> at;
    for (std::int32_t k = 0; k < columns; k += picks ? 3 : 1) {
        at.push_back(k);
    }
    std::vector<T> x(at.size());
    for (T& each : x) {
        each = numbers(random) > 0.5 ? T(0) : numbers(random);
    }
    constexpr T untouched = 77;
    std::vector<T> out(static_cast<std::size_t>(rows) + 1, untouched);
    product(m.data(), column, picks ? at.data() : nullptr, x.data(),
            static_cast<std::ptrdiff_t>(x.size()), out.data(), rows);
    const std::vector<T> expected = plain(m, column, at, x, rows);
    EXPECT_EQ(std::memcmp(out.data(), expected.data(), expected.size() * sizeof(T)), 0)
        << rows << " rows, " << columns << " columns";
    EXPECT_EQ(out.back(), untouched);
}

template <class T>
void expect_plain_bits(ColumnProduct<T> product) {
    for (const std::ptrdiff_t rows : {1, 3, 4, 7, 15, 16, 17, 31, 64, 100, 127, 129, 200, 1000}) {
        for (const std::ptrdiff_t columns : {0, 1, 5, 100, 700}) {  // 700 x 1000 is not near
            expect_plain_bits(product, rows, columns, false);
            expect_plain_bits(product, rows, columns, true);
        }
    }
}

TEST(ProductColumns, HaveTheBitsOfPlainLoopsOnEachProcessor) {
    expect_plain_bits(baseline::column_product<float>());
    expect_plain_bits(baseline::column_product<double>());
#if defined(__x86_64__)
    if (this_processor() != Processor::baseline) {
        expect_plain_bits(avx2::column_product<float>());
        expect_plain_bits(avx2::column_product<double>());
    }
    if (this_processor() == Processor::avx512) {
        expect_plain_bits(avx512::column_product<float>());
        expect_plain_bits(avx512::column_product<double>());
    }
#endif
}

}  // namespace
}  // namespace monnto::reference
