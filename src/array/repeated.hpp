#pragma once

#include <monnto/array/node.hpp>

#include <span>
#include <vector>

namespace monnto {

/// Lets products of the same matrices and vectors be one: `v.dot(W.dot(v))` and `sign(W.dot(v))` in
/// one step read W once. `nodes` are in the order of recording; those that nobody needs any more
/// leave it. Products in `wanted` are computed for their holders. Under the engine's lock.
void share_repeated_products(std::vector<Node*>& nodes, std::span<Node* const> wanted);

}  // namespace monnto
