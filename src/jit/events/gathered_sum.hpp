#pragma once

#include <monnto/array/node.hpp>

namespace monnto::events {

struct Rewrite;

/// The sum of rows or columns that an index array picks from a matrix (`np.sum(W[:, s], axis=1)`),
/// without the picked ones in memory between: the order of the sum is that of the picked ones, so
/// the bits are the same (S17). `holder` is the node whose facts are those of the matrix.
/// Contract: `sum` is a picked_sum of a matrix, or reduces the axis that its input, a gather that
/// nobody else wants, picks from; what is picked from and the picking array are settled.
[[nodiscard]] Value sum_of_gathered(const Node& sum, Node& holder, Rewrite& rewrite);

}  // namespace monnto::events
