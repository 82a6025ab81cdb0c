#pragma once

namespace monnto::exact {

/// Natural logarithm of a positive normal number, to about 1 ulp. Of + - * / alone, so that drawn
/// connections are the same bits on every machine, which library functions do not promise.
[[nodiscard]] double log(double x) noexcept;
/// e to the power of `x`, to about 1 ulp; 0 below -700, and `x` must not exceed 700.
[[nodiscard]] double exp(double x) noexcept;

}  // namespace monnto::exact
