#pragma once

#include <monnto/array/node.hpp>

#include <cstdint>
#include <vector>

namespace monnto::events {

/// A vector in memory; `step` counts elements.
struct Vector {
    DType dtype;
    const std::byte* data;
    std::ptrdiff_t step;
    std::ptrdiff_t count;
};
/// The element of that dtype which is 0 or 1, as a word whose first bytes it is.
[[nodiscard]] std::uint64_t bits_of(DType dtype, int number) noexcept;
/// Elements of a vector that differ from `rest` (0 or 1), ascending; -0 and NaN differ from both.
void find_events(const Vector& vector, int rest, std::vector<std::int32_t>& events);
/// The same, given up where more than half of the elements differ: then false, and `events` means
/// nothing. Gives up early, so a vector that is dense at first and sparse later may be taken for a
/// dense one.
[[nodiscard]] bool find_few_events(const Vector& vector, int rest,
                                   std::vector<std::int32_t>& events);

/// Bounds of floats that lie side by side.
[[nodiscard]] Facts facts_of(DType dtype, const std::byte* data, std::ptrdiff_t count);
/// What holds for elements of either.
[[nodiscard]] Facts joined(const Facts& a, const Facts& b) noexcept;

/// Whether facts may be kept with a node: nobody outside can write its bytes (S8).
[[nodiscard]] bool can_carry(const Node& settled) noexcept;
/// The number (Facts::mask) of a matrix that holds nothing but +0 and 1, else 0; looked for once,
/// and noted with the node.
[[nodiscard]] std::uint64_t mask_of(Node& settled);
/// The same where it is known already.
[[nodiscard]] inline std::uint64_t known_mask_of(const Node& settled) noexcept {
    return settled.facts == nullptr ? 0 : settled.facts->mask;
}
/// The facts of a node of floats, looked for where it has none: one pass over the elements, kept
/// with the node where it can carry them. Threads share the work.
[[nodiscard]] Facts looked_up(Node& settled);

}  // namespace monnto::events
