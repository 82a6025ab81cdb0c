#include "lookup.hpp"
#include "operand.hpp"
#include "real.hpp"

#include <cmath>

namespace monnto::reference {
namespace {

template <class T>
[[nodiscard]] Kernel powers_and_logarithms(Op op) {
    using C = computed_t<T>;
    switch (op) {
        case Op::cbrt:
            return unary<T>([](C x) { return std::cbrt(x); });
        case Op::exp:
            return unary<T>([](C x) { return std::exp(x); });
        case Op::exp2:
            return unary<T>([](C x) { return std::exp2(x); });
        case Op::expm1:
            return unary<T>([](C x) { return std::expm1(x); });
        case Op::log:
            return unary<T>([](C x) { return std::log(x); });
        case Op::log2:
            return unary<T>([](C x) { return std::log2(x); });
        case Op::log10:
            return unary<T>([](C x) { return std::log10(x); });
        case Op::log1p:
            return unary<T>([](C x) { return std::log1p(x); });
        case Op::sigmoid:
            return unary<T>([](C x) { return sigmoid(x); });
        case Op::erf:
            return unary<T>([](C x) { return std::erf(x); });
        default:
            return nullptr;
    }
}

template <class T>
[[nodiscard]] Kernel trigonometry(Op op) {
    using C = computed_t<T>;
    switch (op) {
        case Op::sin:
            return unary<T>([](C x) { return std::sin(x); });
        case Op::cos:
            return unary<T>([](C x) { return std::cos(x); });
        case Op::tan:
            return unary<T>([](C x) { return std::tan(x); });
        case Op::arcsin:
            return unary<T>([](C x) { return std::asin(x); });
        case Op::arccos:
            return unary<T>([](C x) { return std::acos(x); });
        case Op::arctan:
            return unary<T>([](C x) { return std::atan(x); });
        case Op::sinh:
            return unary<T>([](C x) { return std::sinh(x); });
        case Op::cosh:
            return unary<T>([](C x) { return std::cosh(x); });
        case Op::tanh:
            return unary<T>([](C x) { return std::tanh(x); });
        case Op::arcsinh:
            return unary<T>([](C x) { return std::asinh(x); });
        case Op::arccosh:
            return unary<T>([](C x) { return std::acosh(x); });
        case Op::arctanh:
            return unary<T>([](C x) { return std::atanh(x); });
        default:
            return nullptr;
    }
}

}  // namespace

Kernel function_kernel(Op op, DType dtype) {
    return dispatch(dtype, [op]<class T>() -> Kernel {
        if constexpr (Real<computed_t<T>>) {
            const Kernel kernel = powers_and_logarithms<T>(op);
            return kernel != nullptr ? kernel : trigonometry<T>(op);
        } else {
            return nullptr;
        }
    });
}

}  // namespace monnto::reference
