#include "events/rewrite.hpp"
#include "update.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

namespace monnto::sparse {
namespace {

using kernel::Fusion;
using kernel::Graph;
using kernel::Recipe;
using kernel::Source;

/// Fewer synapses cost less than finding out.
constexpr std::ptrdiff_t smallest = 4096;

[[nodiscard]] const Node* spread_at(const Graph& graph, Source source) {
    if (source.is_leaf()) {
        return nullptr;
    }
    const Node& node = graph.node(source.index());
    return node.op == Op::sparse_spread ? &node : nullptr;
}

[[nodiscard]] bool is_flat_update(const Fusion& fusion) {
    const kernel::Program& program = fusion.program;
    return program.outputs.size() == 1 && program.folds.empty() && program.draws == 0 &&
           !program.has_rows && fusion.columns >= smallest;
}

/// The values that the only result may take over.
[[nodiscard]] std::optional<std::uint32_t> changed_values(const Graph& graph,
                                                          const Fusion& fusion) {
    for (const std::uint32_t donor : fusion.results.front().donors) {
        const kernel::Operand& operand = fusion.operands[donor];
        if (operand.dtype == fusion.program.outputs.front().dtype &&
            spread_at(graph, operand.source) == nullptr) {
            return donor;
        }
    }
    return std::nullopt;
}

/// Whether only nodes of this step read it.
[[nodiscard]] bool is_private(const Graph& graph, const Fusion& fusion, std::uint32_t operand) {
    const Source source = fusion.operands[operand].source;
    std::ptrdiff_t uses = 0;
    for (std::size_t i = 0; i < graph.size(); ++i) {
        uses += std::ranges::count(graph.inputs(i), source);
    }
    return uses == static_cast<std::ptrdiff_t>(fusion.uses[operand]) &&
           !graph.is_wanted(source.index());
}

[[nodiscard]] std::shared_ptr<events::Rewrite> update_of(const Graph& graph, const Fusion& fusion) {
    const auto values = is_flat_update(fusion) ? changed_values(graph, fusion) : std::nullopt;
    if (!values || fusion.operands.size() > 32) {  // sets of operands are words of 64 bits
        return nullptr;
    }
    auto rewrite = std::make_shared<events::Rewrite>();
    rewrite->kind = events::Rewrite::Kind::synapses;
    rewrite->operand = *values;
    rewrite->matrix = fusion.operands[*values].source;
    const Pattern* pattern = nullptr;
    for (std::uint32_t k = 0; k < fusion.operands.size(); ++k) {
        const Node* spread = spread_at(graph, fusion.operands[k].source);
        if (spread == nullptr) {
            continue;
        }
        const Pattern* own = spread->attribute<SparseAttr>().pattern.get();
        if (!is_private(graph, fusion, k) || (pattern != nullptr && pattern != own)) {
            return nullptr;
        }
        pattern = own;
        rewrite->vectors.push_back(k);
    }
    return rewrite->vectors.empty() ? nullptr : rewrite;
}

}  // namespace

void find_updates(const Graph& graph, Recipe& recipe) {
    std::vector<std::uint32_t> taken;
    for (Recipe::Step& step : recipe.steps) {
        if (!step.fusion || step.rewrite) {
            continue;
        }
        step.rewrite = update_of(graph, *step.fusion);
        if (!step.rewrite) {
            continue;
        }
        std::vector<std::uint32_t> spreads;
        for (const std::uint32_t k : step.rewrite->vectors) {
            const Source source = step.fusion->operands[k].source;
            spreads.push_back(static_cast<std::uint32_t>(source.index()));
        }
        taken.insert(taken.end(), spreads.begin(), spreads.end());
        std::ranges::sort(spreads);
        step.nodes.insert(step.nodes.begin(), spreads.begin(), spreads.end());
    }
    std::erase_if(recipe.steps, [&](const Recipe::Step& step) {
        return !step.fusion && step.nodes.size() == 1 &&
               std::ranges::find(taken, step.nodes.front()) != taken.end();
    });
}

}  // namespace monnto::sparse
