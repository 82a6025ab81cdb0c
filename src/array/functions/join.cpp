#include "axes.hpp"
#include "made.hpp"

#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/shape.hpp>

#include <algorithm>

namespace monnto {
namespace {

void check_some(const std::vector<Array>& arrays, const char* name) {
    if (arrays.empty()) {
        throw BadParameter(name, "[]", "give at least one array");
    }
}

/// The extent along `axis` of the joined array. Throws where another axis differs.
std::ptrdiff_t joined_extent(const std::vector<Array>& arrays, int axis) {
    std::ptrdiff_t extent = 0;
    for (const Array& a : arrays) {
        Shape expected = arrays.front().shape();
        if (a.rank() == expected.size()) {
            expected[axis] = a.shape()[axis];
        }
        if (a.shape() != expected) {
            throw ShapeMismatch("concatenate", arrays.front().shape().to_vector(),
                                a.shape().to_vector(),
                                "make all extents but that of the joined axis equal");
        }
        extent += a.shape()[axis];
    }
    return extent;
}

NodeRef joined_nodes(std::vector<NodeRef> parts, int axis) {
    Shape shape = parts.front()->shape;
    shape[axis] = 0;
    for (const NodeRef& part : parts) {
        shape[axis] += part->shape[axis];
    }
    const DType dtype = parts.front()->dtype;
    return record(Op::concatenate, dtype, shape, AxisAttr{axis}, NodeInputs(std::move(parts)));
}

NodeRef rolled(const NodeRef& node, std::ptrdiff_t shift, int axis) {
    const std::ptrdiff_t extent = node->shape[axis];
    if (extent == 0) {
        return node;
    }
    const std::ptrdiff_t moved = ((shift % extent) + extent) % extent;
    if (moved == 0) {
        return node;
    }
    return joined_nodes({detail::part_of(node, axis, extent - moved, moved),
                         detail::part_of(node, axis, 0, extent - moved)},
                        axis);
}

/// Each block of `node` behind axis `before` is written `times` times in a row.
NodeRef repeated(const NodeRef& node, std::ptrdiff_t before, std::ptrdiff_t times,
                 const Shape& result) {
    const std::ptrdiff_t after = before == 0 ? 0 : node->shape.product() / before;
    const NodeRef blocks = detail::reshaped(node, {before, 1, after});
    return detail::reshaped(detail::broadcasted(blocks, {before, times, after}), result);
}

Array repeated_by_counts(const NodeRef& node, const Array& counts, int axis) {
    const std::ptrdiff_t extent = node->shape[axis];
    if (!can_cast_safely(counts.dtype(), DType::i64)) {
        throw TypeMismatch("repeat", std::string(name_of(counts.dtype())),
                           "give the numbers of repeats as integers");
    }
    if (counts.size() != extent && counts.size() != 1) {
        throw ShapeMismatch("repeat", node->shape.to_vector(), counts.shape().to_vector(),
                            "give one count, or one per element of the axis");
    }
    const std::vector<std::int64_t> times = counts.astype(DType::i64).host<std::int64_t>();
    std::vector<std::int64_t> from;
    for (std::ptrdiff_t i = 0; i < extent; ++i) {
        const std::int64_t count = times[times.size() == 1 ? 0 : static_cast<std::size_t>(i)];
        if (count < 0) {
            throw BadParameter("repeats", std::to_string(count), "it must not be negative");
        }
        from.insert(from.end(), static_cast<std::size_t>(count), i);
    }
    Shape shape = node->shape;
    shape[axis] = static_cast<std::ptrdiff_t>(from.size());
    return detail::made(Op::gather, node->dtype, shape,
                        GatherAttr{.axes = {axis}, .position = axis},
                        {node, Array::from(from).node()});
}

}  // namespace

Array concatenate(const std::vector<Array>& arrays, std::ptrdiff_t axis) {
    check_some(arrays, "concatenate");
    if (arrays.front().rank() == 0) {
        throw BadParameter("concatenate", "()", "give arrays of at least one axis, or use stack");
    }
    const int along = normalized_axis(axis, arrays.front().rank());
    static_cast<void>(joined_extent(arrays, along));
    DType dtype = arrays.front().dtype();
    for (const Array& a : arrays) {
        dtype = promote(dtype, a.dtype());
    }
    std::vector<NodeRef> nodes;
    nodes.reserve(arrays.size());
    for (const Array& a : arrays) {
        nodes.push_back(record_cast(a.node(), dtype));
    }
    return Array(joined_nodes(std::move(nodes), along));
}

Array stack(const std::vector<Array>& arrays, std::ptrdiff_t axis) {
    check_some(arrays, "stack");
    std::vector<Array> expanded;
    for (const Array& a : arrays) {
        if (a.shape() != arrays.front().shape()) {
            throw ShapeMismatch("stack", arrays.front().shape().to_vector(), a.shape().to_vector(),
                                "give arrays of one shape");
        }
        expanded.push_back(expand_dims(a, axis));
    }
    return concatenate(expanded, normalized_axis(axis, arrays.front().rank() + 1));
}

Array vstack(const std::vector<Array>& arrays) {
    std::vector<Array> rows;
    rows.reserve(arrays.size());
    for (const Array& a : arrays) {
        rows.push_back(atleast_2d(a));
    }
    return concatenate(rows, 0);
}

Array hstack(const std::vector<Array>& arrays) {
    std::vector<Array> parts;
    parts.reserve(arrays.size());
    for (const Array& a : arrays) {
        parts.push_back(atleast_1d(a));
    }
    return concatenate(parts, !parts.empty() && parts.front().rank() == 1 ? 0 : 1);
}

Array column_stack(const std::vector<Array>& arrays) {
    std::vector<Array> columns;
    columns.reserve(arrays.size());
    for (const Array& a : arrays) {
        columns.push_back(a.rank() < 2 ? transpose(atleast_2d(a)) : a);
    }
    return concatenate(columns, 1);
}

Array append(const Array& a, const Array& values, std::optional<std::ptrdiff_t> axis) {
    return axis ? concatenate({a, values}, *axis) : concatenate({a.ravel(), values.ravel()});
}

Array tile(const Array& a, const std::vector<std::ptrdiff_t>& repeats) {
    const int rank = std::max(a.rank(), static_cast<int>(repeats.size()));
    Shape shape = detail::joined(Shape::filled(rank - a.rank(), 1), a.shape());
    NodeRef node = detail::reshaped(a.node(), shape);
    std::ptrdiff_t before = 1;
    for (int axis = 0; axis < rank; ++axis) {
        const int from_end = rank - axis;
        const bool is_given = from_end <= static_cast<int>(repeats.size());
        const std::ptrdiff_t times =
            is_given ? repeats[repeats.size() - static_cast<std::size_t>(from_end)] : 1;
        if (times < 0) {
            throw BadParameter("repeats", std::to_string(times), "it must not be negative");
        }
        shape[axis] *= times;
        node = times == 1 ? node : repeated(node, before, times, shape);
        before *= shape[axis];
    }
    return detail::copy_of(node);
}

Array repeat(const Array& a, const Operand& repeats, std::optional<std::ptrdiff_t> axis) {
    const NodeRef node = axis && a.rank() > 0 ? a.node() : detail::flattened(a.node());
    const int along = axis ? normalized_axis(*axis, node->shape.size()) : 0;
    if (!repeats.is_number()) {
        return repeated_by_counts(node, repeats.array(), along);
    }
    const std::int64_t times = repeats.number().as_integer();
    if (is_float(repeats.dtype())) {
        throw TypeMismatch("repeat", std::string(name_of(repeats.dtype())),
                           "give the number of repeats as an integer");
    }
    if (times < 0) {
        throw BadParameter("repeats", std::to_string(times), "it must not be negative");
    }
    const detail::Around around(node->shape, along);
    Shape shape = node->shape;
    shape[along] *= times;
    return detail::copy_of(repeated(node, around.before * around.extent, times, shape));
}

Array roll(const Array& a, const std::vector<std::ptrdiff_t>& shifts,
           std::optional<std::vector<std::ptrdiff_t>> axes) {
    if (!axes) {
        NodeRef node = detail::flattened(a.node());
        for (const std::ptrdiff_t shift : shifts) {
            node = rolled(node, shift, 0);
        }
        return detail::copy_of(detail::reshaped(node, a.shape()));
    }
    const std::size_t count = std::max(shifts.size(), axes->size());
    if ((shifts.size() != count && shifts.size() != 1) ||
        (axes->size() != count && axes->size() != 1)) {
        throw BadParameter("shifts", std::to_string(shifts.size()),
                           "give one shift, or as many as axes");
    }
    NodeRef node = a.node();
    for (std::size_t i = 0; i < count; ++i) {
        const std::ptrdiff_t axis = (*axes)[axes->size() == 1 ? 0 : i];
        node = rolled(node, shifts[shifts.size() == 1 ? 0 : i], normalized_axis(axis, a.rank()));
    }
    return detail::copy_of(node);
}

Array pad(const Array& a, const std::vector<std::pair<std::ptrdiff_t, std::ptrdiff_t>>& widths,
          const Number& value) {
    if (widths.size() != 1 && widths.size() != static_cast<std::size_t>(a.rank())) {
        throw BadParameter("widths", std::to_string(widths.size()),
                           "give one pair, or one per axis");
    }
    Shape shape = a.shape();
    ViewAttr inside{.offset = 0, .shape = a.shape(), .strides = {}};
    for (int axis = 0; axis < a.rank(); ++axis) {
        const auto& [before, after] =
            widths[widths.size() == 1 ? 0 : static_cast<std::size_t>(axis)];
        if (before < 0 || after < 0) {
            throw BadParameter("widths", std::to_string(std::min(before, after)),
                               "it must not be negative");
        }
        shape[axis] += before + after;
    }
    inside.strides = contiguous_strides(shape);
    for (int axis = 0; axis < a.rank(); ++axis) {
        inside.offset += widths[widths.size() == 1 ? 0 : static_cast<std::size_t>(axis)].first *
                         inside.strides[axis];
    }
    const NodeRef border = record_constant(value, a.dtype(), shape);
    return detail::made(Op::update, a.dtype(), shape, inside, {border, a.node()});
}

}  // namespace monnto
