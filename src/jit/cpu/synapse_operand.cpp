#include "events/rewrite.hpp"
#include "reference/operand.hpp"
#include "synapse_operand.hpp"

#include <monnto/array/buffer.hpp>
#include <monnto/array/pattern.hpp>

#include <algorithm>

namespace monnto::cpu {

SynapseOperand synapse_operand(const kernel::Graph& graph, const kernel::Recipe::Step& step,
                               std::size_t k) {
    using Varies = SynapseOperand::Varies;
    const kernel::Fusion& fusion = *step.fusion;  // NOLINT(bugprone-unchecked-optional-access)
    const kernel::Operand& operand = fusion.operands[k];
    const std::size_t width = size_of(operand.dtype);
    if (k == step.rewrite->operand) {
        return {Varies::by_position, width, nullptr, operand.column};
    }
    const Node& node = graph.at(operand.source);
    if (std::ranges::count(step.rewrite->vectors, k) != 0) {
        const reference::Operand vector = reference::operand(*node.inputs()[0]);
        const bool by_source = node.attribute<SparseAttr>().side == Side::source;
        return {by_source ? Varies::by_source : Varies::by_target, width, vector.data,
                vector.strides[0]};
    }
    const Value& value = node.value();
    const std::byte* first =
        value.buffer->data() + (value.offset + operand.offset) * static_cast<std::ptrdiff_t>(width);
    return {operand.column == 0 ? Varies::not_at_all : Varies::by_position, width, first,
            operand.column};
}

}  // namespace monnto::cpu
