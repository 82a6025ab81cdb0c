#pragma once

#include "program/recipe.hpp"

namespace monnto::sparse {

/// Finds kernels that change the values of a pattern under vectors that are spread over its
/// synapses and that nobody else wants: they get a rewrite, and the spreads become part of their
/// step, which makes them only where it has to run as a whole.
void find_updates(const kernel::Graph& graph, kernel::Recipe& recipe);

}  // namespace monnto::sparse
