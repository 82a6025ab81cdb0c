#include "role.hpp"

#include <monnto/array/functions/sparse_draw.hpp>

#include <algorithm>
#include <optional>

namespace monnto::kernel {
namespace {

/// What combines the elements of a reduction that kernels know.
[[nodiscard]] std::optional<Op> combining(Op op) noexcept {
    switch (op) {
        case Op::sum:
        case Op::any:
            return Op::add;
        case Op::prod:
        case Op::all:
            return Op::multiply;
        case Op::min:
            return Op::minimum;
        case Op::max:
            return Op::maximum;
        default:
            return std::nullopt;
    }
}

}  // namespace

Role Parts::role_of(std::size_t i) const {
    const Node& node = graph_.node(i);
    if (node.op == Op::constant) {
        return Role::number;
    }
    if (is_window(graph_, i) && !graph_.is_wanted(i)) {
        return Role::window;
    }
    // A single number is not worth a kernel; a group of one neuron is, because its formula is
    // long.
    const std::ptrdiff_t size = node.shape.product();
    const bool is_vector = size > 1 || (size == 1 && !node.shape.empty());
    const bool reduces = family_of(node.op) == OpFamily::reduction;
    const bool needs_order = node.op == Op::copy || (reduces && !is_axis_fold(i));
    if (std::ranges::any_of(graph_.inputs(i), [&](Source s) {
            return lies_anyhow(s) || (needs_order && is_turned_leaf(graph_, s));
        })) {
        return Role::interpreted;
    }
    if (is_elementwise(node.op)) {
        const DType from = graph_.at(graph_.inputs(i).back()).dtype;
        return is_vector && abilities_.can_compute(node.op, from, node.dtype) ? Role::elementwise
                                                                              : Role::interpreted;
    }
    if (node.op == Op::random && is_vector) {
        return can_draw(i) ? Role::draw : Role::interpreted;
    }
    return folds(i) ? Role::fold : Role::interpreted;
}

/// Numbers of a distribution whose parameters are fixed, for all elements.
bool Parts::can_draw(std::size_t i) const {
    const Node& node = graph_.node(i);
    const bool has_fixed_parameters = std::ranges::all_of(
        graph_.inputs(i), [&](Source source) { return graph_.at(source).op == Op::constant; });
    return has_fixed_parameters && !has_mask(node) &&
           abilities_.can_draw(node.attribute<RandomAttr>().distribution, node.dtype);
}

bool Parts::folds(std::size_t i) const {
    const Node& node = graph_.node(i);
    const std::optional<Op> combines = combining(node.op);
    if (!combines) {
        return false;  // perhaps a leaf, without inputs
    }
    const Source source = graph_.inputs(i)[0];
    const Node& input = graph_.at(source);
    if (input.shape.product() < 2 || reduced_axes(i) == 0) {
        return false;
    }
    // Sums of what an index array picks are not computed from a copy of it (events).
    const bool is_gathered = !source.is_leaf() && input.op == Op::gather;
    const bool can_fold =
        is_axis_fold(i) ? abilities_.axis_folds && !is_gathered : abilities_.folds;
    // Registers hold halves as floats.
    return can_fold && !is_half(input.dtype) &&
           abilities_.can_compute(*combines, input.dtype, input.dtype);
}

unsigned Parts::reduced_axes(std::size_t i) const {
    const Shape& shape = graph_.at(graph_.inputs(i)[0]).shape;
    const unsigned axes = graph_.node(i).attribute<AxesAttr>().axes;
    unsigned reduced = 0;
    unsigned kept_axes = 0;
    for (int axis = 0; axis < shape.size(); ++axis) {
        if (shape[axis] != 1) {
            reduced |= ((axes >> static_cast<unsigned>(axis)) & 1U) << kept_axes++;
        }
    }
    return reduced;
}

bool Parts::is_axis_fold(std::size_t i) const {
    return combining(graph_.node(i).op) &&
           keeps_axes(reduced_axes(i), space_of(graph_.at(graph_.inputs(i)[0]).shape));
}

/// Whether only its value tells how a source lies in memory: windows on windows.
bool Parts::lies_anyhow(Source source) const {
    if (source.is_leaf()) {
        return false;
    }
    const Op op = graph_.node(source.index()).op;
    return (op == Op::view || op == Op::reshape) && !is_window(graph_, source.index());
}

}  // namespace monnto::kernel
