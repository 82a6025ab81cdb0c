#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace monnto {

/// Base of objects that count their own holders: one word instead of a shared_ptr's control block,
/// and "is it held only here?" is one load, which is what buffer donation asks for every operation.
class RefCounted {
public:
    RefCounted() = default;
    RefCounted(const RefCounted&) = delete;
    RefCounted& operator=(const RefCounted&) = delete;

    void add_ref() const noexcept { count_.fetch_add(1, std::memory_order_relaxed); }

    /// True when that was the last holder; the caller then destroys the object.
    [[nodiscard]] bool drop_ref() const noexcept {
        return count_.fetch_sub(1, std::memory_order_acq_rel) == 1;
    }

    [[nodiscard]] std::uint32_t ref_count() const noexcept {
        return count_.load(std::memory_order_acquire);
    }

protected:
    ~RefCounted() = default;

private:
    mutable std::atomic<std::uint32_t> count_{0};
};

/// A holder of a `RefCounted`. The type says how it dies by the free function `destroy(T*)`, found
/// by argument-dependent lookup (nodes return to a pool and unwind chains without recursion).
template <class T>
class Ref {
public:
    Ref() = default;
    Ref(std::nullptr_t) {}
    explicit Ref(T* object) : object_(object) {
        if (object_ != nullptr) {
            object_->add_ref();
        }
    }
    Ref(const Ref& other) : Ref(other.object_) {}
    Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    // NOLINTNEXTLINE(bugprone-unhandled-self-assignment): the copy holds the object meanwhile
    Ref& operator=(const Ref& other) {
        Ref(other).swap(*this);
        return *this;
    }
    Ref& operator=(Ref&& other) noexcept {
        Ref(std::move(other)).swap(*this);
        return *this;
    }
    ~Ref() { reset(); }

    void swap(Ref& other) noexcept { std::swap(object_, other.object_); }
    void reset() noexcept {
        if (T* object = std::exchange(object_, nullptr); object != nullptr && object->drop_ref()) {
            destroy(object);
        }
    }
    /// Gives the pointer and its count away.
    [[nodiscard]] T* release() noexcept { return std::exchange(object_, nullptr); }

    [[nodiscard]] T* get() const noexcept { return object_; }
    T* operator->() const noexcept { return object_; }
    T& operator*() const noexcept { return *object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }
    friend bool operator==(const Ref& a, const Ref& b) noexcept { return a.object_ == b.object_; }
    friend bool operator==(const Ref& a, std::nullptr_t) noexcept { return a.object_ == nullptr; }

private:
    T* object_ = nullptr;
};

}  // namespace monnto
