#include "lane.hpp"
#include "uniform_division.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <utility>

namespace monnto::emit {
namespace {

using kernel::Instruction;
using kernel::Kind;

/// Exponents of two between which divisors and dividends are fine. Then quotients, the remainder's
/// last bit and x z are far from where numbers lose bits or end.
template <class T>
struct Range {
    static constexpr int divisor = 40, dividend = 60;
};
template <>
struct Range<double> {
    static constexpr int divisor = 300, dividend = 400;
};

template <class T>
using BitsOf = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;

/// Of 2^exponent.
template <class T>
[[nodiscard]] constexpr BitsOf<T> bits_of_power(int exponent) {
    constexpr int digits = std::numeric_limits<T>::digits - 1;
    constexpr int bias = std::numeric_limits<T>::max_exponent - 1;
    return static_cast<BitsOf<T>>(exponent + bias) << static_cast<unsigned>(digits);
}

template <class T>
[[nodiscard]] Lane<BitsOf<T>> magnitude(const Lane<T>& x) {
    return bits_as<BitsOf<T>>(x) & Lane<BitsOf<T>>(~BitsOf<T>{0} >> 1U);
}

/// Operations other than divisions, for each of these, that a divider works beside.
[[nodiscard]] std::ptrdiff_t most_others(DType dtype) {
    return dtype == DType::f64 ? 8 : 3;
}

}  // namespace

UniformDivision::UniformDivision(DType dtype, std::string divisor)
    : dtype_(dtype), divisor_(std::move(divisor)) {
    dtype == DType::f64 ? prepare<double>() : prepare<float>();
}

template <class T>
void UniformDivision::prepare() {
    using Bits = BitsOf<T>;
    const Lane<T> c(divisor_);
    const Lane<T> one(1);
    const Lane<T> y = one / c;
    const Lane<T> z = fma(-c, y, one) * y;
    constexpr Bits smallest = bits_of_power<T>(-Range<T>::divisor);
    constexpr Bits span = bits_of_power<T>(Range<T>::divisor) - smallest;
    const Lane<bool> is_fine = magnitude(c) - Lane<Bits>(smallest) < Lane<Bits>(span);
    constexpr Bits dividends =
        bits_of_power<T>(Range<T>::dividend) - bits_of_power<T>(-Range<T>::dividend);
    reciprocal_ = y.text();
    rest_ = z.text();
    span_ = select(is_fine, Lane<Bits>(dividends), Lane<Bits>(Bits{0})).text();
    zero_ = select(is_fine, Lane<Bits>(Bits{0}), Lane<Bits>(~Bits{0})).text();
}

std::string UniformDivision::quotient(const std::string& dividend) const {
    return dtype_ == DType::f64 ? divided<double>(dividend) : divided<float>(dividend);
}

template <class T>
std::string UniformDivision::divided(const std::string& dividend) const {
    using Bits = BitsOf<T>;
    const Lane<T> x(dividend);
    const Lane<T> c(divisor_);
    const Lane<T> y(reciprocal_);
    const Lane<T> estimate = fma(x, y, x * Lane<T>(rest_));
    const Lane<T> remainder = fma(-c, estimate, x);
    const Lane<Bits> size = magnitude(x);
    const Lane<bool> is_fine =
        size - Lane<Bits>(bits_of_power<T>(-Range<T>::dividend)) < Lane<Bits>(span_);
    // Of zeros x y has the sign.
    const Lane<T> quotient = select(is_fine, fma(remainder, y, estimate), x * y);
    const Lane<bool> is_rare = negated(either(is_fine, size == Lane<Bits>(zero_)));
    return unless_rare(is_rare, quotient, [&](const std::string& /*lanes*/) { return x / c; })
        .text();
}

bool UniformDivision::pays(const kernel::Program& program) {
    std::ptrdiff_t divisions = 0;
    std::ptrdiff_t others = 0;
    std::ptrdiff_t most = 0;
    for (const Instruction& each : program.code) {
        if (each.kind == Kind::operation && each.op == Op::divide) {
            ++divisions;
            most += most_others(each.dtype);
        } else if (each.kind == Kind::operation || each.kind == Kind::draw) {
            ++others;
        }
    }
    return program.members == kernel::Members::one && program.draws == 0 && divisions > 0 &&
           others <= most;
}

}  // namespace monnto::emit
