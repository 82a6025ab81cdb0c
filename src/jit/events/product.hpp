#pragma once

#include <monnto/array/node.hpp>

#include <optional>
#include <string>

namespace monnto::events {

struct Rewrite;

/// The value of a product of a matrix with a vector that holds few events: sums of the events' rows
/// or columns only, in ascending order, which gives the bits of the whole product where the matrix
/// is finite (S17). Nothing where the whole product has to run. `holder` is the node whose facts
/// are those of the matrix. Contract: inputs are settled.
[[nodiscard]] std::optional<Value> multiplied_by_events(Node& product, Node& holder,
                                                        Rewrite& rewrite);

}  // namespace monnto::events
