#include "interpretation.hpp"
#include "outlook.hpp"
#include "scan.hpp"

#include <algorithm>
#include <limits>

namespace monnto::events {
namespace {

[[nodiscard]] Facts facts_from(const Bounds& bounds) noexcept {
    return {.low = bounds.low,
            .high = bounds.high,
            .may_be_nan = bounds.may_be_nan,
            .may_be_negative_zero = bounds.may_be_negative_zero,
            .is_known = true};
}

/// Of one axis, whatever axes of one element it has beside that. Kernels that walk a matrix as one
/// long row have operands as long as their row that are none.
[[nodiscard]] bool is_vector(const Node& node) noexcept {
    return std::ranges::count_if(node.shape, [](auto extent) { return extent > 1; }) <= 1;
}

/// The smallest number above zero.
[[nodiscard]] double smallest_of(DType dtype) noexcept {
    switch (dtype) {
        case DType::f16:
            return 0x1p-24;
        case DType::bf16:
            return 0x1p-133;
        case DType::f32:
            return static_cast<double>(std::numeric_limits<float>::denorm_min());
        default:
            return std::numeric_limits<double>::denorm_min();
    }
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
        const bool looks = is_small && is_vector(source) && is_float(source.dtype);
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
        if (!is_beside_matrix(rewrite_.operand)) {  // its transpose
            old_.zeros_of = 0;
        }
    }
    const bool has_other_masks = meets_other_masks();
    if (has_other_masks || inputs_ != memo_.inputs || numbers_ != memo_.numbers ||
        old_.zeros_of != memo_.zeros_of) {
        memo_.zeros_of = old_.zeros_of;
        memo_.inputs = inputs_;
        memo_.numbers = numbers_;
        memo_.results.clear();
        memo_.answers.clear();
    }
}

/// Whether other masks are known than those that the memo is about; it is then about these.
bool Outlook::meets_other_masks() {
    bool differs = memo_.masks.size() != rewrite_.others.size();
    memo_.masks.resize(rewrite_.others.size());
    for (std::size_t k = 0; k < rewrite_.others.size(); ++k) {
        const std::uint64_t mask = known_mask_at(rewrite_.others[k]);
        differs = differs || memo_.masks[k] != mask;
        memo_.masks[k] = mask;
    }
    return differs;
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
    facts.zeros_of = memo_.zeros.mask;
    facts.zeros_may_be_negative = memo_.zeros.may_be_negative;
    if (facts.is_known || facts.crossings > 0 || facts.zeros_of != 0) {
        graph_.node(result.node).facts = std::make_unique<Facts>(facts);
    }
}

void Outlook::note_results() {
    if (memo_.results.empty() && !fusion_.results.empty()) {
        interpret_program();
        for (const kernel::Output& output : fusion_.program.outputs) {
            memo_.results.push_back(values_[output.value]);
        }
        memo_.zeros = found_zeros();
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
    const bool unchanged = keeps_all_cases();
    for (const Sparse* vector : at_rest) {
        inputs_[vector->operand] = memo_.inputs[vector->operand];
    }
    return unchanged;
}

/// Whether each element of the operand's source meets the matrix's element of the same row and
/// column: not so where `M.T` is read.
bool Outlook::is_beside_matrix(std::uint32_t operand) const {
    const kernel::Operand& read = fusion_.operands[operand];
    const Node& source = source_of(operand);
    const Node& result = graph_.node(fusion_.results.front().node);
    if (read.offset != 0 || source.shape != result.shape || source.shape.size() != 2) {
        return false;
    }
    const Strides& strides = source.value().strides;
    if (fusion_.program.has_rows) {
        const auto [row, column] = fusion_.is_turned ? std::pair(strides[1], strides[0])
                                                     : std::pair(strides[0], strides[1]);
        return read.row == row && read.column == column;
    }
    return strides ==
           (fusion_.is_turned ? turned_strides(source.shape) : contiguous_strides(source.shape));
}

/// The number of the mask that an operand is the whole of; 0 where it is none.
std::uint64_t Outlook::mask_at(std::uint32_t operand) const {
    return is_beside_matrix(operand) ? mask_of(source_of(operand)) : 0;
}
std::uint64_t Outlook::known_mask_at(std::uint32_t operand) const {
    return is_beside_matrix(operand) ? known_mask_of(source_of(operand)) : 0;
}

/// Whether elements with these bounds keep their bits, other operands being what they are now.
bool Outlook::keeps(const Bounds& matrix) {
    Bounds& input = inputs_[rewrite_.operand];
    const Bounds before = input;
    input = matrix;
    input.is_old = true;
    interpret_program();
    input = before;
    const Bounds& result = values_[fusion_.program.outputs.front().value];
    const bool is_same_zero = matrix.is_zero() && !matrix.may_be_negative_zero &&
                              result.is_zero() && !result.may_be_negative_zero;
    return result.is_old || is_same_zero;
}

/// The same, where need be for numbers below, at and above 0 by themselves: `W * (W > 0)`.
bool Outlook::keeps_around_zero(const Bounds& matrix) {
    if (keeps(matrix)) {
        return true;
    }
    const bool has_zero = matrix.low <= 0.0 && matrix.high >= 0.0;
    if (!has_zero || matrix.may_be_nan || matrix.may_be_negative_zero || matrix.is_zero()) {
        return false;
    }
    const double tiny = smallest_of(fusion_.program.outputs.front().dtype);
    return keeps({.low = 0.0, .high = 0.0}) &&
           (matrix.high == 0.0 || keeps({.low = tiny, .high = matrix.high})) &&
           (matrix.low == 0.0 || keeps({.low = matrix.low, .high = -tiny}));
}

/// The same, by what a mask is, whose zeros are known to be zeros of the matrix.
bool Outlook::keeps_all_cases() {
    const Bounds matrix = inputs_[rewrite_.operand];
    if (keeps_around_zero(matrix)) {
        return true;
    }
    for (const std::uint32_t other : rewrite_.others) {
        if (old_.zeros_of == 0 || known_mask_at(other) != old_.zeros_of) {
            continue;
        }
        const Bounds before = inputs_[other];
        inputs_[other] = {.low = 1.0, .high = 1.0};
        bool unchanged = keeps_around_zero(matrix);
        inputs_[other] = {.low = 0.0, .high = 0.0};
        unchanged =
            unchanged &&
            keeps({.low = 0.0, .high = 0.0, .may_be_negative_zero = old_.zeros_may_be_negative});
        inputs_[other] = before;
        if (unchanged) {
            return true;
        }
    }
    return false;
}

/// Whether the first result is 0 wherever some mask is.
ZerosOf Outlook::found_zeros() {
    if (!rewrite_.can_restrict) {
        return {};
    }
    const Bounds matrix = inputs_[rewrite_.operand];
    ZerosOf found;
    if (old_.zeros_of != 0) {  // decay, clipping: zeros stay what they are without a mask
        inputs_[rewrite_.operand] = {
            .low = 0.0, .high = 0.0, .may_be_negative_zero = old_.zeros_may_be_negative};
        interpret_program();
        inputs_[rewrite_.operand] = matrix;
        const Bounds& result = values_[fusion_.program.outputs.front().value];
        if (result.is_zero()) {
            found = {old_.zeros_of, result.may_be_negative_zero};
        }
    }
    for (const std::uint32_t other : rewrite_.others) {
        const std::uint64_t mask = mask_at(other);
        if (mask == 0 || found.mask != 0) {
            continue;
        }
        const Bounds before = inputs_[other];
        inputs_[other] = {.low = 0.0, .high = 0.0};
        if (mask == old_.zeros_of) {
            inputs_[rewrite_.operand] = {
                .low = 0.0, .high = 0.0, .may_be_negative_zero = old_.zeros_may_be_negative};
        }
        interpret_program();
        inputs_[rewrite_.operand] = matrix;
        inputs_[other] = before;
        const Bounds& result = values_[fusion_.program.outputs.front().value];
        if (result.is_zero()) {
            found = {mask, result.may_be_negative_zero};
        }
    }
    return found;
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
    if (!is_float(changed.dtype) || !old_.is_known) {
        return false;
    }
    return !is_known(changed) ||
           (changed.facts->may_be_negative_zero && !old_.may_be_negative_zero);
}

bool Outlook::look_again() {
    Node& matrix = source_of(rewrite_.operand);
    if (!is_known(matrix) || !can_carry(matrix) || !rewrite_.patience.asks()) {
        return false;
    }
    rewrite_.looked_at = 0;
    matrix.facts->is_known = false;
    inputs_[rewrite_.operand] = bounds_of(looked_up(matrix), matrix.dtype);
    bound_matrix();
    graph_.node(fusion_.results.front().node).facts.reset();
    note_results();
    if (needs_a_look()) {
        return false;
    }
    rewrite_.patience.succeed();
    return true;
}

void Outlook::note_unchanged() {
    memo_.zeros = {old_.zeros_of, old_.zeros_may_be_negative};
    note(fusion_.results.front(), old_);
}

void Outlook::note_changed(const Facts& found) {
    note(fusion_.results.front(), joined(old_, found));
}

}  // namespace monnto::events
