#pragma once

#include <monnto/array/dtype.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <type_traits>

namespace monnto {

/// One number of the host: a constant in an expression, a fill value, a reduction read back.
///
/// A number is *weak* when it is a plain Python or C++ literal: it then takes the dtype of the
/// array it meets (NEP 50), so that `0.9 * v` stays float32. NumPy scalars and elements of arrays
/// are strong.
struct Number {
    DType dtype = DType::f64;
    bool weak = true;
    union {
        std::int64_t integer;   // boolean and signed dtypes
        std::uint64_t natural;  // unsigned dtypes
        double real = 0.0;      // float dtypes
    };

    Number() = default;
    Number(bool v) : dtype(DType::boolean), weak(false), integer(v ? 1 : 0) {}
    template <std::signed_integral T>
    Number(T v) : dtype(DType::i64), integer(v) {}
    template <std::unsigned_integral T>
        requires(!std::same_as<T, bool>)
    Number(T v) : dtype(DType::i64), integer(static_cast<std::int64_t>(v)) {}
    template <std::floating_point T>
    Number(T v) : real(static_cast<double>(v)) {}

    [[nodiscard]] static Number strong(DType dtype, double v);
    [[nodiscard]] static Number strong(DType dtype, std::int64_t v);
    [[nodiscard]] static Number strong_natural(DType dtype, std::uint64_t v);

    [[nodiscard]] double as_double() const noexcept;
    /// Truncates towards zero; out of range as x86 converts (S10).
    [[nodiscard]] std::int64_t as_integer() const noexcept;
    /// The same value as a strong number of `to`, rounded or wrapped as a cast of an element would.
    [[nodiscard]] Number cast_to(DType to) const noexcept;
    /// Writes the element of `dtype` to `out` (size_of(dtype) bytes).
    void store(void* out) const noexcept;
    [[nodiscard]] static Number load(DType dtype, const void* from) noexcept;
    [[nodiscard]] std::string to_string() const;

    /// Bit equality: NaN equals itself, 0.0 and -0.0 differ (two nodes merge only if nothing can
    /// tell them apart).
    friend bool operator==(const Number& a, const Number& b) noexcept {
        return a.dtype == b.dtype && a.weak == b.weak && a.natural == b.natural;
    }
};

/// The number of that float dtype next to v, as a double; of other dtypes v itself.
[[nodiscard]] double rounded(DType dtype, double v) noexcept;

}  // namespace monnto
