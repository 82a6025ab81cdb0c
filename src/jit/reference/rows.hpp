#pragma once

#include "half.hpp"

#include <array>
#include <cstddef>
#include <cstring>

/// Inner loops of elementwise kernels: `unary<T>(f)`, `binary<T>(f)` turn a function of elements
/// into a loop over rows, with the strides that matter compiled in.
namespace monnto::reference {

/// A row of the result, which is always consecutive, and of up to three inputs. The result may be
/// the very row of an input (donation), but never overlaps one with an offset.
struct Row {
    void* out;
    std::array<const void*, 3> in;
    std::array<std::ptrdiff_t, 3> step;  // elements
    std::ptrdiff_t count;
};

/// Nullptr stands for a combination of operation and dtype that recording never makes.
using Kernel = void (*)(const Row& row);

/// The loop of `f`, whose results are converted to R. T and R are types of elements; `f` takes and
/// gives the types they are computed in.
template <class T, class R, class F>
void unary_row(const Row& row) {
    const F f{};
    auto* out = static_cast<R*>(row.out);
    const auto* in = static_cast<const T*>(row.in[0]);
    const std::ptrdiff_t count =
        row.count;  // a copy: the loop's stores might change the row itself
    const auto each = [=](auto step) {
#pragma GCC ivdep
        for (std::ptrdiff_t i = 0; i < count; ++i) {
            out[i] = R(f(static_cast<computed_t<T>>(in[i * step])));
        }
    };
    if (row.step[0] == 1) {
        each(std::integral_constant<std::ptrdiff_t, 1>{});
    } else {
        each(row.step[0]);
    }
}

template <class T, class R = T, class F>
[[nodiscard]] Kernel unary(F /*of_elements*/) {
    return &unary_row<T, R, F>;
}

template <class T, class R, class F>
void binary_row(const Row& row) {
    using C = computed_t<T>;
    const F f{};
    auto* out = static_cast<R*>(row.out);
    const auto* a = static_cast<const T*>(row.in[0]);
    const auto* b = static_cast<const T*>(row.in[1]);
    const std::ptrdiff_t count = row.count;
    const auto each = [=](auto first, auto second) {
#pragma GCC ivdep
        for (std::ptrdiff_t i = 0; i < count; ++i) {
            out[i] = R(f(static_cast<C>(first(i)), static_cast<C>(second(i))));
        }
    };
    const auto [step_a, step_b, unused] = row.step;
    if (step_a == 1 && step_b == 1) {
        each([a](std::ptrdiff_t i) { return a[i]; }, [b](std::ptrdiff_t i) { return b[i]; });
    } else if (step_a == 1 && step_b == 0) {
        each([a](std::ptrdiff_t i) { return a[i]; }, [b = *b](std::ptrdiff_t) { return b; });
    } else if (step_a == 0 && step_b == 1) {
        each([a = *a](std::ptrdiff_t) { return a; }, [b](std::ptrdiff_t i) { return b[i]; });
    } else {
        each([a, s = step_a](std::ptrdiff_t i) { return a[i * s]; },
             [b, s = step_b](std::ptrdiff_t i) { return b[i * s]; });
    }
}

template <class T, class R = T, class F>
[[nodiscard]] Kernel binary(F /*of_elements*/) {
    return &binary_row<T, R, F>;
}

}  // namespace monnto::reference
