#include <monnto/array/buffer.hpp>

#include "block_shelf.hpp"

#include <monnto/array/memory.hpp>

#include <new>
#include <utility>

namespace monnto {

namespace {

constexpr std::size_t padding = 128;  // 16 elements of 8 bytes: a kernel's vector
std::atomic<std::size_t> alive{0};
std::atomic<std::size_t> allocated{0};

std::size_t padded(std::size_t bytes) noexcept {
    return bytes == 0 ? padding : (bytes + padding - 1) / padding * padding;
}

}  // namespace

Buffer::Buffer(std::byte* data, std::size_t bytes, bool writable,
               std::unique_ptr<ForeignMemory> owner)
    : data_(data), bytes_(bytes), writable_(writable), foreign_(std::move(owner)) {}

Ref<Buffer> Buffer::allocate(std::size_t bytes) {
    void* memory = take_block(bytes);
    alive.fetch_add(padded(bytes), std::memory_order_relaxed);
    allocated.fetch_add(1, std::memory_order_relaxed);
    return Ref<Buffer>(new (take_block(sizeof(Buffer)))
                           Buffer(static_cast<std::byte*>(memory), bytes, true, nullptr));
}

Ref<Buffer> Buffer::adopt(void* data, std::size_t bytes, bool writable,
                          std::unique_ptr<ForeignMemory> owner) {
    return Ref<Buffer>(new (take_block(sizeof(Buffer))) Buffer(static_cast<std::byte*>(data), bytes,
                                                               writable, std::move(owner)));
}

Buffer::~Buffer() {
    if (!foreign_) {
        alive.fetch_sub(padded(bytes_), std::memory_order_relaxed);
        give_block(data_, bytes_);
    }
}

std::size_t Buffer::bytes_alive() noexcept {
    return alive.load(std::memory_order_relaxed);
}

std::size_t Buffer::allocations() noexcept {
    return allocated.load(std::memory_order_relaxed);
}

void* take_memory(std::size_t bytes) {
    return take_block(bytes);
}

void give_memory(void* memory, std::size_t bytes) noexcept {
    give_block(memory, bytes);
}

void destroy(Buffer* buffer) noexcept {
    buffer->~Buffer();
    give_block(buffer, sizeof(Buffer));
}

}  // namespace monnto
