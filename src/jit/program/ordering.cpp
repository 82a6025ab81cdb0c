#include "ordering.hpp"

#include <algorithm>

namespace monnto::kernel {
namespace {

/// Smaller arrays are copied in less time than it takes to think about them.
constexpr std::ptrdiff_t smallest_array = 1024;

class Ordering {
public:
    Ordering(const Graph& graph, const Grouping& grouping)
        : graph_(graph),
          grouping_(grouping),
          reads_(grouping.groups.size()),
          changes_(grouping.groups.size()),
          waits_for_(grouping.groups.size()) {
        for (std::size_t k = 0; k < grouping.groups.size(); ++k) {
            for (const std::uint32_t node : grouping.groups[k].nodes) {
                meet(k, node);
            }
        }
    }

    /// Groups in the order in which they run.
    [[nodiscard]] std::vector<std::size_t> run() {
        std::vector<std::size_t> order;
        std::vector<std::size_t> left(reads_.size());
        for (std::size_t k = 0; k < left.size(); ++k) {
            left[k] = k;
        }
        while (!left.empty()) {
            auto next = std::ranges::find_if(
                left, [&](std::size_t k) { return is_ready(k, left) && !disturbs(k, left); });
            if (next == left.end()) {
                next = left.begin();  // in the order that was, the first is always ready
            }
            order.push_back(*next);
            left.erase(next);
        }
        return order;
    }
    [[nodiscard]] bool has_changes() const {
        return std::ranges::any_of(changes_, [](const auto& leaves) { return !leaves.empty(); });
    }

private:
    void meet(std::size_t group, std::uint32_t node) {
        for (Source source : graph_.inputs(node)) {
            while (!source.is_leaf() && grouping_.group_of[source.index()] == Grouping::none &&
                   !graph_.inputs(source.index()).empty()) {
                source = graph_.inputs(source.index())[0];  // a window
            }
            if (!source.is_leaf()) {
                wait(group, source.index());
                continue;
            }
            reads_[group].push_back(source.index());
            const Op op = graph_.node(node).op;
            const bool writes_over = op == Op::update || op == Op::scatter;
            const bool may_change = (grouping_.groups[group].is_fused || writes_over) &&
                                    graph_.leaf(source.index()).shape.product() >= smallest_array &&
                                    graph_.leaf(source.index()).shape == graph_.node(node).shape;
            if (may_change) {
                changes_[group].push_back(source.index());
            }
        }
    }
    void wait(std::size_t group, std::size_t node) {
        const int other = grouping_.group_of[node];
        if (other != Grouping::none && other != static_cast<int>(group)) {
            waits_for_[group].push_back(static_cast<std::size_t>(other));
        }
    }

    [[nodiscard]] bool is_ready(std::size_t group, const std::vector<std::size_t>& left) const {
        return std::ranges::none_of(waits_for_[group], [&](std::size_t other) {
            return std::ranges::binary_search(left, other);
        });
    }
    /// Whether others would still read what the group may write over.
    [[nodiscard]] bool disturbs(std::size_t group, const std::vector<std::size_t>& left) const {
        return std::ranges::any_of(changes_[group], [&](std::size_t leaf) {
            return std::ranges::any_of(left, [&](std::size_t other) {
                return other != group &&
                       std::ranges::find(reads_[other], leaf) != reads_[other].end() &&
                       std::ranges::find(changes_[other], leaf) == changes_[other].end();
            });
        });
    }

    const Graph& graph_;
    const Grouping& grouping_;
    std::vector<std::vector<std::size_t>> reads_;    // leaves, per group
    std::vector<std::vector<std::size_t>> changes_;  // leaves that it may write over
    std::vector<std::vector<std::size_t>> waits_for_;
};

}  // namespace

void let_readers_go_first(const Graph& graph, Grouping& grouping) {
    Ordering ordering(graph, grouping);
    if (!ordering.has_changes()) {
        return;
    }
    std::vector<Group> groups;
    for (const std::size_t k : ordering.run()) {
        for (const std::uint32_t node : grouping.groups[k].nodes) {
            grouping.group_of[node] = static_cast<int>(groups.size());
        }
        groups.push_back(std::move(grouping.groups[k]));
    }
    grouping.groups = std::move(groups);
}

}  // namespace monnto::kernel
