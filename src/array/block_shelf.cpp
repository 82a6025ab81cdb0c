#include "block_shelf.hpp"

#include <sys/mman.h>

#include <array>
#include <atomic>
#include <bit>
#include <cstdlib>
#include <new>

namespace monnto {

namespace {

constexpr std::size_t alignment = 64;
constexpr std::size_t largest = 65536;
constexpr std::size_t blocks_per_shelf = 32;
constexpr std::size_t smallest = 128;    // blocks are multiples of it: 16 elements of 8 bytes
constexpr std::size_t shelf_count = 10;  // 128, 256, ..., 65536
/// Large blocks begin at pages of this size: fewer faults while they are filled, and fewer misses
/// where events walk through a matrix row by row.
constexpr std::size_t huge_page = std::size_t{2} << 20U;
constexpr std::size_t large = 4 * huge_page;

#ifdef __SANITIZE_ADDRESS__
constexpr bool keeps_blocks = false;  // a block on a shelf would hide its use after free
#else
constexpr bool keeps_blocks = true;
#endif

/// Freed blocks of one size. Constant-initialized and trivially destroyed, so that buffers may die
/// at any time.
struct Shelf {
    std::atomic_flag lock = ATOMIC_FLAG_INIT;
    std::size_t count = 0;
    std::array<void*, blocks_per_shelf> blocks{};

    void acquire() noexcept {
        while (lock.test_and_set(std::memory_order_acquire)) {
        }
    }
    void release() noexcept { lock.clear(std::memory_order_release); }

    void* take() noexcept {
        acquire();
        void* block = count == 0 ? nullptr : blocks[--count];
        release();
        return block;
    }
    bool put(void* block) noexcept {
        acquire();
        const bool fits = count < blocks_per_shelf;
        if (fits) {
            blocks[count++] = block;
        }
        release();
        return fits;
    }
};

std::array<Shelf, shelf_count> shelves;
std::atomic<std::size_t> reused{0};

std::size_t rounded(std::size_t bytes) noexcept {
    if (bytes <= largest) {
        return std::bit_ceil(bytes < smallest ? smallest : bytes);
    }
    return (bytes + smallest - 1) / smallest * smallest;
}

/// Null for sizes that are not kept.
Shelf* shelf_of(std::size_t rounded_bytes) noexcept {
    if (!keeps_blocks || rounded_bytes > largest) {
        return nullptr;
    }
    return &shelves[static_cast<std::size_t>(std::countr_zero(rounded_bytes / smallest))];
}

void* take_large_block(std::size_t bytes) {
    void* memory = std::aligned_alloc(huge_page, (bytes + huge_page - 1) / huge_page * huge_page);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
#ifdef MADV_HUGEPAGE
    static_cast<void>(madvise(memory, bytes, MADV_HUGEPAGE));  // a wish: kernels may refuse
#endif
    return memory;
}

}  // namespace

void* take_block(std::size_t bytes) {
    const std::size_t size = rounded(bytes);
    if (Shelf* shelf = shelf_of(size); shelf != nullptr) {
        if (void* block = shelf->take(); block != nullptr) {
            reused.fetch_add(1, std::memory_order_relaxed);
            return block;
        }
    }
    if (size >= large) {
        return take_large_block(size);
    }
    void* memory = std::aligned_alloc(alignment, size);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return memory;
}

void give_block(void* block, std::size_t bytes) noexcept {
    Shelf* shelf = shelf_of(rounded(bytes));
    if (shelf == nullptr || !shelf->put(block)) {
        std::free(block);  // NOLINT(cppcoreguidelines-no-malloc): pairs with aligned_alloc
    }
}

std::size_t blocks_reused() noexcept {
    return reused.load(std::memory_order_relaxed);
}

}  // namespace monnto
