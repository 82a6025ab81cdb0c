#include "integer.hpp"
#include "lookup.hpp"
#include "operand.hpp"
#include "real.hpp"

#include <cmath>
#include <type_traits>

namespace monnto::reference {
namespace {

[[nodiscard]] Kernel bool_kernel(Op op) {
    switch (op) {
        case Op::add:
        case Op::maximum:
        case Op::fmax:
            return binary<bool>([](bool a, bool b) { return static_cast<bool>(a | b); });
        case Op::multiply:
        case Op::minimum:
        case Op::fmin:
            return binary<bool>([](bool a, bool b) { return static_cast<bool>(a & b); });
        default:
            return nullptr;
    }
}

template <Integer T>
[[nodiscard]] Kernel integer_kernel(Op op) {
    switch (op) {
        case Op::add:
            return binary<T>([](T a, T b) { return wrapping_add(a, b); });
        case Op::subtract:
            return binary<T>([](T a, T b) { return wrapping_subtract(a, b); });
        case Op::multiply:
            return binary<T>([](T a, T b) { return wrapping_multiply(a, b); });
        case Op::maximum:
        case Op::fmax:
            return binary<T>([](T a, T b) { return a > b ? a : b; });
        case Op::minimum:
        case Op::fmin:
            return binary<T>([](T a, T b) { return a < b ? a : b; });
        default:
            return nullptr;
    }
}

/// Of two zeros of different sign NumPy takes the second where the processor's own instruction
/// decides (float, double), and the first for 16-bit storage.
template <class T, class C = computed_t<T>>
[[nodiscard]] bool wins_as_larger(C a, C b) noexcept {
    return Stored16<T> ? a >= b : a > b;
}
template <class T, class C = computed_t<T>>
[[nodiscard]] bool wins_as_smaller(C a, C b) noexcept {
    return Stored16<T> ? a <= b : a < b;
}

template <class T>
[[nodiscard]] Kernel extremum(Op op) {
    using C = computed_t<T>;
    switch (op) {
        case Op::maximum:
            return binary<T>(
                [](C a, C b) { return wins_as_larger<T>(a, b) || std::isnan(a) ? a : b; });
        case Op::minimum:
            return binary<T>(
                [](C a, C b) { return wins_as_smaller<T>(a, b) || std::isnan(a) ? a : b; });
        case Op::fmax:
            return binary<T>(
                [](C a, C b) { return wins_as_larger<T>(a, b) || std::isnan(b) ? a : b; });
        case Op::fmin:
            return binary<T>(
                [](C a, C b) { return wins_as_smaller<T>(a, b) || std::isnan(b) ? a : b; });
        default:
            return nullptr;
    }
}

template <class T>
[[nodiscard]] Kernel real_kernel(Op op) {
    using C = computed_t<T>;
    switch (op) {
        case Op::add:
            return binary<T>([](C a, C b) { return a + b; });
        case Op::subtract:
            return binary<T>([](C a, C b) { return a - b; });
        case Op::multiply:
            return binary<T>([](C a, C b) { return a * b; });
        case Op::divide:
            return binary<T>([](C a, C b) { return a / b; });
        case Op::copysign:
            return binary<T>([](C a, C b) { return std::copysign(a, b); });
        default:
            return extremum<T>(op);
    }
}

}  // namespace

Kernel arithmetic_kernel(Op op, DType dtype) {
    return dispatch(dtype, [op]<class T>() -> Kernel {
        if constexpr (std::is_same_v<T, bool>) {
            return bool_kernel(op);
        } else if constexpr (Integer<T>) {
            return integer_kernel<T>(op);
        } else {
            return real_kernel<T>(op);
        }
    });
}

}  // namespace monnto::reference
