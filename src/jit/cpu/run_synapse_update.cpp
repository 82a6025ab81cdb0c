// Updates of synapses, run where events ask for them only: the bits of the whole (S17, S20).
#include "compiled_executor.hpp"
#include "events/rewrite.hpp"
#include "events/scan.hpp"
#include "reference/operand.hpp"
#include "sparse/kernels.hpp"
#include "synapse_blocks.hpp"
#include "synapse_outlook.hpp"
#include "team.hpp"

#include <monnto/array/pattern.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>

namespace monnto::cpu {
namespace {

using events::Rewrite;
using events::Sparse;
using kernel::Fusion;
using kernel::Graph;

/// Finds which synapses a kernel can change.
class SynapseFinder {
public:
    SynapseFinder(SynapseOutlook& outlook, Rewrite& rewrite, const Pattern& pattern)
        : outlook_(outlook), rewrite_(rewrite), pattern_(pattern) {}

    [[nodiscard]] bool find(SynapseRegion& region) {
        find_resting();
        if (resting_.empty()) {
            rewrite_.tell([] { return "plain: no vector rests at 0 or 1"; });
            return false;
        }
        if (!prove(region) && !(outlook_.look() && prove(region))) {
            rewrite_.tell([] { return "plain: synapses may change where every vector rests"; });
            return false;
        }
        rewrite_.patience.succeed();
        const bool worth_it = measure(region);
        rewrite_.tell([&]() -> std::string {
            return worth_it ? fmt::format("events: {} sources, {} targets; {} of {} synapses",
                                          region.sources.size(), region.targets.size(),
                                          region.synapses, pattern_.size())
                            : "plain: too many events";
        });
        return worth_it;
    }

private:
    void find_resting() {
        std::vector<Sparse>& vectors = rewrite_.workspace.vectors;
        vectors.resize(rewrite_.vectors.size());
        for (std::size_t k = 0; k < vectors.size(); ++k) {
            vectors[k].operand = rewrite_.vectors[k];
            if (rests(vectors[k])) {
                resting_.push_back(&vectors[k]);
            }
        }
    }
    [[nodiscard]] bool rests(Sparse& vector) const {
        const Node& node = outlook_.vector_of(vector.operand);
        const reference::Operand from = reference::operand(node);
        const events::Vector memory{node.dtype, from.data, from.strides[0], node.shape[0]};
        const auto mostly = [&](int rest) {
            vector.rest = rest;
            return events::find_few_events(memory, rest, vector.events);
        };
        return mostly(0) || (node.dtype != DType::boolean && mostly(1));
    }

    /// Vectors along a side that together suffice; fewest events first to go.
    [[nodiscard]] bool prove_for(std::vector<const Sparse*> at_rest, Side side,
                                 std::vector<std::int32_t>& events, bool& proven) {
        std::erase_if(at_rest,
                      [&](const Sparse* v) { return outlook_.side_of(v->operand) != side; });
        proven = reduce(at_rest);
        if (proven) {
            unite(at_rest, side, events);
        }
        return proven;
    }
    [[nodiscard]] bool reduce(std::vector<const Sparse*>& at_rest) {
        if (at_rest.empty() || !outlook_.is_unchanged(at_rest)) {
            return false;
        }
        std::ranges::stable_sort(at_rest, std::greater<>(),
                                 [](const Sparse* v) { return v->events.size(); });
        for (std::size_t k = 0; at_rest.size() > 1 && k < at_rest.size();) {
            std::vector<const Sparse*> fewer = at_rest;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(k));
            if (outlook_.is_unchanged(fewer)) {
                at_rest.swap(fewer);
            } else {
                ++k;
            }
        }
        return true;
    }
    void unite(const std::vector<const Sparse*>& vectors, Side side,
               std::vector<std::int32_t>& events) const {
        events.clear();
        for (const Sparse* vector : vectors) {
            if (outlook_.side_of(vector->operand) == side) {
                std::vector<std::int32_t> both;
                std::ranges::set_union(events, vector->events, std::back_inserter(both));
                events.swap(both);
            }
        }
    }

    [[nodiscard]] bool prove(SynapseRegion& region) {
        bool by_source = false;
        bool by_target = false;
        region.sources.clear();
        region.targets.clear();
        static_cast<void>(prove_for(resting_, Side::source, region.sources, by_source));
        static_cast<void>(prove_for(resting_, Side::target, region.targets, by_target));
        if (by_source || by_target) {
            region.shape = by_source && by_target ? SynapseRegion::Shape::pairs
                           : by_source            ? SynapseRegion::Shape::rows
                                                  : SynapseRegion::Shape::columns;
            return true;
        }
        std::vector<const Sparse*> at_rest = resting_;
        if (!reduce(at_rest)) {
            return false;
        }
        region.shape = SynapseRegion::Shape::cross;
        unite(at_rest, Side::source, region.sources);
        unite(at_rest, Side::target, region.targets);
        return true;
    }

    /// Rows of sources lie in one piece, those of targets do not.
    [[nodiscard]] bool measure(SynapseRegion& region) const {
        constexpr std::ptrdiff_t cost_of_picking = 6;
        constexpr std::ptrdiff_t cost_of_filtering = 2;
        std::ptrdiff_t in_rows = 0;
        for (const std::int32_t source : region.sources) {
            const Pattern::Range row = pattern_.row(source);
            in_rows += row.last - row.first;
        }
        const std::ptrdiff_t per_target =
            pattern_.size() / std::max<std::ptrdiff_t>(1, pattern_.targets());
        const auto in_columns = static_cast<std::ptrdiff_t>(region.targets.size()) * per_target;
        std::ptrdiff_t cost = 0;
        switch (region.shape) {
            case SynapseRegion::Shape::rows:
                cost = region.synapses = in_rows;
                break;
            case SynapseRegion::Shape::columns:
                region.synapses = in_columns;
                cost = in_columns * cost_of_picking;
                break;
            case SynapseRegion::Shape::cross:
                region.synapses = in_rows + in_columns;
                cost = in_rows + in_columns * cost_of_picking;
                break;
            case SynapseRegion::Shape::pairs:
                region.walks_targets = in_columns * 2 < in_rows;
                region.synapses = region.walks_targets ? in_columns : in_rows;
                cost = region.synapses * cost_of_filtering;
                break;
        }
        return cost < pattern_.size();
    }

    SynapseOutlook& outlook_;
    Rewrite& rewrite_;
    const Pattern& pattern_;
    std::vector<const Sparse*> resting_;
};

/// The values again, for a result that must not be written over them.
[[nodiscard]] Ref<Buffer> copied(const Node& values) {
    const auto bytes = static_cast<std::size_t>(values.shape.product()) * size_of(values.dtype);
    Ref<Buffer> copy = Buffer::allocate(bytes);
    std::memcpy(copy->data(), values.value().buffer->data(), bytes);
    return copy;
}

}  // namespace

bool CompiledExecutor::run_synapse_update(const Graph& graph, Step& step) {
    const Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    Rewrite& rewrite = *step.rewrite;
    for (const std::uint32_t k : rewrite.vectors) {
        settle_inputs(graph.at(fusion.operands[k].source));
    }
    const Node& values = graph.at(rewrite.matrix);
    const Pattern& pattern =
        *graph.at(fusion.operands[rewrite.vectors.front()].source).attribute<SparseAttr>().pattern;
    SynapseOutlook outlook(graph, fusion, rewrite);
    outlook.note_result();
    static thread_local SynapseRegion region;
    if (step.function == nullptr || !kernel::is_plain(values) ||
        !SynapseFinder(outlook, rewrite, pattern).find(region)) {
        for (const std::uint32_t k : rewrite.vectors) {
            interpret(graph.at(fusion.operands[k].source));
        }
        return false;
    }
    const bool in_place = can_take_over(step, rewrite.operand, values);
    if (!in_place) {
        rewrite.lament(values.shape.product(),
                       "values of synapses are copied before they are updated, because their old "
                       "content is still held by another attribute, a list or a variable");
    }
    Node& changed = graph.node(fusion.results.front().node);
    const Value result{in_place ? values.value().buffer : copied(values), 0,
                       contiguous_strides(changed.shape)};
    counters().donated += in_place ? 1 : 0;
    const Facts old = outlook.old_facts();
    const SynapseBlocks blocks(graph, step, pattern, result.buffer->data());
    const std::optional<Facts> found = blocks.run(region, old.is_known);
    if (found) {
        changed.facts = std::make_unique<Facts>(events::joined(old, *found));
    }
    ++counters().kernels;
    ++counters().rewritten;
    counters().fused += step.nodes.size();
    counters().touched += static_cast<std::uint64_t>(region.synapses);
    changed.settle(result);
    return true;
}

}  // namespace monnto::cpu
