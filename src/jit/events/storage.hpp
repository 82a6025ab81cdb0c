#pragma once

#include "program/graph.hpp"

namespace monnto::events {

/// Lays out along the other axis those leaves whose products asked for it (D6): the same content in
/// the same memory where it is square. Between evaluations only, because recipes rely on where
/// things lie.
void turn_matrices(const kernel::Graph& graph);

}  // namespace monnto::events
