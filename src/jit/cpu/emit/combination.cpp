#include "combination.hpp"
#include "operation.hpp"
#include "writer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <utility>

namespace monnto::emit {
namespace {

[[nodiscard]] bool has_sign(DType dtype) noexcept {
    return dtype == DType::i8 || dtype == DType::i16 || dtype == DType::i32 || dtype == DType::i64;
}

/// The number that every other one of an integer type beats.
[[nodiscard]] std::uint64_t farthest(DType dtype, bool is_greatest) noexcept {
    if (dtype == DType::boolean) {
        return is_greatest ? 0 : 1;
    }
    const unsigned bits = 8 * static_cast<unsigned>(size_of(dtype));
    const std::uint64_t all = ~std::uint64_t{0} >> (64 - bits);
    if (!has_sign(dtype)) {
        return is_greatest ? 0 : all;
    }
    return is_greatest ? std::uint64_t{1} << (bits - 1) : all >> 1U;
}

/// Lanes `first`, `first` + 1, ... of a vector, as many as `count`; the others are anything.
[[nodiscard]] std::string shifted(const std::string& type, const std::string& value, int first) {
    std::string order;
    for (int lane = 0; lane < lanes; ++lane) {
        order += fmt::format("{}i32 {}", lane == 0 ? "" : ", ",
                             lane < first ? std::to_string(lane + first) : "poison");
    }
    return writer().value(fmt::format("shufflevector {0} {1}, {0} poison, <{2} x i32> <{3}>", type,
                                      value, lanes, order));
}

[[nodiscard]] std::string selected(const std::string& mask, const std::string& type,
                                   const std::string& yes, const std::string& no) {
    return writer().value(fmt::format("select {} {}, {} {}, {} {}", vector_type(DType::boolean),
                                      mask, type, yes, type, no));
}

[[nodiscard]] std::string bools(std::string_view operation, const std::string& a,
                                const std::string& b) {
    return writer().value(
        fmt::format("{} {} {}, {}", operation, vector_type(DType::boolean), a, b));
}

}  // namespace

Combination::Combination(const kernel::Fold& fold)
    : dtype_(fold.dtype),
      multiplies_(fold.op == Op::prod || fold.op == Op::all),
      is_extreme_(fold.op == Op::min || fold.op == Op::max),
      is_greatest_(fold.op == Op::max),
      type_(vector_type(dtype_)),
      memory_type_(vector_of(emit::memory_type(dtype_))) {}

std::string Combination::identity() const {
    if (is_extreme_) {
        const double infinity = std::numeric_limits<double>::infinity();
        return is_float(dtype_) ? splat(dtype_, is_greatest_ ? -infinity : infinity)
                                : splat_bits(dtype_, farthest(dtype_, is_greatest_));
    }
    return is_float(dtype_) ? splat(dtype_, multiplies_ ? 1.0 : 0.0)
                            : splat_bits(dtype_, multiplies_ ? 1 : 0);
}

std::string Combination::combined(const std::string& earlier, const std::string& later) const {
    if (!is_extreme_) {
        return emit_operation(multiplies_ ? Op::multiply : Op::add, dtype_, dtype_,
                              {earlier, later});
    }
    if (is_float(dtype_)) {
        return selected(replaces(earlier, later), type_, later, earlier);
    }
    if (dtype_ == DType::boolean) {
        return bools(is_greatest_ ? "or" : "and", earlier, later);
    }
    const std::string beats =
        writer().value(fmt::format("icmp {}{} {} {}, {}", has_sign(dtype_) ? "s" : "u",
                                   is_greatest_ ? "gt" : "lt", type_, later, earlier));
    return selected(beats, type_, later, earlier);
}

std::string Combination::replaces(const std::string& earlier, const std::string& later) const {
    Writer& out = writer();
    // A NaN is never beaten; among equals the later one stays, as in the interpreter.
    const std::string reaches = out.value(
        fmt::format("fcmp {} {} {}, {}", is_greatest_ ? "oge" : "ole", type_, later, earlier));
    const std::string is_nan = out.value(fmt::format("fcmp uno {} {}, {}", type_, later, later));
    return bools("or", reaches, is_nan);
}

std::string Combination::joined(std::string value, std::string places) const {
    const std::string place_type = vector_type(DType::i32);
    Writer& out = writer();
    for (int half = lanes / 2; half > 0; half /= 2) {
        const std::string other = shifted(type_, value, half);
        if (!has_places()) {
            value = combined(value, other);
            continue;
        }
        const std::string other_place = shifted(place_type, places, half);
        const std::string beats = out.value(
            fmt::format("fcmp {} {} {}, {}", is_greatest_ ? "ogt" : "olt", type_, other, value));
        const std::string is_nan =
            out.value(fmt::format("fcmp uno {} {}, {}", type_, other, other));
        const std::string ties = out.value(fmt::format("fcmp oeq {} {}, {}", type_, other, value));
        const std::string is_later =
            out.value(fmt::format("icmp sgt {} {}, {}", place_type, other_place, places));
        const std::string takes =
            bools("or", bools("or", beats, is_nan), bools("and", ties, is_later));
        value = selected(takes, type_, other, value);
        places = selected(takes, place_type, other_place, places);
    }
    return value;
}

std::string Combination::in_memory(const std::string& value) const {
    return dtype_ == DType::boolean
               ? writer().value(fmt::format("zext {} {} to {}", type_, value, memory_type_))
               : value;
}

std::string Combination::loaded(const std::string& address) const {
    const std::string value =
        writer().value(fmt::format("load {}, ptr {}, align {}", memory_type_, address, width()));
    return dtype_ == DType::boolean
               ? writer().value(fmt::format("icmp ne {} {}, zeroinitializer", memory_type_, value))
               : value;
}

void Combination::store(const std::string& value, const std::string& address) const {
    writer().line(fmt::format("store {} {}, ptr {}, align {}", memory_type_, in_memory(value),
                              address, width()));
}

void Combination::store_first(const std::string& value, const std::string& address) const {
    const std::string first =
        writer().value(fmt::format("extractelement {} {}, i64 0", memory_type_, in_memory(value)));
    writer().line(fmt::format("store {} {}, ptr {}, align {}", emit::memory_type(dtype_), first,
                              address, width()));
}

std::string FoldLanes::loaded(const std::string& type, const std::string& variable) const {
    return writer().value(fmt::format("load {}, ptr {}", type, variable));
}

std::string FoldLanes::value() const {
    return loaded(combination_.type(), lanes_);
}

std::string FoldLanes::joined() const {
    const std::string places =
        combination_.has_places() ? loaded(vector_type(DType::i32), places_) : std::string();
    return combination_.joined(value(), places);
}

void FoldLanes::reset() {
    Writer& out = writer();
    if (lanes_.empty()) {
        lanes_ = out.variable(combination_.type());
        places_ = combination_.has_places() ? out.variable(vector_type(DType::i32)) : "";
    }
    out.line(
        fmt::format("store {} {}, ptr {}", combination_.type(), combination_.identity(), lanes_));
    if (combination_.has_places()) {
        out.line(fmt::format("store {} {}, ptr {}", vector_type(DType::i32),
                             splat_bits(DType::i32, 0xFFFFFFFFU), places_));
    }
}

void FoldLanes::take(const std::string& value, const std::string& column, const std::string& mask) {
    Writer& out = writer();
    const std::string& type = combination_.type();
    const std::string before = this->value();
    if (!combination_.has_places()) {
        std::string after = combination_.combined(before, value);
        after = mask.empty() ? after : selected(mask, type, after, before);
        out.line(fmt::format("store {} {}, ptr {}", type, after, lanes_));
        return;
    }
    std::string takes = combination_.replaces(before, value);
    takes = mask.empty() ? takes : bools("and", takes, mask);
    const std::string place_type = vector_type(DType::i32);
    const std::string first = out.value(fmt::format("trunc i64 {} to i32", column));
    const std::string here = out.value(
        fmt::format("add {}, {}", lane_numbers(DType::i32), broadcast(DType::i32, first)));
    out.line(
        fmt::format("store {} {}, ptr {}", type, selected(takes, type, value, before), lanes_));
    const std::string places = loaded(place_type, places_);
    out.line(fmt::format("store {} {}, ptr {}", place_type,
                         selected(takes, place_type, here, places), places_));
}

}  // namespace monnto::emit
