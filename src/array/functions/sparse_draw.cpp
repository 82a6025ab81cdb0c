#include <monnto/array/functions/sparse_draw.hpp>

#include "made.hpp"

#include <monnto/array/functions.hpp>

#include <utility>
#include <variant>
#include <vector>

namespace monnto {
namespace {

/// Deeper expressions are drawn in full: those of modes have a handful of operations.
constexpr int deepest = 32;

/// `node`, for elements where `kept` is true. Elsewhere, anything.
NodeRef at_kept(const NodeRef& node, const NodeRef& kept, int depth) {
    if (node->is_settled() || node->shape != kept->shape || depth == deepest) {
        return node;
    }
    std::vector<NodeRef> inputs(node->inputs().all().begin(), node->inputs().all().end());
    if (node->op == Op::random) {
        const Distribution distribution = node->attribute<RandomAttr>().distribution;
        if (has_mask(*node) || distribution == Distribution::sparse_mask) {
            return node;
        }
        inputs.push_back(kept);
    } else if (is_elementwise(node->op)) {
        bool is_changed = false;
        for (NodeRef& input : inputs) {
            const NodeRef restricted = at_kept(input, kept, depth + 1);
            is_changed = is_changed || restricted != input;
            input = restricted;
        }
        if (!is_changed) {
            return node;
        }
    } else {
        return node;
    }
    return record(node->op, node->dtype, node->shape, node->attributes,
                  NodeInputs(std::move(inputs)));
}

/// Whether a node is 0 where `kept` is not: a masked draw, as it is or cast.
bool vanishes_elsewhere(const Node& node) {
    if (node.op == Op::cast && !node.is_settled()) {
        return vanishes_elsewhere(*node.inputs()[0]);
    }
    return node.op == Op::random && !node.is_settled() && has_mask(node);
}

}  // namespace

std::size_t parameter_count(Distribution distribution) noexcept {
    switch (distribution) {
        case Distribution::integers:
            return 2;
        case Distribution::poisson:
        case Distribution::bernoulli:
            return 1;
        case Distribution::uniform:
        case Distribution::normal:
        case Distribution::exponential:
        case Distribution::bits:
        case Distribution::sparse_mask:
            break;
    }
    return 0;
}

bool has_mask(const Node& random) noexcept {
    const auto* attribute = std::get_if<RandomAttr>(&random.attributes);
    return attribute != nullptr &&
           random.inputs().size() > parameter_count(attribute->distribution);
}

Array keep(const Array& values, const Array& kept) {
    const NodeRef before = values.node();
    const NodeRef after = at_kept(before, kept.node(), 0);
    if (after != before && vanishes_elsewhere(*after)) {
        return Array(after);
    }
    return where(kept, Array(after), 0).astype(values.dtype());
}

}  // namespace monnto
