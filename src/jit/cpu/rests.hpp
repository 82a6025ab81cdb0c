#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace monnto::cpu {

/// The first number from 0 on that is not in the ascending list.
[[nodiscard]] std::ptrdiff_t first_outside(const std::vector<std::int32_t>& list) noexcept;

/// A vector in memory: `step` counts elements.
struct Elements {
    const std::byte* from;
    std::size_t width;  // bytes of one
    std::ptrdiff_t step;
    std::ptrdiff_t count;
};
/// Whether elements have the same bits everywhere but at the places of the ascending list: spikes,
/// where what the list holds has been done already, rest everywhere else. No where nothing is left.
[[nodiscard]] bool rest_outside(const Elements& elements, const std::vector<std::int32_t>& list);

}  // namespace monnto::cpu
