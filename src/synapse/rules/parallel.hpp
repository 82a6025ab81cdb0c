#pragma once

#include <cstdint>
#include <functional>

namespace monnto {

/// Calls `work(first, last)` for pieces of `block` lines of [0, count), each once, on `threads()`
/// threads that live for this call; on the caller alone where `cost` (elements written) is not
/// worth starting them. An exception of `work` is thrown here, after all threads have ended.
void for_lines(std::int64_t count, std::int64_t block, double cost,
               const std::function<void(std::int64_t first, std::int64_t last)>& work);

}  // namespace monnto
