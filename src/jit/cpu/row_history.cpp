#include "reference/operand.hpp"
#include "row_history.hpp"

#include <monnto/array/parallel.hpp>

#include <algorithm>
#include <cstring>

namespace monnto::cpu {

RowHistory::RowHistory(std::ptrdiff_t rows, std::size_t width, std::size_t most)
    : rows_(rows),
      width_(width),
      in_line_(line / width),
      memory_(Buffer::allocate(most / in_line_ * static_cast<std::size_t>(rows) * line)),
      newest_(Buffer::allocate(static_cast<std::size_t>(rows) * line)) {}

void RowHistory::append(const std::byte* from, std::ptrdiff_t step) {
    std::byte* to = newest_->data() + place_of(0, size_ % in_line_);
    reference::dispatch_by_size(width_, [&]<class T>() {
        const T* in = reinterpret_cast<const T*>(from);
        T* out = reinterpret_cast<T*>(to);
        if (step == 1) {
            std::copy_n(in, rows_, out);
            return;
        }
        for (std::ptrdiff_t row = 0; row < rows_; ++row) {
            out[row] = in[row * step];
        }
    });
    ++size_;
    if (size_ % in_line_ == 0) {
        keep_newest();
    }
}

/// Turns whole lines of updates into lines of rows.
void RowHistory::keep_newest() {
    std::byte* first =
        memory_->data() + (size_ / in_line_ - 1) * static_cast<std::size_t>(rows_) * line;
    reference::dispatch_by_size(width_, [&]<class T>() {
        const T* in = reinterpret_cast<const T*>(newest_->data());
        T* out = reinterpret_cast<T*>(first);
        constexpr auto apart = static_cast<std::ptrdiff_t>(line / sizeof(T));
        in_parallel(rows_, 64, rows_ * apart, [&](std::ptrdiff_t row, std::ptrdiff_t last) {
            for (; row < last; ++row) {
                for (std::ptrdiff_t k = 0; k < apart; ++k) {
                    out[row * apart + k] = in[k * rows_ + row];
                }
            }
        });
    });
}

void RowHistory::bring(std::ptrdiff_t row, std::size_t first, std::byte* to) const {
    std::size_t number = first / in_line_;
    for (; (number + 1) * in_line_ <= size_; ++number, to += line) {
        std::memcpy(to, line_of(row, number), line);
    }
    for (std::size_t k = 0; number * in_line_ + k < size_; ++k, to += width_) {
        std::memcpy(to, newest_->data() + place_of(row, k), width_);
    }
}

void RowHistory::fetch(std::ptrdiff_t row, std::size_t first) const noexcept {
    for (std::size_t number = first / in_line_; (number + 1) * in_line_ <= size_; ++number) {
        __builtin_prefetch(line_of(row, number), 0, 2);
    }
}

}  // namespace monnto::cpu
