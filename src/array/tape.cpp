#include "evaluate.hpp"
#include "tape.hpp"

#include <monnto/array/legend.hpp>
#include <monnto/array/parallel.hpp>

#include <algorithm>
#include <utility>

namespace monnto {
namespace {

thread_local Tape* open_tape = nullptr;
thread_local const Tape* tape_before = nullptr;

void note_copy(std::uint64_t copy, std::uint64_t original) {
    if (Legend* legend = Legend::current(); legend != nullptr && copy != original) {
        legend->add_copy(copy, original);
    }
}

/// The same operation on other inputs, to be evaluated again and again.
[[nodiscard]] NodeRef repeated(const Node& node, std::vector<NodeRef> inputs) {
    NodeRef made(
        new Node(node.op, node.dtype, node.shape, node.attributes, NodeInputs(std::move(inputs))));
    made->make_lasting();
    return made;
}

/// Copies nodes whose inputs were copied before them. Where the copies are on the tape, the
/// originals know: the engine's lock is held.
class Copier {
public:
    Copier(Tape& tape, const Tape* previous)
        : tape_(tape), previous_(previous), visit_(next_visit()) {}

    void copy(Node& node) {
        std::vector<NodeRef> inputs;
        inputs.reserve(node.inputs().size());
        for (const NodeRef& input : node.inputs().all()) {
            inputs.push_back(copy_of(*input));
        }
        tape_.nodes.push_back(repeated(node, std::move(inputs)));
        note_copy(tape_.nodes.back()->id, node.id);
        tape_.ids.push_back(node.id);
        node.position = static_cast<std::uint32_t>(tape_.nodes.size() - 1);
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

    [[nodiscard]] const NodeRef& copy_of(Node& input) {
        if (!input.is_settled()) {
            tape_.inputs.push_back(static_cast<std::int32_t>(input.position));
            return tape_.nodes[input.position];
        }
        if (input.visited != visit_) {
            input.visited = visit_;
            input.position = static_cast<std::uint32_t>(tape_.leaves.size());
            add_leaf(input);
        }
        tape_.inputs.push_back(~static_cast<std::int32_t>(input.position));
        --originals_[input.position].holders;
        return tape_.leaves[input.position];
    }

    void add_leaf(Node& original) {
        const std::size_t index = tape_.leaves.size();
        const bool is_constant = stays(index, original.id);
        originals_.push_back({&original, original.ref_count()});
        tape_.leaf_ids.push_back(original.id);
        tape_.is_constant.push_back(is_constant ? 1 : 0);
        tape_.leaves.emplace_back(is_constant ? &original
                                              : new Node(original.dtype, original.shape, Value{}));
        note_copy(tape_.leaves.back()->id, original.id);
    }

    /// Whether all iterations find that leaf.
    [[nodiscard]] bool stays(std::size_t index, std::uint64_t id) const {
        if (tape_.left) {
            return std::ranges::binary_search(*tape_.left, id);
        }
        return previous_ != nullptr && index < previous_->leaf_ids.size() &&
               previous_->leaf_ids[index] == id;
    }

    Tape& tape_;
    const Tape* previous_;
    std::uint64_t visit_;
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
    Copier copier(*open_tape, tape_before);
    for (Node* node : nodes) {
        copier.copy(*node);
    }
    if (tape_before != nullptr || open_tape->left) {
        copier.hold_what_others_hold();
    }
    std::vector<char> is_noted(nodes.size(), 0);
    for (Node* node : wanted) {
        if (is_noted[node->position] != 0) {
            continue;  // two arrays with one content, as after `old = new.copy()`
        }
        is_noted[node->position] = 1;
        open_tape->wanted.push_back(node->position);
        open_tape->results.emplace_back(node);
    }
}

NodeRef plain_copy(const Node& settled) {
    NodeRef made(new Node(settled.dtype, settled.shape, settled.value()));
    made->facts = settled.facts ? std::make_unique<Facts>(*settled.facts) : nullptr;
    note_copy(made->id, settled.id);
    return made;
}

LastingGraph lasting_copy(const std::vector<NodeRef>& roots) {
    const EngineLock lock;
    LastingGraph graph;
    const std::uint64_t visit = next_visit();
    const auto copied = [&](Node& input) -> const NodeRef& {
        if (!input.is_settled()) {
            return graph.nodes[input.position];
        }
        if (input.visited != visit) {
            input.visited = visit;
            input.position = static_cast<std::uint32_t>(graph.leaves.size());
            graph.leaves.emplace_back(&input);
        }
        return graph.leaves[input.position];
    };
    for (Node* node : unsettled_below(roots)) {
        std::vector<NodeRef> inputs;
        for (const NodeRef& input : node->inputs().all()) {
            inputs.push_back(copied(*input));
        }
        graph.nodes.push_back(repeated(*node, std::move(inputs)));
        node->position = static_cast<std::uint32_t>(graph.nodes.size() - 1);
    }
    for (const NodeRef& root : roots) {
        graph.roots.push_back(graph.nodes[root->position]);
    }
    return graph;
}

}  // namespace monnto
