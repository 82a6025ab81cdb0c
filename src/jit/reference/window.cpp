#include "kernels.hpp"
#include "move.hpp"

#include <monnto/array/executor.hpp>

#include <cstdlib>
#include <optional>

namespace monnto::reference {
namespace {

/// A result of few bytes is copied out: a held `v[3]` must not keep the whole of `v` in memory, nor
/// stop it from being overwritten in place.
constexpr std::size_t few_bytes = 64;

/// Where an element of logical index `index` (C order) of `shape` lies.
Dims position_of(std::ptrdiff_t index, const Shape& shape) {
    Dims position = Dims::filled(shape.size(), 0);
    for (int axis = shape.size() - 1; axis >= 0; --axis) {
        position[axis] = index % shape[axis];
        index /= shape[axis];
    }
    return position;
}

/// The axis of the input that a step of `stride` logical elements walks along; nothing where the
/// step does not stay on one axis.
std::optional<int> axis_walked(std::ptrdiff_t stride, const Shape& shape, const Strides& logical) {
    for (int axis = 0; axis < shape.size(); ++axis) {
        if (shape[axis] > 1 && std::abs(stride) >= logical[axis]) {
            return stride % logical[axis] == 0 ? std::optional(axis) : std::nullopt;
        }
    }
    return std::nullopt;
}

/// The window on a strided input, without a copy; nothing where its steps cross the input's axes
/// (the diagonal of a transposed matrix, or a reshaped window on one).
std::optional<Value> composed(const Node& input, const ViewAttr& window) {
    const Value& base = input.value();
    const Strides logical = contiguous_strides(input.shape);
    Dims low = position_of(window.offset, input.shape);
    Dims high = low;
    Value result{base.buffer, base.offset, {}};
    for (int axis = 0; axis < input.shape.size(); ++axis) {
        result.offset += low[axis] * base.strides[axis];
    }
    for (int axis = 0; axis < window.shape.size(); ++axis) {
        const std::ptrdiff_t stride = window.strides[axis];
        if (window.shape[axis] == 1 || stride == 0) {
            result.strides.push_back(0);
            continue;
        }
        const std::optional<int> walked = axis_walked(stride, input.shape, logical);
        if (!walked) {
            return std::nullopt;
        }
        const std::ptrdiff_t step = stride / logical[*walked];
        const std::ptrdiff_t reach = step * (window.shape[axis] - 1);
        (reach < 0 ? low : high)[*walked] += reach;
        result.strides.push_back(step * base.strides[*walked]);
    }
    for (int axis = 0; axis < input.shape.size(); ++axis) {
        if (low[axis] < 0 || high[axis] >= input.shape[axis]) {
            return std::nullopt;
        }
    }
    return result;
}

Value window_on(const Node& input, const ViewAttr& window) {
    if (!is_contiguous(input.shape, input.value().strides)) {
        if (std::optional<Value> result = composed(input, window)) {
            return *std::move(result);
        }
    }
    Value result = contiguous(input);
    result.offset += window.offset;
    result.strides = window.strides;
    return result;
}

Value moved_out(const Node& node, const Value& from) {
    Value result = fresh(node.dtype, node.shape);
    dispatch_by_size(size_of(node.dtype), [&]<class T>() {
        move_elements(node.shape, elements<T>(result), result.strides, elements<T>(from),
                      from.strides);
    });
    return result;
}

bool is_small(const Node& node) {
    return static_cast<std::size_t>(node.shape.product()) * size_of(node.dtype) <= few_bytes;
}

Value run_view(const Node& node) {
    if (node.shape.product() == 0) {
        return fresh(node.dtype, node.shape);
    }
    const Value result = window_on(*node.inputs()[0], node.attribute<ViewAttr>());
    return is_small(node) ? moved_out(node, result) : result;
}

Value run_reshape(const Node& node) {
    Value result = contiguous(*node.inputs()[0]);
    result.strides = contiguous_strides(node.shape);
    return is_small(node) ? moved_out(node, result) : result;
}

Value run_update(const Node& node) {
    const auto& window = node.attribute<ViewAttr>();
    const NodeRef& base = node.inputs()[0];
    // `v[:] = x` needs nothing of what was there.
    const bool covers = window.shape.product() == base->shape.product() &&
                        is_contiguous(window.shape, window.strides);
    Value result = covers && !can_donate(base) ? fresh(node.dtype, node.shape) : overwritable(base);
    const Operand from = operand(*node.inputs()[1], window.shape);
    dispatch_by_size(size_of(node.dtype), [&]<class T>() {
        move_elements(window.shape, elements<T>(result) + window.offset, window.strides,
                      from.as<T>(), from.strides);
    });
    return result;
}

}  // namespace

Value run_window(Node& node) {
    switch (node.op) {
        case Op::view:
            return run_view(node);
        case Op::reshape:
            return run_reshape(node);
        case Op::update:
            return run_update(node);
        default:
            throw InternalError("run_window: not a window operation");
    }
}

}  // namespace monnto::reference
