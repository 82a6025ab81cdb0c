#include "integer.hpp"
#include "lookup.hpp"
#include "operand.hpp"

#include <type_traits>

namespace monnto::reference {
namespace {

template <class T>
[[nodiscard]] Kernel logic(Op op) {
    switch (op) {
        case Op::bitwise_and:
            return binary<T>([](T a, T b) { return static_cast<T>(a & b); });
        case Op::bitwise_or:
            return binary<T>([](T a, T b) { return static_cast<T>(a | b); });
        case Op::bitwise_xor:
            return binary<T>([](T a, T b) { return static_cast<T>(a ^ b); });
        default:
            return nullptr;
    }
}

template <Integer T>
[[nodiscard]] Kernel shift(Op op) {
    switch (op) {
        case Op::left_shift:
            return binary<T>([](T a, T b) { return shifted_left(a, b); });
        case Op::right_shift:
            return binary<T>([](T a, T b) { return shifted_right(a, b); });
        default:
            return logic<T>(op);
    }
}

}  // namespace

Kernel bitwise_kernel(Op op, DType dtype) {
    return dispatch(dtype, [op]<class T>() -> Kernel {
        if constexpr (std::is_same_v<T, bool>) {
            return logic<bool>(op);
        } else if constexpr (Integer<T>) {
            return shift<T>(op);
        } else {
            return nullptr;
        }
    });
}

}  // namespace monnto::reference
