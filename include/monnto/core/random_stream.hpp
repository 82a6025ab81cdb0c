#pragma once

#include <cstdint>

namespace monnto {

/// Parts of an object's life with random streams of their own (S18).
enum class Phase : unsigned char { initialize = 1, iterate = 2, outside = 3 };

/// The key of a stream: equal for equal positions on every machine, unrelated for different ones.
/// `behavior_key` is ignored outside of behaviors.
[[nodiscard]] std::uint64_t stream_key(std::uint64_t seed, std::uint64_t creation_index,
                                       double behavior_key, Phase phase) noexcept;

}  // namespace monnto
