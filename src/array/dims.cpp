#include <monnto/array/dims.hpp>

#include <monnto/base/error.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace monnto {

Dims Dims::from(std::span<const std::ptrdiff_t> values) {
    if (values.size() > static_cast<std::size_t>(max_rank)) {
        throw BadParameter("rank", std::to_string(values.size()),
                           "arrays have at most 8 axes; reshape to fewer");
    }
    Dims dims;
    for (const std::ptrdiff_t v : values) {
        dims.push_back(v);
    }
    return dims;
}

std::string Dims::to_string() const {
    return fmt::format("({}{})", fmt::join(begin(), end(), ", "), size() == 1 ? "," : "");
}

Strides contiguous_strides(const Shape& shape) noexcept {
    Strides strides = Dims::filled(shape.size(), 1);
    for (int axis = shape.size() - 2; axis >= 0; --axis) {
        strides[axis] = strides[axis + 1] * shape[axis + 1];
    }
    return strides;
}

bool is_contiguous(const Shape& shape, const Strides& strides) noexcept {
    std::ptrdiff_t expected = 1;
    for (int axis = shape.size() - 1; axis >= 0; --axis) {
        if (shape[axis] != 1 && strides[axis] != expected) {
            return shape.product() == 0;
        }
        expected *= shape[axis];
    }
    return true;
}

Shape broadcast(const Shape& a, const Shape& b, std::string_view operation) {
    const Shape& longer = a.size() >= b.size() ? a : b;
    const Shape& shorter = a.size() >= b.size() ? b : a;
    Shape result = longer;
    const int shift = longer.size() - shorter.size();
    for (int axis = 0; axis < shorter.size(); ++axis) {
        std::ptrdiff_t& extent = result[axis + shift];
        if (extent == shorter[axis] || shorter[axis] == 1) {
            continue;
        }
        if (extent != 1) {
            throw ShapeMismatch(std::string(operation), a.to_vector(), b.to_vector(),
                                "make the axes equal or one of them 1");
        }
        extent = shorter[axis];
    }
    return result;
}

Strides broadcast_strides(const Shape& shape, const Strides& strides,
                          const Shape& target) noexcept {
    Strides result = Dims::filled(target.size(), 0);
    const int shift = target.size() - shape.size();
    for (int axis = 0; axis < shape.size(); ++axis) {
        result[axis + shift] = shape[axis] == 1 && target[axis + shift] != 1 ? 0 : strides[axis];
    }
    return result;
}

AxisOutOfRange::AxisOutOfRange(std::ptrdiff_t axis_, int rank_)
    : Error(
          fmt::format("axis {} is out of bounds for array of dimension {}; axes run from {} to {}",
                      axis_, rank_, -rank_, rank_ - 1)),
      axis(axis_),
      rank(rank_) {}

int normalized_axis(std::ptrdiff_t axis, int rank) {
    if (axis < -rank || axis >= rank) {
        throw AxisOutOfRange(axis, rank);
    }
    return static_cast<int>(axis < 0 ? axis + rank : axis);
}

}  // namespace monnto
