#include <monnto/array/sampler.hpp>

#include "evaluate.hpp"
#include "strided_copy.hpp"
#include "tape.hpp"

#include <monnto/array/parallel.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

namespace monnto {
namespace {

/// Larger results are worth a block of their own for each sample.
constexpr std::ptrdiff_t most_kept_bytes = 1 << 20;

[[nodiscard]] const std::byte* place_of(const Node& node, std::ptrdiff_t offset = 0) noexcept {
    const Value& value = node.value();
    return value.buffer->data() +
           (value.offset + offset) * static_cast<std::ptrdiff_t>(size_of(node.dtype));
}

[[nodiscard]] bool are_alike(const Node& a, const Node& b) {
    return a.op == b.op && a.dtype == b.dtype && a.shape == b.shape && a.attributes == b.attributes;
}

/// Whether it is an element of an array of the plan: a view that was recorded, not a window.
[[nodiscard]] bool is_element(const Cell& cell) {
    const Node& content = *cell.content();
    return content.op == Op::view && content.inputs()[0]->is_settled() && !cell.is_view();
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
    const std::size_t bytes = size_of(dtype);
    const int rank = shape->size();
    if (rank == 0 || (rank == 1 && (*strides)[0] == 1)) {
        std::memcpy(out, data, bytes * static_cast<std::size_t>(rank == 0 ? 1 : (*shape)[0]));
        return;
    }
    strided_copy(bytes, *shape, static_cast<std::byte*>(out), contiguous_strides(*shape), data,
                 *strides);
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
        } else if (is_element(cell)) {
            made->sources_.push_back({content->inputs()[0], content->attribute<ViewAttr>(), true});
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
    std::vector<Carried> carried;
    nodes.reserve(nodes_.size());
    for (const NodeRef& node : nodes_) {
        nodes.push_back(node.get());
        const auto bytes =
            node->shape.product() * static_cast<std::ptrdiff_t>(size_of(node->dtype));
        if (bytes <= most_kept_bytes) {
            Value place{Buffer::allocate(static_cast<std::size_t>(bytes)), 0,
                        contiguous_strides(node->shape)};
            carried.push_back({nullptr, node.get(), std::move(place)});
        }
    }
    for (const Source& source : sources_) {
        if (!source.node->is_settled()) {
            wanted.push_back(source.node.get());
        }
    }
    for (const NodeRef& leaf : leaves_) {
        const bool moves = plan.moves(*leaf);
        places_.push_back({leaf->value().strides, moves ? nullptr : place_of(*leaf)});
        if (moves) {
            carried.push_back({leaf.get(), leaf.get(), leaf->value()});
        }
    }
    nodes_.clear();  // from here on only the graph holds what nobody wants
    if (!nodes.empty()) {
        prepared_ = executor().prepare(nodes, wanted, carried);
    }
}

bool Sampler::lies_as_prepared() const noexcept {
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
        const Node& leaf = *leaves_[i];
        const Place& place = places_[i];
        if (leaf.value().strides != place.strides ||
            (place.first != nullptr && place_of(leaf) != place.first)) {
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
    if (source.is_window) {
        return {node.dtype, &source.window.shape, &source.window.strides,
                place_of(node, source.window.offset)};
    }
    return {node.dtype, &node.shape, &node.value().strides, place_of(node)};
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
