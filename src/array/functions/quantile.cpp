#include "axes.hpp"
#include "made.hpp"

#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/reduce.hpp>

#include <algorithm>
#include <cmath>

namespace monnto {
namespace {

using detail::ReducedAxes;

/// The elements behind each element of the result, ascending along a new last axis.
NodeRef ordered(const Array& a, const ReducedAxes& axes) {
    const NodeRef last = detail::reduced_axes_last(a.node(), axes);
    return record(Op::sort, last->dtype, last->shape, AxisAttr{last->shape.size() - 1}, {last});
}

/// NaN sorts to the end, so a slice that has one shows it there; its statistic is NaN.
Array nan_where_present(const NodeRef& sorted, const Array& result) {
    const int axis = sorted->shape.size() - 1;
    if (!is_float(sorted->dtype) || sorted->shape.back() == 0) {
        return result;
    }
    const NodeRef last = detail::part_of(sorted, axis, sorted->shape.back() - 1, 1);
    const Array largest(detail::reshaped(last, detail::part_of_shape(sorted->shape, 0, axis)));
    return where(isnan(largest), largest, result);
}

Array reshaped_result(const Array& result, const Shape& shape) {
    return Array(detail::reshaped(result.node(), shape));
}

/// Where a quantile lies among n ordered elements.
struct Place {
    std::int64_t before = 0, after = 0;
    double weight = 0.0;  // of `after`
};

/// In the precision of q's dtype, as NumPy computes it.
Place place_of(double q, std::ptrdiff_t n, bool in_f32) {
    const auto last = static_cast<double>(n - 1);
    const double at =
        in_f32 ? static_cast<double>(static_cast<float>(last) * static_cast<float>(q)) : last * q;
    if (at >= last) {
        // The weight follows from NumPy's index -1 and has no effect on two equal elements, unless
        // they are infinite: inf - inf is NaN there, and so it is here.
        return {.before = n - 1, .after = n - 1, .weight = at + 1.0};
    }
    const double before = std::floor(at);
    const auto index = static_cast<std::int64_t>(before);
    return {.before = index, .after = index + 1, .weight = at - before};
}

struct Quantiles {
    Shape shape;
    std::vector<double> values;  // 0 to 1
    bool is_weak = false;
    bool is_whole = false;  // 0 or 1 given as integers: an element is picked, its dtype kept
    DType dtype = DType::f64;
};

/// `scale` is 100 for percentages. The values are read: an invalid one must throw here (S11).
Quantiles checked_quantiles(const Operand& q, double scale, const char* name) {
    Quantiles result;
    result.is_whole = scale == 1.0 && is_integer(q.dtype());
    if (q.is_number()) {
        result.is_weak = q.number().weak;
        result.values = {q.number().as_double() / scale};
    } else {
        result.shape = q.shape();
        if (result.shape.size() > 2) {
            throw BadParameter(name, result.shape.to_string(), "give a number or a list of them");
        }
        const bool is_short = is_float(q.dtype()) && q.dtype() != DType::f64;
        result.dtype = is_short ? DType::f32 : DType::f64;
        const Array scaled = scale == 1.0 ? q.array().astype(result.dtype) : q.array() / scale;
        result.values = scaled.astype(DType::f64).host<double>();
    }
    for (const double value : result.values) {
        const bool is_valid = value >= 0.0 && value <= 1.0;  // NaN is not
        if (!is_valid) {
            throw BadParameter(name, Number(value * scale).to_string(),
                               "it must lie between 0 and " + Number(scale).to_string());
        }
    }
    return result;
}

/// NumPy's linear interpolation: from the nearer end, so that weight 1 gives b exactly.
Array interpolated(const Array& a, const Array& b, const Operand& weight,
                   const Operand& is_near_b) {
    const Array step = b - a;
    const Array from_a = a + binary(Op::multiply, step, weight);
    // Weight and rest stay plain numbers where they are, so that float32 data stays float32.
    const Operand rest = weight.is_number() ? Operand(1.0 - weight.number().as_double())
                                            : Operand(1.0 - weight.array());
    const Array from_b = b - binary(Op::multiply, step, rest);
    return where(is_near_b, from_b, from_a);
}

Array gathered_last(const NodeRef& sorted, const std::vector<std::int64_t>& at,
                    const Shape& shape) {
    const int axis = sorted->shape.size() - 1;
    const Array index = Array::from(std::span<const std::int64_t>(at), shape);
    return detail::made(Op::gather, sorted->dtype,
                        detail::joined(shape, detail::part_of_shape(sorted->shape, 0, axis)),
                        GatherAttr{.axes = {axis}, .position = 0}, {sorted, index.node()});
}

Array quantiles_of(const Array& a, const Quantiles& q, const Over& over) {
    const ReducedAxes axes = detail::reduced_axes(a.shape(), over);
    if (axes.count == 0) {
        throw BadParameter("quantile", a.shape().to_string(), "there are no elements; give some");
    }
    std::vector<std::int64_t> before;
    std::vector<std::int64_t> after;
    std::vector<double> weights;
    for (const double value : q.values) {
        const Place place = place_of(value, axes.count, q.dtype == DType::f32);
        before.push_back(place.before);
        after.push_back(place.after);
        weights.push_back(place.weight);
    }
    const NodeRef sorted = ordered(a, axes);
    const Array low = gathered_last(sorted, before, q.shape);
    const Array high = gathered_last(sorted, after, q.shape);
    Array result = low;
    if (q.is_weak && !q.is_whole) {
        result = interpolated(low, high, weights[0], weights[0] >= 0.5);
    } else if (!q.is_whole) {
        const Shape spread = detail::joined(q.shape, Shape::filled(axes.dropped.size(), 1));
        const Array weight = Array::from(std::span<const double>(weights), spread).astype(q.dtype);
        result = interpolated(low, high, weight, weight >= 0.5);
    }
    return reshaped_result(nan_where_present(sorted, result),
                           detail::joined(q.shape, axes.shape(over.keepdims)));
}

}  // namespace

Array median(const Array& a, const Over& over) {
    detail::require_axes(over, a.rank());
    const ReducedAxes axes = detail::reduced_axes(a.shape(), over);
    const NodeRef sorted = ordered(a, axes);
    const std::ptrdiff_t n = axes.count;
    const std::ptrdiff_t middle = std::min<std::ptrdiff_t>(n, n % 2 == 1 ? 1 : 2);
    const NodeRef part =
        detail::part_of(sorted, sorted->shape.size() - 1, (n - middle) / 2, middle);
    return reshaped_result(nan_where_present(sorted, mean(Array(part), Over(-1))),
                           axes.shape(over.keepdims));
}

Array percentile(const Array& a, const Operand& q, const Over& over) {
    return quantiles_of(a, checked_quantiles(q, 100.0, "percentile"), over);
}

Array quantile(const Array& a, const Operand& q, const Over& over) {
    return quantiles_of(a, checked_quantiles(q, 1.0, "quantile"), over);
}

}  // namespace monnto
