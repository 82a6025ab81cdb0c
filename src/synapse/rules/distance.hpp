#pragma once

#include <monnto/synapse/rules.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace monnto {

using Point = std::array<double, 3>;

/// How a probability falls with distance, and bounds of it.
class Falloff {
public:
    Falloff(const rules::DistanceDependent& rule, const Point& period);
    /// Of a pair; the same bits whichever of the two is the source.
    [[nodiscard]] double between(const Point& a, const Point& b) const noexcept;
    /// At least that of every pair of `a` with a point between `low` and `high`.
    [[nodiscard]] double bound(const Point& a, const Point& low, const Point& high) const noexcept;

private:
    [[nodiscard]] double at(const Point& difference) const noexcept;

    rules::DistanceDependent rule_;
    Point period_;
};

/// Targets sorted into cells of space, so that those too far away are passed over together.
class CellGrid {
public:
    struct Cell {
        Point low, high;  // of the targets inside, not of the cell
        std::uint32_t first, last;
    };
    explicit CellGrid(const Positions& positions, std::int64_t count);
    [[nodiscard]] const std::vector<Cell>& cells() const noexcept { return cells_; }
    [[nodiscard]] std::uint32_t target(std::uint32_t place) const noexcept { return order_[place]; }

private:
    std::vector<Cell> cells_;
    std::vector<std::uint32_t> order_;
};

/// Position of a neuron; axes that are left out are 0.
[[nodiscard]] Point point_of(const Positions& positions, std::int64_t neuron) noexcept;

}  // namespace monnto
