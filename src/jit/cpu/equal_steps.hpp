#pragma once

#include "program/recipe.hpp"

#include <monnto/array/executor.hpp>

#include <span>

namespace monnto::cpu {

/// Orders a recipe's steps so that small equal kernels come one after the other, which then run in
/// one launch: the ten groups of a chain, each with its x, its y and its v, are three kernels for
/// all. Nothing runs before what it reads, and whoever reads what is carried on, or what a kernel
/// may write over, still comes before whoever writes there.
///
/// Contract: the graph was assigned last, so that its nodes know their positions.
void bring_equal_steps_together(const kernel::Graph& graph, kernel::Recipe& recipe,
                                std::span<const Carried> carried);

}  // namespace monnto::cpu
