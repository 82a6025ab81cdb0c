#include "interpretation.hpp"
#include "rewrite.hpp"
#include "scan.hpp"
#include "update.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace monnto::events {
namespace {

/// What reading, computing and writing back an element by its index costs, in elements of a stream.
constexpr std::ptrdiff_t cost_of_picking = 8;

[[nodiscard]] Facts facts_from(const Bounds& bounds) noexcept {
    return {.low = bounds.low,
            .high = bounds.high,
            .may_be_nan = bounds.may_be_nan,
            .may_be_negative_zero = bounds.may_be_negative_zero,
            .is_known = true};
}

/// Of two ascending lists what is in both.
void intersect(std::vector<std::int32_t>& list, const std::vector<std::int32_t>& other) {
    const auto end =
        std::ranges::set_intersection(list, other, list.begin()).out;  // writes behind its reading
    list.erase(end, list.end());
}

}  // namespace

Outlook::Outlook(const kernel::Graph& graph, const kernel::Fusion& fusion, Rewrite& rewrite)
    : graph_(graph), fusion_(fusion), rewrite_(rewrite) {
    bound_inputs();
}

Node& Outlook::source_of(std::uint32_t operand) const {
    return graph_.at(fusion_.operands[operand].source);
}

void Outlook::bound_inputs() {
    for (std::uint32_t k = 0; k < fusion_.operands.size(); ++k) {
        Node& source = source_of(k);
        const bool is_small = source.shape.product() <= fusion_.rows + fusion_.columns;
        if (is_small && is_float(source.dtype)) {
            inputs_.push_back(bounds_of(looked_up(source), source.dtype));
        } else {
            inputs_.push_back(source.facts != nullptr ? bounds_of(*source.facts, source.dtype)
                                                      : any_of(source.dtype));
        }
    }
    for (const std::uint32_t number : fusion_.numbers) {
        const Node& node = graph_.node(number);
        numbers_.push_back(bounds_of(node.attribute<ConstantAttr>().value, node.dtype));
    }
}

void Outlook::run(std::vector<Bounds>& values) const {
    interpret(fusion_.program, inputs_, numbers_, fusion_.program.outputs.front().dtype, values);
}

/// A result that may take over a matrix takes over its history.
void Outlook::note(const kernel::Result& result, Facts facts) {
    for (const std::uint32_t donor : result.donors) {
        if (const Facts* history = source_of(donor).facts.get(); history != nullptr) {
            facts.crossings = std::max(facts.crossings, history->crossings);
            facts.wants_turning = facts.wants_turning || history->wants_turning;
        }
    }
    if (facts.is_known || facts.crossings > 0) {
        graph_.node(result.node).facts = std::make_unique<Facts>(facts);
    }
}

void Outlook::note_results() {
    if (fusion_.results.empty()) {
        return;
    }
    run(values_);
    for (std::size_t k = 0; k < fusion_.results.size(); ++k) {
        const Node& node = graph_.node(fusion_.results[k].node);
        const Bounds& bounds = values_[fusion_.program.outputs[k].value];
        if (node.shape.size() > 1) {
            const bool tells = is_float(node.dtype) && bounds.is_finite();
            note(fusion_.results[k], tells ? facts_from(bounds) : Facts{});
        }
    }
}

bool Outlook::is_unchanged_where(std::uint32_t vector, int rest) {
    const Bounds kept = inputs_[vector];
    inputs_[vector] = {.low = static_cast<double>(rest), .high = static_cast<double>(rest)};
    run(values_);
    inputs_[vector] = kept;
    return values_[fusion_.program.outputs.front().value].is_old;
}

/// Matrices that nothing is known about, looked at once; whether that brought anything.
bool Outlook::look_at_matrices() {
    bool found = false;
    for (std::uint32_t k = 0; k < fusion_.operands.size(); ++k) {
        Node& source = source_of(k);
        const bool is_known = source.facts != nullptr && source.facts->is_known;
        const bool is_matrix = fusion_.operands[k].row != 0 && fusion_.operands[k].column != 0;
        if (is_matrix && !is_known && can_carry(source)) {
            const bool was_old = inputs_[k].is_old;
            inputs_[k] = bounds_of(looked_up(source), source.dtype);
            inputs_[k].is_old = was_old;
            found = found || (source.facts != nullptr && source.facts->is_known);
        }
    }
    return found;
}

void Outlook::restrict(Region& region, std::uint32_t vector, int rest) const {
    const kernel::Operand& operand = fusion_.operands[vector];
    const bool along_rows = operand.column == 0;
    const Value& value = source_of(vector).value();
    const auto width = static_cast<std::ptrdiff_t>(size_of(operand.dtype));
    static thread_local std::vector<std::int32_t> events;
    find_events(
        {operand.dtype, value.buffer->data() + (value.offset + operand.offset) * width,
         along_rows ? operand.row : operand.column, along_rows ? fusion_.rows : fusion_.columns},
        rest, events);
    bool& has_all = along_rows ? region.has_all_rows : region.has_all_columns;
    std::vector<std::int32_t>& list = along_rows ? region.rows : region.columns;
    if (has_all) {
        list = events;
        has_all = false;
    } else {
        intersect(list, events);
    }
}

bool Outlook::prove(Region& region) {
    region.has_all_rows = region.has_all_columns = true;
    region.rows.clear();
    region.columns.clear();
    bool proven = false;
    for (const std::uint32_t vector : rewrite_.vectors) {
        for (const int rest : {0, 1}) {  // factors rest at 1
            if (is_unchanged_where(vector, rest)) {
                restrict(region, vector, rest);
                proven = true;
                break;
            }
        }
    }
    return proven;
}

/// Rows alone lie in one piece; columns are picked one by one.
bool Outlook::is_worth_it(Region& region) const {
    const std::ptrdiff_t rows =
        region.has_all_rows ? fusion_.rows : static_cast<std::ptrdiff_t>(region.rows.size());
    const std::ptrdiff_t columns = region.has_all_columns
                                       ? fusion_.columns
                                       : static_cast<std::ptrdiff_t>(region.columns.size());
    if (!region.has_all_columns && columns * cost_of_picking > fusion_.columns) {
        region.has_all_columns = true;
        region.columns.clear();
    }
    region.elements = rows * (region.has_all_columns ? fusion_.columns : columns);
    const std::ptrdiff_t cost = region.elements * (region.has_all_columns ? 1 : cost_of_picking);
    return cost < fusion_.rows * fusion_.columns;
}

bool Outlook::find_region(Region& region) {
    Node& matrix = source_of(rewrite_.operand);
    if (!can_carry(matrix)) {
        rewrite_.tell([] { return "plain: the matrix is exported, so nothing is known about it"; });
        return false;
    }
    old_ = matrix.facts != nullptr ? *matrix.facts : Facts{};
    inputs_[rewrite_.operand].is_old = true;
    bool proven = prove(region);
    if (!proven && rewrite_.patience.asks() && look_at_matrices()) {
        proven = prove(region);
        old_ = matrix.facts != nullptr ? *matrix.facts : Facts{};
        note_results();
    }
    if (!proven) {
        rewrite_.tell([] { return "plain: elements may change where every vector is 0"; });
        return false;
    }
    rewrite_.patience.succeed();
    const bool worth_it = is_worth_it(region);
    rewrite_.tell([&] {
        return worth_it ? fmt::format(
                              "events: {} of {} rows, {} of {} columns",
                              region.has_all_rows ? fusion_.rows : region.rows.size(), fusion_.rows,
                              region.has_all_columns ? fusion_.columns : region.columns.size(),
                              fusion_.columns)
                        : "plain: too many events";
    });
    return worth_it;
}

bool Outlook::needs_a_look() const {
    const Node& changed = graph_.node(fusion_.results.front().node);
    const bool is_real = changed.dtype == DType::f32 || changed.dtype == DType::f64;
    if (!is_real || !old_.is_known) {
        return false;
    }
    if (changed.facts == nullptr || !changed.facts->is_known) {
        return true;
    }
    return changed.facts->may_be_negative_zero && !old_.may_be_negative_zero;
}

void Outlook::note_changed(const Facts& found) {
    note(fusion_.results.front(), joined(old_, found));
}

}  // namespace monnto::events
