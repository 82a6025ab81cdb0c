#pragma once

#include "math/lane.hpp"
#include "writer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ranges>
#include <string>
#include <utility>

/// Lanes that write code: the elementary functions of jit/math, called with them, become LLVM
/// vector instructions in the current `writer()`.
namespace monnto::emit {

template <class T>
class Lane {
public:
    static constexpr DType dtype = dtype_of<T>;

    explicit Lane(std::string text) : text_(std::move(text)) {}
    template <lane::Plain N>
    explicit Lane(N number) : text_(constant(static_cast<T>(number))) {}

    /// A register or a constant of type `vector_type(dtype)`.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    [[nodiscard]] static std::string constant(T number) {
        if constexpr (std::is_floating_point_v<T>) {
            return splat(dtype, static_cast<double>(number));
        } else {
            return splat_bits(dtype, static_cast<std::uint64_t>(number));
        }
    }
    std::string text_;
};

template <class T>
[[nodiscard]] Lane<T> binary(std::string_view instruction, const Lane<T>& a, const Lane<T>& b) {
    return Lane<T>(writer().value(
        fmt::format("{} {} {}, {}", instruction, vector_type(dtype_of<T>), a.text(), b.text())));
}
template <class T>
[[nodiscard]] Lane<bool> compare(std::string_view instruction, const Lane<T>& a, const Lane<T>& b) {
    return Lane<bool>(writer().value(
        fmt::format("{} {} {}, {}", instruction, vector_type(dtype_of<T>), a.text(), b.text())));
}
template <class T>
inline constexpr bool is_real = std::is_floating_point_v<T>;

template <class T>
[[nodiscard]] Lane<T> operator+(const Lane<T>& a, const Lane<T>& b) {
    return binary(is_real<T> ? "fadd" : "add", a, b);
}
template <class T>
[[nodiscard]] Lane<T> operator-(const Lane<T>& a, const Lane<T>& b) {
    return binary(is_real<T> ? "fsub" : "sub", a, b);
}
template <class T>
[[nodiscard]] Lane<T> operator*(const Lane<T>& a, const Lane<T>& b) {
    return binary(is_real<T> ? "fmul" : "mul", a, b);
}
template <std::floating_point T>
[[nodiscard]] Lane<T> operator/(const Lane<T>& a, const Lane<T>& b) {
    return binary("fdiv", a, b);
}
template <class T>
[[nodiscard]] Lane<T> operator-(const Lane<T>& a) {
    if constexpr (is_real<T>) {
        return Lane<T>(
            writer().value(fmt::format("fneg {} {}", vector_type(dtype_of<T>), a.text())));
    } else {
        return Lane<T>(0) - a;
    }
}
template <std::integral T>
[[nodiscard]] Lane<T> operator&(const Lane<T>& a, const Lane<T>& b) {
    return binary("and", a, b);
}
template <std::integral T>
[[nodiscard]] Lane<T> operator|(const Lane<T>& a, const Lane<T>& b) {
    return binary("or", a, b);
}
template <std::integral T>
[[nodiscard]] Lane<T> operator^(const Lane<T>& a, const Lane<T>& b) {
    return binary("xor", a, b);
}
template <std::integral T>
[[nodiscard]] Lane<T> operator~(const Lane<T>& a) {
    return a ^ Lane<T>(~T{0});
}
template <std::integral T>
[[nodiscard]] Lane<T> operator<<(const Lane<T>& a, const Lane<T>& b) {
    return binary("shl", a, b);
}
template <std::integral T>
[[nodiscard]] Lane<T> operator>>(const Lane<T>& a, const Lane<T>& b) {
    return binary(std::is_signed_v<T> ? "ashr" : "lshr", a, b);
}
template <std::integral T>
[[nodiscard]] Lane<T> operator<<(const Lane<T>& a, int bits) {
    return a << Lane<T>(bits);
}
template <std::integral T>
[[nodiscard]] Lane<T> operator>>(const Lane<T>& a, int bits) {
    return a >> Lane<T>(bits);
}

// clang-format off
// NOLINTBEGIN(bugprone-branch-clone,bugprone-macro-parentheses): an operator and its mnemonics
#define MONNTO_COMPARISON(symbol, real, with_sign, without_sign)                                  \
    template <class T>                                                                             \
    [[nodiscard]] Lane<bool> operator symbol(const Lane<T>& a, const Lane<T>& b) {                 \
        return compare(is_real<T> ? real : (std::is_signed_v<T> ? with_sign : without_sign), a, b); \
    }
MONNTO_COMPARISON(<, "fcmp olt", "icmp slt", "icmp ult")
MONNTO_COMPARISON(<=, "fcmp ole", "icmp sle", "icmp ule")
MONNTO_COMPARISON(>, "fcmp ogt", "icmp sgt", "icmp ugt")
MONNTO_COMPARISON(>=, "fcmp oge", "icmp sge", "icmp uge")
MONNTO_COMPARISON(==, "fcmp oeq", "icmp eq", "icmp eq")
MONNTO_COMPARISON(!=, "fcmp une", "icmp ne", "icmp ne")
#undef MONNTO_COMPARISON
// NOLINTEND(bugprone-branch-clone,bugprone-macro-parentheses)
// clang-format on

[[nodiscard]] inline Lane<bool> both(const Lane<bool>& a, const Lane<bool>& b) {
    return binary("and", a, b);
}
[[nodiscard]] inline Lane<bool> either(const Lane<bool>& a, const Lane<bool>& b) {
    return binary("or", a, b);
}
[[nodiscard]] inline Lane<bool> negated(const Lane<bool>& a) {
    return binary("xor", a, Lane<bool>(true));
}

template <class T>
[[nodiscard]] Lane<T> select(const Lane<bool>& condition, const Lane<T>& yes, const Lane<T>& no) {
    const std::string type = vector_type(dtype_of<T>);
    return Lane<T>(
        writer().value(fmt::format("select {} {}, {} {}, {} {}", vector_type(DType::boolean),
                                   condition.text(), type, yes.text(), type, no.text())));
}

/// Calls the intrinsic `llvm.<name>` on vectors of one type.
template <class T, class... Rest>
[[nodiscard]] Lane<T> intrinsic(std::string_view name, const Lane<T>& first, const Rest&... rest) {
    const std::string type = vector_type(dtype_of<T>);
    const std::string function =
        fmt::format("@llvm.{}.v{}{}", name, lanes, sizeof(T) == 8 ? "f64" : "f32");
    std::string arguments = type + " " + first.text();
    std::string types = type;
    ((arguments += ", " + type + " " + rest.text(), types += ", " + type), ...);
    writer().declare(fmt::format("declare {} {}({})", type, function, types));
    return Lane<T>(writer().value(fmt::format("call {} {}({})", type, function, arguments)));
}
template <std::floating_point T>
[[nodiscard]] Lane<T> fma(const Lane<T>& a, const Lane<T>& b, const Lane<T>& c) {
    return intrinsic("fma", a, b, c);
}
template <std::floating_point T>
[[nodiscard]] Lane<T> sqrt(const Lane<T>& x) {
    return intrinsic("sqrt", x);
}
template <std::floating_point T>
[[nodiscard]] Lane<T> abs(const Lane<T>& x) {
    return intrinsic("fabs", x);
}
template <std::floating_point T>
[[nodiscard]] Lane<T> copysign(const Lane<T>& magnitude, const Lane<T>& sign) {
    return intrinsic("copysign", magnitude, sign);
}
template <std::floating_point T>
[[nodiscard]] Lane<T> rint(const Lane<T>& x) {
    return intrinsic("rint", x);
}
template <std::floating_point T>
[[nodiscard]] Lane<T> floor(const Lane<T>& x) {
    return intrinsic("floor", x);
}
template <std::floating_point T>
[[nodiscard]] Lane<T> ceil(const Lane<T>& x) {
    return intrinsic("ceil", x);
}
template <std::floating_point T>
[[nodiscard]] Lane<T> trunc(const Lane<T>& x) {
    return intrinsic("trunc", x);
}

/// 512 bits of a vector, from that element on.
template <std::floating_point T>
[[nodiscard]] std::string part(const Lane<T>& x, int first, int count) {
    if (count == lanes) {
        return x.text();
    }
    return writer().value(fmt::format("shufflevector {0} {1}, {0} poison, <{2} x i32> <i32 {3}>",
                                      vector_type(dtype_of<T>), x.text(), count,
                                      fmt::join(std::views::iota(first, first + count), ", i32 ")));
}
/// The instruction vscalef of AVX-512, for as many elements as a register holds.
template <std::floating_point T>
[[nodiscard]] std::string scaled_part(const Lane<T>& x, const Lane<T>& n, int first, int count) {
    const std::string type = fmt::format("<{} x {}>", count, element_type(dtype_of<T>));
    const std::string mask = fmt::format("i{}", count);
    const std::string function =
        fmt::format("@llvm.x86.avx512.mask.scalef.{}.512", std::is_same_v<T, double> ? "pd" : "ps");
    constexpr int current_rounding = 4;
    writer().declare(fmt::format("declare {0} {1}({0}, {0}, {0}, {2}, i32)", type, function, mask));
    return writer().value(fmt::format("call {0} {1}({0} {2}, {0} {3}, {0} poison, {4} -1, i32 {5})",
                                      type, function, part(x, first, count), part(n, first, count),
                                      mask, current_rounding));
}
template <std::floating_point T, class Otherwise>
[[nodiscard]] Lane<T> scaled(const Lane<T>& x, const Lane<T>& n, const Otherwise& otherwise) {
    constexpr int held = 64 / static_cast<int>(sizeof(T));
    if (writer().width() != Processor::avx512) {
        return otherwise();
    }
    const std::string low = scaled_part(x, n, 0, held);
    if constexpr (held == lanes) {
        return Lane<T>(low);
    } else {
        static_assert(2 * held == lanes);
        const std::string high = scaled_part(x, n, held, held);
        return Lane<T>(writer().value(
            fmt::format("shufflevector <{0} x {1}> {2}, <{0} x {1}> {3}, <{4} x i32> <i32 {5}>",
                        held, element_type(dtype_of<T>), low, high, lanes,
                        fmt::join(std::views::iota(0, lanes), ", i32 "))));
    }
}

template <class U, class T>
[[nodiscard]] Lane<U> conversion(std::string_view instruction, const Lane<T>& x) {
    return Lane<U>(
        writer().value(fmt::format("{} {} {} to {}", instruction, vector_type(dtype_of<T>),
                                   x.text(), vector_type(dtype_of<U>))));
}
template <lane::Plain U, class T>
[[nodiscard]] Lane<U> bits_as(const Lane<T>& x) {
    static_assert(sizeof(U) == sizeof(T));
    if constexpr (is_real<U> == is_real<T>) {
        return Lane<U>(x.text());  // signed and unsigned integers are one type
    } else {
        return conversion<U>("bitcast", x);
    }
}
/// As static_cast; a float that becomes an integer has to fit.
template <lane::Plain U, class T>
[[nodiscard]] Lane<U> convert(const Lane<T>& x) {
    if constexpr (std::is_same_v<U, T>) {
        return x;
    } else if constexpr (is_real<U> && is_real<T>) {
        return conversion<U>(sizeof(U) > sizeof(T) ? "fpext" : "fptrunc", x);
    } else if constexpr (is_real<U>) {
        return conversion<U>(std::is_signed_v<T> ? "sitofp" : "uitofp", x);
    } else if constexpr (std::is_same_v<U, bool>) {
        return x != Lane<T>(0);
    } else if constexpr (is_real<T>) {
        return conversion<U>(std::is_signed_v<U> ? "fptosi" : "fptoui", x);
    } else if constexpr (sizeof(U) == sizeof(T) && !std::is_same_v<T, bool>) {
        return Lane<U>(x.text());
    } else if constexpr (sizeof(U) < sizeof(T)) {
        return conversion<U>("trunc", x);
    } else {
        return conversion<U>(std::is_signed_v<T> ? "sext" : "zext", x);
    }
}

/// What `rarely` calls for the lanes of a mask.
template <class T>
void call_for_lanes(T (*call)(T, T) noexcept, T* result, const T* x, const T* y,
                    std::uint16_t mask) noexcept {
    for (int lane = 0; lane < lanes; ++lane) {
        if (((mask >> static_cast<unsigned>(lane)) & 1U) != 0) {
            result[lane] = call(x[lane], y[lane]);
        }
    }
}

/// `fast`, or where some lane of the mask is on what `slow` gives: it is called with a register of
/// the mask's bits ("i16 %v7") and writes code that is skipped otherwise.
template <class T, class Slow>
[[nodiscard]] Lane<T> unless_rare(const Lane<bool>& mask, const Lane<T>& fast, const Slow& slow) {
    Writer& out = writer();
    const std::string bits = out.value(
        fmt::format("bitcast {} {} to i{}", vector_type(DType::boolean), mask.text(), lanes));
    const std::string needed = out.value(fmt::format("icmp ne i{} {}, 0", lanes, bits));
    const std::string before = out.current_block();
    const std::string slow_block = out.fresh_label("rare");
    const std::string join = out.fresh_label("join");
    out.line(fmt::format("br i1 {}, label %{}, label %{}", needed, slow_block, join));
    out.block(slow_block);
    const Lane<T> computed = slow(fmt::format("i{} {}", lanes, bits));
    out.line(fmt::format("br label %{}", join));
    out.block(join);
    return Lane<T>(
        out.value(fmt::format("phi {} [ {}, %{} ], [ {}, %{} ]", vector_type(dtype_of<T>),
                              fast.text(), before, computed.text(), slow_block)));
}

/// Leaves a vector in memory of the function, where functions of plain numbers read and write it;
/// bools lie there as bytes.
template <class T>
[[nodiscard]] std::string in_memory(const Lane<T>& x) {
    if constexpr (std::is_same_v<T, bool>) {
        return in_memory(convert<std::uint8_t>(x));
    } else {
        const std::string_view element = element_type(dtype_of<T>);
        std::string place = writer().stack(element, lanes);
        writer().line(
            fmt::format("store {} {}, ptr {}, align 64", vector_of(element), x.text(), place));
        return place;
    }
}
template <class T>
[[nodiscard]] Lane<T> from_memory(const std::string& place) {
    if constexpr (std::is_same_v<T, bool>) {
        return from_memory<std::uint8_t>(place) != Lane<std::uint8_t>(0);
    } else {
        return Lane<T>(writer().value(
            fmt::format("load {}, ptr {}, align 64", vector_type(dtype_of<T>), place)));
    }
}

template <std::floating_point T>
[[nodiscard]] Lane<T> rarely(const Lane<bool>& mask, const Lane<T>& fast, const lane::Rare<T>& slow,
                             const Lane<T>& x, const Lane<T>& y) {
    return unless_rare(mask, fast, [&](const std::string& bits) {
        Writer& out = writer();
        const std::string result = in_memory(fast);
        const std::string first = in_memory(x);
        const std::string second = in_memory(y);
        const std::string loop =
            out.host_function(fmt::format("call_{}_for_lanes", name_of(dtype_of<T>)),
                              reinterpret_cast<void*>(&call_for_lanes<T>));
        const std::string function =
            out.host_function(slow.name, reinterpret_cast<void*>(slow.call));
        out.line(fmt::format("call void {}(ptr {}, ptr {}, ptr {}, ptr {}, {})", loop, function,
                             result, first, second, bits));
        return from_memory<T>(result);
    });
}

}  // namespace monnto::emit

namespace monnto::lane {

template <class T>
struct Traits<emit::Lane<T>> {
    using Element = T;
    template <class U>
    using Rebind = emit::Lane<U>;
};

}  // namespace monnto::lane
