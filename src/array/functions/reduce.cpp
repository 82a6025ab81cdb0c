#include <monnto/array/functions/reduce.hpp>

#include "../picked.hpp"
#include "axes.hpp"
#include "made.hpp"

#include <monnto/array/functions/elementwise.hpp>

namespace monnto {
namespace {

using detail::ReducedAxes;

/// What sums and products of small integers accumulate in.
DType accumulator_of(DType dtype) {
    if (is_unsigned(dtype)) {
        return DType::u64;
    }
    return is_float(dtype) ? dtype : DType::i64;
}

/// `node` reduced by an operation that leaves a single element as it is.
Array reduced(Op op, const NodeRef& node, const Over& over) {
    const ReducedAxes axes = detail::reduced_axes(node->shape, over);
    if (axes.bits == 0) {
        return detail::copy_of(node);
    }
    return detail::made(op, node->dtype, axes.shape(over.keepdims),
                        AxesAttr{.axes = axes.bits, .keepdims = over.keepdims}, {node});
}

Array accumulated(Op op, Op of_bools, const Array& a, const Over& over,
                  std::optional<DType> dtype) {
    const DType accumulator = dtype.value_or(accumulator_of(a.dtype()));
    const NodeRef node = record_cast(a.node(), accumulator);
    return reduced(is_bool(accumulator) ? of_bools : op, node, over);
}

/// min and max have no identity: an element of the result with nothing behind it has no value.
Array extreme(Op op, const char* name, const Array& a, const Over& over) {
    const ReducedAxes axes = detail::reduced_axes(a.shape(), over);
    if (axes.count == 0) {
        throw BadParameter(name, a.shape().to_string(),
                           "there are no elements; give at least one along each reduced axis");
    }
    return reduced(op, a.node(), over);
}

Array extreme_place(Op op, const char* name, const Array& a, std::optional<std::ptrdiff_t> axis,
                    bool keepdims) {
    const Over over = axis ? Over(*axis, keepdims) : Over(std::nullopt, keepdims);
    const ReducedAxes axes = detail::reduced_axes(a.shape(), over);
    if (axes.count == 0) {
        throw BadParameter(name, a.shape().to_string(),
                           "there are no elements; give at least one along the axis");
    }
    return detail::made(op, DType::i64, axes.shape(keepdims),
                        AxesAttr{.axes = axes.bits, .keepdims = keepdims}, {a.node()});
}

}  // namespace

Array sum(const Array& a, const Over& over, std::optional<DType> dtype) {
    if (a.is_picked() && !dtype && !over.keepdims) {
        if (Array picked = picked_sum(a, over.axes); !picked.is_empty_handle()) {
            return picked;
        }
    }
    return accumulated(Op::sum, Op::any, a, over, dtype);
}
Array prod(const Array& a, const Over& over, std::optional<DType> dtype) {
    return accumulated(Op::prod, Op::all, a, over, dtype);
}

Array mean(const Array& a, const Over& over, std::optional<DType> dtype) {
    const bool sums_halves = !dtype && is_half(a.dtype());
    const DType natural = is_float(a.dtype()) ? a.dtype() : DType::f64;
    const DType accumulator = dtype.value_or(sums_halves ? DType::f32 : natural);
    detail::require_axes(over, a.rank());
    const auto count = static_cast<double>(detail::reduced_axes(a.shape(), over).count);
    const Array result = detail::divided_by_count(sum(a, over, accumulator), count);
    return sums_halves ? result.astype(a.dtype()) : result;
}

Array min(const Array& a, const Over& over) {
    return extreme(Op::min, "min", a, over);
}
Array max(const Array& a, const Over& over) {
    return extreme(Op::max, "max", a, over);
}
Array ptp(const Array& a, const Over& over) {
    return max(a, over) - min(a, over);
}

Array any(const Array& a, const Over& over) {
    return reduced(Op::any, record_cast(a.node(), DType::boolean), over);
}
Array all_of(const Array& a, const Over& over) {
    return reduced(Op::all, record_cast(a.node(), DType::boolean), over);
}

Array argmin(const Array& a, std::optional<std::ptrdiff_t> axis, bool keepdims) {
    return extreme_place(Op::argmin, "argmin", a, axis, keepdims);
}
Array argmax(const Array& a, std::optional<std::ptrdiff_t> axis, bool keepdims) {
    return extreme_place(Op::argmax, "argmax", a, axis, keepdims);
}

Array count_nonzero(const Array& a, const Over& over) {
    const NodeRef is_true = record_cast(a.node(), DType::boolean);
    return reduced(Op::sum, record_cast(is_true, DType::i64), over);
}

Array average(const Array& a, const Array& weights, const Over& over) {
    Array spread = weights;
    if (weights.shape() != a.shape()) {
        const bool fits = over.axes && over.axes->size() == 1 && weights.rank() == 1;
        const int axis = fits ? normalized_axis(over.axes->front(), a.rank()) : 0;
        if (!fits || weights.size() != a.shape()[axis]) {
            throw ShapeMismatch("average", a.shape().to_vector(), weights.shape().to_vector(),
                                "give weights of the same shape, or one per element of one axis");
        }
        Shape along = Shape::filled(a.rank(), 1);
        along[axis] = weights.size();
        spread = weights.reshape(along);
    }
    DType dtype = promote(a.dtype(), weights.dtype());
    dtype = is_float(dtype) ? dtype : DType::f64;
    // The weights are spread over the whole array first: their sum must count every element.
    const Array full = Array(detail::broadcasted(record_cast(spread.node(), dtype), a.shape()));
    const Array total = sum(full, over, dtype);
    if (!all_of(total != 0).truth()) {
        throw BadParameter("weights", "0", "they must not sum to zero");
    }
    return sum(a * full, over, dtype) / total;
}

}  // namespace monnto
