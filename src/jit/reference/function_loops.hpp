#pragma once

#include "processor.hpp"

#include <monnto/array/op.hpp>

#include <cstddef>

/// The elementary functions of jit/math as loops over consecutive numbers, compiled once for every
/// processor and again for those with AVX2 and fma, or with AVX-512, where they vectorize. All give
/// the same bits.
namespace monnto::reference {

/// out[i] = f(x[i], y[i]); functions of one argument do not look at y. `out` may be x or y.
template <class T>
using FunctionLoop = void (*)(const T* x, const T* y, T* out, std::ptrdiff_t count);

/// nullptr for operations that are no elementary function. For float and double. Contract: this
/// processor can run the loop.
template <class T>
[[nodiscard]] FunctionLoop<T> function_loop(Op op, Processor processor) noexcept;

/// One per target; the last two where they were compiled.
namespace baseline {
template <class T>
[[nodiscard]] FunctionLoop<T> function_loop(Op op) noexcept;
}
namespace avx2 {
template <class T>
[[nodiscard]] FunctionLoop<T> function_loop(Op op) noexcept;
}
namespace avx512 {
template <class T>
[[nodiscard]] FunctionLoop<T> function_loop(Op op) noexcept;
}

}  // namespace monnto::reference
