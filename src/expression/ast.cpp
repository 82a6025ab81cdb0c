#include <monnto/expression/ast.hpp>

#include "overloaded.hpp"

#include <monnto/base/error.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace monnto::expression {

std::string_view Expression::text(NodeId id) const {
    const Node& found = nodes_[id];
    return std::string_view(source_).substr(found.begin, found.end - found.begin);
}

NodeId Expression::add(NodeData data, std::size_t begin, std::size_t end) {
    std::uint32_t depth = 0;
    for (const NodeId child : children(data)) {
        depth = std::max(depth, nodes_[child].depth);
    }
    if (depth >= max_depth) {
        throw ParseError(source_, begin, "the expression is too deep; name a part of it");
    }
    nodes_.push_back({std::move(data), begin, end, depth + 1});
    return static_cast<NodeId>(nodes_.size() - 1);
}

std::vector<NodeId> children(const NodeData& data) {
    std::vector<NodeId> found = std::visit(
        Overloaded{
            [](const auto&) { return std::vector<NodeId>(); },
            [](const Attribute& node) { return std::vector{node.object}; },
            [](const Call& node) {
                std::vector<NodeId> all = {node.function};
                all.insert(all.end(), node.arguments.begin(), node.arguments.end());
                for (const Keyword& keyword : node.keywords) {
                    all.push_back(keyword.value);
                }
                return all;
            },
            [](const Subscript& node) { return std::vector{node.object, node.index}; },
            [](const Slice& node) { return std::vector{node.start, node.stop, node.step}; },
            [](const Sequence& node) { return node.items; },
            [](const Unary& node) { return std::vector{node.operand}; },
            [](const Binary& node) { return std::vector{node.left, node.right}; },
            [](const Conditional& node) {
                return std::vector{node.then, node.test, node.otherwise};
            },
        },
        data);
    std::erase(found, no_node);
    return found;
}

bool same_tree(const Expression& a, const Expression& b) {
    // The parser fills the arena in one order, so equal trees have equal arenas.
    return a.root() == b.root() &&
           std::equal(a.nodes().begin(), a.nodes().end(), b.nodes().begin(), b.nodes().end(),
                      [](const Node& x, const Node& y) { return x.data == y.data; });
}

std::vector<std::string> path_of(const Expression& expression, NodeId id) {
    std::vector<std::string> path;
    for (;;) {
        const NodeData& data = expression.node(id).data;
        if (const auto* attribute = std::get_if<Attribute>(&data)) {
            path.push_back(attribute->name);
            id = attribute->object;
        } else if (const auto* name = std::get_if<Name>(&data)) {
            path.push_back(name->name);
            std::reverse(path.begin(), path.end());
            return path;
        } else {
            return {};
        }
    }
}

bool is_object_prefix(std::string_view name) {
    return name == "n" || name == "s" || name == "neurons" || name == "synapse" ||
           name == "synapses";
}

bool is_function_namespace(std::string_view name) {
    return name == "np" || name == "numpy" || name == "torch";
}

std::string_view symbol(UnaryOperator operation) {
    constexpr std::array<std::string_view, 4> symbols = {"+", "-", "~", "not"};
    return symbols.at(static_cast<std::size_t>(operation));
}

std::string_view symbol(BinaryOperator operation) {
    constexpr std::array<std::string_view, 21> symbols = {
        "+",  "-",  "*",  "/",  "//", "%",  "@", "**", "&",   "|", "^",
        "<<", ">>", "==", "!=", "<",  "<=", ">", ">=", "and", "or"};
    return symbols.at(static_cast<std::size_t>(operation));
}

}  // namespace monnto::expression
