#pragma once

#include <monnto/array/executor.hpp>

namespace monnto {

/// Evaluates this node and what it needs, and nothing else that is pending: for operations on
/// pinned memory, which run the moment they are recorded (S8).
void evaluate_alone(const NodeRef& node);

/// Runs it as evaluations run: one at a time.
void run_locked(PreparedRun& prepared, std::uint64_t step);

}  // namespace monnto
