#include <monnto/array/dtype.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace monnto {

namespace {

struct Row {
    std::string_view name;
    std::size_t size;
};

constexpr std::array<Row, dtype_count> rows{{{"bool", 1},
                                             {"uint8", 1},
                                             {"uint16", 2},
                                             {"uint32", 4},
                                             {"uint64", 8},
                                             {"int8", 1},
                                             {"int16", 2},
                                             {"int32", 4},
                                             {"int64", 8},
                                             {"float16", 2},
                                             {"bfloat16", 2},
                                             {"float32", 4},
                                             {"float64", 8}}};

constexpr std::array<std::pair<std::string_view, DType>, 28> short_names{
    {{"?", DType::boolean},  {"b1", DType::boolean}, {"u1", DType::u8},   {"B", DType::u8},
     {"u2", DType::u16},     {"H", DType::u16},      {"u4", DType::u32},  {"I", DType::u32},
     {"u8", DType::u64},     {"L", DType::u64},      {"i1", DType::i8},   {"b", DType::i8},
     {"i2", DType::i16},     {"h", DType::i16},      {"i4", DType::i32},  {"i", DType::i32},
     {"i8", DType::i64},     {"l", DType::i64},      {"int", DType::i64}, {"f2", DType::f16},
     {"e", DType::f16},      {"half", DType::f16},   {"f4", DType::f32},  {"f", DType::f32},
     {"single", DType::f32}, {"f8", DType::f64},     {"d", DType::f64},   {"float", DType::f64}}};

std::size_t row(DType dtype) noexcept {
    return static_cast<std::size_t>(dtype);
}

/// Position on the ladder of widths within a family: 0 for 8 bits, 3 for 64.
int width(DType d) noexcept {
    return is_unsigned(d) ? static_cast<int>(d) - static_cast<int>(DType::u8)
                          : static_cast<int>(d) - static_cast<int>(DType::i8);
}

DType promote_to_float(DType integer, DType real) noexcept {
    // An integer of w bits needs a float with at least as many significant bits: 8 fit f16, 16 fit
    // f32.
    static constexpr std::array<DType, 4> needed{DType::f16, DType::f32, DType::f64, DType::f64};
    if (is_bool(integer)) {
        return real;
    }
    return promote(needed[static_cast<std::size_t>(width(integer))], real);
}

}  // namespace

std::size_t size_of(DType dtype) noexcept {
    return rows[row(dtype)].size;
}

std::string_view name_of(DType dtype) noexcept {
    return rows[row(dtype)].name;
}

std::optional<DType> dtype_named(std::string_view name) noexcept {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].name == name) {
            return static_cast<DType>(i);
        }
    }
    for (const auto& [short_name, dtype] : short_names) {
        if (short_name == name) {
            return dtype;
        }
    }
    return std::nullopt;
}

DType promote(DType a, DType b) noexcept {
    if (a == b || is_bool(b)) {
        return a;
    }
    if (is_bool(a)) {
        return b;
    }
    if (is_float(a) && is_float(b)) {
        // f16 and bf16 hold different numbers; f32 is the least that holds both.
        const bool both_halves = a < DType::f32 && b < DType::f32;
        return both_halves ? DType::f32 : std::max(a, b);
    }
    if (is_float(a)) {
        return promote_to_float(b, a);
    }
    if (is_float(b)) {
        return promote_to_float(a, b);
    }
    if (is_signed(a) == is_signed(b)) {
        return std::max(a, b);
    }
    const DType natural = is_unsigned(a) ? a : b;
    const DType integer = is_unsigned(a) ? b : a;
    if (width(integer) > width(natural)) {
        return integer;
    }
    return width(natural) == 3
               ? DType::f64
               : static_cast<DType>(static_cast<int>(DType::i8) + width(natural) + 1);
}

bool can_cast_safely(DType from, DType to) noexcept {
    return promote(from, to) == to;
}

bool can_cast_same_kind(DType from, DType to) noexcept {
    const auto kind = [](DType d) {
        return is_bool(d) ? 0 : is_unsigned(d) ? 1 : is_signed(d) ? 2 : 3;
    };
    return can_cast_safely(from, to) || kind(from) <= kind(to);
}

}  // namespace monnto
