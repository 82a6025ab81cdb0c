#include "chain.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace monnto::kernel {
namespace {

/// Smaller matrices stay in the cache anyway, and their updates may profit from events.
constexpr std::ptrdiff_t smallest_matrix = 65'536;
constexpr std::ptrdiff_t rows_cache = 64 << 10;    // bytes
constexpr std::ptrdiff_t columns_cache = 8 << 20;  // bytes

// Members of chains are kernels: is_first, can_join.
// NOLINTBEGIN(bugprone-unchecked-optional-access)
class ChainFinder {
public:
    ChainFinder(const Graph& graph, Recipe& recipe) : graph_(graph), recipe_(recipe) {}

    void run() {
        for (std::size_t i = 0; i < recipe_.steps.size(); ++i) {
            if (is_first(recipe_.steps[i])) {
                grow(i);
                i += recipe_.steps[i].chain - 1;
            }
        }
    }

private:
    [[nodiscard]] static bool is_first(const Recipe::Step& step) {
        return step.fusion && !step.fusion->program.folds.empty() &&
               step.fusion->program.folds.front().along != Along::all &&
               step.fusion->rows * step.fusion->columns >= smallest_matrix;
    }

    void grow(std::size_t first) {
        note_producers();
        std::size_t length = 1;
        std::size_t kept = 1;  // up to the last that walks the matrix
        for (std::size_t j = first + 1; j < recipe_.steps.size(); ++j) {
            if (!can_join(first, length, j) || !can_move(first + length, j)) {
                continue;
            }
            const auto steps = recipe_.steps.begin();
            std::rotate(steps + static_cast<std::ptrdiff_t>(first + length),
                        steps + static_cast<std::ptrdiff_t>(j),
                        steps + static_cast<std::ptrdiff_t>(j + 1));
            note_producers();
            ++length;
            kept = recipe_.steps[first + length - 1].fusion->program.has_rows ? length : kept;
        }
        recipe_.steps[first].chain = kept;
        recipe_.steps[first].block = block_of({recipe_.steps.data() + first, kept});
        const std::span<Recipe::Step> chain(recipe_.steps.data() + first, kept);
        if (kept > 1 && along_of(chain) == Along::rows) {
            // Pieces of rows lie too far apart for the processor to guess the next one.
            for (Recipe::Step& step : chain) {
                fetch_ahead(*step.fusion, Fetch::all, rows_ahead, 0);
            }
        } else if (kept > 1) {
            // All but the first member find their block in the cache, and memory would be idle
            // meanwhile: half of the next block is asked for in the first, half in the last.
            const std::ptrdiff_t block = chain.front().block;
            fetch_ahead(*chain.front().fusion, Fetch::half, block, 0);
            fetch_ahead(*chain.back().fusion, Fetch::half, block, chain.back().fusion->columns / 2);
        }
    }

    static void fetch_ahead(Fusion& fusion, Fetch fetch, std::ptrdiff_t rows,
                            std::ptrdiff_t columns) {
        for (std::size_t k = 0; k < fusion.operands.size(); ++k) {
            Operand& operand = fusion.operands[k];
            const bool is_matrix = operand.row != 0 && operand.column == 1;
            if (is_matrix) {
                fusion.program.inputs[k].fetch = fetch;
                operand.ahead = rows * operand.row + columns;
            }
        }
    }

    /// Rows per block such that it stays in the second cache, with room for the next one, of which
    /// few go before the processor notices that they follow each other; of columns, whose pieces
    /// are spread over all of the matrix, such that it stays in the last one.
    [[nodiscard]] static std::ptrdiff_t block_of(std::span<const Recipe::Step> chain) {
        const bool has_vectors = std::ranges::any_of(
            chain, [](const Recipe::Step& step) { return !step.fusion->program.has_rows; });
        const bool is_by_rows = along_of(chain) == Along::columns;
        std::set<int> matrices;
        std::ptrdiff_t width = 0;
        for (const Recipe::Step& step : chain) {
            for (const Operand& operand : step.fusion->operands) {
                const bool is_matrix = operand.row != 0 && operand.column != 0;
                if (is_matrix && matrices.insert(operand.source.code()).second) {
                    width += static_cast<std::ptrdiff_t>(size_of(operand.dtype));
                }
            }
        }
        const Fusion& first = *chain.front().fusion;
        const std::ptrdiff_t line =
            std::max<std::ptrdiff_t>(width, 1) * (is_by_rows ? first.columns : first.rows);
        const std::ptrdiff_t step = is_by_rows && !has_vectors ? 1 : lanes;
        const std::ptrdiff_t lines = (is_by_rows ? rows_cache : columns_cache) / line;
        return std::max(lines / step * step, step);
    }

    void note_producers() {
        producer_.clear();
        for (std::size_t i = 0; i < recipe_.steps.size(); ++i) {
            for (const std::uint32_t node : recipe_.steps[i].nodes) {
                producer_[Source::node(node).code()] = i;
            }
        }
    }

    /// Whether step j goes through the same matrix, or a vector along it, and reads what the chain
    /// made where it was made.
    [[nodiscard]] bool can_join(std::size_t first, std::size_t length, std::size_t j) const {
        const Recipe::Step& step = recipe_.steps[j];
        if (!step.fusion || step.fusion->program.draws > 0) {
            return false;
        }
        const Fusion& start = *recipe_.steps[first].fusion;
        const Fusion& fusion = *step.fusion;
        const Along along = start.program.folds.front().along;
        const std::ptrdiff_t kept = along == Along::columns ? start.rows : start.columns;
        const bool is_matrix =
            fusion.program.has_rows && fusion.rows == start.rows && fusion.columns == start.columns;
        const bool is_vector = !fusion.program.has_rows && fusion.columns == kept;
        const bool folds_alike = std::ranges::all_of(fusion.program.folds, [&](const Fold& fold) {
            return is_matrix && fold.along == along;
        });
        if (!(is_matrix || is_vector) || !folds_alike) {
            return false;
        }
        bool depends = false;
        for (const Operand& operand : fusion.operands) {
            const auto made = producer_.find(operand.source.code());
            if (made == producer_.end() || made->second < first) {
                continue;
            }
            if (made->second >= first + length || !is_aligned(fusion, operand, along)) {
                return false;
            }
            depends = true;
        }
        return depends;
    }

    /// Whether what step j may write over is read by none of the steps that it would overtake.
    [[nodiscard]] bool can_move(std::size_t to, std::size_t j) const {
        const Fusion& fusion = *recipe_.steps[j].fusion;
        for (std::size_t i = to; i < j; ++i) {
            for (const Result& result : fusion.results) {
                for (const std::uint32_t donor : result.donors) {
                    if (reads(recipe_.steps[i], fusion.operands[donor].source)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    [[nodiscard]] bool reads(const Recipe::Step& step, Source source) const {
        return std::ranges::any_of(step.nodes, [&](std::uint32_t node) {
            return std::ranges::any_of(graph_.inputs(node), [&](Source input) {
                while (input != source && !input.is_leaf() && is_window(graph_, input.index())) {
                    input = graph_.inputs(input.index())[0];
                }
                return input == source;
            });
        });
    }

    const Graph& graph_;
    Recipe& recipe_;
    std::map<int, std::size_t> producer_;  // step, by the code of a node
};

}  // namespace

bool is_aligned(const Fusion& fusion, const Operand& operand, Along along) noexcept {
    if (operand.offset != 0) {
        return false;
    }
    if (!fusion.program.has_rows) {
        return operand.column == 1;
    }
    const bool is_matrix = operand.column == 1 && operand.row == fusion.columns;
    return is_matrix || (along == Along::columns ? operand.row == 1 && operand.column == 0
                                                 : operand.row == 0 && operand.column == 1);
}

Along along_of(std::span<const Recipe::Step> chain) {
    return chain.front().fusion->program.folds.front().along;
}

// NOLINTEND(bugprone-unchecked-optional-access)

void find_chains(const Graph& graph, Recipe& recipe) {
    ChainFinder(graph, recipe).run();
}

}  // namespace monnto::kernel
