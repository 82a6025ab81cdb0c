#pragma once

#include <monnto/base/ref.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

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

/// Changes of a buffer that wait until somebody looks at its bytes: updates that run across the way
/// a matrix lies in memory are cheaper row by row, when the row is read (D5).
class PendingChanges {
public:
    PendingChanges() = default;
    PendingChanges(const PendingChanges&) = delete;
    PendingChanges& operator=(const PendingChanges&) = delete;
    virtual ~PendingChanges() = default;
    /// Makes all of them. Called under the engine's lock.
    virtual void settle(std::byte* data) noexcept = 0;
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

    /// What is pending happens first, so whoever looks sees what was computed.
    [[nodiscard]] std::byte* data() const noexcept {
        if (is_behind_.load(std::memory_order_acquire)) [[unlikely]] {
            catch_up();
        }
        return data_;
    }
    /// For executors that keep changes pending: the same memory, which may be behind.
    [[nodiscard]] std::byte* memory() const noexcept { return data_; }
    [[nodiscard]] bool is_behind() const noexcept {
        return is_behind_.load(std::memory_order_acquire);
    }
    [[nodiscard]] PendingChanges* changes() const noexcept { return changes_.get(); }
    void keep_changes(std::unique_ptr<PendingChanges> changes) noexcept {
        changes_ = std::move(changes);
    }
    void set_behind(bool is_behind) noexcept {
        is_behind_.store(is_behind, std::memory_order_release);
    }
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
    void catch_up() const noexcept;

    std::byte* data_;
    std::size_t bytes_;
    bool writable_;
    std::atomic<int> exports_{0};
    std::unique_ptr<ForeignMemory> foreign_;
    mutable std::atomic<bool> is_behind_{false};
    std::unique_ptr<PendingChanges> changes_;
};

void destroy(Buffer* buffer) noexcept;

}  // namespace monnto
