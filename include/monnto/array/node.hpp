#pragma once

#include <monnto/array/buffer.hpp>
#include <monnto/array/dims.hpp>
#include <monnto/array/facts.hpp>
#include <monnto/array/fwd.hpp>
#include <monnto/array/number.hpp>
#include <monnto/array/op.hpp>
#include <monnto/array/random_key.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace monnto {

struct ConstantAttr {
    Number value;  // strong, of the node's dtype
    friend bool operator==(const ConstantAttr&, const ConstantAttr&) = default;
};
struct ArangeAttr {
    Number start, step;  // strong, of the node's dtype; element i is start + i*step
    friend bool operator==(const ArangeAttr&, const ArangeAttr&) = default;
};
struct ViewAttr {
    std::ptrdiff_t offset = 0;  // elements
    Shape shape;                // of the window (equals the node's shape for `view`)
    Strides strides;            // elements of the C-ordered input
    friend bool operator==(const ViewAttr&, const ViewAttr&) = default;
};
struct GatherAttr {
    /// Axes of the source that index arrays replace, ascending. All index arrays have one common
    /// shape, which stands at `position` among the remaining axes of the result.
    Dims axes;
    int position = 0;
    friend bool operator==(const GatherAttr&, const GatherAttr&) = default;
};
struct AxesAttr {
    std::uint8_t axes = 0;  // bit per axis of the input; all bits set where everything is reduced
    bool keepdims = false;  // the node's shape already tells; kept so that axes stay readable
    friend bool operator==(const AxesAttr&, const AxesAttr&) = default;
};
struct AxisAttr {
    int axis = 0;
    friend bool operator==(const AxisAttr&, const AxisAttr&) = default;
};
struct SideAttr {
    bool right = false;
    friend bool operator==(const SideAttr&, const SideAttr&) = default;
};

/// Of operations on synapses. Patterns are equal when they are the same object.
struct SparseAttr {
    std::shared_ptr<const Pattern> pattern;
    Side side{};                   // what the input vector or the result runs along
    bool is_source_first = false;  // of matrices: (source, target) instead of (target, source)
    std::int32_t slots = 0;        // of histories
    friend bool operator==(const SparseAttr&, const SparseAttr&) = default;
};

struct Value;
/// An operation that a module above defines: a pure function of its inputs and of what the object
/// holds. Equal where it is the same object.
class CustomOperation {
public:
    CustomOperation() = default;
    CustomOperation(const CustomOperation&) = delete;
    CustomOperation& operator=(const CustomOperation&) = delete;
    virtual ~CustomOperation() = default;
    [[nodiscard]] virtual std::string_view name() const noexcept = 0;
    /// The value of `node`, whose inputs are settled; may be written over an input that
    /// `can_donate`. Called under the engine's lock. Throws only for defects and lack of memory.
    [[nodiscard]] virtual Value evaluate(const Node& node) const = 0;
};
struct CustomAttr {
    std::shared_ptr<const CustomOperation> operation;
    friend bool operator==(const CustomAttr&, const CustomAttr&) = default;
};

using Attributes = std::variant<std::monostate, ConstantAttr, ArangeAttr, RandomAttr, ViewAttr,
                                GatherAttr, AxesAttr, AxisAttr, SideAttr, SparseAttr, CustomAttr>;

/// An evaluated node: a strided window on a buffer. Shape and dtype are the node's.
struct Value {
    Ref<Buffer> buffer;
    std::ptrdiff_t offset = 0;  // elements
    Strides strides;            // elements
};

using NodeRef = Ref<Node>;

/// Inputs of a node: up to three in place, more on the heap (concatenate, gather).
class NodeInputs {
public:
    NodeInputs() = default;
    NodeInputs(std::initializer_list<NodeRef> inputs);
    explicit NodeInputs(std::vector<NodeRef> inputs);

    [[nodiscard]] std::size_t size() const noexcept {
        return many_.empty() ? few_count_ : many_.size();
    }
    [[nodiscard]] const NodeRef& operator[](std::size_t i) const noexcept {
        return many_.empty() ? few_[i] : many_[i];
    }
    [[nodiscard]] std::span<NodeRef> all() noexcept {
        return many_.empty() ? std::span<NodeRef>(few_.data(), few_count_)
                             : std::span<NodeRef>(many_);
    }
    [[nodiscard]] std::span<const NodeRef> all() const noexcept {
        return many_.empty() ? std::span<const NodeRef>(few_.data(), few_count_)
                             : std::span<const NodeRef>(many_);
    }
    void clear() noexcept;

private:
    std::array<NodeRef, 3> few_;
    std::uint8_t few_count_ = 0;
    std::vector<NodeRef> many_;
};

/// One immutable step of a computation. Arrays that change are new nodes in an old `Cell`, so a
/// node that was recorded keeps meaning what it meant then, whatever happens to the arrays it came
/// from.
///
/// Nodes die without recursion, however long the chain (S12).
class Node final : public RefCounted {
public:
    /// Contract: inputs already have the dtypes and broadcastable shapes that `op` asks for.
    Node(Op op, DType dtype, const Shape& shape, Attributes attributes, NodeInputs inputs);
    /// A leaf that is evaluated from the start.
    Node(DType dtype, const Shape& shape, Value value);

    [[nodiscard]] static void* operator new(std::size_t bytes);
    static void operator delete(void* memory) noexcept;

    const Op op;
    const DType dtype;
    const Shape shape;
    Attributes attributes;   // fixed, but for the step of draws in lasting nodes
    const std::uint64_t id;  // order of recording; inputs have smaller ones

    [[nodiscard]] const NodeInputs& inputs() const noexcept { return inputs_; }
    [[nodiscard]] NodeInputs& inputs() noexcept { return inputs_; }
    [[nodiscard]] bool is_settled() const noexcept {
        return settled_.load(std::memory_order_acquire);
    }
    /// Contract: is_settled().
    [[nodiscard]] const Value& value() const noexcept { return value_; }

    /// Called by executors: stores the result and lets the inputs go (which is what makes their
    /// buffers free for reuse).
    void settle(Value value);
    /// Called by executors under the engine's lock: the same content, lying in memory otherwise.
    /// Contract: is_settled(), and nobody else holds the buffer (whoever looks at bytes does).
    void relocate(Value value) { value_ = std::move(value); }

    /// A node of a plan, which is evaluated again and again: it keeps its inputs when it settles.
    void make_lasting() noexcept { lasting_ = true; }
    /// For lasting nodes: lets the value go, so that it can be computed anew.
    void reopen() noexcept;
    /// For plans, which own every reference that could see the difference: other elements for a
    /// settled node. For executors: where the elements of an open one are going to be.
    void replace_value(Value value) noexcept { value_ = std::move(value); }
    /// For plans: while a run has the value, whoever wants it waits for the engine's lock.
    void lend_value() noexcept { settled_.store(false, std::memory_order_release); }
    void return_value(Value value) noexcept {
        value_ = std::move(value);
        settled_.store(true, std::memory_order_release);
    }
    /// While true, a plan writes new elements into the value, so nothing may be noted about them.
    void set_changing(bool is_changing) noexcept {
        changing_ = is_changing;
        facts.reset();
    }
    [[nodiscard]] bool is_changing() const noexcept { return changing_; }
    /// For lasting draws: the step that the next evaluation draws for.
    void set_step(std::uint64_t step) { std::get<RandomAttr>(attributes).position.step = step; }
    [[nodiscard]] Value take_value() noexcept { return std::move(value_); }

    template <class T>
    [[nodiscard]] const T& attribute() const {
        return std::get<T>(attributes);
    }

    std::uint64_t visited =
        0;  // mark of the traversal that met this node last; under the engine's lock
    std::uint32_t position = 0;    // where an executor finds what it knows about this node; ditto
    std::unique_ptr<Facts> facts;  // null where nothing is known; ditto

private:
    NodeInputs inputs_;
    Value value_;
    std::atomic<bool> settled_{false};
    bool lasting_ = false;
    bool changing_ = false;
};

void destroy(Node* node) noexcept;

/// Nodes alive now: tests pin it.
[[nodiscard]] std::size_t nodes_alive() noexcept;

}  // namespace monnto
