#include "arithmetic.hpp"

#include <limits>

// The same choices as the interpreter's arithmetic.cpp, unary.cpp, comparison.cpp and bitwise.cpp
// make; tests run both on the same values.
namespace monnto::emit {
namespace {

template <class T>
[[nodiscard]] std::string text(const Lane<T>& lane) {
    return lane.text();
}

[[nodiscard]] std::string bool_unary(Op op, const Lane<bool>& x) {
    switch (op) {
        case Op::absolute:
        case Op::floor:
        case Op::ceil:
        case Op::trunc:
        case Op::rint:
            return text(x);
        case Op::invert:
        case Op::logical_not:
            return text(negated(x));
        case Op::isnan:
        case Op::isinf:
        case Op::signbit:
            return text(Lane<bool>(false));
        case Op::isfinite:
            return text(Lane<bool>(true));
        default:
            return "";
    }
}

template <std::integral T>
[[nodiscard]] std::string integer_unary(Op op, const Lane<T>& x) {
    const Lane<T> zero(0);
    switch (op) {
        case Op::negative:
            return text(zero - x);
        case Op::absolute:
            return std::is_signed_v<T> ? text(select(x < zero, zero - x, x)) : text(x);
        case Op::invert:
            return text(~x);
        case Op::sign:
            return text(
                select(x > zero, Lane<T>(1), select(x < zero, Lane<T>(static_cast<T>(-1)), zero)));
        case Op::square:
            return text(x * x);
        case Op::floor:
        case Op::ceil:
        case Op::trunc:
        case Op::rint:
            return text(x);
        case Op::logical_not:
            return text(x == zero);
        case Op::isnan:
        case Op::isinf:
            return text(Lane<bool>(false));
        case Op::isfinite:
            return text(Lane<bool>(true));
        case Op::signbit:
            return text(x < zero);
        default:
            return "";
    }
}

template <std::floating_point T>
[[nodiscard]] std::string real_unary(Op op, const Lane<T>& x) {
    const Lane<T> zero(0);
    const Lane<T> one(1);
    const Lane<T> infinity(std::numeric_limits<T>::infinity());
    using Bits = std::conditional_t<sizeof(T) == 8, std::int64_t, std::int32_t>;
    switch (op) {
        case Op::negative:
            return text(-x);
        case Op::absolute:
            return text(abs(x));
        case Op::sign:
            return text(select(x > zero, one, select(x < zero, -one, select(x == zero, zero, x))));
        case Op::floor:
            return text(floor(x));
        case Op::ceil:
            return text(ceil(x));
        case Op::trunc:
            return text(trunc(x));
        case Op::rint:
            return text(rint(x));
        case Op::square:
            return text(x * x);
        case Op::reciprocal:
            return text(one / x);
        case Op::sqrt:
            return text(sqrt(x));
        case Op::logical_not:
            return text(x == zero);
        case Op::isnan:
            return text(x != x);
        case Op::isinf:
            return text(abs(x) == infinity);
        case Op::isfinite:
            return text(abs(x) < infinity);
        case Op::signbit:
            return text(bits_as<Bits>(x) < Lane<Bits>(0));
        default:
            return unary_function(op, x);
    }
}

template <class T>
[[nodiscard]] std::string compared(Op op, const Lane<T>& a, const Lane<T>& b) {
    const auto truth = [](const Lane<T>& x) {
        if constexpr (std::is_same_v<T, bool>) {
            return x;
        } else {
            return x != Lane<T>(0);
        }
    };
    switch (op) {
        case Op::equal:
            return text(a == b);
        case Op::not_equal:
            return text(a != b);
        case Op::less:
            return text(a < b);
        case Op::less_equal:
            return text(a <= b);
        case Op::greater:
            return text(a > b);
        case Op::greater_equal:
            return text(a >= b);
        case Op::logical_and:
            return text(both(truth(a), truth(b)));
        case Op::logical_or:
            return text(either(truth(a), truth(b)));
        case Op::logical_xor:
            return text(truth(a) != truth(b));
        default:
            return "";
    }
}

[[nodiscard]] std::string bool_binary(Op op, const Lane<bool>& a, const Lane<bool>& b) {
    switch (op) {
        case Op::add:
        case Op::maximum:
        case Op::fmax:
        case Op::bitwise_or:
            return text(either(a, b));
        case Op::multiply:
        case Op::minimum:
        case Op::fmin:
        case Op::bitwise_and:
            return text(both(a, b));
        case Op::bitwise_xor:
            return text(a != b);
        default:
            return "";
    }
}

/// Shifts by the width or more shift everything out.
template <std::integral T>
[[nodiscard]] Lane<T> shifted(Op op, const Lane<T>& a, const Lane<T>& by) {
    using Unsigned = std::make_unsigned_t<T>;
    constexpr auto width = static_cast<Unsigned>(std::numeric_limits<Unsigned>::digits);
    const Lane<bool> is_out = Lane<Unsigned>(by.text()) >= Lane<Unsigned>(width);
    const Lane<T> safe = select(is_out, Lane<T>(0), by);
    if (op == Op::left_shift) {
        return select(is_out, Lane<T>(0), a << safe);
    }
    const Lane<T> zero(0);
    const Lane<T> rest =
        std::is_signed_v<T> ? select(a < zero, Lane<T>(static_cast<T>(-1)), zero) : zero;
    return select(is_out, rest, a >> safe);
}

template <std::integral T>
[[nodiscard]] std::string integer_binary(Op op, const Lane<T>& a, const Lane<T>& b) {
    switch (op) {
        case Op::add:
            return text(a + b);
        case Op::subtract:
            return text(a - b);
        case Op::multiply:
            return text(a * b);
        case Op::maximum:
        case Op::fmax:
            return text(select(a > b, a, b));
        case Op::minimum:
        case Op::fmin:
            return text(select(a < b, a, b));
        case Op::bitwise_and:
            return text(a & b);
        case Op::bitwise_or:
            return text(a | b);
        case Op::bitwise_xor:
            return text(a ^ b);
        case Op::left_shift:
        case Op::right_shift:
            return text(shifted(op, a, b));
        default:
            return "";
    }
}

/// Of two zeros of different sign the second, as the processor's own instruction decides, which the
/// inner selection becomes.
template <std::floating_point T>
[[nodiscard]] std::string real_binary(Op op, const Lane<T>& a, const Lane<T>& b) {
    switch (op) {
        case Op::add:
            return text(a + b);
        case Op::subtract:
            return text(a - b);
        case Op::multiply:
            return text(a * b);
        case Op::divide:
            return text(a / b);
        case Op::copysign:
            return text(copysign(a, b));
        case Op::maximum:
            return text(select(a != a, a, select(a > b, a, b)));
        case Op::minimum:
            return text(select(a != a, a, select(a < b, a, b)));
        case Op::fmax:
            return text(select(b != b, a, select(a > b, a, b)));
        case Op::fmin:
            return text(select(b != b, a, select(a < b, a, b)));
        default:
            return binary_function(op, a, b);
    }
}

}  // namespace

template <class T>
std::string unary(Op op, const Lane<T>& x) {
    if constexpr (std::is_same_v<T, bool>) {
        return bool_unary(op, x);
    } else if constexpr (is_real<T>) {
        return real_unary(op, x);
    } else {
        return integer_unary(op, x);
    }
}

template <class T>
std::string binary(Op op, const Lane<T>& a, const Lane<T>& b) {
    if (family_of(op) == OpFamily::comparison) {
        return compared(op, a, b);
    }
    if constexpr (std::is_same_v<T, bool>) {
        return bool_binary(op, a, b);
    } else if constexpr (is_real<T>) {
        return real_binary(op, a, b);
    } else {
        return integer_binary(op, a, b);
    }
}

#define MONNTO_LANE_INSTANCE(T)                          \
    template std::string unary(Op op, const Lane<T>& x); \
    template std::string binary(Op op, const Lane<T>& a, const Lane<T>& b);
MONNTO_LANE_TYPES(MONNTO_LANE_INSTANCE)
#undef MONNTO_LANE_INSTANCE

}  // namespace monnto::emit
