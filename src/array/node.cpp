#include <monnto/array/node.hpp>

#include <monnto/array/legend.hpp>

#include <utility>

namespace monnto {

namespace {

std::atomic<std::uint64_t> next_id{1};
std::atomic<std::size_t> alive{0};

}  // namespace

std::uint64_t next_node_id() noexcept {
    return next_id.load(std::memory_order_relaxed);
}

NodeInputs::NodeInputs(std::initializer_list<NodeRef> inputs) {
    if (inputs.size() > few_.size()) {
        many_.assign(inputs.begin(), inputs.end());
        return;
    }
    for (const NodeRef& input : inputs) {
        few_[few_count_++] = input;
    }
}

NodeInputs::NodeInputs(std::vector<NodeRef> inputs) {
    if (inputs.size() > few_.size()) {
        many_ = std::move(inputs);
        return;
    }
    for (NodeRef& input : inputs) {
        few_[few_count_++] = std::move(input);
    }
}

void NodeInputs::clear() noexcept {
    for (std::size_t i = 0; i < few_count_; ++i) {
        few_[i].reset();
    }
    few_count_ = 0;
    many_.clear();
}

Node::Node(Op op_, DType dtype_, const Shape& shape_, Attributes attributes_, NodeInputs inputs)
    : op(op_),
      dtype(dtype_),
      shape(shape_),
      attributes(std::move(attributes_)),
      id(next_id.fetch_add(1, std::memory_order_relaxed)),
      inputs_(std::move(inputs)) {
    alive.fetch_add(1, std::memory_order_relaxed);
}

Node::Node(DType dtype_, const Shape& shape_, Value value)
    : Node(Op::data, dtype_, shape_, {}, {}) {
    value_ = std::move(value);
    settled_.store(true, std::memory_order_release);
}

void Node::settle(Value value) {
    value_ = std::move(value);
    settled_.store(true, std::memory_order_release);
    if (!lasting_) {
        inputs_.clear();
    }
}

void Node::reopen() noexcept {
    value_.buffer.reset();
    facts.reset();
    settled_.store(false, std::memory_order_relaxed);
}

void destroy(Node* node) noexcept {
    // A node may be the last holder of a chain of a million others: instead of recursing through
    // their destructors, the dying wait in a list of the outermost call.
    static thread_local std::vector<Node*>* waiting = nullptr;
    if (waiting != nullptr) {
        waiting->push_back(node);
        return;
    }
    std::vector<Node*> dying;
    waiting = &dying;
    Node* current = node;
    while (true) {
        delete current;
        alive.fetch_sub(1, std::memory_order_relaxed);
        if (dying.empty()) {
            break;
        }
        current = dying.back();
        dying.pop_back();
    }
    waiting = nullptr;
}

std::size_t nodes_alive() noexcept {
    return alive.load(std::memory_order_relaxed);
}

}  // namespace monnto
