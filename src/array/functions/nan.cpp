#include "axes.hpp"
#include "made.hpp"

#include <monnto/array/functions/create.hpp>
#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/reduce.hpp>

#include <limits>

namespace monnto {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

Array without_nan(const Array& a, const Number& instead) {
    return is_float(a.dtype()) ? where(isnan(a), instead, a) : a;
}

/// How many elements are there, as float64.
Array present(const Array& a, const Over& over) {
    return count_nonzero(logical_not(isnan(a)), over).astype(DType::f64);
}

/// Divided in float64 and rounded, as `detail::divided_by_count`; 0/0 gives NaN.
Array divided(const Array& total, const Array& count) {
    return (total.astype(DType::f64) / count).astype(total.dtype());
}

/// A slice of NaN only has the extreme `nothing` of its replacements, and then NaN is the answer;
/// a slice that really holds that infinity keeps it.
Array nan_extreme(const Array& a, const Over& over, Array (*extreme)(const Array&, const Over&),
                  double nothing) {
    if (!is_float(a.dtype())) {
        return extreme(a, over);
    }
    const Array result = extreme(without_nan(a, nothing), over);
    return where(all_of(isnan(a), over), not_a_number, result);
}

}  // namespace

Array nansum(const Array& a, const Over& over, std::optional<DType> dtype) {
    return sum(without_nan(a, 0.0), over, dtype);
}
Array nanprod(const Array& a, const Over& over, std::optional<DType> dtype) {
    return prod(without_nan(a, 1.0), over, dtype);
}

Array nanmean(const Array& a, const Over& over) {
    return is_float(a.dtype()) ? divided(nansum(a, over), present(a, over)) : mean(a, over);
}

Array nanvar(const Array& a, const Over& over, double ddof) {
    if (!is_float(a.dtype())) {
        return var(a, over, ddof);
    }
    const Array center = nanmean(a, Over(over.axes, true));
    const Array squares = sum(square(where(isnan(a), 0.0, a - center)), over);
    const Array freedom = present(a, over) - ddof;
    return where(freedom > 0, divided(squares, freedom), not_a_number);
}
Array nanstd(const Array& a, const Over& over, double ddof) {
    return sqrt(nanvar(a, over, ddof));
}

Array nanmin(const Array& a, const Over& over) {
    return nan_extreme(a, over, &min, std::numeric_limits<double>::infinity());
}
Array nanmax(const Array& a, const Over& over) {
    return nan_extreme(a, over, &max, -std::numeric_limits<double>::infinity());
}

Array nanmedian(const Array& a, const Over& over) {
    if (!is_float(a.dtype()) || a.size() == 0) {
        return median(a, over);
    }
    // NaN sorts to the end, so the present elements of each slice are its first ones.
    const detail::ReducedAxes axes = detail::reduced_axes(a.shape(), over);
    const NodeRef last = detail::reduced_axes_last(a.node(), axes);
    const NodeRef slices = detail::reshaped(last, {axes.dropped.product(), axes.count});
    const NodeRef sorted = record(Op::sort, slices->dtype, slices->shape, AxisAttr{1}, {slices});
    const Array count = count_nonzero(logical_not(isnan(Array(sorted))), Over(1));
    const Array row = arange(axes.dropped.product());
    const auto at = [&](const Array& place) {
        return detail::made(Op::gather, sorted->dtype, row.shape(),
                            GatherAttr{.axes = {0, 1}, .position = 0},
                            {sorted, row.node(), place.node()});
    };
    // With nothing present both are the first element, which is NaN.
    const Array low = at(floor_divide(maximum(count, 1) - 1, 2));
    const Array high = at(floor_divide(count, 2));
    const DType wide = a.dtype() == DType::f64 ? DType::f64 : DType::f32;
    const Array both = (low.astype(wide) + high.astype(wide)) / 2.0;
    const Array result = where(count % 2 == 1, low, both.astype(a.dtype()));
    return Array(detail::reshaped(result.node(), axes.shape(over.keepdims)));
}

}  // namespace monnto
