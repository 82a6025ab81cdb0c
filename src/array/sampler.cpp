#include <monnto/array/sampler.hpp>

#include "evaluate.hpp"
#include "strided_copy.hpp"
#include "tape.hpp"

#include <monnto/array/parallel.hpp>

#include <algorithm>
#include <utility>

namespace monnto {
namespace {

[[nodiscard]] std::ptrdiff_t bytes_before(const Node& node, std::ptrdiff_t offset) noexcept {
    return offset * static_cast<std::ptrdiff_t>(size_of(node.dtype));
}

[[nodiscard]] bool are_alike(const Node& a, const Node& b) {
    return a.op == b.op && a.dtype == b.dtype && a.shape == b.shape && a.attributes == b.attributes;
}

/// Where each input of each node comes from: nodes count up from 0, leaves down from -1.
[[nodiscard]] std::vector<std::ptrdiff_t> wiring(std::span<const NodeRef> nodes,
                                                 std::span<const NodeRef> leaves) {
    std::vector<std::ptrdiff_t> wires;
    for (const NodeRef& node : nodes) {
        for (const NodeRef& input : node->inputs().all()) {
            const auto at = std::ranges::find(nodes, input);
            wires.push_back(at != nodes.end()
                                ? at - nodes.begin()
                                : ~(std::ranges::find(leaves, input) - leaves.begin()));
        }
    }
    return wires;
}

}  // namespace

void Sample::copy_to(void* out) const {
    strided_copy(size_of(dtype), shape, static_cast<std::byte*>(out), contiguous_strides(shape),
                 data, strides);
}

Sampler::~Sampler() = default;

std::unique_ptr<Sampler> Sampler::make(std::span<const Array> values) {
    std::unique_ptr<Sampler> made(new Sampler);
    std::vector<NodeRef> roots;
    for (const Array& each : values) {
        const Cell& cell = each.cell();
        const NodeRef& content = cell.content();
        if (content->is_settled()) {
            made->sources_.push_back(
                {content, cell.window(), cell.window().shape != content->shape || cell.is_view()});
        } else {
            roots.push_back(each.node());
            made->sources_.push_back({roots.back(), {}, false});
        }
    }
    LastingGraph graph = lasting_copy(roots);
    if (std::ranges::any_of(graph.nodes,
                            [](const NodeRef& node) { return node->op == Op::random; })) {
        return nullptr;
    }
    std::size_t next = 0;
    for (Source& source : made->sources_) {
        if (!source.node->is_settled()) {
            source.node = graph.roots[next++];
        }
    }
    made->nodes_ = std::move(graph.nodes);
    made->leaves_ = std::move(graph.leaves);
    return made;
}

bool Sampler::repeats(const Sampler& before) const {
    const auto is_same_source = [&](const Source& a, const Source& b) {
        const auto place = [](const Sampler& of, const Source& source) {
            return std::ranges::find(of.nodes_, source.node) - of.nodes_.begin();
        };
        const bool is_node = !a.node->is_settled();
        return is_node == !b.node->is_settled() && a.is_window == b.is_window &&
               a.window == b.window &&
               (is_node ? place(*this, a) == place(before, b) : a.node == b.node);
    };
    return std::ranges::equal(leaves_, before.leaves_) &&
           std::ranges::equal(
               nodes_, before.nodes_,
               [](const NodeRef& a, const NodeRef& b) { return are_alike(*a, *b); }) &&
           wiring(nodes_, leaves_) == wiring(before.nodes_, before.leaves_) &&
           std::ranges::equal(sources_, before.sources_, is_same_source);
}

void Sampler::prepare(const Plan& plan) {
    const EngineLock lock;
    std::vector<Node*> nodes;
    std::vector<Node*> wanted;
    std::vector<Carried> moving;
    nodes.reserve(nodes_.size());
    for (const NodeRef& node : nodes_) {
        nodes.push_back(node.get());
    }
    for (const Source& source : sources_) {
        if (!source.node->is_settled()) {
            wanted.push_back(source.node.get());
        }
    }
    for (const NodeRef& leaf : leaves_) {
        strides_.push_back(leaf->value().strides);
        if (plan.moves(*leaf)) {
            moving.push_back({leaf.get(), leaf.get(), leaf->value()});
        }
    }
    nodes_.clear();  // from here on only the graph holds what nobody wants
    if (!nodes.empty()) {
        prepared_ = executor().prepare(nodes, wanted, moving);
    }
}

bool Sampler::lies_as_prepared() const noexcept {
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
        if (leaves_[i]->value().strides != strides_[i]) {
            return false;
        }
    }
    return std::ranges::none_of(sources_, [](const Source& source) {
        return source.is_window && !is_contiguous(source.node->shape, source.node->value().strides);
    });
}

bool Sampler::run() {
    if (!lies_as_prepared()) {
        return false;
    }
    if (prepared_ != nullptr) {
        try {
            run_locked(*prepared_, 0);
        } catch (...) {
            let_go();
            throw;
        }
    }
    return true;
}

Sample Sampler::sample(std::size_t index) const {
    const Source& source = sources_[index];
    const Node& node = *source.node;
    const Value& value = node.value();
    const std::byte* first = value.buffer->data();
    if (source.is_window) {
        return {node.dtype, source.window.shape, source.window.strides,
                first + bytes_before(node, value.offset + source.window.offset)};
    }
    return {node.dtype, node.shape, value.strides, first + bytes_before(node, value.offset)};
}

void Sampler::let_go() noexcept {
    if (prepared_ == nullptr) {
        return;
    }
    for (Node* node : prepared_->settles()) {
        if (node->is_settled()) {
            node->reopen();
        }
    }
}

}  // namespace monnto
