#pragma once

#include "kernel_executors.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

/// Arrays of special and random numbers, for comparing executors.
namespace monnto::support {

inline constexpr std::array all_dtypes = {
    DType::boolean, DType::u8,  DType::u16, DType::u32,  DType::u64, DType::i8, DType::i16,
    DType::i32,     DType::i64, DType::f16, DType::bf16, DType::f32, DType::f64};

/// Expects that the comparisons of a scope ran so many kernels, where any can be compiled here.
class KernelsScope {
public:
    explicit KernelsScope(std::uint64_t at_least)
        : wanted_(compared_kernels() +
                  at_least * static_cast<std::uint64_t>(compiled_widths().size())) {}
    KernelsScope(const KernelsScope&) = delete;
    KernelsScope& operator=(const KernelsScope&) = delete;
    ~KernelsScope() { EXPECT_GE(compared_kernels(), wanted_); }

private:
    std::uint64_t wanted_;
};

/// Numbers of every size and sign, with those that are special among them.
template <class T>
[[nodiscard]] std::vector<T> values(std::size_t count, unsigned seed) {
    std::mt19937_64 random(seed);
    std::vector<T> result(count);
    using Limits = std::numeric_limits<T>;
    const std::array<T, 8> special = {T(0),
                                      static_cast<T>(-1),
                                      Limits::max(),
                                      Limits::min(),
                                      Limits::lowest(),
                                      Limits::infinity(),
                                      Limits::quiet_NaN(),
                                      static_cast<T>(0.5)};
    for (T& each : result) {
        if (random() % 4 == 0) {
            each = special[random() % special.size()];
        } else if constexpr (std::is_floating_point_v<T>) {
            const double magnitude = std::ldexp(1.0, static_cast<int>(random() % 24) - 12);
            each = static_cast<T>(magnitude *
                                  std::uniform_real_distribution<double>(-1.0, 1.0)(random));
        } else {
            each = static_cast<T>(random() >> random() % 64);
        }
    }
    return result;
}

[[nodiscard]] inline NodeRef leaf(DType dtype, const Shape& shape, unsigned seed) {
    const auto count = static_cast<std::size_t>(shape.product());
    switch (dtype) {
        case DType::boolean: {
            std::vector<bool> bits;
            for (const std::uint8_t each : values<std::uint8_t>(count, seed)) {
                bits.push_back(each % 2 != 0);
            }
            return settled(bits, shape);
        }
        case DType::u8:
            return settled(values<std::uint8_t>(count, seed), shape);
        case DType::u16:
            return settled(values<std::uint16_t>(count, seed), shape);
        case DType::u32:
            return settled(values<std::uint32_t>(count, seed), shape);
        case DType::u64:
            return settled(values<std::uint64_t>(count, seed), shape);
        case DType::i8:
            return settled(values<std::int8_t>(count, seed), shape);
        case DType::i16:
            return settled(values<std::int16_t>(count, seed), shape);
        case DType::i32:
            return settled(values<std::int32_t>(count, seed), shape);
        case DType::i64:
            return settled(values<std::int64_t>(count, seed), shape);
        case DType::f16:
        case DType::bf16:  // any bits
            return settled(dtype, shape, values<std::uint16_t>(count, seed).data());
        case DType::f64:
            return settled(values<double>(count, seed), shape);
        default:
            return settled(values<float>(count, seed), shape);
    }
}

[[nodiscard]] inline DType result_dtype(Op op, DType from) {
    const OpFamily family = family_of(op);
    return family == OpFamily::predicate || family == OpFamily::comparison ? DType::boolean : from;
}

}  // namespace monnto::support
