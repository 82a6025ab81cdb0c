#include "evaluate.hpp"
#include "tape.hpp"

#include <monnto/array/parallel.hpp>

#include <memory_resource>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace monnto {
namespace {

thread_local Tape* open_tape = nullptr;
thread_local const Tape* tape_before = nullptr;

/// Copies nodes whose inputs were copied before them.
class Copier {
public:
    Copier(Tape& tape, const Tape* previous, std::size_t nodes)
        : tape_(tape), previous_(previous), copies_(2 * nodes, &memory_) {}

    void copy(const Node& node) {
        std::vector<NodeRef> inputs;
        inputs.reserve(node.inputs().size());
        for (const NodeRef& input : node.inputs().all()) {
            const auto [at, is_leaf] = copies_.try_emplace(input.get());
            Copy& known = at->second;
            if (is_leaf) {
                known = leaf(*input);
            }
            if (known.is_leaf) {
                --originals_[known.position].holders;
            }
            inputs.push_back(known.node);
        }
        NodeRef made(new Node(node.op, node.dtype, node.shape, node.attributes,
                              NodeInputs(std::move(inputs))));
        made->make_lasting();
        copies_[&node] = {made, static_cast<std::uint32_t>(tape_.nodes.size()), false};
        tape_.nodes.push_back(std::move(made));
        tape_.ids.push_back(node.id);
    }

    [[nodiscard]] std::uint32_t position_of(const Node* node) const {
        return copies_.at(node).position;
    }

    /// Contract: all nodes are copied, none is evaluated yet.
    void hold_what_others_hold() {
        for (const Original& each : originals_) {
            tape_.held.emplace_back(each.holders > 0 ? each.node : nullptr);
        }
    }

private:
    /// A leaf, and how many others than the recorded nodes hold it.
    struct Original {
        Node* node;
        std::uint32_t holders;
    };
    struct Copy {
        NodeRef node;
        std::uint32_t position = 0;  // among the nodes or the leaves of the tape
        bool is_leaf = false;
    };

    [[nodiscard]] Copy leaf(Node& original) {
        const std::size_t index = tape_.leaves.size();
        const bool is_constant = previous_ != nullptr && index < previous_->leaf_ids.size() &&
                                 previous_->leaf_ids[index] == original.id;
        originals_.push_back({&original, original.ref_count()});
        tape_.leaf_ids.push_back(original.id);
        tape_.leaves.emplace_back(is_constant ? &original
                                              : new Node(original.dtype, original.shape, Value{}));
        return {tape_.leaves.back(), static_cast<std::uint32_t>(index), true};
    }

    Tape& tape_;
    const Tape* previous_;
    std::pmr::monotonic_buffer_resource memory_;
    std::pmr::unordered_map<const Node*, Copy> copies_;
    std::vector<Original> originals_;
};

}  // namespace

TapeScope::TapeScope(Tape& tape, const Tape* previous) noexcept {
    open_tape = &tape;
    tape_before = previous;
}
TapeScope::~TapeScope() {
    open_tape = nullptr;
    tape_before = nullptr;
}

bool TapeScope::is_open() noexcept {
    return open_tape != nullptr;
}

Tape* TapeScope::current() noexcept {
    return open_tape;
}

void TapeScope::refuse(const std::string& reason, bool is_fault) {
    if (open_tape != nullptr && open_tape->refusal.empty()) {
        open_tape->is_fault = is_fault;
        open_tape->refusal = reason;
    }
}

void tape_evaluation(std::span<Node* const> nodes, std::span<Node* const> wanted) {
    // One evaluation at the end of an iteration is what can be replayed; of others only the number
    // is of interest.
    if (open_tape == nullptr || ++open_tape->evaluations > 1) {
        return;
    }
    Copier copier(*open_tape, tape_before, nodes.size());
    for (const Node* node : nodes) {
        copier.copy(*node);
    }
    if (tape_before != nullptr) {
        copier.hold_what_others_hold();
    }
    std::unordered_set<const Node*> seen;
    for (Node* node : wanted) {
        if (!seen.insert(node).second) {
            continue;  // two arrays with one content, as after `old = new.copy()`
        }
        open_tape->wanted.push_back(copier.position_of(node));
        open_tape->results.emplace_back(node);
    }
}

LastingGraph lasting_copy(const std::vector<NodeRef>& roots) {
    const EngineLock lock;
    LastingGraph graph;
    std::unordered_map<const Node*, NodeRef> copies;
    const auto copied = [&](const NodeRef& input) {
        const auto [at, is_new] = copies.try_emplace(input.get(), input);
        if (is_new) {
            graph.leaves.push_back(input);
        }
        return at->second;
    };
    for (const Node* node : unsettled_below(roots)) {
        std::vector<NodeRef> inputs;
        for (const NodeRef& input : node->inputs().all()) {
            inputs.push_back(copied(input));
        }
        NodeRef made(new Node(node->op, node->dtype, node->shape, node->attributes,
                              NodeInputs(std::move(inputs))));
        made->make_lasting();
        copies.emplace(node, made);
        graph.nodes.push_back(std::move(made));
    }
    for (const NodeRef& root : roots) {
        graph.roots.push_back(copies.at(root.get()));
    }
    return graph;
}

}  // namespace monnto
