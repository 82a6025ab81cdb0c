#include "tape_difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <variant>
#include <vector>

namespace monnto {
namespace {

/// Attributes that a replay would repeat: all but the step of draws.
[[nodiscard]] bool repeats(const Attributes& a, const Attributes& b) {
    const auto* draw = std::get_if<RandomAttr>(&a);
    const auto* other = std::get_if<RandomAttr>(&b);
    if (draw == nullptr || other == nullptr) {
        return a == b;
    }
    RandomAttr moved = *draw;
    moved.position.step = other->position.step;
    return moved == *other;
}

[[nodiscard]] std::string difference(const Node& before, const Node& now) {
    if (before.op == Op::constant && now.op == Op::constant && before.shape == now.shape) {
        return fmt::format(
            "a number changes from iteration to iteration ({} became {}): keep it "
            "in an array, or leave the behavior dynamic",
            before.attribute<ConstantAttr>().value.as_double(),
            now.attribute<ConstantAttr>().value.as_double());
    }
    return fmt::format(
        "its operations change from iteration to iteration ({} of shape {} was {} "
        "of shape {})",
        name_of(now.op), now.shape.to_string(), name_of(before.op), before.shape.to_string());
}

}  // namespace

std::string first_difference(const Tape& before, const Tape& now) {
    const std::size_t common = std::min(before.nodes.size(), now.nodes.size());
    std::ptrdiff_t input = 0;  // the first of the node's, in both tapes
    for (std::size_t i = 0; i < common; ++i) {
        const Node& a = *before.nodes[i];
        const Node& b = *now.nodes[i];
        const auto inputs = static_cast<std::ptrdiff_t>(b.inputs().size());
        const auto was = before.inputs.begin() + input;
        const auto is = now.inputs.begin() + input;
        input += inputs;
        const bool is_same = a.op == b.op && a.dtype == b.dtype && a.shape == b.shape &&
                             a.inputs().size() == b.inputs().size() &&
                             repeats(a.attributes, b.attributes) &&
                             std::equal(is, is + inputs, was);
        if (!is_same) {
            return difference(a, b);
        }
    }
    if (before.nodes.size() == now.nodes.size() && before.wanted != now.wanted) {
        std::vector<std::uint32_t> other;
        std::ranges::set_symmetric_difference(before.wanted, now.wanted, std::back_inserter(other));
        const std::uint32_t first = other.empty() ? 0 : other.front();
        return fmt::format("somebody holds the result of {} of shape {} in one of two iterations",
                           name_of(now.nodes[first]->op), now.nodes[first]->shape.to_string());
    }
    if (before.nodes.size() != now.nodes.size()) {
        return fmt::format("it records {} operations now and recorded {} before", now.nodes.size(),
                           before.nodes.size());
    }
    return {};
}

}  // namespace monnto
