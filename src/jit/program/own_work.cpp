#include "grouping.hpp"
#include "own_work.hpp"

#include <algorithm>

namespace monnto::kernel {

bool is_flat(const Graph& graph, std::uint32_t node, const Shape& space) {
    return std::ranges::all_of(graph.inputs(node), [&](Source source) {
        const Node& input = graph.at(source);
        return input.op == Op::constant || space_of(input.shape) == space;
    });
}

std::vector<std::uint32_t> own_work(const Graph& graph, std::span<const std::uint32_t> group,
                                    std::size_t reduction, const Shape& space) {
    std::vector<std::uint32_t> uses_elsewhere(graph.uses().begin(), graph.uses().end());
    const auto take = [&](std::size_t node) {
        for (const Source source : graph.inputs(node)) {
            if (!source.is_leaf()) {
                --uses_elsewhere[source.index()];
            }
        }
    };
    take(reduction);
    std::vector<std::uint32_t> candidates(group.begin(), group.end());
    std::ranges::sort(candidates, std::ranges::greater());  // readers first
    std::vector<std::uint32_t> own;
    for (const std::uint32_t node : candidates) {
        if (uses_elsewhere[node] == 0 && !graph.is_wanted(node) &&
            is_elementwise(graph.node(node).op) && is_flat(graph, node, space)) {
            own.push_back(node);
            take(node);
        }
    }
    std::ranges::reverse(own);
    return own;
}

}  // namespace monnto::kernel
