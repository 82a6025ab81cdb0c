#include "reference/operand.hpp"
#include "row_log.hpp"
#include "team.hpp"

#include <monnto/array/executor.hpp>

#include <algorithm>
#include <cstring>

namespace monnto::cpu {
namespace {

using kernel::Operand;

/// A matrix that is read as a whole after fewer updates than this gains nothing by waiting.
constexpr std::size_t few_updates = 4;

[[nodiscard]] const std::byte* place(std::uint64_t word) noexcept {
    return reinterpret_cast<const std::byte*>(word);  // NOLINT(performance-no-int-to-ptr)
}
[[nodiscard]] std::uint64_t word_of(const void* address) noexcept {
    return reinterpret_cast<std::uint64_t>(address);
}

/// Memory of a thread for the picked elements of one row.
[[nodiscard]] std::byte* scratch(std::size_t bytes) {
    static thread_local std::vector<std::byte> memory;
    if (memory.size() < bytes) {
        memory.resize(bytes);
    }
    return memory.data();
}

/// Elements at a stride, side by side.
void gather(std::size_t width, const std::byte* from, std::ptrdiff_t step,
            const std::vector<std::int32_t>& at, std::byte* to) {
    reference::dispatch_by_size(width, [&]<class T>() {
        const T* in = reinterpret_cast<const T*>(from);
        T* out = reinterpret_cast<T*>(to);
        for (const std::int32_t k : at) {
            *out++ = in[k * step];
        }
    });
}
void pack(std::size_t width, const std::byte* from, std::ptrdiff_t step, std::ptrdiff_t count,
          std::byte* to) {
    if (step == 1) {
        std::memcpy(to, from, static_cast<std::size_t>(count) * width);
        return;
    }
    reference::dispatch_by_size(width, [&]<class T>() {
        const T* in = reinterpret_cast<const T*>(from);
        T* out = reinterpret_cast<T*>(to);
        for (std::ptrdiff_t k = 0; k < count; ++k) {
            out[k] = in[k * step];
        }
    });
}

}  // namespace

void RowLog::Update::keep_operand(const BoundKernel& kernel, std::size_t k, std::ptrdiff_t rows) {
    const Operand& operand = kernel.fusion.operands[k];
    const std::size_t bytes = size_of(operand.dtype);
    const auto word = [this](int at) -> std::uint64_t& {
        return words[static_cast<std::size_t>(at)];
    };
    const std::byte* source = place(word(kernel.layout.input(k)));
    std::vector<std::byte>& copy = vectors[k];
    if (operand.column != 0) {
        copy.resize(columns.size() * bytes);
        gather(bytes, source, operand.column, columns, copy.data());
    } else {
        const std::ptrdiff_t kept = operand.row == 0 ? 1 : rows;
        copy.resize(static_cast<std::size_t>(kept) * bytes);
        pack(bytes, source, operand.row, kept, copy.data());
    }
    word(kernel.layout.input(k)) = word_of(copy.data());
    word(kernel.layout.input_row(k)) = operand.row == 0 ? 0 : bytes;
    if (kernel.fusion.program.inputs[k].step == kernel::Step::any) {
        word(kernel.layout.input_column(k)) = bytes;
    }
    if (operand.row != 0) {
        along_rows.push_back(
            {static_cast<std::size_t>(kernel.layout.input(k)), copy.data(), bytes});
    }
}

void RowLog::Update::keep(const BoundKernel& kernel, const events::Region& region,
                          std::ptrdiff_t rows) {
    function = kernel.function;
    words.assign(kernel.words.begin(), kernel.words.end());
    columns = region.columns;
    count = static_cast<std::ptrdiff_t>(columns.size());
    const std::ptrdiff_t width = (count + kernel::lanes - 1) / kernel::lanes * kernel::lanes;
    columns.resize(static_cast<std::size_t>(width), columns.back());
    const auto index = [](int at) { return static_cast<std::size_t>(at); };
    words[index(kernel.layout.columns())] =
        static_cast<std::uint64_t>(kernel.fusion.program.has_tail ? count : width);
    along_rows.clear();
    vectors.resize(kernel.fusion.operands.size());
    for (std::size_t k = 0; k < vectors.size(); ++k) {
        if (k != kernel.matrix) {
            keep_operand(kernel, k, rows);
        }
    }
    matrix = index(kernel.layout.input(kernel.matrix));
    output = index(kernel.layout.output(0));
    matrix_row = index(kernel.layout.input_row(kernel.matrix));
    output_row = index(kernel.layout.output_row(0));
    if (kernel.fusion.program.inputs[kernel.matrix].step == kernel::Step::any) {
        words[index(kernel.layout.input_column(kernel.matrix))] =
            size_of(kernel.fusion.operands[kernel.matrix].dtype);
    }
}

std::size_t RowLog::Update::bytes() const noexcept {
    std::size_t all = columns.size() * sizeof(std::int32_t) + words.size() * sizeof(std::uint64_t);
    for (const std::vector<std::byte>& each : vectors) {
        all += each.size();
    }
    return all;
}

RowLog::RowLog(std::ptrdiff_t rows, std::ptrdiff_t columns, std::size_t width)
    : rows_(rows), columns_(columns), width_(width), next_(static_cast<std::size_t>(rows), 0) {}

bool RowLog::can_keep(const kernel::Fusion& fusion, std::uint32_t matrix) {
    for (std::uint32_t k = 0; k < fusion.operands.size(); ++k) {
        if (k != matrix && fusion.operands[k].row != 0 && fusion.operands[k].column != 0) {
            return false;
        }
    }
    return true;
}

bool RowLog::is_patient() noexcept {
    constexpr int most = 8;
    constexpr int every = 64;
    if (hasty_ < most) {
        return true;
    }
    refused_ = (refused_ + 1) % every;
    return refused_ == 0;
}

/// A twenty-fifth of the matrix.
bool RowLog::is_full() const noexcept {
    constexpr std::size_t share = 25;
    constexpr std::size_t least = 64 << 10U;  // of bytes: matter to nobody
    return bytes_ > std::max(least, static_cast<std::size_t>(rows_ * columns_) * width_ / share);
}

void RowLog::append(const BoundKernel& kernel, const events::Region& region) {
    if (region.columns.empty()) {
        return;
    }
    if (used_ == updates_.size()) {
        updates_.emplace_back();
    }
    Update& update = updates_[used_++];
    update.keep(kernel, region, rows_);
    bytes_ += update.bytes();
    if (region.shape == events::Region::Shape::cross) {
        for (const std::int32_t row : region.rows) {
            next_[static_cast<std::size_t>(row)] = static_cast<std::uint32_t>(used_);
        }
    }
    ++counters().postponed;
}

/// Updates in order; a row takes part from the first that it has not seen.
template <class T>
void RowLog::replay_elements(T* data, const Few& few) const {
    static thread_local std::vector<std::uint64_t> words;
    const auto first_of = [this](std::int32_t row) { return next_[static_cast<std::size_t>(row)]; };
    std::size_t active = 0;
    for (std::size_t k = first_of(few.rows[0]); k < used_; ++k) {
        while (active < few.count && first_of(few.rows[active]) <= k) {
            ++active;
        }
        const Update& update = updates_[k];
        const std::int32_t* columns = update.columns.data();
        const auto width = static_cast<std::ptrdiff_t>(update.columns.size());
        T* picked = reinterpret_cast<T*>(scratch(update.columns.size() * Few::most * sizeof(T)));
        for (std::size_t r = 0; r < active; ++r) {
            const T* row = data + few.rows[r] * columns_;
            T* to = picked + static_cast<std::ptrdiff_t>(r) * width;
            for (std::ptrdiff_t c = 0; c < width; ++c) {
                to[c] = row[columns[c]];
            }
        }
        words.assign(update.words.begin(), update.words.end());
        words[update.matrix] = words[update.output] = word_of(picked);
        words[update.matrix_row] = words[update.output_row] =
            static_cast<std::uint64_t>(width) * sizeof(T);
        bring_rows(k, few, active, words);
        update.function(words.data(), 0, static_cast<std::int64_t>(active));
        for (std::size_t r = 0; r < active; ++r) {
            T* row = data + few.rows[r] * columns_;
            const T* from = picked + static_cast<std::ptrdiff_t>(r) * width;
            for (std::ptrdiff_t c = 0; c < update.count; ++c) {
                row[columns[c]] = from[c];
            }
        }
    }
}

/// Elements of vectors along the rows, side by side; those of a later update are fetched.
void RowLog::bring_rows(std::size_t at, const Few& few, std::size_t active,
                        std::vector<std::uint64_t>& words) const {
    static thread_local std::vector<std::array<std::uint64_t, Few::most>> side_by_side;
    const Update& update = updates_[at];
    constexpr std::size_t ahead = 4;
    const Update* later = at + ahead < used_ ? &updates_[at + ahead] : nullptr;
    side_by_side.resize(std::max(side_by_side.size(), update.along_rows.size()));
    for (std::size_t k = 0; k < update.along_rows.size(); ++k) {
        const Update::AlongRows& vector = update.along_rows[k];
        auto* to = reinterpret_cast<std::byte*>(side_by_side[k].data());
        for (std::size_t r = 0; r < active; ++r) {
            const auto row = static_cast<std::size_t>(few.rows[r]);
            std::memcpy(to + r * vector.bytes, vector.elements + row * vector.bytes, vector.bytes);
            if (later != nullptr && k < later->along_rows.size()) {
                const Update::AlongRows& next = later->along_rows[k];
                __builtin_prefetch(next.elements + row * next.bytes);
            }
        }
        words[vector.word] = word_of(to);
    }
}

void RowLog::replay(std::byte* data, Few& few) {
    const auto next = [this](std::int32_t row) -> std::uint32_t& {
        return next_[static_cast<std::size_t>(row)];
    };
    std::sort(few.rows.begin(), few.rows.begin() + static_cast<std::ptrdiff_t>(few.count),
              [&](std::int32_t a, std::int32_t b) { return next(a) < next(b); });
    if (width_ == sizeof(float)) {
        replay_elements(reinterpret_cast<std::uint32_t*>(data), few);
    } else {
        replay_elements(reinterpret_cast<std::uint64_t*>(data), few);
    }
    for (std::size_t r = 0; r < few.count; ++r) {
        next(few.rows[r]) = static_cast<std::uint32_t>(used_);
    }
}

template <class Rows>
void RowLog::replay_all(std::byte* data, std::ptrdiff_t count, const Rows& row_at) {
    std::ptrdiff_t elements = 0;
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        for (std::size_t k = next_[static_cast<std::size_t>(row_at(i))]; k < used_; ++k) {
            elements += updates_[k].count;
        }
    }
    counters().caught_up += static_cast<std::uint64_t>(elements);
    constexpr std::ptrdiff_t work_of_element = 8;
    in_parallel(count, static_cast<std::ptrdiff_t>(Few::most), elements * work_of_element,
                [&](std::ptrdiff_t first, std::ptrdiff_t last) {
                    while (first < last) {
                        Few few;
                        while (first < last && few.count < Few::most) {
                            few.rows[few.count++] = row_at(first++);
                        }
                        replay(data, few);
                    }
                });
}

void RowLog::catch_up(std::byte* data, std::span<const std::int32_t> rows) {
    if (used_ > 0) {
        replay_all(data, static_cast<std::ptrdiff_t>(rows.size()),
                   [&](std::ptrdiff_t i) { return rows[static_cast<std::size_t>(i)]; });
    }
}

void RowLog::settle(std::byte* data) noexcept {
    if (used_ == 0) {
        return;
    }
    hasty_ = used_ < few_updates ? hasty_ + 1 : 0;
    replay_all(data, rows_, [](std::ptrdiff_t row) { return static_cast<std::int32_t>(row); });
    std::ranges::fill(next_, 0U);
    used_ = 0;
    bytes_ = 0;
}

}  // namespace monnto::cpu
