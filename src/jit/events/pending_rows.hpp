#pragma once

#include <monnto/array/buffer.hpp>
#include <monnto/array/pattern.hpp>

#include <cstdint>
#include <span>

namespace monnto::events {

/// Where the rows of a matrix lie in its buffer: so many elements each, side by side from the start
/// on, or as those of a pattern.
struct RowLayout {
    std::ptrdiff_t columns = 0;
    std::uint64_t pattern = 0;

    [[nodiscard]] static RowLayout of(const Pattern& pattern) noexcept {
        return {.columns = 0, .pattern = pattern.id()};
    }
    friend bool operator==(const RowLayout&, const RowLayout&) = default;
};

/// Pending changes of a matrix that can be made for some of its rows, as they lie in memory.
class PendingRows : public PendingChanges {
public:
    [[nodiscard]] virtual RowLayout layout() const noexcept = 0;
    /// Makes what is pending for these rows (ascending). Under the engine's lock.
    virtual void catch_up(std::byte* data, std::span<const std::int32_t> rows) = 0;
};

/// The bytes of a buffer for somebody who reads only these rows: what is pending for others stays
/// so.
[[nodiscard]] inline std::byte* with_rows(const Buffer& buffer, const RowLayout& layout,
                                          std::span<const std::int32_t> rows) {
    auto* pending = buffer.is_behind() ? dynamic_cast<PendingRows*>(buffer.changes()) : nullptr;
    if (pending == nullptr || pending->layout() != layout) {
        return buffer.data();
    }
    pending->catch_up(buffer.memory(), rows);
    return buffer.memory();
}

/// Whether updates should wait: not those of a matrix that is read as a whole after each few.
class WaitingPays {
public:
    void note_settled_after(std::size_t updates) noexcept {
        constexpr std::size_t few = 4;
        hasty_ = updates < few ? hasty_ + 1 : 0;
    }
    /// Asked before each update; now and then waiting is tried again.
    [[nodiscard]] bool asks() noexcept {
        constexpr int most = 8;
        constexpr int every = 64;
        if (hasty_ < most) {
            return true;
        }
        refused_ = (refused_ + 1) % every;
        return refused_ == 0;
    }

private:
    int hasty_ = 0;  // settled as a whole after few updates, so often
    int refused_ = 0;
};

}  // namespace monnto::events
