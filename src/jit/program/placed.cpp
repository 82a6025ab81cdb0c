#include "placed.hpp"

#include <monnto/array/dims.hpp>

#include <algorithm>

namespace monnto::kernel {
namespace {

/// A step in a matrix: rows and columns.
struct Stride {
    std::ptrdiff_t rows, columns;
};

}  // namespace

std::optional<ViewAttr> as_it_lies(const ViewAttr& window, const Shape& shape,
                                   const Strides& strides) {
    if (window.shape.product() == 0 || shape.product() == 0) {
        return std::nullopt;
    }
    const std::ptrdiff_t columns = shape[1];
    std::ptrdiff_t low = window.offset % columns;
    std::ptrdiff_t high = low;
    ViewAttr result{window.offset / columns * strides[0] + low * strides[1], window.shape, {}};
    for (int axis = 0; axis < window.shape.size(); ++axis) {
        const std::ptrdiff_t count = window.shape[axis] - 1;
        const std::ptrdiff_t step = count == 0 ? 0 : window.strides[axis];
        Stride found{step / columns, step % columns};
        const bool fits = low + std::min<std::ptrdiff_t>(0, count * found.columns) >= 0 &&
                          high + std::max<std::ptrdiff_t>(0, count * found.columns) < columns;
        if (!fits) {  // the same step, one row further and columns back (or the other way round)
            const std::ptrdiff_t turn = found.columns > 0 ? 1 : -1;
            found = {found.rows + turn, found.columns - turn * columns};
        }
        (found.columns < 0 ? low : high) += count * found.columns;
        result.strides.push_back(found.rows * strides[0] + found.columns * strides[1]);
    }
    return low >= 0 && high < columns ? std::optional(result) : std::nullopt;
}

bool stays_turned(const Node& node) {
    if (!is_float(node.dtype) || node.shape.size() != 2) {
        return false;
    }
    return node.op == Op::scatter ||
           (node.op == Op::update &&
            as_it_lies(node.attribute<ViewAttr>(), node.shape, turned_strides(node.shape)));
}

}  // namespace monnto::kernel
