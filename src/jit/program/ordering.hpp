#pragma once

#include "grouping.hpp"

namespace monnto::kernel {

/// Lets groups that only read an array run before a group that could write its result over it,
/// where nothing else decides their order: so the array need not be copied.
void let_readers_go_first(const Graph& graph, Grouping& grouping);

}  // namespace monnto::kernel
