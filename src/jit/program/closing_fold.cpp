#include "closing_fold.hpp"
#include "fold.hpp"

#include <algorithm>
#include <set>

namespace monnto::kernel {
namespace {

/// Smaller matrices stay in the cache anyway.
constexpr std::ptrdiff_t smallest_matrix = 65'536;
/// Of wider ones a row and what it is made of would leave the second cache before it is read again.
constexpr std::ptrdiff_t widest_row = 32'768;

[[nodiscard]] bool makes_matrix(const Recipe::Step& step) {
    if (step.chain != 1 || !step.fusion) {
        return false;
    }
    const Fusion& fusion = *step.fusion;
    return fusion.program.has_rows && fusion.folds.empty() && fusion.draws.empty() &&
           !fusion.is_turned && fusion.columns <= widest_row &&
           fusion.rows * fusion.columns >= smallest_matrix;
}

/// Whether the step only reduces the matrix, and reads nothing that others make after it.
[[nodiscard]] bool reduces(const Recipe::Step& step, const Fusion& maker,
                           const std::set<std::size_t>& made_between) {
    if (step.chain != 1 || !step.fusion) {
        return false;
    }
    const Fusion& fusion = *step.fusion;
    const bool is_fold = !fusion.folds.empty() && fusion.results.empty() && fusion.draws.empty() &&
                         fusion.program.folds.front().along == Along::all;
    if (!is_fold || fusion.program.has_rows || fusion.columns != maker.rows * maker.columns) {
        return false;
    }
    bool reads_matrix = false;
    for (const Operand& operand : fusion.operands) {
        if (operand.source.is_leaf()) {
            continue;
        }
        const std::size_t node = operand.source.index();
        if (std::ranges::find(maker.results, node, &Result::node) != maker.results.end()) {
            if (operand.offset != 0 || operand.column != 1) {
                return false;
            }
            reads_matrix = true;
        } else if (made_between.contains(node)) {
            return false;
        }
    }
    return reads_matrix;
}

/// The step that closes the matrix of step `first`; 0 where there is none.
[[nodiscard]] std::size_t closing(const Recipe& recipe, std::size_t first) {
    const Fusion& maker = fusion_of(recipe.steps[first]);
    std::set<std::size_t> made_between;
    for (std::size_t i = first + 1, next = 0; i < recipe.steps.size(); i = next) {
        if (reduces(recipe.steps[i], maker, made_between)) {
            return i;
        }
        for (next = i + recipe.steps[i].chain; i < next; ++i) {
            made_between.insert(recipe.steps[i].nodes.begin(), recipe.steps[i].nodes.end());
        }
    }
    return 0;
}

}  // namespace

void find_closing_folds(Recipe& recipe) {
    for (std::size_t i = 0; i < recipe.steps.size(); i += recipe.steps[i].chain) {
        Recipe::Step& maker = recipe.steps[i];
        const std::size_t fold = makes_matrix(maker) ? closing(recipe, i) : 0;
        if (fold == 0) {
            continue;
        }
        // It writes no memory that a step that it overtakes could read.
        const auto steps = recipe.steps.begin();
        std::rotate(steps + static_cast<std::ptrdiff_t>(i + 1),
                    steps + static_cast<std::ptrdiff_t>(fold),
                    steps + static_cast<std::ptrdiff_t>(fold + 1));
        maker.chain = 2;
        const std::ptrdiff_t columns = fusion_of(maker).columns;
        maker.block = (2 * fold_block + columns - 1) / columns;  // folds take two blocks at a time
    }
}

bool closes_with_fold(std::span<const Recipe::Step> chain) noexcept {
    return chain.size() == 2 && fusion_of(chain.front()).program.folds.empty();
}

}  // namespace monnto::kernel
