#pragma once

#include <monnto/array/node.hpp>

#include <optional>

/// Writing a part of a matrix that lies column by column (D6).
namespace monnto::kernel {

/// A window, which tells elements of a matrix by their place in C order, as offset and strides of
/// the matrix as it lies in memory. Nothing where a step crosses the end of a row.
[[nodiscard]] std::optional<ViewAttr> as_it_lies(const ViewAttr& window, const Shape& shape,
                                                 const Strides& strides);

/// Whether the node (`W[i] = x`, `W[:, 3] = x`, a diagonal) leaves a matrix that lies column by
/// column that way.
[[nodiscard]] bool stays_turned(const Node& node);

}  // namespace monnto::kernel
