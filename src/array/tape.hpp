#pragma once

#include <monnto/array/tape.hpp>

#include <span>
#include <vector>

namespace monnto {

/// Copies an evaluation that is about to run onto the open tape, if there is one.
void tape_evaluation(std::span<Node* const> nodes, std::span<Node* const> wanted);

/// A node of its own with the same elements: recording must not take it for the constant or the
/// cast that they came from.
[[nodiscard]] NodeRef plain_copy(const Node& settled);

/// What `roots` are computed from, as nodes that can be evaluated again and again.
struct LastingGraph {
    std::vector<NodeRef> nodes;   // each after its inputs
    std::vector<NodeRef> leaves;  // settled ones: the originals
    std::vector<NodeRef> roots;   // among the nodes, in the order in which they were given
};
/// Contract: no root is settled.
[[nodiscard]] LastingGraph lasting_copy(const std::vector<NodeRef>& roots);

}  // namespace monnto
