#pragma once

#include <monnto/array/pattern.hpp>

#include <cstdint>
#include <span>

namespace monnto::sparse {

/// Whether counting events is worth it: rows of many synapses, and counts that stay below 4,096.
[[nodiscard]] bool can_count(const Pattern& pattern, std::size_t events, std::int64_t synapses);

/// Sums of one value over the synapses of sources that spike: what adding it again and again gives,
/// bit for bit, because only how often decides. Contract: can_count.
template <class T>
void add_counted(const Pattern& pattern, std::span<const std::int32_t> sources, T value, T* out);

}  // namespace monnto::sparse
