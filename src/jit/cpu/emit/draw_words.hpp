#pragma once

#include "lane.hpp"

#include <array>
#include <string>

namespace monnto::emit {

using Words = std::array<Lane<std::uint32_t>, 4>;

/// A chunk's elements while their draws are written: what rare cases need to know about them.
struct ChunkPlace {
    std::string arguments;      // register: address of the draw's RandomPosition
    std::string first_element;  // register of 64 bits: index of the chunk's first element
};

/// The four words of 16 consecutive blocks; `chunk` is a register with the number of the chunk.
[[nodiscard]] Words philox_words(const std::string& key, const std::string& step,
                                 const std::string& ordinal, const std::string& chunk);

}  // namespace monnto::emit
