#pragma once

#include "recipe.hpp"

#include <span>

namespace monnto::kernel {

/// Finds kernels that can go through a matrix together, block by block, so that what the first of
/// them reads from memory the others find in the cache: one that reduces rows (or columns), vectors
/// computed from that, and kernels that apply them to the matrix. Brings them next to each other
/// and notes with the first one how many they are.
void find_chains(const Graph& graph, Recipe& recipe);

/// How the first kernel of a chain reduces.
[[nodiscard]] Along along_of(std::span<const Recipe::Step> chain);
/// Whether a kernel of such a chain reads the operand only where its block is: at the same rows
/// (columns), and of a matrix at the same elements as its results.
[[nodiscard]] bool is_aligned(const Fusion& fusion, const Operand& operand, Along along) noexcept;

}  // namespace monnto::kernel
