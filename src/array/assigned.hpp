#pragma once

#include <monnto/array/array.hpp>

namespace monnto {

/// What `a[...] = value` writes where `a[...]` has that dtype and shape; it broadcasts to the
/// shape. Leading axes of extent 1 may be more than the target has: a[0] = [[1, 2]] is fine.
///
/// Throws ShapeMismatch. Unlike elements of arrays, which wrap, a literal that the dtype cannot
/// hold is an error: NumberOutOfRange, and BadParameter for NaN and infinity.
[[nodiscard]] NodeRef assigned_node(const Operand& value, DType dtype, const Shape& shape);

}  // namespace monnto
