// Elements divided by one number: the quotients of the processor's divider, bit for bit.
#include "cpu/emit/uniform_division.hpp"
#include "kernel_executors.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace monnto::support {
namespace {

constexpr std::ptrdiff_t rows = 16;
constexpr std::ptrdiff_t columns = 16 * 250;

template <class T>
[[nodiscard]] T any_bits(std::mt19937_64& random) {
    using Bits = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
    return std::bit_cast<T>(static_cast<Bits>(random()));
}

/// Of a size that scripts have.
template <class T>
[[nodiscard]] T common(std::mt19937_64& random) {
    std::uniform_int_distribution<int> exponent(-30, 30);
    std::uniform_real_distribution<T> mantissa(1, 2);
    const T size = std::ldexp(mantissa(random), exponent(random));
    return (random() & 1U) != 0 ? size : -size;
}

/// Near the products of c with numbers half way between two neighbors, where rounding is decided by
/// the last bit.
template <class T>
[[nodiscard]] T hard(T c, std::mt19937_64& random) {
    const T quotient = common<T>(random);
    const T next = std::nextafter(quotient, std::numeric_limits<T>::infinity());
    const long double between = (static_cast<long double>(quotient) + next) / 2;
    return static_cast<T>(between * static_cast<long double>(c));
}

template <class T>
[[nodiscard]] std::vector<T> special() {
    using Limits = std::numeric_limits<T>;
    return {T(0),
            -T(0),
            Limits::infinity(),
            -Limits::infinity(),
            Limits::quiet_NaN(),
            Limits::max(),
            -Limits::max(),
            Limits::denorm_min(),
            Limits::min(),
            -Limits::min()};
}

template <class T>
[[nodiscard]] std::vector<T> dividends(T c, bool is_extreme, std::mt19937_64& random) {
    std::vector<T> values(static_cast<std::size_t>(columns));
    const std::vector<T> specials = special<T>();
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = i % 3 == 0 ? hard<T>(c, random) : i % 3 == 1 ? common<T>(random) : T(0);
        if (is_extreme) {
            values[i] = i % 7 == 0 ? specials[i % specials.size()] : any_bits<T>(random);
        }
    }
    return values;
}

template <class T>
void expect_quotients(const std::vector<T>& divisors, bool is_extreme) {
    std::mt19937_64 random(7);
    const DType dtype = dtype_of<T>;
    for (const T c : divisors) {
        SCOPED_TRACE(c);
        const NodeRef x = settled(dividends<T>(c, is_extreme, random));
        const NodeRef number = settled(std::vector<T>{c}, Shape{});
        expect_same_bits([&] {
            const NodeRef y = recorded(Op::divide, dtype, Shape{columns}, {x, number});
            return Recorded{{y}, {y}};
        });
    }
}

template <class T>
void expect_quotients_of_rows() {
    std::mt19937_64 random(11);
    std::vector<T> matrix;
    std::vector<T> divisors;
    for (std::ptrdiff_t i = 0; i < rows; ++i) {
        divisors.push_back(i == 3   ? T(0)
                           : i == 5 ? std::numeric_limits<T>::min()
                                    : common<T>(random));
        const std::vector<T> row = dividends<T>(divisors.back(), i % 4 == 3, random);
        matrix.insert(matrix.end(), row.begin(), row.end());
    }
    const NodeRef x = settled(matrix, Shape{rows, columns});
    const NodeRef c = settled(divisors, Shape{rows, 1});
    expect_same_bits([&] {
        const NodeRef y = recorded(Op::divide, dtype_of<T>, Shape{rows, columns}, {x, c});
        return Recorded{{y}, {y}};
    });
}

template <class T>
[[nodiscard]] std::vector<T> many_divisors() {
    std::mt19937_64 random(5);
    std::vector<T> divisors = {T(1), T(3), T(10), T(49), T(0.1), T(1000), T(-7), T(2), T(0.75)};
    // Mantissas with all bits on or all but the last off are the ones that other methods miss.
    divisors.push_back(std::nextafter(T(2), T(0)));
    divisors.push_back(std::nextafter(T(1), T(2)));
    for (int i = 0; i < 200; ++i) {
        divisors.push_back(common<T>(random));
    }
    return divisors;
}

template <class T>
[[nodiscard]] std::vector<T> odd_divisors() {
    std::mt19937_64 random(6);
    std::vector<T> divisors = special<T>();
    for (int i = 0; i < 60; ++i) {
        divisors.push_back(any_bits<T>(random));
    }
    return divisors;
}

class UniformDivisionTest : public ::testing::Test {
protected:
    void TearDown() override {
        if (!compiled_widths().empty()) {
            EXPECT_GT(compared_kernels(), before_);
        }
    }
    std::uint64_t before_ = compared_kernels();
};

TEST_F(UniformDivisionTest, HasTheBitsOfTheDivider) {
    expect_quotients<float>(many_divisors<float>(), false);
    expect_quotients<double>(many_divisors<double>(), false);
}

TEST_F(UniformDivisionTest, DividesWhatIsLargeSmallOrNoNumber) {
    expect_quotients<float>(many_divisors<float>(), true);
    expect_quotients<double>(many_divisors<double>(), true);
    expect_quotients<float>(odd_divisors<float>(), true);
    expect_quotients<double>(odd_divisors<double>(), true);
}

TEST_F(UniformDivisionTest, HasADivisorForEachRow) {
    expect_quotients_of_rows<float>();
    expect_quotients_of_rows<double>();
}

TEST(UniformDivision, LeavesKernelsThatDoMuchElseToTheDivider) {
    using kernel::Instruction;
    using kernel::Kind;
    kernel::Program program;
    program.code.push_back({.kind = Kind::load});
    program.code.push_back({.kind = Kind::number});
    EXPECT_FALSE(emit::UniformDivision::pays(program));
    program.code.push_back({.kind = Kind::operation, .op = Op::divide, .operands = {0, 1, 0}});
    EXPECT_TRUE(emit::UniformDivision::pays(program));
    for (int i = 0; i < 10; ++i) {
        program.code.push_back({.kind = Kind::operation, .op = Op::add, .operands = {0, 1, 0}});
    }
    EXPECT_FALSE(emit::UniformDivision::pays(program));
}

}  // namespace
}  // namespace monnto::support
