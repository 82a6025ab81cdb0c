#include "events/rewrite.hpp"
#include "rests.hpp"
#include "synapse_log.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/base/error.hpp>

#include <algorithm>
#include <cstring>

namespace monnto::cpu {
namespace {

using Varies = SynapseOperand::Varies;

[[nodiscard]] const std::byte* element(const SynapseOperand& operand, std::ptrdiff_t at) noexcept {
    return operand.from + at * operand.step * static_cast<std::ptrdiff_t>(operand.width);
}
[[nodiscard]] std::uint64_t bits_of(const std::byte* element, std::size_t width) noexcept {
    std::uint64_t bits = 0;
    std::memcpy(&bits, element, width);
    return bits;
}

/// The bits that a vector has for all sources but those listed, whose rows were updated.
[[nodiscard]] std::optional<std::uint64_t> bits_outside(const SynapseOperand& operand,
                                                        std::ptrdiff_t count,
                                                        const std::vector<std::int32_t>& list) {
    const std::ptrdiff_t first = first_outside(list);
    if (first >= count) {
        return 0;
    }
    return rest_outside({operand.from, operand.width, operand.step, count}, list)
               ? std::optional(bits_of(element(operand, first), operand.width))
               : std::nullopt;
}

/// What truth values of targets with events are, where they agree: numbers may agree by chance.
[[nodiscard]] std::optional<std::uint64_t> truth_within(const SynapseOperand& operand,
                                                        const std::vector<std::int32_t>& list) {
    if (operand.width != sizeof(bool)) {
        return std::nullopt;
    }
    const std::byte first = *element(operand, list.front());
    const bool agrees = std::ranges::all_of(
        list, [&](std::int32_t target) { return *element(operand, target) == first; });
    return agrees ? std::optional(static_cast<std::uint64_t>(first)) : std::nullopt;
}

}  // namespace

bool SynapseLog::can_keep(const kernel::Graph& graph, const kernel::Recipe::Step& step) {
    const kernel::Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    for (std::size_t k = 0; k < fusion.operands.size(); ++k) {
        if (k != step.rewrite->operand &&
            synapse_operand(graph, step, k).varies == Varies::by_position) {
            return false;
        }
    }
    return true;
}

bool SynapseLog::is_full() const noexcept {
    constexpr std::size_t bytes_of_event = 16;
    const bool has_many_events =
        count_ * bytes_of_event > static_cast<std::size_t>(pattern_->size()) * width_ / 2 + 4096;
    return has_many_events || rules_.size() > most_rules ||
           std::ranges::any_of(rules_,
                               [&](const Rule& rule) { return rule.first_events.size() >= most_; });
}

void SynapseLog::Events::resize(std::size_t count) {
    before.resize(count);
    number.resize(count);
    rule.resize(count);
}

/// Updates of equal descriptions differ in elements of vectors only.
void SynapseLog::describe(const kernel::Graph& graph, const kernel::Recipe::Step& step,
                          const std::vector<SynapseOperand>& operands,
                          const SynapseRegion& region) {
    description_.assign(1, reinterpret_cast<std::uint64_t>(step.function));
    for (const std::uint32_t number : step.fusion->numbers) {  // NOLINT: checked by callers
        graph.node(number).attribute<ConstantAttr>().value.store(&description_.emplace_back(0));
    }
    for (const SynapseOperand& operand : operands) {
        std::optional<std::uint64_t> constant;
        if (operand.varies == Varies::not_at_all) {
            constant = bits_of(operand.from, operand.width);
        } else if (operand.varies == Varies::by_source) {
            constant = bits_outside(operand, pattern_->sources(), region.sources);
        } else if (operand.varies == Varies::by_target) {
            constant = truth_within(operand, region.targets);
        }
        description_.push_back(constant ? 1 : 0);
        description_.push_back(constant.value_or(0));
    }
}

SynapseLog::Rule& SynapseLog::rule_for(const kernel::Recipe::Step& step,
                                       const std::vector<SynapseOperand>& operands) {
    const auto found = std::ranges::find(rules_, description_, &Rule::description);
    if (found != rules_.end()) {
        return *found;
    }
    const kernel::Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    const kernel::Layout& layout = *step.layout;  // NOLINT(bugprone-unchecked-optional-access)
    const auto index = [](int at) { return static_cast<std::size_t>(at); };
    Rule& rule = rules_.emplace_back();
    rule.description = description_;
    rule.function = step.function;
    rule.words = step.arguments;
    rule.output = index(layout.output(0));
    for (std::size_t k = 0; k < fusion.numbers.size(); ++k) {
        rule.words[index(layout.number(k))] = description_[1 + k];
    }
    const std::uint64_t* constant = description_.data() + 1 + fusion.numbers.size();
    for (std::size_t k = 0; k < operands.size(); ++k, constant += 2) {
        Input& input = rule.inputs.emplace_back();
        input.kind = Input::kind_of(operands[k], constant[0] != 0);
        input.width = operands[k].width;
        input.word = index(layout.input(k));
        if (fusion.program.inputs[k].step == kernel::Step::any) {
            input.stride = index(layout.input_column(k));
        }
        if (constant[0] != 0) {
            input.elements.resize(sizeof(std::uint64_t));
            std::memcpy(input.elements.data(), constant + 1, sizeof(std::uint64_t));
        } else if (input.kind == Input::Kind::by_row) {
            input.history.emplace(pattern_->sources(), input.width, most_);
        } else if (input.kind == Input::Kind::by_event) {
            input.latest.resize(last_.size() * input.width);
        }
    }
    return rule;
}

SynapseLog::Input::Kind SynapseLog::Input::kind_of(const SynapseOperand& operand,
                                                   bool is_constant) {
    switch (operand.varies) {
        case Varies::not_at_all:
            return Kind::single;
        case Varies::by_position:
            return Kind::values;
        case Varies::by_source:
            return is_constant ? Kind::constant : Kind::by_row;
        case Varies::by_target:
            return is_constant ? Kind::constant : Kind::by_event;
    }
    throw InternalError("SynapseLog: an operand that varies in an unknown way");
}

void SynapseLog::append(const kernel::Graph& graph, const kernel::Recipe::Step& step,
                        const SynapseRegion& region) {
    if (region.targets.empty()) {
        return;
    }
    static thread_local std::vector<SynapseOperand> operands;
    operands.clear();
    for (std::size_t k = 0; k < step.fusion->operands.size(); ++k) {  // NOLINT: checked by callers
        operands.push_back(synapse_operand(graph, step, k));
    }
    describe(graph, step, operands, region);
    Rule& rule = rule_for(step, operands);
    const auto number = static_cast<std::uint32_t>(rule.first_events.size());
    rule.first_events.push_back(static_cast<std::uint32_t>(count_));
    for (std::size_t k = 0; k < operands.size(); ++k) {
        keep(rule.inputs[k], operands[k], region.targets);
    }
    const auto rule_index = static_cast<std::uint8_t>(&rule - rules_.data());
    kept_.resize(count_ + region.targets.size());
    for (const std::int32_t each : region.targets) {
        const auto target = static_cast<std::size_t>(each);
        latest_.before[target] = kept_.before[count_] = last_[target];
        latest_.number[target] = kept_.number[count_] = number;
        latest_.rule[target] = kept_.rule[count_] = rule_index;
        last_[target] = static_cast<std::uint32_t>(++count_);
    }
    if (region.shape == SynapseRegion::Shape::cross) {
        for (const std::int32_t source : region.sources) {
            seen_[static_cast<std::size_t>(source)] = static_cast<std::uint32_t>(count_);
        }
    }
    ++updates_;
    ++counters().postponed;
}

void SynapseLog::keep(Input& input, const SynapseOperand& operand,
                      const std::vector<std::int32_t>& targets) const {
    if (input.kind == Input::Kind::by_row) {
        input.history->append(operand.from, operand.step);  // NOLINT: made with the kind
    } else if (input.kind == Input::Kind::by_event) {
        input.elements.resize((count_ + targets.size()) * input.width);
        std::byte* to = input.elements.data() + count_ * input.width;
        for (const std::int32_t target : targets) {
            std::byte* latest =
                input.latest.data() + static_cast<std::size_t>(target) * input.width;
            std::memcpy(to, element(operand, target), input.width);
            std::memcpy(latest, to, input.width);
            to += input.width;
        }
    }
}

}  // namespace monnto::cpu
