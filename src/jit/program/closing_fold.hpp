#pragma once

#include "recipe.hpp"

#include <span>

namespace monnto::kernel {

/// Finds kernels that make a matrix, rows at a time, and later ones that only reduce all of it to
/// one number. Brings each of these directly behind the kernel that makes the matrix and notes with
/// that one that they go through it together, a few rows at a time.
void find_closing_folds(Recipe& recipe);

/// Whether a chain is such a pair; others begin with a reduction.
[[nodiscard]] bool closes_with_fold(std::span<const Recipe::Step> chain) noexcept;

}  // namespace monnto::kernel
