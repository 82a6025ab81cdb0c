#pragma once

#include "program/recipe.hpp"

#include <cstddef>
#include <cstdint>

namespace monnto::cpu {

/// An operand of a kernel whose space is the synapses of a pattern: what it reads for each of them.
struct SynapseOperand {
    enum class Varies : std::uint8_t { not_at_all, by_source, by_target, by_position };
    Varies varies = Varies::not_at_all;
    std::size_t width = 0;            // bytes of an element
    const std::byte* from = nullptr;  // the first; null for the values that the kernel changes
    std::ptrdiff_t step = 0;          // elements from one to the next
};
[[nodiscard]] SynapseOperand synapse_operand(const kernel::Graph& graph,
                                             const kernel::Recipe::Step& step, std::size_t k);

}  // namespace monnto::cpu
