#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace monnto {

/// Kinds of elements (S3), in the order of NumPy's promotion lattice within each family.
enum class DType : unsigned char {
    boolean,
    u8,
    u16,
    u32,
    u64,
    i8,
    i16,
    i32,
    i64,
    f16,
    bf16,
    f32,
    f64
};

inline constexpr int dtype_count = 13;

/// Bytes of one element.
[[nodiscard]] std::size_t size_of(DType dtype) noexcept;
/// NumPy's name: "bool", "int64", "float32", ... ("bfloat16" has none in NumPy and keeps the
/// field's).
[[nodiscard]] std::string_view name_of(DType dtype) noexcept;
/// The dtype of a NumPy name, also of the short forms "f4", "float", "int"; nothing for other
/// names.
[[nodiscard]] std::optional<DType> dtype_named(std::string_view name) noexcept;

[[nodiscard]] constexpr bool is_bool(DType d) noexcept {
    return d == DType::boolean;
}
[[nodiscard]] constexpr bool is_unsigned(DType d) noexcept {
    return d >= DType::u8 && d <= DType::u64;
}
[[nodiscard]] constexpr bool is_signed(DType d) noexcept {
    return d >= DType::i8 && d <= DType::i64;
}
[[nodiscard]] constexpr bool is_integer(DType d) noexcept {
    return is_unsigned(d) || is_signed(d);
}
[[nodiscard]] constexpr bool is_float(DType d) noexcept {
    return d >= DType::f16;
}
/// The floats of 16 bits.
[[nodiscard]] constexpr bool is_half(DType d) noexcept {
    return d == DType::f16 || d == DType::bf16;
}

/// NumPy's result_type of two dtypes (no weak scalars; see `resolve.hpp` for those).
[[nodiscard]] DType promote(DType a, DType b) noexcept;
/// NumPy's can_cast(from, to, "same_kind"): what in-place operators and out= allow.
[[nodiscard]] bool can_cast_same_kind(DType from, DType to) noexcept;
/// NumPy's can_cast(from, to, "safe").
[[nodiscard]] bool can_cast_safely(DType from, DType to) noexcept;

/// The C++ type's dtype: `dtype_of<float>` is f32.
template <class T>
constexpr DType dtype_of = [] { static_assert(sizeof(T) == 0, "not an element type"); }();
template <>
inline constexpr DType dtype_of<bool> = DType::boolean;
template <>
inline constexpr DType dtype_of<std::uint8_t> = DType::u8;
template <>
inline constexpr DType dtype_of<std::uint16_t> = DType::u16;
template <>
inline constexpr DType dtype_of<std::uint32_t> = DType::u32;
template <>
inline constexpr DType dtype_of<std::uint64_t> = DType::u64;
template <>
inline constexpr DType dtype_of<std::int8_t> = DType::i8;
template <>
inline constexpr DType dtype_of<std::int16_t> = DType::i16;
template <>
inline constexpr DType dtype_of<std::int32_t> = DType::i32;
template <>
inline constexpr DType dtype_of<std::int64_t> = DType::i64;
template <>
inline constexpr DType dtype_of<float> = DType::f32;
template <>
inline constexpr DType dtype_of<double> = DType::f64;

}  // namespace monnto
