#pragma once

#include "events/interpretation.hpp"
#include "events/rewrite.hpp"
#include "events/scan.hpp"
#include "program/graph.hpp"

#include <monnto/array/pattern.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

namespace monnto::cpu {

/// What is known before the kernel runs, and what follows for synapses whose vectors rest.
class SynapseOutlook {
public:
    SynapseOutlook(const kernel::Graph& graph, const kernel::Fusion& fusion,
                   events::Rewrite& rewrite)
        : graph_(graph), fusion_(fusion), rewrite_(rewrite) {
        bound(false);
    }

    [[nodiscard]] Node& source_of(std::uint32_t operand) const {
        return graph_.at(fusion_.operands[operand].source);
    }
    /// The vector that an operand spreads.
    [[nodiscard]] Node& vector_of(std::uint32_t operand) const {
        return *source_of(operand).inputs()[0];
    }
    [[nodiscard]] Side side_of(std::uint32_t operand) const {
        return source_of(operand).attribute<SparseAttr>().side;
    }

    /// Facts of the result, where they follow without looking.
    void note_result() {
        std::vector<events::Bounds>& values = rewrite_.workspace.values;
        interpret(values);
        const events::Bounds& result = values[fusion_.program.outputs.front().value];
        Node& changed = changed_node();
        if (is_float(changed.dtype) && result.is_finite()) {
            changed.facts =
                std::make_unique<Facts>(Facts{.low = result.low,
                                              .high = result.high,
                                              .may_be_nan = result.may_be_nan,
                                              .may_be_negative_zero = result.may_be_negative_zero,
                                              .is_known = true});
        }
    }
    /// Whether what is known of the old values would be lost if nobody looked at the new ones.
    [[nodiscard]] bool needs_a_look() const {
        const Facts* result = changed_node().facts.get();
        const bool is_known = result != nullptr && result->is_known;
        return old_.is_known &&
               (!is_known || (result->may_be_negative_zero && !old_.may_be_negative_zero));
    }
    /// Looks at the old values again, whose bounds may have grown from update to update; whether
    /// nobody has to look at the new ones then.
    [[nodiscard]] bool look_again() {
        Node& values = source_of(rewrite_.operand);
        if (!old_.is_known || !events::can_carry(values) || !rewrite_.patience.asks()) {
            return false;
        }
        values.facts->is_known = false;
        bound(true);
        changed_node().facts.reset();
        note_result();
        if (needs_a_look()) {
            return false;
        }
        rewrite_.patience.succeed();
        return true;
    }
    /// Looks at values that nothing is known about; whether that tells anything.
    [[nodiscard]] bool look() {
        Node& values = source_of(rewrite_.operand);
        if ((values.facts != nullptr && values.facts->is_known) || !events::can_carry(values) ||
            !rewrite_.patience.asks()) {
            return false;
        }
        bound(true);
        return true;
    }
    /// Whether a synapse provably keeps its bits where these vectors rest.
    [[nodiscard]] bool is_unchanged(const std::vector<const events::Sparse*>& at_rest) {
        std::vector<events::Bounds>& inputs = rewrite_.workspace.inputs;
        for (const events::Sparse* vector : at_rest) {
            const auto rest = static_cast<double>(vector->rest);
            inputs[vector->operand] = {.low = rest, .high = rest};
        }
        interpret(rewrite_.workspace.values);
        for (const events::Sparse* vector : at_rest) {
            inputs[vector->operand] = rewrite_.memo.inputs[vector->operand];
        }
        return rewrite_.workspace.values[fusion_.program.outputs.front().value].is_old;
    }
    [[nodiscard]] const Facts& old_facts() const noexcept { return old_; }

private:
    [[nodiscard]] Node& changed_node() const { return graph_.node(fusion_.results.front().node); }
    void interpret(std::vector<events::Bounds>& values) {
        events::interpret(fusion_.program, rewrite_.workspace.inputs, rewrite_.workspace.numbers,
                          fusion_.program.outputs.front().dtype, values);
    }

    [[nodiscard]] events::Bounds bounds_of_operand(std::uint32_t k, bool looks) const {
        const bool is_vector = std::ranges::find(rewrite_.vectors, k) != rewrite_.vectors.end();
        Node& node = is_vector ? vector_of(k) : source_of(k);
        const bool is_cheap = is_vector || node.shape.product() == 1;
        const bool is_asked = looks && k == rewrite_.operand;
        if (is_float(node.dtype) && (is_cheap || is_asked)) {
            return events::bounds_of(events::looked_up(node), node.dtype);
        }
        const bool is_known = node.facts != nullptr && node.facts->is_known;
        return is_known ? events::bounds_of(*node.facts, node.dtype) : events::any_of(node.dtype);
    }

    void bound(bool looks) {
        std::vector<events::Bounds>& inputs = rewrite_.workspace.inputs;
        inputs.clear();
        for (std::uint32_t k = 0; k < fusion_.operands.size(); ++k) {
            inputs.push_back(bounds_of_operand(k, looks));
        }
        inputs[rewrite_.operand].is_old = true;
        rewrite_.workspace.numbers.clear();
        for (const std::uint32_t number : fusion_.numbers) {
            const Node& node = graph_.node(number);
            rewrite_.workspace.numbers.push_back(
                events::bounds_of(node.attribute<ConstantAttr>().value, node.dtype));
        }
        rewrite_.memo.inputs = inputs;
        const Node& values = source_of(rewrite_.operand);
        old_ = values.facts != nullptr ? *values.facts : Facts{};
    }

    const kernel::Graph& graph_;
    const kernel::Fusion& fusion_;
    events::Rewrite& rewrite_;
    Facts old_;
};

}  // namespace monnto::cpu
