#include "program/recipe.hpp"
#include "rewrite.hpp"
#include "sparse/update.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace monnto::events {
namespace {

/// Sets of operands are words of 64 bits, two for each.
constexpr std::size_t most_operands = 32;

[[nodiscard]] kernel::Source behind_windows(const kernel::Graph& graph, kernel::Source source) {
    while (!source.is_leaf()) {
        const Op op = graph.node(source.index()).op;
        if (op != Op::view && op != Op::reshape) {
            break;
        }
        source = graph.inputs(source.index())[0];
    }
    return source;
}

[[nodiscard]] bool is_of_flags(const kernel::Graph& graph, kernel::Source source) {
    if (source.is_leaf() || graph.node(source.index()).op != Op::cast) {
        return false;
    }
    return graph.at(graph.inputs(source.index())[0]).dtype == DType::boolean;
}

/// A matrix times a vector, or a vector times a matrix, of floats.
[[nodiscard]] std::shared_ptr<Rewrite> product_rewrite(const kernel::Graph& graph,
                                                       std::uint32_t at) {
    const Node& node = graph.node(at);
    if (node.op != Op::matmul || !is_float(node.dtype)) {
        return nullptr;
    }
    const auto sources = graph.inputs(at);
    const int left = graph.at(sources[0]).shape.size();
    const int right = graph.at(sources[1]).shape.size();
    if (left + right != 3 || left == 0 || right == 0) {
        return nullptr;
    }
    const kernel::Source matrix = sources[left == 2 ? 0 : 1];
    if (graph.at(matrix).shape.product() < smallest_matrix) {
        return nullptr;
    }
    auto rewrite = std::make_shared<Rewrite>();
    rewrite->kind = Rewrite::Kind::product;
    rewrite->has_vector_first = left == 1;
    rewrite->is_of_flags = is_of_flags(graph, sources[left == 1 ? 0 : 1]);
    rewrite->turns_after = rewrite->is_of_flags ? 1 : Rewrite::first_turns_after;
    rewrite->matrix = behind_windows(graph, matrix);
    return rewrite;
}

/// The gather whose picked rows or columns a sum adds up, where nobody else wants them.
[[nodiscard]] std::optional<std::uint32_t> summed_gather(const kernel::Graph& graph,
                                                         std::uint32_t sum) {
    const Node& node = graph.node(sum);
    if (node.op != Op::sum || graph.inputs(sum)[0].is_leaf()) {
        return std::nullopt;
    }
    const auto at = static_cast<std::uint32_t>(graph.inputs(sum)[0].index());
    const Node& gather = graph.node(at);
    if (gather.op != Op::gather || gather.shape.size() != 2 || graph.uses()[at] != 1 ||
        graph.is_wanted(at)) {
        return std::nullopt;
    }
    const auto& attribute = gather.attribute<GatherAttr>();
    const auto sources = graph.inputs(at);
    const bool picks_one_axis = sources.size() == 2 && graph.at(sources[0]).shape.size() == 2 &&
                                graph.at(sources[1]).shape.size() == 1 &&
                                attribute.axes[0] == attribute.position;
    const bool sums_it = node.attribute<AxesAttr>().axes == 1U << attribute.position;
    return picks_one_axis && sums_it ? std::optional(at) : std::nullopt;
}

[[nodiscard]] std::shared_ptr<Rewrite> sum_rewrite(const kernel::Graph& graph,
                                                   kernel::Source matrix) {
    auto rewrite = std::make_shared<Rewrite>();
    rewrite->kind = Rewrite::Kind::sum;
    rewrite->matrix = behind_windows(graph, matrix);
    return rewrite;
}

void find_sums(const kernel::Graph& graph, kernel::Recipe& recipe) {
    std::vector<std::uint32_t> vanished;
    for (kernel::Recipe::Step& step : recipe.steps) {
        if (step.fusion || step.nodes.size() != 1) {
            continue;
        }
        const std::uint32_t at = step.nodes.front();
        if (graph.node(at).op == Op::picked_sum && graph.node(at).shape.size() == 1) {
            step.rewrite = sum_rewrite(graph, graph.inputs(at)[0]);
            continue;
        }
        if (const auto gather = summed_gather(graph, at)) {
            step.rewrite = sum_rewrite(graph, graph.inputs(*gather)[0]);
            vanished.push_back(*gather);
        }
    }
    std::erase_if(recipe.steps, [&](const kernel::Recipe::Step& step) {
        return step.nodes.size() == 1 &&
               std::ranges::find(vanished, step.nodes.front()) != vanished.end();
    });
}

/// Writing a part of a matrix of floats.
[[nodiscard]] std::shared_ptr<Rewrite> placement_rewrite(const kernel::Graph& graph,
                                                         std::uint32_t at) {
    const Node& node = graph.node(at);
    const bool writes_part = node.op == Op::update || node.op == Op::scatter;
    if (!writes_part || !is_float(node.dtype) || node.shape.size() != 2) {
        return nullptr;
    }
    auto rewrite = std::make_shared<Rewrite>();
    rewrite->kind = Rewrite::Kind::placement;
    rewrite->matrix = graph.inputs(at)[0];
    return rewrite;
}

[[nodiscard]] bool varies_along_one_axis(const kernel::Operand& operand) noexcept {
    return (operand.row == 0) != (operand.column == 0);
}

/// Operands that the kernel's only result may take over: one of them is the matrix that it changes.
[[nodiscard]] std::vector<std::uint32_t> changed_matrices(const kernel::Fusion& fusion) {
    const kernel::Program& program = fusion.program;
    const bool is_single =
        program.outputs.size() == 1 && program.folds.empty() && program.draws == 0;
    std::vector<std::uint32_t> found;
    if (is_single) {
        std::ranges::copy_if(
            fusion.results.front().donors, std::back_inserter(found), [&](std::uint32_t donor) {
                return fusion.operands[donor].dtype == program.outputs.front().dtype;
            });
    }
    return found;
}

/// A kernel that computes matrices: facts of its results are derived, and where it changes a matrix
/// under vectors, these may hold few events.
[[nodiscard]] std::shared_ptr<Rewrite> update_rewrite(const kernel::Graph& graph,
                                                      const kernel::Fusion& fusion) {
    const bool computes_matrix = std::ranges::any_of(
        fusion.results,
        [&](const kernel::Result& result) { return graph.node(result.node).shape.size() > 1; });
    if (!computes_matrix || fusion.rows * fusion.columns < smallest_matrix) {
        return nullptr;
    }
    auto rewrite = std::make_shared<Rewrite>();
    rewrite->kind = Rewrite::Kind::update;
    rewrite->candidates = changed_matrices(fusion);
    rewrite->can_restrict = !rewrite->candidates.empty();
    if (!rewrite->can_restrict) {
        return rewrite;
    }
    for (std::uint32_t k = 0; k < std::min(fusion.operands.size(), most_operands); ++k) {
        if (fusion.program.has_rows && varies_along_one_axis(fusion.operands[k])) {
            rewrite->vectors.push_back(k);
        }
    }
    rewrite->take_matrix(graph, fusion, rewrite->candidates.front());
    return rewrite;
}

}  // namespace

void Rewrite::take_matrix(const kernel::Graph& graph, const kernel::Fusion& fusion,
                          std::uint32_t candidate) {
    operand = candidate;
    matrix = fusion.operands[candidate].source;
    others.clear();
    for (std::uint32_t k = 0; k < std::min(fusion.operands.size(), most_operands); ++k) {
        const bool is_vector = std::ranges::find(vectors, k) != vectors.end();
        if (k != candidate && !is_vector && graph.at(fusion.operands[k].source).shape.size() == 2) {
            others.push_back(k);
        }
    }
}

bool Patience::asks() noexcept {
    constexpr int every = 64;
    if (left_ > 0) {
        --left_;
        return true;
    }
    refused_ = (refused_ + 1) % every;
    return refused_ == 0;
}

void find_rewrites(const kernel::Graph& graph, kernel::Recipe& recipe) {
    find_sums(graph, recipe);
    sparse::find_updates(graph, recipe);
    for (kernel::Recipe::Step& step : recipe.steps) {
        if (step.rewrite) {
            continue;
        }
        if (step.fusion) {
            step.rewrite = update_rewrite(graph, *step.fusion);
        } else if (step.nodes.size() == 1) {
            step.rewrite = product_rewrite(graph, step.nodes.front());
            if (!step.rewrite) {
                step.rewrite = placement_rewrite(graph, step.nodes.front());
            }
        }
    }
}

}  // namespace monnto::events
