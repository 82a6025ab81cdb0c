#pragma once

#include <monnto/array/functions/reduce.hpp>

#include <cstdint>

namespace monnto::detail {

/// What a reduction over some axes leaves of a shape.
struct ReducedAxes {
    std::uint8_t bits = 0;     // per axis that is reduced
    Shape kept;                // extents of 1 where reduced
    Shape dropped;             // without the reduced axes
    std::ptrdiff_t count = 1;  // elements behind each element of the result
    [[nodiscard]] bool has(int axis) const noexcept { return ((bits >> axis) & 1U) != 0; }
    [[nodiscard]] const Shape& shape(bool keepdims) const noexcept {
        return keepdims ? kept : dropped;
    }
};

/// Throws where an axis does not exist. `reduced_axes` lets axis 0 of an array without axes pass,
/// as NumPy's sum, min and all do; its mean, var and median do not.
void require_axes(const Over& over, int rank);
/// Throws AxisOutOfRange for an axis that does not exist, BadParameter for one named twice.
[[nodiscard]] ReducedAxes reduced_axes(const Shape& shape, const Over& over);

/// The same for functions that order the elements of one axis: the reduced axes moved behind the
/// others and made one, so that the shape is `dropped` + (count,).
[[nodiscard]] NodeRef reduced_axes_last(const NodeRef& node, const ReducedAxes& axes);

/// The axis counted from the front.
[[nodiscard]] std::vector<int> normalized_axes(const std::vector<std::ptrdiff_t>& axes, int rank);

/// `total / count` in NumPy's way: the division is done in float64 and rounded to total's dtype.
[[nodiscard]] Array divided_by_count(const Array& total, double count);

}  // namespace monnto::detail
