#include "made.hpp"

namespace monnto::detail {

NodeRef reshaped(const NodeRef& node, const Shape& shape) {
    return node->shape == shape ? node : record(Op::reshape, node->dtype, shape, {}, {node});
}

NodeRef viewed(const NodeRef& node, const ViewAttr& window) {
    return record(Op::view, node->dtype, window.shape, window, {node});
}

NodeRef broadcasted(const NodeRef& node, const Shape& shape) {
    if (node->shape == shape) {
        return node;
    }
    return viewed(
        node, {.offset = 0,
               .shape = shape,
               .strides = broadcast_strides(node->shape, contiguous_strides(node->shape), shape)});
}

NodeRef part_of(const NodeRef& node, int axis, std::ptrdiff_t first, std::ptrdiff_t count) {
    ViewAttr window{.offset = 0, .shape = node->shape, .strides = contiguous_strides(node->shape)};
    window.shape[axis] = count;
    window.offset = count == 0 ? 0 : first * window.strides[axis];
    return viewed(node, window);
}

NodeRef permuted(const NodeRef& node, const Dims& order) {
    const Strides strides = contiguous_strides(node->shape);
    ViewAttr window;
    bool is_same = true;
    for (int axis = 0; axis < order.size(); ++axis) {
        const auto from = static_cast<int>(order[axis]);
        is_same = is_same && from == axis;
        window.shape.push_back(node->shape[from]);
        window.strides.push_back(strides[from]);
    }
    return is_same ? node : viewed(node, window);
}

Array copy_of(const NodeRef& node) {
    return made(Op::copy, node->dtype, node->shape, {}, {node});
}

Around::Around(const Shape& shape, int axis) : extent(shape[axis]) {
    for (int i = 0; i < shape.size(); ++i) {
        if (i != axis) {
            (i < axis ? before : after) *= shape[i];
        }
    }
}

Shape part_of_shape(const Shape& shape, int first, int last) {
    Shape part;
    for (int axis = first; axis < last; ++axis) {
        part.push_back(shape[axis]);
    }
    return part;
}

Shape joined(const Shape& a, const Shape& b) {
    std::vector<std::ptrdiff_t> all = a.to_vector();
    all.insert(all.end(), b.begin(), b.end());
    return Shape::from(all);
}

}  // namespace monnto::detail
