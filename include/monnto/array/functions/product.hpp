#pragma once

#include <monnto/array/array.hpp>

#include <vector>

namespace monnto {

/// Each sum of products runs over the inner axis in ascending order (S17).
[[nodiscard]] Array dot(const Operand& left, const Operand& right);
[[nodiscard]] Array matmul(const Array& a, const Array& b);
[[nodiscard]] Array outer(const Operand& left, const Operand& right);
[[nodiscard]] Array inner(const Array& a, const Array& b);
[[nodiscard]] Array vdot(const Array& a, const Array& b);  ///< both flattened
/// Sums over pairs of axes, of `a` and of `b`; the others remain, those of `a` first.
[[nodiscard]] Array tensordot(const Array& a, const Array& b,
                              const std::vector<std::ptrdiff_t>& axes_of_a,
                              const std::vector<std::ptrdiff_t>& axes_of_b);
/// Over the last `axes` axes of `a` and the first ones of `b`.
[[nodiscard]] Array tensordot(const Array& a, const Array& b, int axes = 2);
[[nodiscard]] Array kron(const Array& a, const Array& b);
[[nodiscard]] Array trace(const Array& a, std::ptrdiff_t offset = 0, std::ptrdiff_t axis1 = 0,
                          std::ptrdiff_t axis2 = 1);
enum class Overlap : unsigned char { full, same, valid };
[[nodiscard]] Array convolve(const Array& a, const Array& kernel, Overlap overlap = Overlap::full);
[[nodiscard]] Array correlate(const Array& a, const Array& kernel,
                              Overlap overlap = Overlap::valid);
/// Covariance of the rows, float64.
[[nodiscard]] Array cov(const Array& rows, double ddof = 1);
[[nodiscard]] Array corrcoef(const Array& rows);

}  // namespace monnto
