#pragma once

#include <monnto/base/ref.hpp>

#include <atomic>
#include <cstddef>
#include <memory>

namespace monnto {

/// Keeps memory of somebody else (a NumPy array) alive; its destructor lets go.
class ForeignMemory {
public:
    ForeignMemory() = default;
    ForeignMemory(const ForeignMemory&) = delete;
    ForeignMemory& operator=(const ForeignMemory&) = delete;
    virtual ~ForeignMemory() = default;
    /// Whether anybody but us can see the memory at this moment.
    [[nodiscard]] virtual bool is_shared() const noexcept = 0;
};

/// Bytes of an array. Own memory is 64-byte aligned and padded to multiples of 128 bytes (16
/// elements of any type), so that kernels need no remainder loops; foreign memory is neither.
class Buffer final : public RefCounted {
public:
    /// Uninitialized memory.
    [[nodiscard]] static Ref<Buffer> allocate(std::size_t bytes);
    [[nodiscard]] static Ref<Buffer> adopt(void* data, std::size_t bytes, bool writable,
                                           std::unique_ptr<ForeignMemory> owner);
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer();

    [[nodiscard]] std::byte* data() const noexcept { return data_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
    [[nodiscard]] bool is_foreign() const noexcept { return foreign_ != nullptr; }
    [[nodiscard]] bool is_writable() const noexcept { return writable_; }

    /// While pinned, somebody outside the engine may read or write the bytes at any moment (S8):
    /// operations on them run at once, and they are never donated or moved.
    [[nodiscard]] bool is_pinned() const noexcept {
        return exports_.load(std::memory_order_acquire) != 0 || (foreign_ && foreign_->is_shared());
    }
    void add_export() noexcept { exports_.fetch_add(1, std::memory_order_acq_rel); }
    void drop_export() noexcept { exports_.fetch_sub(1, std::memory_order_acq_rel); }

    /// Bytes of own memory alive now, and buffers ever allocated: what tests and `explain()` count.
    [[nodiscard]] static std::size_t bytes_alive() noexcept;
    [[nodiscard]] static std::size_t allocations() noexcept;

private:
    Buffer(std::byte* data, std::size_t bytes, bool writable, std::unique_ptr<ForeignMemory> owner);

    std::byte* data_;
    std::size_t bytes_;
    bool writable_;
    std::atomic<int> exports_{0};
    std::unique_ptr<ForeignMemory> foreign_;
};

void destroy(Buffer* buffer) noexcept;

}  // namespace monnto
