#include "axes.hpp"
#include "made.hpp"

#include <monnto/array/functions/shape.hpp>

#include <algorithm>

namespace monnto {
namespace {

/// A view that may be written where `a` may.
Array view_of(const Array& a, const ViewAttr& attribute) {
    return window(a, attribute, a.cell().is_writable());
}

void check_rank(int rank) {
    if (rank > max_rank) {
        throw BadParameter("rank", std::to_string(rank), "at most eight axes are possible");
    }
}

/// Elements [first, last) of an axis.
Array part_of_axis(const Array& a, int axis, std::ptrdiff_t first, std::ptrdiff_t last) {
    ViewAttr part = a.cell().window();
    part.shape[axis] = std::max<std::ptrdiff_t>(last - first, 0);
    part.offset += part.shape[axis] == 0 ? 0 : first * part.strides[axis];
    return view_of(a, part);
}

void flip_axis(ViewAttr& attribute, int axis) {
    const std::ptrdiff_t last = attribute.shape[axis] - 1;
    attribute.offset += last > 0 ? last * attribute.strides[axis] : 0;
    attribute.strides[axis] = -attribute.strides[axis];
}

/// A place in an axis as a slice takes it: negative from the end, clamped.
std::ptrdiff_t slice_place(std::ptrdiff_t place, std::ptrdiff_t extent) {
    return std::clamp<std::ptrdiff_t>(place < 0 ? place + extent : place, 0, extent);
}

}  // namespace

Array window(const Array& a, const ViewAttr& window_of_owner, bool writable) {
    const Cell& cell = a.cell();
    Ref<Cell> owner = cell.is_view() ? Ref<Cell>(&a.cell().owner()) : a.cell_ref();
    return Array(
        Ref<Cell>(new Cell(std::move(owner), window_of_owner, writable && cell.is_writable())));
}

Array transpose(const Array& a) {
    ViewAttr reversed = a.cell().window();
    std::ranges::reverse(reversed.shape);
    std::ranges::reverse(reversed.strides);
    return view_of(a, reversed);
}

Array transpose(const Array& a, const std::vector<std::ptrdiff_t>& axes) {
    if (axes.size() != static_cast<std::size_t>(a.rank())) {
        throw ShapeMismatch("transpose", a.shape().to_vector(), axes,
                            "name every axis of the array once");
    }
    const ViewAttr& from = a.cell().window();
    ViewAttr permuted{.offset = from.offset, .shape = {}, .strides = {}};
    for (const int axis : detail::normalized_axes(axes, a.rank())) {
        permuted.shape.push_back(from.shape[axis]);
        permuted.strides.push_back(from.strides[axis]);
    }
    return view_of(a, permuted);
}

Array swapaxes(const Array& a, std::ptrdiff_t first, std::ptrdiff_t second) {
    ViewAttr swapped = a.cell().window();
    const int i = normalized_axis(first, a.rank());
    const int j = normalized_axis(second, a.rank());
    std::swap(swapped.shape[i], swapped.shape[j]);
    std::swap(swapped.strides[i], swapped.strides[j]);
    return view_of(a, swapped);
}

Array moveaxis(const Array& a, std::ptrdiff_t from, std::ptrdiff_t to) {
    ViewAttr moved = a.cell().window();
    const int source = normalized_axis(from, a.rank());
    const int target = normalized_axis(to, a.rank());
    const std::ptrdiff_t extent = moved.shape[source];
    const std::ptrdiff_t stride = moved.strides[source];
    moved.shape.erase(source);
    moved.strides.erase(source);
    moved.shape.insert(target, extent);
    moved.strides.insert(target, stride);
    return view_of(a, moved);
}

Array expand_dims(const Array& a, std::ptrdiff_t axis) {
    check_rank(a.rank() + 1);
    ViewAttr expanded = a.cell().window();
    const int at = normalized_axis(axis, a.rank() + 1);
    expanded.shape.insert(at, 1);
    expanded.strides.insert(at, 1);
    return view_of(a, expanded);
}

Array squeeze(const Array& a, std::optional<std::vector<std::ptrdiff_t>> axes) {
    const ViewAttr& from = a.cell().window();
    std::vector<int> dropped;
    if (axes) {
        dropped = detail::normalized_axes(*axes, a.rank());
    }
    ViewAttr squeezed{.offset = from.offset, .shape = {}, .strides = {}};
    for (int axis = 0; axis < a.rank(); ++axis) {
        const bool is_named = std::ranges::find(dropped, axis) != dropped.end();
        if (is_named && from.shape[axis] != 1) {
            throw BadParameter("squeeze", from.shape.to_string(),
                               "axis " + std::to_string(axis) + " must have extent 1");
        }
        if (axes ? !is_named : from.shape[axis] != 1) {
            squeezed.shape.push_back(from.shape[axis]);
            squeezed.strides.push_back(from.strides[axis]);
        }
    }
    return view_of(a, squeezed);
}

Array broadcast_to(const Array& a, const Shape& shape) {
    if (broadcast(a.shape(), shape, "broadcast_to") != shape) {
        throw ShapeMismatch("broadcast_to", a.shape().to_vector(), shape.to_vector(),
                            "each extent must be equal or 1 in the array");
    }
    const ViewAttr& from = a.cell().window();
    return window(a,
                  {.offset = from.offset,
                   .shape = shape,
                   .strides = broadcast_strides(from.shape, from.strides, shape)},
                  false);
}

Array diagonal(const Array& a, std::ptrdiff_t offset, std::ptrdiff_t axis1, std::ptrdiff_t axis2) {
    ViewAttr result = a.cell().window();
    const int row = normalized_axis(axis1, a.rank());
    const int column = normalized_axis(axis2, a.rank());
    if (row == column) {
        throw BadParameter("diagonal", std::to_string(axis1), "name two different axes");
    }
    const std::ptrdiff_t skipped_rows = std::max<std::ptrdiff_t>(-offset, 0);
    const std::ptrdiff_t skipped_columns = std::max<std::ptrdiff_t>(offset, 0);
    const std::ptrdiff_t count = std::max<std::ptrdiff_t>(
        std::min(result.shape[row] - skipped_rows, result.shape[column] - skipped_columns), 0);
    if (count > 0) {
        result.offset +=
            skipped_rows * result.strides[row] + skipped_columns * result.strides[column];
    }
    const std::ptrdiff_t stride = result.strides[row] + result.strides[column];
    for (const int axis : {std::max(row, column), std::min(row, column)}) {
        result.shape.erase(axis);
        result.strides.erase(axis);
    }
    result.shape.push_back(count);
    result.strides.push_back(stride);
    return view_of(a, result);
}

Array flip(const Array& a, std::optional<std::vector<std::ptrdiff_t>> axes) {
    ViewAttr flipped = a.cell().window();
    if (axes) {
        for (const int axis : detail::normalized_axes(*axes, a.rank())) {
            flip_axis(flipped, axis);
        }
    } else {
        for (int axis = 0; axis < a.rank(); ++axis) {
            flip_axis(flipped, axis);
        }
    }
    return view_of(a, flipped);
}

Array rot90(const Array& a, std::ptrdiff_t times, std::pair<std::ptrdiff_t, std::ptrdiff_t> axes) {
    const int first = normalized_axis(axes.first, a.rank());
    const int second = normalized_axis(axes.second, a.rank());
    if (first == second) {
        throw BadParameter("rot90", std::to_string(axes.first), "name two different axes");
    }
    const std::ptrdiff_t turns = ((times % 4) + 4) % 4;
    ViewAttr turned = a.cell().window();
    if (turns == 1 || turns == 2) {
        flip_axis(turned, second);
    }
    if (turns == 2 || turns == 3) {
        flip_axis(turned, first);
    }
    if (turns % 2 == 1) {
        std::swap(turned.shape[first], turned.shape[second]);
        std::swap(turned.strides[first], turned.strides[second]);
    }
    return view_of(a, turned);
}

Array atleast_1d(const Array& a) {
    return a.rank() >= 1 ? a : expand_dims(a, 0);
}
Array atleast_2d(const Array& a) {
    return a.rank() >= 2 ? a : expand_dims(atleast_1d(a), 0);
}

std::vector<Array> split_at(const Array& a, const std::vector<std::ptrdiff_t>& places,
                            std::ptrdiff_t axis) {
    const int along = normalized_axis(axis, a.rank());
    const std::ptrdiff_t extent = a.shape()[along];
    std::vector<Array> parts;
    std::ptrdiff_t first = 0;
    for (const std::ptrdiff_t place : places) {
        parts.push_back(part_of_axis(a, along, first, slice_place(place, extent)));
        first = slice_place(place, extent);
    }
    parts.push_back(part_of_axis(a, along, first, extent));
    return parts;
}

std::vector<Array> array_split(const Array& a, std::ptrdiff_t parts, std::ptrdiff_t axis) {
    if (parts < 1) {
        throw BadParameter("parts", std::to_string(parts), "it must be at least 1");
    }
    const std::ptrdiff_t extent = a.shape()[normalized_axis(axis, a.rank())];
    std::vector<std::ptrdiff_t> places;
    for (std::ptrdiff_t i = 1; i < parts; ++i) {
        places.push_back(i * (extent / parts) + std::min(i, extent % parts));
    }
    return split_at(a, places, axis);
}

std::vector<Array> split(const Array& a, std::ptrdiff_t parts, std::ptrdiff_t axis) {
    const std::ptrdiff_t extent = a.shape()[normalized_axis(axis, a.rank())];
    if (parts < 1 || extent % parts != 0) {
        throw BadParameter("parts", std::to_string(parts),
                           "it must divide the extent " + std::to_string(extent));
    }
    return array_split(a, parts, axis);
}

}  // namespace monnto
