#pragma once

#include <monnto/core/population.hpp>
#include <monnto/structure/grid.hpp>

#include <array>
#include <cstddef>
#include <vector>

namespace monnto {

/// Into how many boxes an extent is cut, for each axis.
using Steps = std::array<std::ptrdiff_t, 3>;

/// x, y and z of a group or a selection of one; 0 for those that it has not, a number for all
/// alike.
[[nodiscard]] Coordinates coordinates_of(const Population& neurons);

/// Masks (bool, one per neuron) of the equal boxes that the bounding box of `places` is cut into,
/// with z fastest. A neuron on the border of several is in the first of them; boxes may be empty.
/// Throws BadParameter for a number below 1.
[[nodiscard]] std::vector<Array> box_masks(const Coordinates& places, const Steps& steps);

/// Which of `places` lie in the bounding box of `part`, widened by `margin` on both sides.
/// None where `part` is empty.
[[nodiscard]] Array near_mask(const Coordinates& places, const Coordinates& part,
                              const Vector3& margin);

}  // namespace monnto
