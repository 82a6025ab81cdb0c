#pragma once

#include <monnto/array/tape.hpp>

#include <span>

namespace monnto {

/// Copies an evaluation that is about to run onto the open tape, if there is one.
void tape_evaluation(std::span<Node* const> nodes, std::span<Node* const> wanted);

}  // namespace monnto
