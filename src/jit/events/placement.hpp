#pragma once

#include <monnto/array/node.hpp>

#include <optional>

namespace monnto::events {

struct Rewrite;

/// Whether the node writes a part of a matrix (`W[rows] = x`, `W[np.ix_(a, b)] = x`, `W[:, 3] = x`)
/// and can do so where and how the matrix lies. Contract: inputs are settled.
[[nodiscard]] bool can_place(const Node& node);
/// Writes it into `result`, which holds the matrix as it lies, and notes with the node what is then
/// known about all elements. Contract: can_place(node).
void place(Node& node, const Value& result, Rewrite& rewrite, bool is_in_place);

}  // namespace monnto::events
