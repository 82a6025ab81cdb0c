#pragma once

#include <monnto/array/buffer.hpp>

#include <cstdint>
#include <span>

namespace monnto::events {

/// Pending changes of a matrix that can be made for some of its rows, as they lie in memory.
class PendingRows : public PendingChanges {
public:
    [[nodiscard]] virtual std::ptrdiff_t columns() const noexcept = 0;
    /// Makes what is pending for these rows (ascending). Under the engine's lock.
    virtual void catch_up(std::byte* data, std::span<const std::int32_t> rows) = 0;
};

/// The bytes of a buffer for somebody who reads only these rows, of so many elements each and from
/// the buffer's start on: what is pending for others stays so.
[[nodiscard]] inline std::byte* with_rows(const Buffer& buffer, std::ptrdiff_t columns,
                                          std::span<const std::int32_t> rows) {
    auto* pending = buffer.is_behind() ? dynamic_cast<PendingRows*>(buffer.changes()) : nullptr;
    if (pending == nullptr || pending->columns() != columns) {
        return buffer.data();
    }
    pending->catch_up(buffer.memory(), rows);
    return buffer.memory();
}

}  // namespace monnto::events
