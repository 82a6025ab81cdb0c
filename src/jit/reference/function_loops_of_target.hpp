#pragma once

#include "../math/erf.hpp"
#include "../math/hyperbolic.hpp"
#include "../math/inverse_trigonometry.hpp"
#include "../math/power.hpp"
#include "../math/roots.hpp"
#include "../math/sigmoid.hpp"
#include "../math/trigonometry.hpp"
#include "function_loops.hpp"

/// Included once by each source that is compiled for some target; MONNTO_LANE_TARGET names it.
/// Nothing but functions of namespaces of that name may be emitted there: the linker keeps one
/// function of each name, and would give those of AVX2 to processors without.
namespace monnto::reference::MONNTO_LANE_TARGET {

/// Flattened: a call that GCC finds too large to inline would keep the loop from being vectorized.
template <class T, class F>
[[gnu::flatten]] void unary_loop(const T* x, const T* /*y*/, T* out, std::ptrdiff_t count) {
    const F f{};
#pragma GCC ivdep
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        out[i] = f(x[i]);
    }
}
template <class T, class F>
[[gnu::flatten]] void binary_loop(const T* x, const T* y, T* out, std::ptrdiff_t count) {
    const F f{};
#pragma GCC ivdep
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        out[i] = f(x[i], y[i]);
    }
}

/// For functions that call for single lanes, which no compiler vectorizes: blocks without such a
/// lane take `Moderate`, which gives the same there.
template <class T, class F, class Moderate>
void angle_loop(const T* x, const T* /*y*/, T* out, std::ptrdiff_t count) {
    constexpr std::ptrdiff_t block = 128;
    for (std::ptrdiff_t first = 0; first < count; first += block) {
        const std::ptrdiff_t size = count - first < block ? count - first : block;
        unsigned huge = 0;
        for (std::ptrdiff_t i = 0; i < size; ++i) {
            huge |= lane::is_huge_angle(x[first + i]) ? 1U : 0U;
        }
        const auto loop = huge == 0 ? unary_loop<T, Moderate> : unary_loop<T, F>;
        loop(x + first, nullptr, out + first, size);
    }
}

template <class T, class F>
[[nodiscard]] FunctionLoop<T> unary(F /*f*/) {
    return &unary_loop<T, F>;
}
template <class T, class F>
[[nodiscard]] FunctionLoop<T> binary(F /*f*/) {
    return &binary_loop<T, F>;
}
template <class T, class F, class Moderate>
[[nodiscard]] FunctionLoop<T> angle(F /*f*/, Moderate /*moderate*/) {
    return &angle_loop<T, F, Moderate>;
}

template <class T>
[[nodiscard]] FunctionLoop<T> exponential_or_logarithm(Op op) noexcept {
    switch (op) {
        case Op::exp:
            return unary<T>([](T x) { return lane::exp(x); });
        case Op::exp2:
            return unary<T>([](T x) { return lane::exp2(x); });
        case Op::expm1:
            return unary<T>([](T x) { return lane::expm1(x); });
        case Op::log:
            return unary<T>([](T x) { return lane::log(x); });
        case Op::log2:
            return unary<T>([](T x) { return lane::log2(x); });
        case Op::log10:
            return unary<T>([](T x) { return lane::log10(x); });
        case Op::log1p:
            return unary<T>([](T x) { return lane::log1p(x); });
        case Op::sigmoid:
            return unary<T>([](T x) { return lane::sigmoid(x); });
        case Op::erf:
            return unary<T>([](T x) { return lane::erf(x); });
        case Op::cbrt:
            return unary<T>([](T x) { return lane::cbrt(x); });
        default:
            return nullptr;
    }
}

template <class T>
[[nodiscard]] FunctionLoop<T> trigonometry(Op op) noexcept {
    switch (op) {
        case Op::sin:
            return angle<T>([](T x) { return lane::sin(x); },
                            [](T x) { return lane::sin_of_moderate(x); });
        case Op::cos:
            return angle<T>([](T x) { return lane::cos(x); },
                            [](T x) { return lane::cos_of_moderate(x); });
        case Op::tan:
            return angle<T>([](T x) { return lane::tan(x); },
                            [](T x) { return lane::tan_of_moderate(x); });
        case Op::arcsin:
            return unary<T>([](T x) { return lane::arcsin(x); });
        case Op::arccos:
            return unary<T>([](T x) { return lane::arccos(x); });
        case Op::arctan:
            return unary<T>([](T x) { return lane::arctan(x); });
        case Op::sinh:
            return unary<T>([](T x) { return lane::sinh(x); });
        case Op::cosh:
            return unary<T>([](T x) { return lane::cosh(x); });
        case Op::tanh:
            return unary<T>([](T x) { return lane::tanh(x); });
        case Op::arcsinh:
            return unary<T>([](T x) { return lane::arcsinh(x); });
        case Op::arccosh:
            return unary<T>([](T x) { return lane::arccosh(x); });
        case Op::arctanh:
            return unary<T>([](T x) { return lane::arctanh(x); });
        default:
            return nullptr;
    }
}

template <class T>
[[nodiscard]] FunctionLoop<T> two_arguments(Op op) noexcept {
    switch (op) {
        case Op::power:
            return binary<T>([](T x, T y) { return lane::pow(x, y); });
        case Op::arctan2:
            return binary<T>([](T y, T x) { return lane::arctan2(y, x); });
        case Op::hypot:
            return binary<T>([](T x, T y) { return lane::hypot(x, y); });
        case Op::logaddexp:
            return binary<T>([](T x, T y) { return lane::logaddexp(x, y); });
        default:
            return nullptr;
    }
}

template <class T>
[[nodiscard]] FunctionLoop<T> function_loop(Op op) noexcept {
    for (const auto find : {exponential_or_logarithm<T>, trigonometry<T>, two_arguments<T>}) {
        if (const FunctionLoop<T> loop = find(op); loop != nullptr) {
            return loop;
        }
    }
    return nullptr;
}

template FunctionLoop<float> function_loop<float>(Op op) noexcept;
template FunctionLoop<double> function_loop<double>(Op op) noexcept;

}  // namespace monnto::reference::MONNTO_LANE_TARGET
