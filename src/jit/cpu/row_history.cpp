#include "reference/operand.hpp"
#include "row_history.hpp"

#include <monnto/array/parallel.hpp>

#include <cstring>

namespace monnto::cpu {

RowHistory::RowHistory(std::ptrdiff_t rows, std::size_t width, std::size_t most)
    : rows_(rows),
      width_(width),
      in_line_(line / width),
      memory_(Buffer::allocate((most + in_line_ - 1) / in_line_ * static_cast<std::size_t>(rows) *
                               line)) {}

void RowHistory::append(const std::byte* from, std::ptrdiff_t step) {
    const std::size_t lines = size_ / in_line_ * static_cast<std::size_t>(rows_);
    std::byte* first = memory_->data() + lines * line + size_ % in_line_ * width_;
    constexpr std::ptrdiff_t work_of_row = 4;
    reference::dispatch_by_size(width_, [&]<class T>() {
        const T* in = reinterpret_cast<const T*>(from);
        T* out = reinterpret_cast<T*>(first);
        constexpr auto apart = static_cast<std::ptrdiff_t>(line / sizeof(T));
        in_parallel(rows_, 64, rows_ * work_of_row, [&](std::ptrdiff_t row, std::ptrdiff_t last) {
            for (; row < last; ++row) {
                out[row * apart] = in[row * step];
            }
        });
    });
    ++size_;
}

void RowHistory::bring(std::ptrdiff_t row, std::size_t first, std::byte* to) const {
    for (std::size_t number = first / in_line_; number * in_line_ < size_; ++number, to += line) {
        std::memcpy(to, line_of(row, number), line);
    }
}

void RowHistory::fetch(std::ptrdiff_t row, std::size_t first) const noexcept {
    for (std::size_t number = first / in_line_; number * in_line_ < size_; ++number) {
        __builtin_prefetch(line_of(row, number), 0, 2);
    }
}

}  // namespace monnto::cpu
