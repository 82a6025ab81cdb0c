#pragma once

#include <monnto/array/array.hpp>
#include <monnto/array/record.hpp>

#include <utility>

/// What the functions of this folder share: recording steps whose inputs are checked already.
namespace monnto::detail {

/// An array whose content is that operation.
[[nodiscard]] inline Array made(Op op, DType dtype, const Shape& shape,
                                const Attributes& attributes, NodeInputs inputs) {
    return Array(record(op, dtype, shape, attributes, std::move(inputs)));
}

/// `node` in another shape of equal size; itself where it has that shape.
[[nodiscard]] NodeRef reshaped(const NodeRef& node, const Shape& shape);
/// A strided window on the elements of `node`.
[[nodiscard]] NodeRef viewed(const NodeRef& node, const ViewAttr& window);
/// `node` repeated along axes of extent 1 and new leading ones. Contract: the shapes broadcast.
[[nodiscard]] NodeRef broadcasted(const NodeRef& node, const Shape& shape);
/// Elements [first, first + count) of one axis.
[[nodiscard]] NodeRef part_of(const NodeRef& node, int axis, std::ptrdiff_t first,
                              std::ptrdiff_t count);
/// The axes of `node` in another order.
[[nodiscard]] NodeRef permuted(const NodeRef& node, const Dims& order);

/// An array of its own with the elements of `a`: what functions return that promise a copy.
[[nodiscard]] Array copy_of(const NodeRef& node);

/// The elements in C order, in one axis.
[[nodiscard]] inline NodeRef flattened(const NodeRef& node) {
    return reshaped(node, {node->shape.product()});
}

/// A shape seen from one axis: the elements before it, along it and after it.
struct Around {
    std::ptrdiff_t before = 1, extent = 1, after = 1;
    Around(const Shape& shape, int axis);
};

/// Axes `first` to `last` (exclusive) of `shape`.
[[nodiscard]] Shape part_of_shape(const Shape& shape, int first, int last);
/// `a` followed by `b`. Throws BadParameter for more than max_rank axes.
[[nodiscard]] Shape joined(const Shape& a, const Shape& b);

}  // namespace monnto::detail
