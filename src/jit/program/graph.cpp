#include "graph.hpp"
#include "narrowing.hpp"

#include <monnto/array/pattern.hpp>

#include <algorithm>
#include <bit>

namespace monnto::kernel {
namespace {

/// Marks of leaves live beside those of `unsettled_below`, which counts up from 1.
std::uint64_t next_mark() noexcept {
    static std::uint64_t mark = std::uint64_t{1} << 63U;  // under the engine's lock
    return ++mark;
}

void append_dims(std::vector<std::uint64_t>& words, const Dims& dims) {
    for (const std::ptrdiff_t each : dims) {
        words.push_back(static_cast<std::uint64_t>(each));
    }
}

/// Attributes that decide about code. Positions of draws are arguments, and numbers, of which only
/// counts whether float32 would do (narrowing.hpp).
struct AppendAttributes {
    std::vector<std::uint64_t>& words;

    void operator()(std::monostate /*none*/) const {}
    void operator()(const ConstantAttr& attribute) const {
        if (attribute.value.dtype == DType::f64) {
            words.push_back(is_exact_in_float32(attribute.value) ? 1 : 0);
        }
    }
    void operator()(const ArangeAttr& attribute) const {
        words.push_back(attribute.start.natural);
        words.push_back(attribute.step.natural);
    }
    void operator()(const RandomAttr& attribute) const {
        words.push_back(static_cast<std::uint64_t>(attribute.distribution));
        words.push_back(std::bit_cast<std::uint64_t>(attribute.probability));
    }
    void operator()(const ViewAttr& attribute) const {
        words.push_back(static_cast<std::uint64_t>(attribute.offset));
        words.push_back(static_cast<std::uint64_t>(attribute.shape.size()));
        append_dims(words, attribute.shape);
        append_dims(words, attribute.strides);
    }
    void operator()(const GatherAttr& attribute) const {
        words.push_back(static_cast<std::uint64_t>(attribute.position));
        append_dims(words, attribute.axes);
    }
    void operator()(const AxesAttr& attribute) const { words.push_back(attribute.axes); }
    void operator()(const AxisAttr& attribute) const {
        words.push_back(static_cast<std::uint64_t>(attribute.axis));
    }
    void operator()(const SideAttr& attribute) const { words.push_back(attribute.right ? 1 : 0); }
    void operator()(const SparseAttr& attribute) const {
        words.push_back(attribute.pattern ? attribute.pattern->id() : 0);
        words.push_back(static_cast<std::uint64_t>(attribute.side) << 1U |
                        (attribute.is_source_first ? 1U : 0U));
        words.push_back(static_cast<std::uint64_t>(attribute.slots));
    }
    /// Nothing that a recipe holds depends on what the operation does.
    void operator()(const CustomAttr& /*interpreted*/) const {}
};

}  // namespace

bool is_plain(const Node& settled) noexcept {
    const Value& value = settled.value();
    return value.offset == 0 && !value.buffer->is_foreign() &&
           is_contiguous(settled.shape, value.strides);
}

bool is_turned(const Node& settled) noexcept {
    const Value& value = settled.value();
    const Shape& shape = settled.shape;
    return shape.size() == 2 && shape[0] > 1 && shape[1] > 1 && value.offset == 0 &&
           !value.buffer->is_foreign() && value.strides == turned_strides(shape);
}

void Graph::assign(std::span<Node* const> nodes, std::span<Node* const> wanted) {
    nodes_.assign(nodes.begin(), nodes.end());
    leaves_.clear();
    leaf_uses_.clear();
    wanted_.assign(nodes.size(), 0);
    uses_.assign(nodes.size(), 0);
    inputs_.clear();
    first_input_.clear();
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        nodes_[i]->position = static_cast<std::uint32_t>(i);
    }
    for (const Node* node : wanted) {
        wanted_[node->position] = 1;
    }
    const std::uint64_t mark = next_mark();
    for (const Node* node : nodes_) {
        first_input_.push_back(static_cast<std::uint32_t>(inputs_.size()));
        for (const NodeRef& input : node->inputs().all()) {
            if (!input->is_settled()) {
                ++uses_[input->position];
                inputs_.push_back(Source::node(input->position));
                continue;
            }
            if (input->visited != mark) {
                input->visited = mark;
                input->position = static_cast<std::uint32_t>(leaves_.size());
                leaves_.push_back(input.get());
                leaf_uses_.push_back(0);
            }
            ++leaf_uses_[input->position];
            inputs_.push_back(Source::leaf(input->position));
        }
    }
    first_input_.push_back(static_cast<std::uint32_t>(inputs_.size()));
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        if (nodes_[i]->ref_count() > uses_[i]) {
            wanted_[i] = 1;
        }
    }
}

bool Graph::is_held(Source source) const noexcept {
    const auto& uses = source.is_leaf() ? leaf_uses_ : uses_;
    return at(source).ref_count() > uses[source.index()];
}

std::span<const std::uint64_t> Graph::signature() {
    signature_.clear();
    signature_.push_back(nodes_.size() << 32U | leaves_.size());
    for (const Node* leaf : leaves_) {
        sign_leaf(*leaf);
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        sign_node(i);
    }
    return signature_;
}

void Graph::sign_leaf(const Node& leaf) {
    const bool plain = is_plain(leaf);
    const auto rank = static_cast<std::uint64_t>(leaf.shape.size());
    signature_.push_back(static_cast<std::uint64_t>(leaf.dtype) << 16U | rank << 8U |
                         (plain ? 1U : 0U));
    append_dims(signature_, leaf.shape);
    if (!plain) {
        append_dims(signature_, leaf.value().strides);
    }
}

void Graph::sign_node(std::size_t i) {
    const Node& node = *nodes_[i];
    const auto rank = static_cast<std::uint64_t>(node.shape.size());
    const std::span<const Source> sources = inputs(i);
    signature_.push_back(static_cast<std::uint64_t>(sources.size()) << 32U |
                         static_cast<std::uint64_t>(node.op) << 24U |
                         static_cast<std::uint64_t>(node.dtype) << 16U | rank << 8U |
                         (is_wanted(i) ? 1U : 0U));
    append_dims(signature_, node.shape);
    std::visit(AppendAttributes{signature_}, node.attributes);
    for (const Source source : sources) {
        signature_.push_back(static_cast<std::uint64_t>(static_cast<std::int64_t>(source.code())));
    }
}

}  // namespace monnto::kernel
