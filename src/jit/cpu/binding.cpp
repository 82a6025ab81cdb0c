#include "binding.hpp"

#include <bit>
#include <cstring>

namespace monnto::cpu {

using kernel::Fusion;
using kernel::Layout;

std::uint64_t work_of(const Fusion& fusion) noexcept {
    return static_cast<std::uint64_t>(fusion.rows) * static_cast<std::uint64_t>(fusion.columns) *
           fusion.program.code.size();
}

bool bind_draw(const Node& node, std::uint64_t* words, lane::PoissonTable& table) {
    const auto& attribute = node.attribute<RandomAttr>();
    std::memcpy(words, &attribute.position, sizeof(attribute.position));
    if (node.inputs().size() == 0) {
        return true;
    }
    const double parameter = node.inputs()[0]->attribute<ConstantAttr>().value.as_double();
    words[3] = std::bit_cast<std::uint64_t>(parameter);
    if (attribute.distribution == Distribution::bernoulli) {
        words[4] = lane::bernoulli_threshold(parameter);
        return true;
    }
    const bool has_table = parameter >= 0.0 && parameter <= lane::largest_table_rate;
    if (has_table) {
        table = lane::poisson_table(parameter);
        words[4] = reinterpret_cast<std::uint64_t>(&table);
    }
    return has_table;
}

void bind_inputs(const kernel::Graph& graph, const Fusion& fusion, const Layout& layout,
                 std::uint64_t* words, std::optional<std::uint32_t> behind) {
    for (std::size_t k = 0; k < fusion.operands.size(); ++k) {
        const kernel::Operand& operand = fusion.operands[k];
        const Value& value = graph.at(operand.source).value();
        const std::ptrdiff_t bytes =
            (value.offset + operand.offset) * static_cast<std::ptrdiff_t>(size_of(operand.dtype));
        const Buffer& buffer = *value.buffer;
        words[layout.input(k)] = address((k == behind ? buffer.memory() : buffer.data()) + bytes);
    }
    for (std::size_t k = 0; k < fusion.numbers.size(); ++k) {
        const Node& number = graph.node(fusion.numbers[k]);
        number.attribute<ConstantAttr>().value.store(&words[layout.number(k)]);
    }
}

}  // namespace monnto::cpu
