#pragma once

#include <monnto/array/dtype.hpp>
#include <monnto/array/facts.hpp>
#include <monnto/array/number.hpp>
#include <monnto/array/op.hpp>

#include <span>

/// What events make smaller (D5, S20): how much is known about values before they are computed.
namespace monnto::events {

/// What is known about one value of a kernel, for all elements it stands for.
struct Bounds {
    double low = 0.0;  // of all elements but NaN
    double high = 0.0;
    bool may_be_nan = false;
    bool may_be_negative_zero = false;
    /// Whether it is, bit for bit, the element of the matrix that the kernel overwrites, converted
    /// without loss.
    bool is_old = false;

    [[nodiscard]] bool is_zero() const noexcept { return low == 0.0 && high == 0.0 && !may_be_nan; }
    [[nodiscard]] bool is_number(double number) const noexcept {
        return low == number && high == number && !may_be_nan;
    }
    [[nodiscard]] bool is_finite() const noexcept;
    friend bool operator==(const Bounds&, const Bounds&) = default;
};

/// All that a dtype can hold.
[[nodiscard]] Bounds any_of(DType dtype) noexcept;
[[nodiscard]] Bounds bounds_of(const Number& number, DType dtype) noexcept;
[[nodiscard]] Bounds bounds_of(const Facts& facts, DType dtype) noexcept;
/// What holds for elements of either.
[[nodiscard]] Bounds joined(const Bounds& a, const Bounds& b) noexcept;

/// The result of an elementwise operation; `from` is the dtype of its last input, `old` that of the
/// matrix. Sound for every rounding that the operation may do; operations that it does not know
/// give `any_of(to)`.
[[nodiscard]] Bounds applied(Op op, DType from, DType to, DType old,
                             std::span<const Bounds> inputs) noexcept;

}  // namespace monnto::events
