#pragma once

#include <monnto/array/node.hpp>

namespace monnto::events {

struct Rewrite;

/// Notes with a matrix which way a product wants it to lie: `crosses` where it had to gather across
/// the way it lies now. Enough such votes ask for turning it (D6).
void vote(Node& holder, Rewrite& rewrite, bool crosses);

}  // namespace monnto::events
