#pragma once

#include <monnto/array/buffer.hpp>

#include <cstddef>
#include <cstdint>

namespace monnto::cpu {

/// The elements that a vector over rows had at each of several updates. Those of one row lie side
/// by side, 64 bytes of them, so that a row that catches up reads a line of memory for 16 floats.
/// The newest wait as they came until they fill such lines: an update writes one vector, not a line
/// of every row.
class RowHistory {
public:
    /// Of at most `most` updates; memory is the system's until it is written.
    RowHistory(std::ptrdiff_t rows, std::size_t width, std::size_t most);

    /// The next update's; `step` counts elements.
    void append(const std::byte* from, std::ptrdiff_t step);
    void clear() noexcept { size_ = 0; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// The first update whose elements `bring` gives where `first` is wanted.
    [[nodiscard]] std::size_t begin_of(std::size_t first) const noexcept {
        return first / in_line_ * in_line_;
    }
    /// The elements of a row from begin_of(first) on. `to` has room for whole lines.
    void bring(std::ptrdiff_t row, std::size_t first, std::byte* to) const;
    /// Asks for them.
    void fetch(std::ptrdiff_t row, std::size_t first) const noexcept;

private:
    static constexpr std::size_t line = 64;
    void keep_newest();
    /// Bytes to the element of a row in the k-th of the newest.
    [[nodiscard]] std::size_t place_of(std::ptrdiff_t row, std::size_t k) const noexcept {
        return (k * static_cast<std::size_t>(rows_) + static_cast<std::size_t>(row)) * width_;
    }
    [[nodiscard]] const std::byte* line_of(std::ptrdiff_t row, std::size_t number) const noexcept {
        return memory_->data() +
               (number * static_cast<std::size_t>(rows_) + static_cast<std::size_t>(row)) * line;
    }

    std::ptrdiff_t rows_;
    std::size_t width_;
    std::size_t in_line_;  // elements
    std::size_t size_ = 0;
    Ref<Buffer> memory_;
    Ref<Buffer> newest_;  // by update
};

}  // namespace monnto::cpu
