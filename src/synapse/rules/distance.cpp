#include "distance.hpp"
#include "exact_math.hpp"
#include "line_stream.hpp"
#include "lines.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

namespace monnto {
namespace {

constexpr std::size_t axes = 3;
constexpr double cells_wanted = 512;     // visiting a cell costs one bound
constexpr double targets_per_cell = 16;  // so that small populations have few

/// Probabilities of pairs by distance. A row passes over cells as over elements: with the bound of
/// a cell as probability, gaps between candidates are geometric, and a candidate is kept with the
/// ratio of its own probability to that bound.
class ByDistance final : public Lines {
public:
    ByDistance(const rules::DistanceDependent& rule, const Ends& ends, std::uint64_t key,
               Omitted omitted)
        : Lines(ends.sources, ends.targets),
          falloff_(rule, ends.period),
          source_at_(ends.source_at),
          target_at_(ends.target_at),
          grid_(ends.target_at, ends.targets),
          key_(key),
          omitted_(std::move(omitted)) {}

    void row(std::int64_t source, std::vector<std::uint32_t>& targets) const override {
        targets.clear();
        LineStream stream(key_, static_cast<std::uint64_t>(source));
        const Point here = point_of(source_at_, source);
        const std::int64_t self = omitted_.of(source);
        // What is left of an exponential number until the next candidate.
        double left = -exact::log(stream.positive_uniform());
        for (const CellGrid::Cell& cell : grid_.cells()) {
            const double bound = falloff_.bound(here, cell.low, cell.high);
            if (bound > 0.0) {
                visit(cell, bound, here, stream, left, targets);
            }
        }
        std::sort(targets.begin(), targets.end());
        if (self >= 0) {
            std::erase(targets, static_cast<std::uint32_t>(self));
        }
    }
    [[nodiscard]] double expected() const override { return -1.0; }

private:
    void visit(const CellGrid::Cell& cell, double bound, const Point& here, LineStream& stream,
               double& left, std::vector<std::uint32_t>& targets) const {
        const bool takes_all = bound >= 1.0;
        const double hazard = bound < 1e-8 ? bound : -exact::log(1.0 - std::min(bound, 0.999999));
        for (double place = cell.first;;) {
            if (!takes_all) {
                const double skipped = std::floor(left / hazard);
                if (!(place + skipped < cell.last)) {
                    left -= hazard * (cell.last - place);
                    return;
                }
                place += skipped;
                left = -exact::log(stream.positive_uniform());
            } else if (!(place < cell.last)) {
                return;
            }
            const std::uint32_t target = grid_.target(static_cast<std::uint32_t>(place));
            const double p = falloff_.between(here, point_of(target_at_, target));
            if (p >= 1.0 || stream.uniform() * std::min(bound, 1.0) < p) {
                targets.push_back(target);
            }
            place += 1.0;
        }
    }

    Falloff falloff_;
    Positions source_at_;
    Positions target_at_;
    CellGrid grid_;
    std::uint64_t key_;
    Omitted omitted_;
};

double shortest(double difference, double period) noexcept {
    difference = std::abs(difference);
    if (period > 0.0) {
        difference -= period * std::floor(difference / period);
        difference = std::min(difference, period - difference);
    }
    return difference;
}

double gap(double a, double low, double high) noexcept {
    return std::max({0.0, low - a, a - high});
}

// From `a` to the nearest point of [low, high] or of its images.
double shortest_gap(double a, double low, double high, double period) noexcept {
    if (period <= 0.0) {
        return gap(a, low, high);
    }
    if (high - low >= period) {
        return 0.0;
    }
    // `a` moved to the period that begins at `low`.
    const double moved = a - period * std::floor((a - low) / period);
    return std::min(gap(moved, low, high), low + period - moved);
}

}  // namespace

Falloff::Falloff(const rules::DistanceDependent& rule, const Point& period)
    : rule_(rule), period_(period) {}

double Falloff::at(const Point& difference) const noexcept {
    const auto [x, y, z] = difference;
    const double squared = x * x + y * y + z * z;
    if (squared > rule_.cutoff * rule_.cutoff) {
        return 0.0;
    }
    switch (rule_.profile) {
        case rules::Profile::gaussian:
            return rule_.p * exact::exp(-squared / (2.0 * rule_.scale * rule_.scale));
        case rules::Profile::exponential:
            return rule_.p * exact::exp(-std::sqrt(squared) / rule_.scale);
        case rules::Profile::radius:
            return squared <= rule_.scale * rule_.scale ? rule_.p : 0.0;
        case rules::Profile::box:
            return std::max({x, y, z}) <= rule_.scale ? rule_.p : 0.0;
    }
    return 0.0;
}

double Falloff::between(const Point& a, const Point& b) const noexcept {
    Point difference{};
    for (std::size_t i = 0; i < axes; ++i) {
        difference[i] = shortest(a[i] - b[i], period_[i]);
    }
    return at(difference);
}

double Falloff::bound(const Point& a, const Point& low, const Point& high) const noexcept {
    // A little below every distance, so that roundings of moved coordinates do not lift a
    // probability above the bound.
    constexpr double below = 1.0 - 1e-12;
    Point difference{};
    for (std::size_t i = 0; i < axes; ++i) {
        difference[i] = below * shortest_gap(a[i], low[i], high[i], period_[i]);
    }
    return at(difference);
}

Point point_of(const Positions& positions, std::int64_t neuron) noexcept {
    Point point{};
    for (std::size_t i = 0; i < axes; ++i) {
        if (!positions.axis[i].empty()) {
            point[i] = positions.axis[i][static_cast<std::size_t>(neuron)];
        }
    }
    return point;
}

CellGrid::CellGrid(const Positions& positions, std::int64_t count)
    : order_(static_cast<std::size_t>(count)) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    Point low{infinity, infinity, infinity};
    Point high{-infinity, -infinity, -infinity};
    for (std::int64_t i = 0; i < count; ++i) {
        const Point point = point_of(positions, i);
        for (std::size_t axis = 0; axis < axes; ++axis) {
            low[axis] = std::min(low[axis], point[axis]);
            high[axis] = std::max(high[axis], point[axis]);
        }
    }
    const auto extended =
        std::count_if(low.begin(), low.end(),
                      [&, axis = 0U](double from) mutable { return from < high[axis++]; });
    const double wanted = std::min(cells_wanted, static_cast<double>(count) / targets_per_cell);
    const double per_axis =
        std::floor(std::pow(std::max(1.0, wanted),
                            1.0 / static_cast<double>(std::max(1L, static_cast<long>(extended)))));
    const auto cell_of = [&](std::uint32_t target) {
        const Point point = point_of(positions, target);
        double cell = 0.0;
        for (std::size_t axis = 0; axis < axes; ++axis) {
            if (low[axis] < high[axis]) {
                const double share = (point[axis] - low[axis]) / (high[axis] - low[axis]);
                cell = cell * per_axis + std::min(std::floor(share * per_axis), per_axis - 1.0);
            }
        }
        return cell;
    };
    std::vector<double> cells(order_.size());
    for (std::uint32_t i = 0; i < order_.size(); ++i) {
        cells[i] = cell_of(i);
    }
    std::iota(order_.begin(), order_.end(), 0U);
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return cells[a] < cells[b]; });
    for (std::uint32_t i = 0; i < order_.size(); ++i) {
        const Point point = point_of(positions, order_[i]);
        if (i == 0 || cells[order_[i]] != cells[order_[i - 1]]) {
            cells_.push_back({point, point, i, i});
        }
        Cell& cell = cells_.back();
        cell.last = i + 1;
        for (std::size_t axis = 0; axis < axes; ++axis) {
            cell.low[axis] = std::min(cell.low[axis], point[axis]);
            cell.high[axis] = std::max(cell.high[axis], point[axis]);
        }
    }
}

LinesPointer by_distance(const rules::DistanceDependent& rule, const Ends& ends, std::uint64_t key,
                         const Allowed& allowed) {
    return std::make_unique<ByDistance>(rule, ends, key, omitted_targets(ends, allowed));
}

}  // namespace monnto
