#pragma once

#include <monnto/array/legend.hpp>
#include <monnto/core/fwd.hpp>

namespace monnto {

/// Tells a legend what the network's groups and behaviors are called, and which contents all their
/// variables have. Evaluates nothing and holds nothing afterwards.
void name_everything(Legend& legend, Network& network);
/// What a behavior of that object can reach: variables of the object, and of the groups that a
/// synapse group connects.
void name_around(Legend& legend, Object& object);

}  // namespace monnto
