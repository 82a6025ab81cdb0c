#include "lookup.hpp"
#include "operand.hpp"

namespace monnto::reference {
namespace {

template <class T>
[[nodiscard]] Kernel order(Op op) {
    using C = computed_t<T>;
    switch (op) {
        case Op::equal:
            return binary<T, bool>([](C a, C b) { return a == b; });
        case Op::not_equal:
            return binary<T, bool>([](C a, C b) { return a != b; });
        case Op::less:
            return binary<T, bool>([](C a, C b) { return a < b; });
        case Op::less_equal:
            return binary<T, bool>([](C a, C b) { return a <= b; });
        case Op::greater:
            return binary<T, bool>([](C a, C b) { return a > b; });
        case Op::greater_equal:
            return binary<T, bool>([](C a, C b) { return a >= b; });
        default:
            return nullptr;
    }
}

template <class T>
[[nodiscard]] Kernel logic(Op op) {
    using C = computed_t<T>;
    // & and | of claims, not && and ||: a branch per element would cost more than the second claim.
    switch (op) {
        case Op::logical_and:
            return binary<T, bool>([](C a, C b) { return (a != 0) & (b != 0); });
        case Op::logical_or:
            return binary<T, bool>([](C a, C b) { return (a != 0) | (b != 0); });
        case Op::logical_xor:
            return binary<T, bool>([](C a, C b) { return (a != 0) != (b != 0); });
        default:
            return nullptr;
    }
}

}  // namespace

Kernel comparison_kernel(Op op, DType dtype) {
    return dispatch(dtype, [op]<class T>() -> Kernel {
        const Kernel kernel = order<T>(op);
        return kernel != nullptr ? kernel : logic<T>(op);
    });
}

}  // namespace monnto::reference
