#include <monnto/array/number.hpp>

#include <monnto/array/float_to_integer.hpp>
#include <monnto/array/half.hpp>

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace monnto {

namespace {

/// A float as the bits of an integer dtype, sign-extended where that is signed.
std::uint64_t bits_of(DType dtype, double v) noexcept {
    switch (dtype) {
        case DType::u8:
            return to_integer<std::uint8_t>(v);
        case DType::u16:
            return to_integer<std::uint16_t>(v);
        case DType::u32:
            return to_integer<std::uint32_t>(v);
        case DType::u64:
            return to_integer<std::uint64_t>(v);
        case DType::i8:
            return static_cast<std::uint64_t>(to_integer<std::int8_t>(v));
        case DType::i16:
            return static_cast<std::uint64_t>(to_integer<std::int16_t>(v));
        case DType::i32:
            return static_cast<std::uint64_t>(to_integer<std::int32_t>(v));
        default:
            return static_cast<std::uint64_t>(to_integer<std::int64_t>(v));
    }
}

/// `bits` wrapped to the width of `dtype`, sign-extended where it is signed.
std::uint64_t wrapped(DType dtype, std::uint64_t bits) noexcept {
    switch (dtype) {
        case DType::u8:
            return static_cast<std::uint8_t>(bits);
        case DType::u16:
            return static_cast<std::uint16_t>(bits);
        case DType::u32:
            return static_cast<std::uint32_t>(bits);
        case DType::i8:
            return static_cast<std::uint64_t>(
                static_cast<std::int64_t>(static_cast<std::int8_t>(bits)));
        case DType::i16:
            return static_cast<std::uint64_t>(
                static_cast<std::int64_t>(static_cast<std::int16_t>(bits)));
        case DType::i32:
            return static_cast<std::uint64_t>(
                static_cast<std::int64_t>(static_cast<std::int32_t>(bits)));
        default:
            return bits;
    }
}

Number make(DType dtype) noexcept {
    Number n;
    n.dtype = dtype;
    n.weak = false;
    n.natural = 0;
    return n;
}

}  // namespace

/// Not inlined: GCC 12 leaves out the rounding where it turns two of these into a vector.
[[gnu::noinline]] double rounded(DType dtype, double v) noexcept {
    switch (dtype) {
        case DType::f16:
            return static_cast<double>(half_to_float(half_from_double(v)));
        case DType::bf16:
            return static_cast<double>(bfloat_to_float(bfloat_from_double(v)));
        case DType::f32:
            return static_cast<double>(static_cast<float>(v));
        default:
            return v;
    }
}

Number Number::strong(DType dtype, double v) {
    Number n;
    n.real = v;
    n.dtype = DType::f64;
    return n.cast_to(dtype);
}

Number Number::strong(DType dtype, std::int64_t v) {
    return Number(v).cast_to(dtype);
}

Number Number::strong_natural(DType dtype, std::uint64_t v) {
    Number n = make(DType::u64);
    n.natural = v;
    return n.cast_to(dtype);
}

double Number::as_double() const noexcept {
    if (is_float(dtype)) {
        return real;
    }
    return is_unsigned(dtype) ? static_cast<double>(natural) : static_cast<double>(integer);
}

std::int64_t Number::as_integer() const noexcept {
    return is_float(dtype) ? to_integer<std::int64_t>(real) : integer;
}

Number Number::cast_to(DType to) const noexcept {
    Number n = make(to);
    if (is_float(to)) {
        n.real = rounded(to, as_double());
    } else if (is_bool(to)) {
        n.integer = is_float(dtype) ? (real != 0.0 ? 1 : 0) : (natural != 0 ? 1 : 0);
    } else if (is_float(dtype)) {
        n.natural = bits_of(to, real);
    } else {
        n.natural = wrapped(to, static_cast<std::uint64_t>(as_integer()));
    }
    return n;
}

void Number::store(void* out) const noexcept {
    if (dtype == DType::f16) {
        const std::uint16_t bits = half_from_double(real);
        std::memcpy(out, &bits, sizeof bits);
    } else if (dtype == DType::bf16) {
        const std::uint16_t bits = bfloat_from_double(real);
        std::memcpy(out, &bits, sizeof bits);
    } else if (dtype == DType::f32) {
        const auto v = static_cast<float>(real);
        std::memcpy(out, &v, sizeof v);
    } else {
        std::memcpy(out, &natural, size_of(dtype));  // little-endian: the low bytes come first
    }
}

Number Number::load(DType dtype, const void* from) noexcept {
    Number n = make(dtype);
    if (is_half(dtype)) {
        std::uint16_t bits = 0;
        std::memcpy(&bits, from, sizeof bits);
        n.real =
            static_cast<double>(dtype == DType::f16 ? half_to_float(bits) : bfloat_to_float(bits));
    } else if (dtype == DType::f32) {
        float v = 0;
        std::memcpy(&v, from, sizeof v);
        n.real = static_cast<double>(v);
    } else {
        std::uint64_t bits = 0;
        std::memcpy(&bits, from, size_of(dtype));
        n.natural = wrapped(dtype, bits);
    }
    return n;
}

std::string Number::to_string() const {
    if (is_bool(dtype)) {
        return integer != 0 ? "True" : "False";
    }
    if (is_float(dtype)) {
        return dtype == DType::f64 ? fmt::format("{}", real)
                                   : fmt::format("{}", static_cast<float>(real));
    }
    return is_unsigned(dtype) ? fmt::format("{}", natural) : fmt::format("{}", integer);
}

}  // namespace monnto
