#include "kernels.hpp"
#include "reduction.hpp"

#include <monnto/array/turned_copy.hpp>

#include <cstdlib>

namespace monnto::reference {
namespace {

ReductionLoop loop_for(Op op, DType dtype) {
    switch (op) {
        case Op::sum:
            return sum_loop(dtype);
        case Op::prod:
            return prod_loop(dtype);
        case Op::min:
            return extreme_loop(dtype, false);
        case Op::max:
            return extreme_loop(dtype, true);
        case Op::any:
            return loop_of<Quantifier<true>>();
        case Op::all:
            return loop_of<Quantifier<false>>();
        case Op::argmin:
            return arg_extreme_loop(dtype, false);
        case Op::argmax:
            return arg_extreme_loop(dtype, true);
        default:
            throw InternalError("run_reduction: not a reduction");
    }
}

ReducedAxes reduced_axes(const Shape& shape, const Strides& strides) {
    ReducedAxes reduced;
    for_each_row<1>(shape, {strides}, [&](const auto& at, std::ptrdiff_t count, const auto& step) {
        reduced.runs.push_back(at[0]);
        reduced.count = count;
        reduced.step = count == 1 ? 1 : step[0];
    });
    return reduced;
}

/// Whether neighbors in memory belong to different results. A handful of columns is not worth the
/// calls per row.
bool goes_by_columns(std::ptrdiff_t columns, std::ptrdiff_t step, const ReducedAxes& reduced) {
    constexpr std::ptrdiff_t few = 4;
    return columns > few && reduced.size() > 1 && std::abs(step) < std::abs(reduced.step);
}

}  // namespace

Value run_reduction(Node& node) {
    const Node& input = *node.inputs()[0];
    const unsigned axes = node.attribute<AxesAttr>().axes;
    // Reduced in C order, whose rows lie far apart where a matrix lies column by column.
    const bool reorders = (axes & 3U) == 3U && is_large_turned(input.shape, input.value().strides);
    const Value ordered = reorders ? contiguous(input) : Value();
    Operand from = operand(input);
    if (reorders) {
        from = {ordered.buffer->data(), ordered.strides};
    }
    Shape kept;
    Shape reduced_shape;
    Strides kept_strides;
    Strides reduced_strides;
    for (int axis = 0; axis < input.shape.size(); ++axis) {
        const bool reduces = ((axes >> static_cast<unsigned>(axis)) & 1U) != 0;
        (reduces ? reduced_shape : kept).push_back(input.shape[axis]);
        (reduces ? reduced_strides : kept_strides).push_back(from.strides[axis]);
    }
    const ReducedAxes reduced = reduced_axes(reduced_shape, reduced_strides);
    const ReductionLoop loop = loop_for(node.op, input.dtype);
    Value result = fresh(node.dtype, node.shape);
    const auto in_width = static_cast<std::ptrdiff_t>(size_of(input.dtype));
    const auto out_width = static_cast<std::ptrdiff_t>(size_of(node.dtype));
    for_each_row<2>(kept, {kept_strides, contiguous_strides(kept)},
                    [&](const auto& at, std::ptrdiff_t count, const auto& step) {
                        const auto run = goes_by_columns(count, step[0], reduced) ? loop.by_columns
                                                                                  : loop.by_rows;
                        run(from.data + at[0] * in_width, step[0],
                            result.buffer->data() + at[1] * out_width, count, reduced);
                    });
    return result;
}

}  // namespace monnto::reference
