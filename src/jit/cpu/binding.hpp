#pragma once

#include "math/rare_draws.hpp"
#include "program/fusion.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

/// What kernels are given: addresses, numbers, positions of draws, in the words of their Layout.
namespace monnto::cpu {

[[nodiscard]] inline std::uint64_t address(const std::byte* place) noexcept {
    return reinterpret_cast<std::uint64_t>(place);
}
/// Elements times instructions.
[[nodiscard]] std::uint64_t work_of(const kernel::Fusion& fusion) noexcept;

/// `behind`: an operand whose pending changes the caller sees to.
void bind_inputs(const kernel::Graph& graph, const kernel::Fusion& fusion,
                 const kernel::Layout& layout, std::uint64_t* words,
                 std::optional<std::uint32_t> behind = std::nullopt);
/// Writes the arguments of a draw; false where its parameter has no table.
[[nodiscard]] bool bind_draw(const Node& node, std::uint64_t* words, lane::PoissonTable& table);

}  // namespace monnto::cpu
