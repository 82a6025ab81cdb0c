#pragma once

#include <monnto/array/node.hpp>

/// The interpreter: one function per family of operations. Each reads the settled inputs of a node
/// and returns its value; none of them settles the node.
namespace monnto::reference {

/// The value of any node, by one of the functions below.
[[nodiscard]] Value evaluate_node(Node& node);

/// Bytes of its inputs and of its result.
[[nodiscard]] std::size_t bytes_moved(const Node& node) noexcept;

[[nodiscard]] Value run_leaf(const Node& node);
/// unary, predicate, binary, comparison, select. May write over an input (`can_donate`).
[[nodiscard]] Value run_elementwise(Node& node);
[[nodiscard]] Value run_window(Node& node);
[[nodiscard]] Value run_index(Node& node);
/// The writes of a scatter, into memory that holds what it writes over, however that lies.
void scatter_into(const Node& node, const Value& result);
[[nodiscard]] Value run_reduction(Node& node);
[[nodiscard]] Value run_scan(Node& node);
[[nodiscard]] Value run_product(Node& node);
[[nodiscard]] Value run_sparse(const Node& node);

}  // namespace monnto::reference
