#pragma once

#include "graph.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace monnto::kernel {

/// Whether a node's operands are numbers or lie element by element beside its result, so that a
/// kernel may walk them all as one row.
[[nodiscard]] bool is_flat(const Graph& graph, std::uint32_t node, const Shape& space);

/// Of a group's nodes those that nobody but this reduction needs and that are flat, ascending:
/// `abs` in `sum(abs(W))`. In a kernel of their own with it they read what the others leave in
/// memory.
[[nodiscard]] std::vector<std::uint32_t> own_work(const Graph& graph,
                                                  std::span<const std::uint32_t> group,
                                                  std::size_t reduction, const Shape& space);

}  // namespace monnto::kernel
