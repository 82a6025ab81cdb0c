#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace monnto {

/// Appends the indices of bytes that are not 0, counted from `first`. Made for spikes: nearly all
/// bytes are 0, and 64 of them cost about a nanosecond.
void append_set_flags(const std::byte* flags, std::size_t count, std::int32_t first,
                      std::vector<std::int32_t>& indices);

}  // namespace monnto
