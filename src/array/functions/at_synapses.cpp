#include "made.hpp"

#include <monnto/array/functions/sparse.hpp>

#include <unordered_map>
#include <utility>
#include <vector>

namespace monnto {
namespace {

/// Expressions of scripts are shallow; deeper ones are evaluated as matrices.
constexpr int deepest = 200;

/// Rewrites a graph over all pairs into one over the synapses of a pattern.
class Restriction {
public:
    Restriction(PatternRef pattern, bool is_source_first)
        : pattern_(std::move(pattern)),
          is_source_first_(is_source_first),
          shape_(is_source_first ? Shape{pattern_->sources(), pattern_->targets()}
                                 : Shape{pattern_->targets(), pattern_->sources()}) {}

    [[nodiscard]] const Shape& shape() const noexcept { return shape_; }

    /// `node` broadcasts to shape().
    NodeRef restricted(const NodeRef& node, int depth) {
        const auto known = done_.find(node.get());
        if (known != done_.end()) {
            return known->second;
        }
        NodeRef made = made_of(node, depth);
        done_.emplace(node.get(), made);
        kept_.push_back(node);
        return made;
    }

private:
    NodeRef made_of(const NodeRef& node, int depth) {
        if (node->op == Op::constant) {
            return record_constant(node->attribute<ConstantAttr>().value, node->dtype);
        }
        if (node->shape.product() == 1) {
            return detail::reshaped(node, {});
        }
        const bool varies_along_rows = node->shape.size() == 2 && node->shape[0] > 1;
        const bool varies_along_columns = node->shape.back() > 1;
        if (!varies_along_rows) {
            return spread(detail::flattened(node), 1);
        }
        if (!varies_along_columns) {
            return spread(detail::flattened(node), 0);
        }
        if (!node->is_settled() && is_elementwise(node->op) && depth < deepest) {
            return recorded_again(*node, depth);
        }
        if (!node->is_settled() && node->op == Op::view) {
            if (const NodeRef vector = repeated_vector(node)) {
                return vector;
            }
        }
        return sparse_sample(pattern_, Array(node), is_source_first_).node();
    }

    NodeRef recorded_again(const Node& node, int depth) {
        std::vector<NodeRef> inputs;
        bool is_number = true;
        for (const NodeRef& input : node.inputs().all()) {
            inputs.push_back(restricted(input, depth + 1));
            is_number = is_number && inputs.back()->shape.empty();
        }
        return record(node.op, node.dtype, is_number ? Shape{} : Shape{pattern_->size()},
                      node.attributes, NodeInputs(std::move(inputs)));
    }

    /// A vector that a window repeats along one of two axes.
    NodeRef repeated_vector(const NodeRef& node) {
        const auto& window = node->attribute<ViewAttr>();
        for (const int axis : {0, 1}) {
            if (window.strides[1 - axis] == 0) {
                const ViewAttr line{window.offset, {window.shape[axis]}, {window.strides[axis]}};
                return spread(detail::viewed(node->inputs()[0], line), axis);
            }
        }
        return {};
    }

    NodeRef spread(const NodeRef& vector, int axis) {
        const bool along_source = (axis == 0) == is_source_first_;
        return sparse_spread(pattern_, Array(vector), along_source ? Side::source : Side::target)
            .node();
    }

    PatternRef pattern_;
    bool is_source_first_;
    Shape shape_;
    std::unordered_map<const Node*, NodeRef> done_;
    std::vector<NodeRef> kept_;  // so that no address is used twice
};

}  // namespace

Array at_synapses(const PatternRef& pattern, const Array& expression, bool is_source_first) {
    Restriction restriction(pattern, is_source_first);
    const Shape& shape = restriction.shape();
    if (expression.rank() > 2 || broadcast(expression.shape(), shape, "at_synapses") != shape) {
        throw ShapeMismatch("at_synapses", expression.shape().to_vector(), shape.to_vector(),
                            "give what broadcasts to the shape of the synapses");
    }
    return Array(restriction.restricted(expression.node(), 0));
}

}  // namespace monnto
