#include "chain.hpp"
#include "closing_fold.hpp"
#include "ordering.hpp"
#include "placed.hpp"
#include "recipe.hpp"
#include "reference/random.hpp"

#include <algorithm>
#include <array>

namespace monnto::kernel {
namespace {

/// Whether kernels of its folds or draws alone could hold more of a group.
[[nodiscard]] bool needs_flat_space(const Graph& graph, const std::vector<std::uint32_t>& nodes) {
    return nodes.size() > 1 && std::ranges::any_of(nodes, [&graph](std::uint32_t node) {
               const Op op = graph.node(node).op;
               return op == Op::random || family_of(op) == OpFamily::reduction;
           });
}

/// Whether what is written by index into a matrix that lies column by column stays that way.
[[nodiscard]] bool writes_turned(const Graph& graph, const Grouping& grouping, std::uint32_t node) {
    if (!stays_turned(graph.node(node))) {
        return false;
    }
    const Source base = graph.inputs(node)[0];
    return base.is_leaf() ? is_turned(graph.leaf(base.index()))
                          : grouping.is_turned[base.index()] != 0;
}

[[nodiscard]] std::vector<Recipe::Step> steps_of(const Graph& graph, Grouping grouping,
                                                 bool& complete) {
    std::vector<Recipe::Step> steps;
    for (std::size_t k = 0; k < grouping.groups.size(); ++k) {
        Recipe::Step step;
        step.nodes = grouping.groups[k].nodes;
        for (const std::uint32_t node : step.nodes) {
            step.operations.push_back(graph.node(node).op);
        }
        if (grouping.groups[k].is_fused) {
            step.fusion = fused(graph, grouping, k);
            for (std::size_t i = 0; step.fusion && i < step.fusion->results.size(); ++i) {
                grouping.is_turned[step.fusion->results[i].node] = step.fusion->is_turned ? 1 : 0;
            }
            complete = complete && (step.fusion || !needs_flat_space(graph, step.nodes));
        }
        if (!grouping.groups[k].is_fused && step.nodes.size() == 1 &&
            writes_turned(graph, grouping, step.nodes.front())) {
            grouping.is_turned[step.nodes.front()] = 1;
        }
        steps.push_back(std::move(step));
    }
    return steps;
}

/// A random mask that only a draw reads has no step: it is drawn in pieces beside the draw, and
/// takes no memory.
void leave_masks_to_draws(const Graph& graph, Recipe& recipe) {
    std::vector<char> is_left(graph.size(), 0);
    for (std::size_t i = 0; i < graph.size(); ++i) {
        if (graph.node(i).op == Op::random && reference::draws_its_mask(graph.node(i))) {
            const std::size_t mask = graph.inputs(i).back().index();
            is_left[mask] = graph.uses()[mask] == 1 && !graph.is_wanted(mask) ? 1 : 0;
        }
    }
    std::erase_if(recipe.steps, [&](const Recipe::Step& step) {
        return step.nodes.size() == 1 && is_left[step.nodes.front()] != 0;
    });
}

}  // namespace

Recipe make_recipe(const Graph& graph, const Abilities& abilities) {
    Recipe recipe;
    // Folds and draws ask for a flat space; where one kernel cannot give it to them, kernels of
    // their own do.
    Abilities tried = abilities;
    const std::array withdrawn{&tried.mixes_folds, &tried.mixes_draws, &tried.folds,
                               &tried.axis_folds};
    for (std::size_t attempt = 0; attempt <= withdrawn.size(); ++attempt) {
        bool complete = true;
        Grouping grouping = grouped(graph, tried);
        let_readers_go_first(graph, grouping);
        recipe.steps = steps_of(graph, std::move(grouping), complete);
        if (complete || attempt == withdrawn.size()) {
            break;
        }
        *withdrawn[attempt] = false;
    }
    leave_masks_to_draws(graph, recipe);
    find_chains(graph, recipe);
    find_closing_folds(recipe);
    return recipe;
}

}  // namespace monnto::kernel
