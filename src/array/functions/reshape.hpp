#pragma once

#include <monnto/array/dims.hpp>

#include <optional>

namespace monnto::detail {

/// `shape` for `from`'s elements, with an extent of -1 filled in. Throws ShapeMismatch where the
/// counts differ.
[[nodiscard]] Shape resolved_shape(const Shape& from, const Shape& shape);
/// Strides that read the same elements in the same order as `to`; nothing where that takes a copy.
/// Contract: equal element counts.
[[nodiscard]] std::optional<Strides> regrouped_strides(const Shape& from, const Strides& strides,
                                                       const Shape& to);

}  // namespace monnto::detail
