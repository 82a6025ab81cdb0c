#pragma once

#include "line_stream.hpp"

#include <cstdint>
#include <vector>

namespace monnto {

/// `k` numbers of [0, count) without `left_out` (-1: none), ascending; with replacement, so that
/// a number may come twice.
void choose_repeatedly(LineStream& stream, std::uint32_t k, std::uint32_t count,
                       std::int64_t left_out, std::vector<std::uint32_t>& chosen);
/// The same without replacement; there must be as many.
void choose_distinct(LineStream& stream, std::uint32_t k, std::uint32_t count,
                     std::int64_t left_out, std::vector<std::uint32_t>& chosen);

}  // namespace monnto
