#include "integer.hpp"
#include "lookup.hpp"
#include "operand.hpp"
#include "real.hpp"

#include <cmath>

namespace monnto::reference {
namespace {

template <Integer T>
[[nodiscard]] Kernel integer_kernel(Op op) {
    switch (op) {
        case Op::floor_divide:
            return binary<T>([](T a, T b) { return floor_quotient(a, b); });
        case Op::remainder:
            return binary<T>([](T a, T b) { return floor_remainder(a, b); });
        case Op::fmod:
            return binary<T>([](T a, T b) { return truncated_remainder(a, b); });
        case Op::power:
            return binary<T>([](T a, T b) { return integer_power(a, b); });
        default:
            return nullptr;
    }
}

template <class T>
[[nodiscard]] Kernel real_kernel(Op op) {
    using C = computed_t<T>;
    switch (op) {
        case Op::floor_divide:
            return binary<T>([](C a, C b) { return floor_quotient(a, b); });
        case Op::remainder:
            return binary<T>([](C a, C b) { return floor_remainder(a, b); });
        case Op::fmod:
            return binary<T>([](C a, C b) { return std::fmod(a, b); });
        default:
            return nullptr;
    }
}

}  // namespace

Kernel division_kernel(Op op, DType dtype) {
    return dispatch(dtype, [op]<class T>() -> Kernel {
        if constexpr (Integer<T>) {
            return integer_kernel<T>(op);
        } else if constexpr (Real<computed_t<T>>) {
            return real_kernel<T>(op);
        } else {
            return nullptr;  // bool
        }
    });
}

}  // namespace monnto::reference
