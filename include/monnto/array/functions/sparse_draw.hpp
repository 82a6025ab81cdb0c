#pragma once

#include <monnto/array/array.hpp>

#include <cstddef>

/// Random numbers for some elements of an array only.
///
/// A random node may have one input more than its distribution has parameters: a mask of the node's
/// shape. The elements where it is true have the numbers that they would have without it, all
/// others are 0 and cost nothing.
namespace monnto {

/// `values` where `kept` is true, else 0: the bits of where(kept, values, 0). Random numbers in
/// `values` that were not drawn yet, and reach it through elementwise operations alone, are drawn
/// for the kept elements only.
[[nodiscard]] Array keep(const Array& values, const Array& kept);

/// How many inputs of a draw are parameters.
[[nodiscard]] std::size_t parameter_count(Distribution distribution) noexcept;
/// Whether a random node has a mask, which is its last input.
[[nodiscard]] bool has_mask(const Node& random) noexcept;

}  // namespace monnto
