#include <monnto/synapse/connections.hpp>

#include <monnto/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace monnto {
namespace {

constexpr std::int64_t narrow_targets = 65'536;

void check_index(std::int64_t index, int axis, std::int64_t size) {
    if (index < 0 || index >= size) {
        throw IndexOutOfRange(index, axis, size);
    }
}

void check_starts(std::span<const std::int64_t> starts, std::int64_t sources,
                  std::size_t synapses) {
    if (static_cast<std::int64_t>(starts.size()) != sources + 1) {
        throw ShapeMismatch("connections from rows", {static_cast<std::ptrdiff_t>(starts.size())},
                            {sources + 1}, "one start per source and the end");
    }
    const bool is_ascending = std::is_sorted(starts.begin(), starts.end());
    if (!is_ascending || starts.front() != 0 ||
        starts.back() != static_cast<std::int64_t>(synapses)) {
        throw BadParameter(
            "starts",
            fmt::format("{} ... {}{}", starts.front(), starts.back(),
                        is_ascending ? "" : ", descending in between"),
            fmt::format("they ascend from 0 to the number of synapses, {}", synapses));
    }
}

// Synapses by source and target; equal ones stay in the order in which they came.
template <class Earlier>
std::vector<std::uint64_t> sorted_order(std::size_t count, Earlier earlier) {
    std::vector<std::uint64_t> order(count);
    std::iota(order.begin(), order.end(), std::uint64_t{0});
    std::stable_sort(order.begin(), order.end(), earlier);
    return order;
}

// The targets in that order; `order` is emptied where it is the one that was there.
void put_targets(Connections& made, std::span<const std::int64_t> target,
                 std::vector<std::uint64_t>& order) {
    if (std::is_sorted(order.begin(), order.end())) {
        order.clear();
    }
    std::visit(
        [&](auto& places) {
            using T = typename std::decay_t<decltype(places)>::value_type;
            places.resize(target.size());
            for (std::size_t i = 0; i < target.size(); ++i) {
                places[i] = static_cast<T>(target[order.empty() ? i : order[i]]);
            }
        },
        made.target);
}

}  // namespace

std::uint32_t Connections::target_at(std::uint64_t synapse) const {
    return std::visit([&](const auto& places) -> std::uint32_t { return places[synapse]; }, target);
}

std::vector<std::uint64_t> Connections::indegrees() const {
    std::vector<std::uint64_t> degrees(static_cast<std::size_t>(targets), 0);
    std::visit(
        [&](const auto& places) {
            for (const auto place : places) {
                ++degrees[place];
            }
        },
        target);
    return degrees;
}

Connections no_connections(std::int64_t sources, std::int64_t targets) {
    Connections none;
    none.sources = sources;
    none.targets = targets;
    none.starts.assign(static_cast<std::size_t>(sources) + 1, 0);
    if (targets > narrow_targets) {
        none.target = UnfilledVector<std::uint32_t>();
    }
    return none;
}

SortedConnections connections_from_rows(std::int64_t sources, std::int64_t targets,
                                        std::span<const std::int64_t> starts,
                                        std::span<const std::int64_t> target) {
    check_starts(starts, sources, target.size());
    std::vector<std::int64_t> source(target.size());
    for (std::size_t s = 0; s + 1 < starts.size(); ++s) {
        std::fill(source.begin() + starts[s], source.begin() + starts[s + 1],
                  static_cast<std::int64_t>(s));
    }
    return connections_from_pairs(sources, targets, source, target);
}

SortedConnections connections_from_pairs(std::int64_t sources, std::int64_t targets,
                                         std::span<const std::int64_t> source,
                                         std::span<const std::int64_t> target) {
    if (source.size() != target.size()) {
        throw ShapeMismatch("connections from pairs", {static_cast<std::ptrdiff_t>(source.size())},
                            {static_cast<std::ptrdiff_t>(target.size())},
                            "one source and one target per synapse");
    }
    SortedConnections made{no_connections(sources, targets), {}};
    for (std::size_t i = 0; i < target.size(); ++i) {
        check_index(source[i], 0, sources);
        check_index(target[i], 1, targets);
        ++made.connections.starts[static_cast<std::size_t>(source[i]) + 1];
    }
    std::partial_sum(made.connections.starts.begin(), made.connections.starts.end(),
                     made.connections.starts.begin());
    made.order = sorted_order(target.size(), [&](std::uint64_t a, std::uint64_t b) {
        return source[a] != source[b] ? source[a] < source[b] : target[a] < target[b];
    });
    put_targets(made.connections, target, made.order);
    return made;
}

}  // namespace monnto
