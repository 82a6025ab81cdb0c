#include "made.hpp"

#include <monnto/array/functions/create.hpp>
#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/reduce.hpp>
#include <monnto/array/functions/sort.hpp>

namespace monnto {
namespace {

/// The node an axis function works on, and its axis: flattened where no axis was given.
struct Along {
    NodeRef node;
    int axis = 0;
    Along(const Array& a, std::optional<std::ptrdiff_t> given)
        : node(given ? a.node() : detail::flattened(a.node())),
          axis(given ? normalized_axis(*given, a.rank()) : 0) {}
};

/// Scans take a number as an array of one element.
Array at_least_one_axis(const Array& a) {
    return a.rank() > 0 ? a : Array(detail::flattened(a.node()));
}

Array cumulated(Op op, const Array& a, std::optional<std::ptrdiff_t> axis,
                std::optional<DType> dtype) {
    const Along along(at_least_one_axis(a), axis);
    const DType small = is_unsigned(a.dtype()) ? DType::u64 : DType::i64;
    const DType result = dtype.value_or(is_float(a.dtype()) ? a.dtype() : small);
    return detail::made(op, result, along.node->shape, AxisAttr{along.axis},
                        {record_cast(along.node, result)});
}

}  // namespace

Array sort(const Array& a, std::optional<std::ptrdiff_t> axis) {
    const Along along(a, axis);
    return detail::made(Op::sort, a.dtype(), along.node->shape, AxisAttr{along.axis}, {along.node});
}

Array argsort(const Array& a, std::optional<std::ptrdiff_t> axis) {
    const Along along(at_least_one_axis(a), axis);
    return detail::made(Op::argsort, DType::i64, along.node->shape, AxisAttr{along.axis},
                        {along.node});
}

Array searchsorted(const Array& sorted, const Operand& values, bool right) {
    if (sorted.rank() != 1) {
        throw BadParameter("sorted", sorted.shape().to_string(), "give an array of one axis");
    }
    // A plain number is an array of its own here, as in NumPy: 0.1 is looked up as float64.
    const DType dtype = promote(sorted.dtype(), values.dtype());
    return detail::made(Op::searchsorted, DType::i64, values.shape(), SideAttr{right},
                        {record_cast(sorted.node(), dtype), operand_node(values, dtype)});
}

Array digitize(const Operand& x, const Array& bins, bool right) {
    const Array step = diff(bins);
    if (all_of(step >= 0).truth()) {
        return searchsorted(bins, x, !right);
    }
    if (!all_of(step <= 0).truth()) {
        throw BadParameter("bins", "unordered", "they must ascend or descend");
    }
    const Array ascending(detail::viewed(
        bins.node(), {.offset = bins.size() - 1, .shape = bins.shape(), .strides = {-1}}));
    return bins.size() - searchsorted(ascending, x, !right);
}

Array isin(const Operand& a, const Operand& candidates, bool invert) {
    const DType dtype = promote(a.dtype(), candidates.dtype());
    const Array values(operand_node(a, dtype));
    const NodeRef list = detail::flattened(operand_node(candidates, dtype));
    const std::ptrdiff_t count = list->shape[0];
    if (count == 0) {
        return full(values.shape(), invert, DType::boolean);
    }
    const Array sorted = sort(Array(list));
    const Array place = minimum(searchsorted(sorted, values), count - 1);
    const Array found =
        detail::made(Op::gather, dtype, values.shape(), GatherAttr{.axes = {0}, .position = 0},
                     {sorted.node(), place.node()});
    return invert ? found != values : found == values;
}

Array cumsum(const Array& a, std::optional<std::ptrdiff_t> axis, std::optional<DType> dtype) {
    return cumulated(Op::cumsum, a, axis, dtype);
}
Array cumprod(const Array& a, std::optional<std::ptrdiff_t> axis, std::optional<DType> dtype) {
    return cumulated(Op::cumprod, a, axis, dtype);
}

Array diff(const Array& a, int n, std::ptrdiff_t axis) {
    if (n < 0) {
        throw BadParameter("n", std::to_string(n), "it must not be negative");
    }
    const int along = normalized_axis(axis, a.rank());
    Array result = a;
    for (int i = 0; i < n; ++i) {
        const NodeRef node = result.node();
        const std::ptrdiff_t count = std::max<std::ptrdiff_t>(node->shape[along] - 1, 0);
        const bool is_empty = node->shape[along] == 0;
        const Array before(detail::part_of(node, along, 0, count));
        const Array after(detail::part_of(node, along, is_empty ? 0 : 1, count));
        result = binary(is_bool(a.dtype()) ? Op::not_equal : Op::subtract, after, before);
    }
    return result;
}

}  // namespace monnto
