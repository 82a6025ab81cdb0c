#pragma once

#include <cstddef>

namespace monnto {

/// Memory for lists that are as large as arrays: aligned to 64 bytes, from 8 MiB on to huge pages,
/// which the system clears many times faster than small ones. Not filled. Throws std::bad_alloc.
[[nodiscard]] void* take_memory(std::size_t bytes);
/// `bytes` as it was taken.
void give_memory(void* memory, std::size_t bytes) noexcept;

}  // namespace monnto
