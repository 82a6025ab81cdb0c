#pragma once

#include <monnto/array/array.hpp>

#include <array>
#include <cstddef>

namespace monnto {

/// Where neurons are: one array of the same length for each axis, in the unit of the grid.
struct Coordinates {
    Array x, y, z;
};

/// Three numbers, one for each axis.
using Vector3 = std::array<double, 3>;

/// Neurons on a regular grid, x fastest: neuron i stands at (i mod width, i/width mod height,
/// i/(width*height)), less the middle of the grid where it is centered.
struct Grid {
    std::ptrdiff_t width = 1;
    std::ptrdiff_t height = 1;
    std::ptrdiff_t depth = 1;
    bool centered = true;

    [[nodiscard]] std::ptrdiff_t size() const noexcept { return width * height * depth; }
    /// Throws BadParameter for a negative extent.
    [[nodiscard]] Coordinates positions(DType dtype = DType::f32) const;
    bool operator==(const Grid&) const = default;
};

/// The flat grid of n neurons (times `depth`) that is as square as whole numbers allow: width is
/// the largest divisor of n not above its root. 12 gives 3 x 4, 0 gives 0 x 0.
[[nodiscard]] Grid squared_grid(std::ptrdiff_t n, std::ptrdiff_t depth = 1);

/// Places of a grid, counted from 0; `below` is exclusive, and open where it is less than 1.
struct Area {
    std::array<double, 3> from = {0, 0, 0};
    std::array<double, 3> below = {-1, -1, -1};
};
/// Which neurons of the grid stand in `area`: bool, one per neuron.
[[nodiscard]] Array area_mask(const Grid& grid, const Area& area);

/// The matrix that rotates counter-clockwise around `axis` by `angle` radians (Rodrigues' formula).
/// Throws BadParameter for an axis of length 0.
[[nodiscard]] std::array<Vector3, 3> rotation_matrix(const Vector3& axis, double angle);

[[nodiscard]] Coordinates moved(const Coordinates& places, const Vector3& by);
[[nodiscard]] Coordinates scaled(const Coordinates& places, const Vector3& factors);
[[nodiscard]] Coordinates rotated(const Coordinates& places, const Vector3& axis, double angle);

}  // namespace monnto
