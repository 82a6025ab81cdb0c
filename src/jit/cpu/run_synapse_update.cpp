// Updates of synapses, run where events ask for them only: the bits of the whole (S17, S20).
#include "compiled_executor.hpp"
#include "events/rewrite.hpp"
#include "events/scan.hpp"
#include "events/words.hpp"
#include "reference/operand.hpp"
#include "sparse/kernels.hpp"
#include "synapse_blocks.hpp"
#include "synapse_log.hpp"
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
            rewrite_.tell(
                [this] { return "plain: no vector rests at 0 or 1" + events::counts_of(seen()); });
            return false;
        }
        if (!prove(region) && !(outlook_.look() && prove(region))) {
            rewrite_.refuse(outlook_.source_of(rewrite_.operand));
            rewrite_.tell([this] {
                return events::why_unproven(
                    rewrite_, outlook_.source_of(rewrite_.operand), seen(),
                    [this](const auto& at_rest) { return outlook_.is_unchanged(at_rest); });
            });
            return false;
        }
        rewrite_.accept();
        rewrite_.patience.succeed();
        const bool worth_it = cost_of(region) < pattern_.size();
        rewrite_.tell([&]() -> std::string {
            return worth_it ? fmt::format("events: {} sources{}, {} targets{}; {} of {} synapses",
                                          region.sources.size(), names_along(region, Side::source),
                                          region.targets.size(), names_along(region, Side::target),
                                          region.synapses, pattern_.size())
                            : "plain: too many events" + events::counts_of(seen());
        });
        return worth_it;
    }

private:
    [[nodiscard]] std::string names_along(const SynapseRegion& region, Side side) {
        std::vector<const Sparse*> at_rest = resting_;
        if (region.shape != SynapseRegion::Shape::cross) {
            std::erase_if(at_rest,
                          [&](const Sparse* v) { return outlook_.side_of(v->operand) != side; });
        }
        std::vector<const Node*> nodes;
        if (reduce(at_rest)) {
            for (const Sparse* vector : at_rest) {
                if (outlook_.side_of(vector->operand) == side) {
                    nodes.push_back(&outlook_.vector_of(vector->operand));
                }
            }
        }
        return events::in_brackets(nodes);
    }
    [[nodiscard]] std::vector<events::Seen> seen() const {
        std::vector<events::Seen> vectors;
        vectors.reserve(rewrite_.vectors.size());
        for (const Sparse& each : rewrite_.workspace.vectors) {
            vectors.push_back({&each, &outlook_.vector_of(each.operand),
                               std::ranges::find(resting_, &each) != resting_.end()});
        }
        return vectors;
    }
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

    /// Of what is proven in two ways, the cheaper: traces that are 0 for most neurons prove pairs,
    /// which are many more than the rows and columns of spikes.
    [[nodiscard]] bool prove(SynapseRegion& region) {
        static thread_local SynapseRegion crossed;
        const bool has_sides = prove_sides(region);
        if (!prove_cross(crossed)) {
            return has_sides;
        }
        if (!has_sides || cost_of(crossed) < cost_of(region)) {
            std::swap(region, crossed);
        }
        return true;
    }
    /// Sources with events, or targets, or pairs of both where each suffices.
    [[nodiscard]] bool prove_sides(SynapseRegion& region) {
        bool by_source = false;
        bool by_target = false;
        region.sources.clear();
        region.targets.clear();
        static_cast<void>(prove_for(resting_, Side::source, region.sources, by_source));
        static_cast<void>(prove_for(resting_, Side::target, region.targets, by_target));
        region.shape = by_source && by_target ? SynapseRegion::Shape::pairs
                       : by_source            ? SynapseRegion::Shape::rows
                                              : SynapseRegion::Shape::columns;
        return by_source || by_target;
    }
    /// All of sources with events, and all of targets with events.
    [[nodiscard]] bool prove_cross(SynapseRegion& region) {
        std::vector<const Sparse*> at_rest = resting_;
        if (!reduce(at_rest)) {
            return false;
        }
        unite(at_rest, Side::source, region.sources);
        unite(at_rest, Side::target, region.targets);
        region.shape = region.targets.empty()   ? SynapseRegion::Shape::rows
                       : region.sources.empty() ? SynapseRegion::Shape::columns
                                                : SynapseRegion::Shape::cross;
        return true;
    }

    /// Rows of sources lie in one piece, those of targets do not.
    [[nodiscard]] std::ptrdiff_t cost_of(SynapseRegion& region) const {
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
        region.synapses_in_rows = 0;
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
                region.synapses_in_rows = in_rows;
                break;
            case SynapseRegion::Shape::pairs:
                region.walks_targets = in_columns * 2 < in_rows;
                region.synapses = region.walks_targets ? in_columns : in_rows;
                cost = region.synapses * cost_of_filtering;
                break;
        }
        return cost;
    }

    SynapseOutlook& outlook_;
    Rewrite& rewrite_;
    const Pattern& pattern_;
    std::vector<const Sparse*> resting_;
};

/// The log of values that are updated in place.
[[nodiscard]] SynapseLog& log_of(Buffer& buffer, const PatternRef& pattern, std::size_t width) {
    SynapseLog* log = SynapseLog::of(buffer);
    if (log == nullptr || !log->fits(*pattern, width)) {
        static_cast<void>(buffer.data());
        buffer.keep_changes(std::make_unique<SynapseLog>(pattern, width));
        log = SynapseLog::of(buffer);
    }
    return *log;
}

/// The rows of a region that crosses them, which are updated now; its columns wait.
[[nodiscard]] SynapseRegion rows_of(const SynapseRegion& region) {
    SynapseRegion rows;
    rows.shape = SynapseRegion::Shape::rows;
    if (region.shape == SynapseRegion::Shape::cross) {
        rows.sources = region.sources;
    }
    rows.synapses = region.synapses_in_rows;
    return rows;
}

/// Updates the synapses of the region's sources now, and those of its targets later.
void run_rows_first(const Graph& graph, const kernel::Recipe::Step& step, SynapseRegion& region,
                    SynapseLog& log, Buffer& buffer) {
    const SynapseRegion rows = rows_of(region);
    log.catch_up(buffer.memory(), rows.sources);
    const SynapseBlocks blocks(graph, step, log.pattern(), buffer.memory());
    static_cast<void>(blocks.run(rows, false));
    log.append(graph, step, region);
    region.synapses = rows.synapses;
    buffer.set_behind(log.pending() > 0);
    if (log.is_full()) {
        static_cast<void>(buffer.data());
    }
}

/// Makes what is pending for the synapses that a kernel is about to change.
void catch_up(const Buffer& buffer, const Pattern& pattern, const SynapseRegion& region) {
    using Shape = SynapseRegion::Shape;
    if (region.shape == Shape::rows || region.shape == Shape::pairs) {
        const auto layout = events::RowLayout::of(pattern);
        static_cast<void>(events::with_rows(buffer, layout, region.sources));
    } else {
        static_cast<void>(buffer.data());
    }
}

/// The values again, for a result that must not be written over them.
[[nodiscard]] Ref<Buffer> copied(const Node& values) {
    const auto bytes = static_cast<std::size_t>(values.shape.product()) * size_of(values.dtype);
    Ref<Buffer> copy = Buffer::allocate(bytes);
    std::memcpy(copy->data(), values.value().buffer->data(), bytes);
    return copy;
}

}  // namespace

bool CompiledExecutor::can_postpone(const Graph& graph, const Step& step,
                                    const SynapseRegion& region, const Buffer& buffer) const {
    const bool crosses = region.shape == SynapseRegion::Shape::cross ||
                         region.shape == SynapseRegion::Shape::columns;
    if (!crosses || region.targets.empty() || buffer.bytes() < options_.postpone_above ||
        !SynapseLog::can_keep(graph, step)) {
        return false;
    }
    SynapseLog* log = SynapseLog::of(buffer);
    return log == nullptr || log->is_patient();
}

bool CompiledExecutor::run_synapse_update(const Graph& graph, Step& step) {
    const Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    Rewrite& rewrite = *step.rewrite;
    for (const std::uint32_t k : rewrite.vectors) {
        settle_inputs(graph.at(fusion.operands[k].source));
    }
    const Node& values = graph.at(rewrite.matrix);
    const PatternRef& pattern =
        graph.at(fusion.operands[rewrite.vectors.front()].source).attribute<SparseAttr>().pattern;
    SynapseOutlook outlook(graph, fusion, rewrite);
    outlook.note_result();
    static thread_local SynapseRegion region;
    if (step.function == nullptr || !kernel::is_plain(values) ||
        !SynapseFinder(outlook, rewrite, *pattern).find(region)) {
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
        rewrite.tell([&] { return rewrite.outcome + "; " + events::copied_first(values); });
    }
    Node& changed = graph.node(fusion.results.front().node);
    const Value result{in_place ? values.value().buffer : copied(values), 0,
                       contiguous_strides(changed.shape)};
    counters().donated += in_place ? 1 : 0;
    Buffer& buffer = *result.buffer;
    if (in_place && can_postpone(graph, step, region, buffer) &&
        (!outlook.needs_a_look() || outlook.look_again())) {
        run_rows_first(graph, step, region, log_of(buffer, pattern, size_of(changed.dtype)),
                       buffer);
        rewrite.tell(
            [&] { return rewrite.outcome + "; targets wait until a source's row is read"; });
    } else {
        catch_up(buffer, *pattern, region);
        const Facts old = outlook.old_facts();
        const SynapseBlocks blocks(graph, step, *pattern, buffer.memory());
        if (const std::optional<Facts> found = blocks.run(region, old.is_known)) {
            changed.facts = std::make_unique<Facts>(events::joined(old, *found));
        }
    }
    ++counters().kernels;
    ++counters().rewritten;
    counters().fused += step.nodes.size();
    counters().touched += static_cast<std::uint64_t>(region.synapses);
    changed.settle(result);
    return true;
}

}  // namespace monnto::cpu
