#include "interpretation.hpp"
#include "outlook.hpp"
#include "scan.hpp"

#include <algorithm>

namespace monnto::events {
namespace {

[[nodiscard]] Facts facts_from(const Bounds& bounds) noexcept {
    return {.low = bounds.low,
            .high = bounds.high,
            .may_be_nan = bounds.may_be_nan,
            .may_be_negative_zero = bounds.may_be_negative_zero,
            .is_known = true};
}

[[nodiscard]] bool is_known(const Node& node) noexcept {
    return node.facts != nullptr && node.facts->is_known;
}

}  // namespace

Outlook::Outlook(const kernel::Graph& graph, const kernel::Fusion& fusion, Rewrite& rewrite)
    : graph_(graph),
      fusion_(fusion),
      rewrite_(rewrite),
      inputs_(rewrite.workspace.inputs),
      numbers_(rewrite.workspace.numbers),
      values_(rewrite.workspace.values),
      memo_(rewrite.memo) {
    bound_inputs();
    bound_matrix();
}

Node& Outlook::source_of(std::uint32_t operand) const {
    return graph_.at(fusion_.operands[operand].source);
}

/// Vectors cost little to look at; matrices have facts or have none.
void Outlook::bound_inputs() {
    inputs_.clear();
    for (std::uint32_t k = 0; k < fusion_.operands.size(); ++k) {
        Node& source = source_of(k);
        const bool is_small = source.shape.product() <= fusion_.rows + fusion_.columns;
        const bool looks = is_small && is_float(source.dtype);
        inputs_.push_back(looks              ? bounds_of(looked_up(source), source.dtype)
                          : is_known(source) ? bounds_of(*source.facts, source.dtype)
                                             : any_of(source.dtype));
    }
    numbers_.clear();
    for (const std::uint32_t number : fusion_.numbers) {
        const Node& node = graph_.node(number);
        numbers_.push_back(bounds_of(node.attribute<ConstantAttr>().value, node.dtype));
    }
}

void Outlook::bound_matrix() {
    if (rewrite_.can_restrict) {
        inputs_[rewrite_.operand].is_old = true;
        const Node& matrix = source_of(rewrite_.operand);
        old_ = is_known(matrix) ? *matrix.facts : Facts{};
    }
    if (inputs_ != memo_.inputs || numbers_ != memo_.numbers) {
        memo_.inputs = inputs_;
        memo_.numbers = numbers_;
        memo_.results.clear();
        memo_.answers.clear();
    }
}

void Outlook::interpret_program() {
    interpret(fusion_.program, inputs_, numbers_, fusion_.program.outputs.front().dtype, values_);
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
    if (memo_.results.empty() && !fusion_.results.empty()) {
        interpret_program();
        for (const kernel::Output& output : fusion_.program.outputs) {
            memo_.results.push_back(values_[output.value]);
        }
    }
    for (std::size_t k = 0; k < fusion_.results.size(); ++k) {
        const Node& node = graph_.node(fusion_.results[k].node);
        if (node.shape.size() > 1) {
            const bool tells = is_float(node.dtype) && memo_.results[k].is_finite();
            note(fusion_.results[k], tells ? facts_from(memo_.results[k]) : Facts{});
        }
    }
}

bool Outlook::is_unchanged(std::span<const Sparse* const> at_rest) {
    std::uint64_t set = 0;
    for (const Sparse* vector : at_rest) {
        set |= std::uint64_t{1} << (2 * vector->operand + static_cast<std::uint32_t>(vector->rest));
    }
    const auto known =
        std::ranges::find(memo_.answers, set, &std::pair<std::uint64_t, bool>::first);
    if (known == memo_.answers.end()) {
        memo_.answers.emplace_back(set, prove_unchanged(at_rest));
        return memo_.answers.back().second;
    }
    return known->second;
}

bool Outlook::prove_unchanged(std::span<const Sparse* const> at_rest) {
    for (const Sparse* vector : at_rest) {
        const auto rest = static_cast<double>(vector->rest);
        inputs_[vector->operand] = {.low = rest, .high = rest};
    }
    interpret_program();
    for (const Sparse* vector : at_rest) {
        inputs_[vector->operand] = memo_.inputs[vector->operand];
    }
    return values_[fusion_.program.outputs.front().value].is_old;
}

bool Outlook::look_at_matrices() {
    bool found = false;
    for (std::uint32_t k = 0; k < fusion_.operands.size(); ++k) {
        Node& source = source_of(k);
        const bool is_matrix = fusion_.operands[k].row != 0 && fusion_.operands[k].column != 0;
        if (is_matrix && !is_known(source) && can_carry(source)) {
            inputs_[k] = bounds_of(looked_up(source), source.dtype);
            found = found || is_known(source);
        }
    }
    bound_matrix();
    if (found) {
        note_results();
    }
    return found;
}

bool Outlook::needs_a_look() const {
    const Node& changed = graph_.node(fusion_.results.front().node);
    const bool is_real = changed.dtype == DType::f32 || changed.dtype == DType::f64;
    if (!is_real || !old_.is_known) {
        return false;
    }
    return !is_known(changed) ||
           (changed.facts->may_be_negative_zero && !old_.may_be_negative_zero);
}

void Outlook::note_changed(const Facts& found) {
    note(fusion_.results.front(), joined(old_, found));
}

}  // namespace monnto::events
