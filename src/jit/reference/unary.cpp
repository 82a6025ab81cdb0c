#include "integer.hpp"
#include "lookup.hpp"
#include "operand.hpp"
#include "real.hpp"

#include <cmath>
#include <type_traits>

namespace monnto::reference {
namespace {

/// On bytes: GCC does not vectorize the negation of bools.
[[nodiscard]] Kernel bool_not() {
    return unary<std::uint8_t>([](std::uint8_t x) { return static_cast<std::uint8_t>(x ^ 1U); });
}

/// Operations on numbers that are no float; `floor` and its kind leave them alone.
template <class T>
[[nodiscard]] Kernel integer_kernel(Op op) {
    if constexpr (!std::is_same_v<T, bool>) {
        switch (op) {
            case Op::negative:
                return unary<T>([](T x) { return wrapping_negative(x); });
            case Op::absolute:
                return unary<T>([](T x) { return x < 0 ? wrapping_negative(x) : x; });
            case Op::invert:
                return unary<T>([](T x) { return static_cast<T>(~x); });
            case Op::sign:
                return unary<T>([](T x) { return static_cast<T>((x > 0) - (x < 0)); });
            case Op::square:
                return unary<T>([](T x) { return wrapping_multiply(x, x); });
            case Op::reciprocal:
                return unary<T>([](T x) { return to_integer<T>(1.0 / static_cast<double>(x)); });
            default:
                break;
        }
    }
    switch (op) {
        case Op::copy:
        case Op::absolute:  // of bool
        case Op::floor:
        case Op::ceil:
        case Op::trunc:
        case Op::rint:
            return unary<T>([](T x) { return x; });
        case Op::invert:
            return bool_not();
        default:
            return nullptr;
    }
}

template <class T>
[[nodiscard]] Kernel real_kernel(Op op) {
    using C = computed_t<T>;
    switch (op) {
        case Op::copy:
            return unary<T>([](C x) { return x; });
        case Op::negative:
            return unary<T>([](C x) { return -x; });
        case Op::absolute:
            return unary<T>([](C x) { return std::abs(x); });
        case Op::sign:
            return unary<T>([](C x) { return sign_of(x); });
        case Op::floor:
            return unary<T>([](C x) { return std::floor(x); });
        case Op::ceil:
            return unary<T>([](C x) { return std::ceil(x); });
        case Op::trunc:
            return unary<T>([](C x) { return std::trunc(x); });
        case Op::rint:
            return unary<T>([](C x) { return std::nearbyint(x); });
        case Op::square:
            return unary<T>([](C x) { return x * x; });
        case Op::reciprocal:
            return unary<T>([](C x) { return 1 / x; });
        case Op::sqrt:
            return unary<T>([](C x) { return std::sqrt(x); });
        default:
            return nullptr;
    }
}

template <class T>
[[nodiscard]] Kernel predicate_kernel(Op op) {
    using C = computed_t<T>;
    if constexpr (Real<C>) {
        switch (op) {
            case Op::logical_not:
                return unary<T, bool>([](C x) { return x == 0; });
            case Op::isnan:
                return unary<T, bool>([](C x) { return std::isnan(x); });
            case Op::isinf:
                return unary<T, bool>([](C x) { return std::isinf(x); });
            case Op::isfinite:
                return unary<T, bool>([](C x) { return std::isfinite(x); });
            case Op::signbit:
                return unary<T, bool>([](C x) { return has_sign(x); });
            default:
                return nullptr;
        }
    } else {
        switch (op) {
            case Op::logical_not:
                return std::is_same_v<T, bool> ? bool_not()
                                               : unary<T, bool>([](C x) { return x == C{0}; });
            case Op::isnan:
            case Op::isinf:
                return unary<T, bool>([](C) { return false; });
            case Op::isfinite:
                return unary<T, bool>([](C) { return true; });
            case Op::signbit:
                return unary<T, bool>([](C x) { return x < C{0}; });
            default:
                return nullptr;
        }
    }
}

}  // namespace

Kernel unary_kernel(Op op, DType dtype) {
    return dispatch(dtype, [op]<class T>() -> Kernel {
        if (family_of(op) == OpFamily::predicate) {
            return predicate_kernel<T>(op);
        }
        if constexpr (Real<computed_t<T>>) {
            return real_kernel<T>(op);
        } else {
            return integer_kernel<T>(op);
        }
    });
}

}  // namespace monnto::reference
