#pragma once

#include <cstdint>
#include <vector>

namespace monnto {

/// Sorts numbers below `bound`.
void make_ascending(std::vector<std::uint32_t>& numbers, std::uint32_t bound);

}  // namespace monnto
