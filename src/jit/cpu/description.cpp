#include "description.hpp"
#include "events/rewrite.hpp"
#include "events/words.hpp"
#include "reference/kernels.hpp"

#include <monnto/array/legend.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace monnto::cpu {

using kernel::Graph;
using kernel::Source;
using Step = kernel::Recipe::Step;

namespace {

/// What a step reads that has a name, or what that is computed from in the same step: a sum of what
/// an index picks reads the matrix and the index.
void add_reads(const Graph& graph, const Source& source, const Step& step,
               std::vector<std::uint64_t>& reads) {
    const Node& node = graph.at(source);
    const bool is_own = !source.is_leaf() && !step.fusion && node.op == Op::gather;
    if (!is_own) {
        reads.push_back(node.id);
        return;
    }
    for (const Source& input : graph.inputs(source.index())) {
        reads.push_back(graph.at(input).id);
    }
}

void name(const Graph& graph, std::span<const Step> chain, StepReport& report) {
    Legend* legend = Legend::current();
    if (legend == nullptr) {
        return;
    }
    StepNodes all;
    for (const Step& step : chain) {
        const StepNodes nodes = nodes_of(graph, step);
        all.results.insert(all.results.end(), nodes.results.begin(), nodes.results.end());
        all.reads.insert(all.reads.end(), nodes.reads.begin(), nodes.reads.end());
    }
    if (!all.results.empty()) {
        legend->turn_to(all.results.front());
    }
    report.origins = legend->origins_of(all.results);
    const bool has_name = std::ranges::any_of(
        report.origins, [](const StepOrigin& each) { return !each.variables.empty(); });
    for (const std::uint64_t id : all.reads) {
        std::string text = has_name ? std::string() : legend->name_of(id);
        text.erase(0, text.starts_with("from ") ? 5 : 0);
        if (!text.empty() && std::ranges::find(report.reads, text) == report.reads.end()) {
            report.reads.push_back(std::move(text));
        }
    }
}

/// Whether a matrix meets a vector.
[[nodiscard]] bool could_be_rewritten(const Graph& graph, const Step& step) {
    if (step.fusion) {
        return step.fusion->rows > 1 && step.fusion->columns > 1;
    }
    const std::uint32_t at = step.nodes.front();
    const auto rank = [&](std::size_t k) { return graph.at(graph.inputs(at)[k]).shape.size(); };
    return graph.node(at).op == Op::matmul && rank(0) + rank(1) == 3;
}

/// What is known before a step runs about why events do not help.
[[nodiscard]] std::string why_plain(const Graph& graph, const Step& step) {
    for (const std::uint32_t at : step.nodes) {
        for (const Source& input : graph.inputs(at)) {
            const Node& source = graph.at(input);
            if (source.shape.size() > 1 && source.is_settled() &&
                source.value().buffer->is_pinned()) {
                return events::why_shared(source);
            }
        }
    }
    if (const Node& node = graph.node(step.nodes.front()); node.op == Op::sparse_product) {
        return events::sparse_events(node);
    }
    if (step.rewrite || !could_be_rewritten(graph, step)) {
        return {};
    }
    return step.fusion || is_float(graph.node(step.nodes.front()).dtype)
               ? fmt::format(
                     "plain: fewer than {} elements, which cost less than looking for events",
                     events::smallest_matrix)
               : "plain: events are looked for in products of floats";
}

}  // namespace

StepNodes nodes_of(const Graph& graph, const Step& step) {
    StepNodes nodes;
    if (!step.fusion) {
        for (const std::uint32_t at : step.nodes) {
            nodes.results.push_back(graph.node(at).id);
            for (const Source& input : graph.inputs(at)) {
                add_reads(graph, input, step, nodes.reads);
            }
        }
        return nodes;
    }
    for (const kernel::Result& result : step.fusion->results) {
        nodes.results.push_back(graph.node(result.node).id);
    }
    for (const std::uint32_t fold : step.fusion->folds) {
        nodes.results.push_back(graph.node(fold).id);
    }
    for (const kernel::Operand& operand : step.fusion->operands) {
        add_reads(graph, operand.source, step, nodes.reads);
    }
    return nodes;
}

void name_windows(const Graph& graph) {
    Legend* legend = Legend::current();
    for (std::size_t i = 0; legend != nullptr && i < graph.size(); ++i) {
        switch (graph.node(i).op) {
            case Op::cast:
            case Op::copy:
            case Op::view:
            case Op::reshape:
            case Op::sparse_spread:
            case Op::update:  // the matrix that a part of is written
            case Op::scatter:
                legend->add_window(graph.node(i).id, graph.at(graph.inputs(i)[0]).id);
                break;
            default:
                for (const Source& input : graph.inputs(i)) {
                    if (graph.at(input).shape.product() > 1) {
                        legend->add_input(graph.node(i).id, graph.at(input).id);
                    }
                }
                break;
        }
    }
}

std::vector<StepOrigin> origins_of(std::span<const std::uint64_t> results) {
    const Legend* legend = Legend::current();
    return legend == nullptr ? std::vector<StepOrigin>() : legend->origins_of(results);
}

StepReport description_of(const kernel::Graph& graph, std::span<const Step> chain) {
    StepReport report;
    const Step& first = chain.front();
    for (const Step& step : chain) {
        report.operations.insert(report.operations.end(), step.operations.begin(),
                                 step.operations.end());
    }
    if (first.fusion) {
        report.elements = first.fusion->rows * first.fusion->columns;
        report.bytes = first.fusion->bytes;
        for (const Step& step : chain.subspan(1)) {  // what they read is in the cache by then
            // NOLINTNEXTLINE(bugprone-unchecked-optional-access): of chains all are kernels
            const kernel::Fusion& fusion = *step.fusion;
            for (const kernel::Output& output : fusion.program.outputs) {
                report.bytes +=
                    size_of(output.dtype) * static_cast<std::size_t>(fusion.rows * fusion.columns);
            }
        }
    } else {
        const Node& node = graph.node(first.nodes.front());
        const bool is_product = first.rewrite != nullptr;  // elements of the matrix, not of the sum
        report.elements =
            is_product ? graph.at(first.rewrite->matrix).shape.product() : node.shape.product();
        report.bytes = reference::bytes_moved(node);
    }
    name(graph, chain, report);
    report.rewrite = why_plain(graph, first);
    return report;
}

void narrow(StepReport& report, std::uint64_t touched) noexcept {
    const auto whole = static_cast<double>(std::max<std::ptrdiff_t>(report.elements, 1));
    const double share = std::min(1.0, static_cast<double>(touched) / whole);
    report.bytes = static_cast<std::size_t>(static_cast<double>(report.bytes) * share);
    report.elements = static_cast<std::ptrdiff_t>(touched);
}

}  // namespace monnto::cpu
