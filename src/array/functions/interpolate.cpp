#include "made.hpp"

#include <monnto/array/functions/create.hpp>
#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/reduce.hpp>
#include <monnto/array/functions/shape.hpp>
#include <monnto/array/functions/sort.hpp>

#include <algorithm>

namespace monnto {

Array interp(const Operand& x, const Array& xp, const Array& fp, std::optional<double> left,
             std::optional<double> right) {
    if (xp.rank() != 1 || xp.shape() != fp.shape()) {
        throw ShapeMismatch("interp", xp.shape().to_vector(), fp.shape().to_vector(),
                            "give points of one axis and as many values");
    }
    const std::ptrdiff_t count = xp.size();
    if (count == 0) {
        throw BadParameter("xp", "[]", "give at least one point");
    }
    const Array at(operand_node(x, DType::f64));
    const Array points(record_cast(xp.node(), DType::f64));
    const Array values(record_cast(fp.node(), DType::f64));
    const auto end = [](const Array& of, std::ptrdiff_t i) {
        return Array(detail::reshaped(detail::part_of(of.node(), 0, i, 1), {}));
    };
    const auto pick = [&](const Array& from, const Array& index) {
        return detail::made(Op::gather, DType::f64, at.shape(),
                            GatherAttr{.axes = {0}, .position = 0}, {from.node(), index.node()});
    };
    const Array low =
        clip(searchsorted(points, at, true) - 1, 0, std::max<std::ptrdiff_t>(count - 2, 0));
    const Array high = minimum(low + 1, count - 1);
    const Array x0 = pick(points, low);
    const Array x1 = pick(points, high);
    const Array y0 = pick(values, low);
    const Array y1 = pick(values, high);
    const Array slope = (y1 - y0) / (x1 - x0);
    // NumPy's order of attempts: from the left point, from the right one where that is NaN
    // (infinite points), and a flat piece is its value.
    Array result = slope * (at - x0) + y0;
    result = where(isnan(result), slope * (at - x1) + y1, result);
    result = where(isnan(result) & (y0 == y1), y0, result);
    result = where(at == x0, y0, result);
    const Array first = end(points, 0);
    const Array last = end(points, count - 1);
    const Array below = left ? Array(*left) : end(values, 0);
    const Array above = right ? Array(*right) : end(values, count - 1);
    result = where(at == last, end(values, count - 1), result);
    result = where(at < first, below, where(at > last, above, result));
    return where(isnan(at), count == 1 ? end(values, 0) : at, result);
}

Array trapezoid(const Array& y, double dx, std::ptrdiff_t axis) {
    const int along = normalized_axis(axis, y.rank());
    const std::ptrdiff_t count = std::max<std::ptrdiff_t>(y.shape()[along] - 1, 0);
    const NodeRef node = y.node();
    const Array before(detail::part_of(node, along, 0, count));
    const Array after(detail::part_of(node, along, count == 0 ? 0 : 1, count));
    // The width stays a plain number, so that float32 data stays float32.
    return sum(dx * (after + before) / 2.0, Over(along));
}

Array trapezoid(const Array& y, const Array& x, std::ptrdiff_t axis) {
    const int along = normalized_axis(axis, y.rank());
    const std::ptrdiff_t count = std::max<std::ptrdiff_t>(y.shape()[along] - 1, 0);
    Array width = x.rank() == 0 ? x : diff(x, 1, x.rank() == 1 ? 0 : axis);
    if (x.rank() == 1) {
        Shape spread = Shape::filled(y.rank(), 1);
        spread[along] = width.size();
        width = Array(detail::reshaped(width.node(), spread));
    }
    const NodeRef node = y.node();
    const Array before(detail::part_of(node, along, 0, count));
    const Array after(detail::part_of(node, along, count == 0 ? 0 : 1, count));
    return sum(width * (after + before) / 2.0, Over(along));
}

Array gradient(const Array& a, double spacing, std::ptrdiff_t axis) {
    const int along = normalized_axis(axis, a.rank());
    const std::ptrdiff_t count = a.shape()[along];
    if (count < 2) {
        throw BadParameter("gradient", a.shape().to_string(),
                           "give at least two elements along the axis");
    }
    const NodeRef node = record_cast(a.node(), is_float(a.dtype()) ? a.dtype() : DType::f64);
    const auto part = [&](std::ptrdiff_t first, std::ptrdiff_t length) {
        return Array(detail::part_of(node, along, first, length));
    };
    return concatenate({(part(1, 1) - part(0, 1)) / spacing,
                        (part(2, count - 2) - part(0, count - 2)) / (2.0 * spacing),
                        (part(count - 1, 1) - part(count - 2, 1)) / spacing},
                       along);
}

}  // namespace monnto
