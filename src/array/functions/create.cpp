#include <monnto/array/functions/create.hpp>

#include "made.hpp"

#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/shape.hpp>

#include <cmath>

namespace monnto {
namespace {

void check(const Shape& shape) {
    for (const std::ptrdiff_t extent : shape) {
        if (extent < 0) {
            throw BadParameter("shape", shape.to_string(), "extents must not be negative");
        }
    }
}

BadParameter endless(const Number& step) {
    return {"step", step.to_string(),
            "arange would not end; give a step that leads from start to stop"};
}

std::ptrdiff_t steps_between(std::int64_t start, std::int64_t stop, std::int64_t step) {
    const auto distance = [](std::int64_t from, std::int64_t to) {
        return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
    };
    if (step > 0 ? stop <= start : stop >= start) {
        return 0;
    }
    const std::uint64_t way = step > 0 ? distance(start, stop) : distance(stop, start);
    const std::uint64_t stride = step > 0 ? static_cast<std::uint64_t>(step) : distance(step, 0);
    return static_cast<std::ptrdiff_t>((way - 1) / stride + 1);
}

std::ptrdiff_t steps_between(double start, double stop, double step, const Number& given) {
    const double count = std::ceil((stop - start) / step);
    constexpr double most = 4.0e18;  // elements
    if (std::isnan(count) || count > most) {
        throw endless(given);
    }
    return count > 0 ? static_cast<std::ptrdiff_t>(count) : 0;
}

/// Element i of linspace, in double: shared by linspace and logspace.
std::vector<double> evenly_spaced(double start, double stop, std::ptrdiff_t count, bool endpoint) {
    if (count < 0) {
        throw BadParameter("count", std::to_string(count), "it must not be negative");
    }
    const auto parts = static_cast<double>(endpoint ? count - 1 : count);
    const double delta = stop - start;
    const double step = delta / parts;
    std::vector<double> values(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto at = static_cast<double>(i);
        // A step that underflows to zero would make every element equal to start.
        const double way = step == 0.0 ? at / parts * delta : at * step;
        values[i] = (parts > 0 ? way : at * delta) + start;
    }
    if (endpoint && count > 1) {
        values.back() = stop;
    }
    return values;
}

Array rows_minus_columns(std::ptrdiff_t rows, std::ptrdiff_t columns) {
    return expand_dims(arange(rows), 1) - expand_dims(arange(columns), 0);
}

/// True at and below a diagonal of the last two axes of `a` (of a square, where it has only one).
Array lower_triangle(const Array& a, std::ptrdiff_t diagonal) {
    if (a.rank() == 0) {
        throw BadParameter("triangle", "()", "give an array of at least one axis");
    }
    const std::ptrdiff_t columns = a.shape().back();
    const std::ptrdiff_t rows = a.rank() == 1 ? columns : a.shape()[a.rank() - 2];
    return tri(rows, columns, diagonal, DType::boolean);
}

}  // namespace

Array zeros(const Shape& shape, DType dtype) {
    return full(shape, Number(0), dtype);
}
Array ones(const Shape& shape, DType dtype) {
    return full(shape, Number(1), dtype);
}
Array full(const Shape& shape, const Number& value) {
    return full(shape, value, value.dtype);
}
Array full(const Shape& shape, const Number& value, DType dtype) {
    check(shape);
    return Array(record_constant(value, dtype, shape));
}

Array zeros_like(const Array& a, std::optional<DType> dtype) {
    return zeros(a.shape(), dtype.value_or(a.dtype()));
}
Array ones_like(const Array& a, std::optional<DType> dtype) {
    return ones(a.shape(), dtype.value_or(a.dtype()));
}
Array full_like(const Array& a, const Number& value, std::optional<DType> dtype) {
    return full(a.shape(), value, dtype.value_or(a.dtype()));
}

Array arange(const Number& start, const Number& stop, const Number& step) {
    if (step.as_double() == 0.0) {
        throw endless(step);
    }
    if (!is_float(start.dtype) && !is_float(stop.dtype) && !is_float(step.dtype)) {
        const std::ptrdiff_t count =
            steps_between(start.as_integer(), stop.as_integer(), step.as_integer());
        return detail::made(Op::arange, DType::i64, {count},
                            ArangeAttr{.start = Number::strong(DType::i64, start.as_integer()),
                                       .step = Number::strong(DType::i64, step.as_integer())},
                            {});
    }
    const double first = start.as_double();
    const std::ptrdiff_t count = steps_between(first, stop.as_double(), step.as_double(), step);
    // NumPy steps by the rounded distance of its first two elements, not by `step` itself.
    const double stride = first + step.as_double() - first;
    return detail::made(Op::arange, DType::f64, {count},
                        ArangeAttr{.start = Number::strong(DType::f64, first),
                                   .step = Number::strong(DType::f64, stride)},
                        {});
}

Array linspace(double start, double stop, std::ptrdiff_t count, bool endpoint) {
    return Array::from(evenly_spaced(start, stop, count, endpoint));
}

Array logspace(double start, double stop, std::ptrdiff_t count, bool endpoint, double base) {
    return binary(Op::power, base, linspace(start, stop, count, endpoint));
}

Array eye(std::ptrdiff_t rows, std::ptrdiff_t columns, std::ptrdiff_t diagonal, DType dtype) {
    columns = columns < 0 ? rows : columns;
    check({rows, columns});
    return equal(rows_minus_columns(rows, columns), -diagonal).astype(dtype);
}

Array tri(std::ptrdiff_t rows, std::ptrdiff_t columns, std::ptrdiff_t diagonal, DType dtype) {
    columns = columns < 0 ? rows : columns;
    check({rows, columns});
    return greater_equal(rows_minus_columns(rows, columns), -diagonal).astype(dtype);
}

Array tril(const Array& a, std::ptrdiff_t diagonal) {
    return where(lower_triangle(a, diagonal), a, zeros({}, a.dtype()));
}

Array triu(const Array& a, std::ptrdiff_t diagonal) {
    return where(lower_triangle(a, diagonal - 1), zeros({}, a.dtype()), a);
}

Array diag(const Array& a, std::ptrdiff_t offset) {
    if (a.rank() == 2) {
        return diagonal(a, offset).copy();
    }
    if (a.rank() != 1) {
        throw BadParameter("diag", a.shape().to_string(), "give an array of one or two axes");
    }
    const std::ptrdiff_t extent = a.size() + std::abs(offset);
    Array result = zeros({extent, extent}, a.dtype());
    diagonal(result, offset).assign(a);
    return result;
}

std::vector<Array> meshgrid(const std::vector<Array>& axes, bool matrix_order) {
    Shape extents;
    std::vector<Array> result;
    const bool swaps = !matrix_order && axes.size() > 1;
    const auto place = [&](std::size_t i) { return static_cast<int>(swaps && i < 2 ? 1 - i : i); };
    if (axes.size() > static_cast<std::size_t>(max_rank)) {
        throw BadParameter("meshgrid", std::to_string(axes.size()),
                           "at most eight axes are possible");
    }
    extents = Shape::filled(static_cast<int>(axes.size()), 1);
    for (std::size_t i = 0; i < axes.size(); ++i) {
        extents[place(i)] = axes[i].size();
    }
    for (std::size_t i = 0; i < axes.size(); ++i) {
        Shape one = Shape::filled(static_cast<int>(axes.size()), 1);
        one[place(i)] = axes[i].size();
        result.push_back(broadcast_to(axes[i].reshape(one), extents).copy());
    }
    return result;
}

}  // namespace monnto
