#pragma once

#include <cstddef>

namespace monnto {

/// Memory of 64-byte alignment, in multiples of 128 bytes. Blocks of up to 64 KiB come from shelves
/// of recently freed ones: a step of a small network allocates and frees dozens of them, and
/// aligned allocation is the slowest path of malloc. At most 4 MiB lie on the shelves. May be
/// called from any thread.
///
/// Throws std::bad_alloc.
[[nodiscard]] void* take_block(std::size_t bytes);
/// `bytes` as it was taken.
void give_block(void* block, std::size_t bytes) noexcept;

/// Blocks taken from a shelf instead of malloc, ever: what tests count.
[[nodiscard]] std::size_t blocks_reused() noexcept;

}  // namespace monnto
