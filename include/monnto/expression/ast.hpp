#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace monnto::expression {

/// Index of a node within its Expression. Children always have a smaller one than their parent.
using NodeId = std::uint32_t;

/// Stands for a part that was left out: the missing ends of `v[:, 3:]`.
inline constexpr NodeId no_node = std::numeric_limits<NodeId>::max();

enum class UnaryOperator : std::uint8_t { plus, minus, invert, logical_not };

enum class BinaryOperator : std::uint8_t {
    add,
    subtract,
    multiply,
    divide,
    floor_divide,
    modulo,
    matrix_multiply,
    power,
    bit_and,
    bit_or,
    bit_xor,
    shift_left,
    shift_right,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    logical_and,  // the words `and` and `or`: the right side is evaluated only where needed
    logical_or,
};

struct NoneLiteral {
    bool operator==(const NoneLiteral&) const = default;
};
struct EllipsisLiteral {
    bool operator==(const EllipsisLiteral&) const = default;
};
/// A literal. int and float stay apart, as in Python: `1` and `1.0` promote differently.
struct Literal {
    std::variant<bool, std::int64_t, double, std::string> value;
    bool operator==(const Literal&) const = default;
};
struct Name {
    std::string name;
    bool operator==(const Name&) const = default;
};
struct Attribute {
    NodeId object;
    std::string name;
    bool operator==(const Attribute&) const = default;
};
struct Keyword {
    std::string name;
    NodeId value;
    bool operator==(const Keyword&) const = default;
};
struct Call {
    NodeId function;
    std::vector<NodeId> arguments;
    std::vector<Keyword> keywords;
    bool operator==(const Call&) const = default;
};
/// `object[index]`; several indices are one Sequence, in or out of parentheses, as in Python.
struct Subscript {
    NodeId object;
    NodeId index;
    bool operator==(const Subscript&) const = default;
};
/// Occurs only as the index of a Subscript or as an item of that index.
struct Slice {
    NodeId start = no_node;
    NodeId stop = no_node;
    NodeId step = no_node;
    bool operator==(const Slice&) const = default;
};
/// A tuple or a list: as an index they mean different things.
struct Sequence {
    std::vector<NodeId> items;
    bool is_list = false;
    bool operator==(const Sequence&) const = default;
};
struct Unary {
    UnaryOperator operation;
    NodeId operand;
    bool operator==(const Unary&) const = default;
};
struct Binary {
    BinaryOperator operation;
    NodeId left;
    NodeId right;
    bool operator==(const Binary&) const = default;
};
/// `then if test else otherwise`
struct Conditional {
    NodeId test;
    NodeId then;
    NodeId otherwise;
    bool operator==(const Conditional&) const = default;
};

/// Units need no node of their own (`0*mV` is a product with a name that a scope knows), and
/// statements (assignment, dv/dt) will hold Expressions instead of being nodes.
using NodeData = std::variant<NoneLiteral, EllipsisLiteral, Literal, Name, Attribute, Call,
                              Subscript, Slice, Sequence, Unary, Binary, Conditional>;

struct Node {
    NodeData data;
    std::size_t begin = 0;  // of its text in the source, in bytes
    std::size_t end = 0;
    std::uint32_t depth = 1;  // of the tree below it, so that walkers may recurse without fear
};

/// A parsed expression: a value that owns its source and its nodes. Made by `parse`.
class Expression {
public:
    /// Trees deeper than this are refused by `add` (ParseError): walkers recurse once per level.
    static constexpr std::uint32_t max_depth = 500;

    explicit Expression(std::string source) : source_(std::move(source)) {}

    [[nodiscard]] const std::string& source() const { return source_; }
    [[nodiscard]] const Node& node(NodeId id) const { return nodes_[id]; }
    [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
    [[nodiscard]] NodeId root() const { return root_; }
    /// The part of the source that a node was made from.
    [[nodiscard]] std::string_view text(NodeId id) const;

    /// Appends a node whose children are in the arena already.
    NodeId add(NodeData data, std::size_t begin, std::size_t end);
    void set_root(NodeId id) { root_ = id; }
    /// The text that this was cut from, with every part at the same column: for messages.
    void set_source(std::string source) { source_ = std::move(source); }

private:
    std::string source_;
    std::vector<Node> nodes_;
    NodeId root_ = no_node;
};

/// The nodes directly below, in the order of the source.
[[nodiscard]] std::vector<NodeId> children(const NodeData& data);

/// Whether both mean the same tree; blanks, parentheses and places in the source do not count.
[[nodiscard]] bool same_tree(const Expression& a, const Expression& b);

/// The names of `a.b.c` from the outermost, or nothing where the node is not a plain path.
[[nodiscard]] std::vector<std::string> path_of(const Expression& expression, NodeId id);

/// True for the names that stand for the object itself: n, s, neurons, synapse, synapses.
[[nodiscard]] bool is_object_prefix(std::string_view name);

/// True for np, numpy and torch: what follows such a name is a function or a constant, not a
/// variable.
[[nodiscard]] bool is_function_namespace(std::string_view name);

/// How a symbol or word is written, for printing and messages.
[[nodiscard]] std::string_view symbol(UnaryOperator operation);
[[nodiscard]] std::string_view symbol(BinaryOperator operation);

}  // namespace monnto::expression
