#pragma once

#include <monnto/array/executor.hpp>

#include <cstdint>
#include <vector>

namespace monnto {

/// What nodes that a traversal has met are marked with (Node::visited). Under the engine's lock.
[[nodiscard]] std::uint64_t next_visit() noexcept;

/// Everything unsettled below `roots`, in the order of recording, which is an order of dependence.
/// Under the engine's lock.
[[nodiscard]] std::vector<Node*> unsettled_below(const std::vector<NodeRef>& roots);

/// Evaluates this node and what it needs, and nothing else that is pending: for operations on
/// pinned memory, which run the moment they are recorded (S8).
void evaluate_alone(const NodeRef& node);

/// Runs it as evaluations run: one at a time.
void run_locked(PreparedRun& prepared, std::uint64_t step);

}  // namespace monnto
