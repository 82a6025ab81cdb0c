#include "made.hpp"
#include "reshape.hpp"

#include <monnto/array/functions/shape.hpp>

namespace monnto {
namespace detail {
namespace {

[[noreturn]] void throw_mismatch(const Shape& from, const Shape& to) {
    throw ShapeMismatch("reshape", from.to_vector(), to.to_vector(),
                        "make the element counts equal; one extent may be -1");
}

/// Consecutive axes of one side whose extents multiply to those of the other.
struct Group {
    int first = 0, last = 0;  // last is exclusive
    std::ptrdiff_t extent = 1;
    void take(const Shape& shape) { extent *= shape[last++]; }
};

bool walks_evenly(const Shape& shape, const Strides& strides, const Group& group) {
    for (int axis = group.first; axis + 1 < group.last; ++axis) {
        if (strides[axis] != shape[axis + 1] * strides[axis + 1]) {
            return false;
        }
    }
    return true;
}

}  // namespace

Shape resolved_shape(const Shape& from, const Shape& shape) {
    Shape result = shape;
    int unknown = -1;
    std::ptrdiff_t known = 1;
    for (int axis = 0; axis < shape.size(); ++axis) {
        if (shape[axis] >= 0) {
            known *= shape[axis];
        } else if (shape[axis] == -1 && unknown < 0) {
            unknown = axis;
        } else {
            throw_mismatch(from, shape);
        }
    }
    const std::ptrdiff_t count = from.product();
    if (unknown >= 0) {
        if (known == 0 || count % known != 0) {
            throw_mismatch(from, shape);
        }
        result[unknown] = count / known;
    } else if (known != count) {
        throw_mismatch(from, shape);
    }
    return result;
}

std::optional<Strides> regrouped_strides(const Shape& from, const Strides& strides,
                                         const Shape& to) {
    if (to.product() == 0) {
        return contiguous_strides(to);
    }
    Shape extents;
    Strides steps;
    for (int axis = 0; axis < from.size(); ++axis) {
        if (from[axis] != 1) {  // such axes have no say in where elements lie
            extents.push_back(from[axis]);
            steps.push_back(strides[axis]);
        }
    }
    Strides result = Strides::filled(to.size(), 1);
    Group old_axes;
    Group new_axes;
    while (new_axes.last < to.size() && old_axes.last < extents.size()) {
        old_axes = {.first = old_axes.last, .last = old_axes.last};
        new_axes = {.first = new_axes.last, .last = new_axes.last};
        old_axes.take(extents);
        new_axes.take(to);
        while (old_axes.extent != new_axes.extent) {
            old_axes.extent < new_axes.extent ? old_axes.take(extents) : new_axes.take(to);
        }
        if (!walks_evenly(extents, steps, old_axes)) {
            return std::nullopt;
        }
        std::ptrdiff_t step = steps[old_axes.last - 1];
        for (int axis = new_axes.last - 1; axis >= new_axes.first; --axis) {
            result[axis] = step;
            step *= to[axis];
        }
    }
    return result;
}

}  // namespace detail

Array reshape(const Array& a, const Shape& shape) {
    const Shape to = detail::resolved_shape(a.shape(), shape);
    const ViewAttr& from = a.cell().window();
    if (const auto strides = detail::regrouped_strides(from.shape, from.strides, to)) {
        return window(a, {.offset = from.offset, .shape = to, .strides = *strides},
                      a.cell().is_writable());
    }
    return Array(detail::reshaped(a.node(), to));
}

Array Array::ravel() const {
    // Stricter than reshape: NumPy copies `a[::2].ravel()`, whose elements lie evenly but apart.
    const ViewAttr& from = cell().window();
    const bool is_dense = is_contiguous(from.shape, from.strides);
    return is_dense ? reshape({-1}) : detail::copy_of(detail::flattened(node()));
}

}  // namespace monnto
