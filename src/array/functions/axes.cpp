#include "axes.hpp"
#include "made.hpp"

#include <monnto/array/functions/elementwise.hpp>

namespace monnto::detail {

std::vector<int> normalized_axes(const std::vector<std::ptrdiff_t>& axes, int rank) {
    std::vector<int> result;
    for (const std::ptrdiff_t axis : axes) {
        const int from_front = normalized_axis(axis, rank);
        if (std::ranges::find(result, from_front) != result.end()) {
            throw BadParameter("axis", std::to_string(axis), "it is named twice; name it once");
        }
        result.push_back(from_front);
    }
    return result;
}

void require_axes(const Over& over, int rank) {
    if (over.axes) {
        static_cast<void>(normalized_axes(*over.axes, rank));
    }
}

ReducedAxes reduced_axes(const Shape& shape, const Over& over) {
    ReducedAxes result;
    // NumPy's reductions take axis 0 and -1 of an array without axes.
    const bool is_of_single = shape.empty() && over.axes && over.axes->size() == 1 &&
                              (over.axes->front() == 0 || over.axes->front() == -1);
    if (over.axes && !is_of_single) {
        for (const int axis : normalized_axes(*over.axes, shape.size())) {
            result.bits = static_cast<std::uint8_t>(result.bits | (1U << axis));
        }
    } else {
        result.bits = static_cast<std::uint8_t>((1U << shape.size()) - 1U);
    }
    for (int axis = 0; axis < shape.size(); ++axis) {
        const bool is_reduced = result.has(axis);
        result.kept.push_back(is_reduced ? 1 : shape[axis]);
        if (is_reduced) {
            result.count *= shape[axis];
        } else {
            result.dropped.push_back(shape[axis]);
        }
    }
    return result;
}

NodeRef reduced_axes_last(const NodeRef& node, const ReducedAxes& axes) {
    Dims order;
    for (const bool reduced : {false, true}) {
        for (int axis = 0; axis < node->shape.size(); ++axis) {
            if (axes.has(axis) == reduced) {
                order.push_back(axis);
            }
        }
    }
    return reshaped(permuted(node, order), joined(axes.dropped, {axes.count}));
}

Array divided_by_count(const Array& total, double count) {
    // A float32 quotient of two float32 numbers is the same bits when computed in float64 and
    // rounded; only a count that float32 cannot hold needs the detour.
    constexpr double exact_in_f32 = 1 << 24;
    const DType dtype = total.dtype();
    const bool is_direct = dtype == DType::f64 || (dtype == DType::f32 && count <= exact_in_f32 &&
                                                   static_cast<float>(count) == count);
    const Array quotient = (is_direct ? total : total.astype(DType::f64)) / count;
    return is_direct ? quotient : quotient.astype(dtype);
}

}  // namespace monnto::detail
