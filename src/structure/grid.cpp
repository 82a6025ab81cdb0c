#include <monnto/structure/grid.hpp>

#include <monnto/array/functions.hpp>

#include <cmath>
#include <vector>

namespace monnto {
namespace {

void check(const Grid& grid) {
    const std::array<std::pair<const char*, std::ptrdiff_t>, 3> extents = {
        {{"width", grid.width}, {"height", grid.height}, {"depth", grid.depth}}};
    for (const auto& [name, extent] : extents) {
        if (extent < 0) {
            throw BadParameter(name, std::to_string(extent), "a grid counts places from 0");
        }
    }
}

/// The place of neuron i along each axis.
std::array<std::ptrdiff_t, 3> place(const Grid& grid, std::ptrdiff_t i) {
    return {i % grid.width, i / grid.width % grid.height, i / (grid.width * grid.height)};
}

}  // namespace

Coordinates Grid::positions(DType dtype) const {
    check(*this);
    const std::array<double, 3> extents = {double(width), double(height), double(depth)};
    std::array<std::vector<double>, 3> values;
    for (std::ptrdiff_t i = 0; i < size(); ++i) {
        const auto at = place(*this, i);
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const double middle = centered ? (extents[axis] - 1) / 2 : 0.0;
            values[axis].push_back(static_cast<double>(at[axis]) - middle);
        }
    }
    return {Array::from(values[0]).astype(dtype), Array::from(values[1]).astype(dtype),
            Array::from(values[2]).astype(dtype)};
}

Grid squared_grid(std::ptrdiff_t n, std::ptrdiff_t depth) {
    auto width =
        static_cast<std::ptrdiff_t>(std::sqrt(static_cast<double>(std::max<std::ptrdiff_t>(n, 0))));
    while (width > 0 && n % width != 0) {
        --width;
    }
    return {.width = width, .height = width > 0 ? n / width : 0, .depth = depth};
}

Array area_mask(const Grid& grid, const Area& area) {
    check(grid);
    const Array mask = zeros({grid.size()}, DType::boolean);
    std::vector<std::int64_t> inside;
    for (std::ptrdiff_t i = 0; i < grid.size(); ++i) {
        const auto at = place(grid, i);
        bool is_inside = true;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const auto where = static_cast<double>(at[axis]);
            is_inside = is_inside && where >= area.from[axis] &&
                        (area.below[axis] < 1 || where < area.below[axis]);
        }
        if (is_inside) {
            inside.push_back(i);
        }
    }
    if (!inside.empty()) {
        mask(Array::from(inside)) = true;
    }
    return mask;
}

std::array<Vector3, 3> rotation_matrix(const Vector3& axis, double angle) {
    const double length = std::hypot(axis[0], axis[1], axis[2]);
    if (!(length > 0)) {
        throw BadParameter("axis", "of length 0", "a direction to turn around, such as (0, 0, 1)");
    }
    const double x = axis[0] / length;
    const double y = axis[1] / length;
    const double z = axis[2] / length;
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    const double d = 1 - c;
    return {{{c + x * x * d, x * y * d - z * s, x * z * d + y * s},
             {y * x * d + z * s, c + y * y * d, y * z * d - x * s},
             {z * x * d - y * s, z * y * d + x * s, c + z * z * d}}};
}

Coordinates moved(const Coordinates& places, const Vector3& by) {
    return {places.x + by[0], places.y + by[1], places.z + by[2]};
}

Coordinates scaled(const Coordinates& places, const Vector3& factors) {
    return {places.x * factors[0], places.y * factors[1], places.z * factors[2]};
}

Coordinates rotated(const Coordinates& places, const Vector3& axis, double angle) {
    const auto m = rotation_matrix(axis, angle);
    const auto row = [&](std::size_t i) -> Array {
        return places.x * m[i][0] + places.y * m[i][1] + places.z * m[i][2];
    };
    return {row(0), row(1), row(2)};
}

}  // namespace monnto
