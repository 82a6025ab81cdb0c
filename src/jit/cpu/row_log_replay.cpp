#include "reference/operand.hpp"
#include "row_log.hpp"
#include "team.hpp"

#include <monnto/array/executor.hpp>

#include <algorithm>
#include <cstring>

namespace monnto::cpu {
namespace {

[[nodiscard]] std::uint64_t word_of(const void* address) noexcept {
    return reinterpret_cast<std::uint64_t>(address);
}

}  // namespace

/// Memory of a thread for one update of a few rows.
struct RowLog::Workspace {
    std::vector<std::uint64_t> words;
    std::vector<std::byte> picked;
    std::vector<std::array<std::uint64_t, Few::most>> side_by_side;
    std::vector<std::vector<std::byte>> masks;

    [[nodiscard]] static Workspace& of_thread() {
        static thread_local Workspace workspace;
        return workspace;
    }
    [[nodiscard]] std::byte* room_for(std::size_t bytes) {
        picked.resize(std::max(picked.size(), bytes));
        return picked.data();
    }
};

/// Rows that are brought into the cache while others are updated: picked elements are too far apart
/// for the processor to fetch ahead by itself.
class RowLog::RowsAhead {
public:
    RowsAhead(const std::byte* data, std::size_t row_bytes, const Few& few)
        : data_(data), row_bytes_(row_bytes), few_(few), share_(few.count * row_bytes) {}
    /// How often `fetch` will be called.
    void share(std::size_t calls) {
        share_ = few_.count * row_bytes_ / std::max<std::size_t>(calls, 1) + line;
    }
    /// The next piece.
    void fetch() {
        for (std::size_t left = share_; row_ < few_.count && left >= line; left -= line) {
            const auto row = static_cast<std::size_t>(few_.rows[row_]);
            __builtin_prefetch(data_ + row * row_bytes_ + byte_, 0, 2);
            byte_ += line;
            if (byte_ >= row_bytes_) {
                byte_ = 0;
                ++row_;
            }
        }
    }

private:
    static constexpr std::size_t line = 64;
    const std::byte* data_;
    std::size_t row_bytes_;
    const Few& few_;
    std::size_t share_;  // bytes per call
    std::size_t row_ = 0;
    std::size_t byte_ = 0;
};

/// Updates in order; a row takes part from the first that it has not seen.
template <class T>
void RowLog::replay_elements(T* data, const Few& few, RowsAhead& ahead) const {
    Workspace& own = Workspace::of_thread();
    std::vector<std::uint64_t>& words = own.words;
    const auto first_of = [this](std::int32_t row) { return next_[static_cast<std::size_t>(row)]; };
    std::size_t active = 0;
    ahead.share(used_ - first_of(few.rows[0]));
    for (std::size_t k = first_of(few.rows[0]); k < used_; ++k) {
        ahead.fetch();
        while (active < few.count && first_of(few.rows[active]) <= k) {
            ++active;
        }
        const Update& update = updates_[k];
        const std::int32_t* columns = update.columns.data();
        const auto width = static_cast<std::ptrdiff_t>(update.columns.size());
        T* picked =
            reinterpret_cast<T*>(own.room_for(update.columns.size() * Few::most * sizeof(T)));
        for (std::size_t r = 0; r < active; ++r) {
            const T* row = data + few.rows[r] * columns_;
            T* to = picked + static_cast<std::ptrdiff_t>(r) * width;
            for (std::ptrdiff_t c = 0; c < update.count; ++c) {  // behind it lies anything
                to[c] = row[columns[c]];
            }
        }
        words.assign(update.words.begin(), update.words.end());
        words[update.matrix] = words[update.output] = word_of(picked);
        words[update.matrix_row] = words[update.output_row] =
            static_cast<std::uint64_t>(width) * sizeof(T);
        bring_rows(k, few, active, own);
        bring_masks(update, few, active, own);
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
void RowLog::bring_rows(std::size_t at, const Few& few, std::size_t active, Workspace& own) const {
    std::vector<std::uint64_t>& words = own.words;
    auto& side_by_side = own.side_by_side;
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

/// Elements of masks where the picked ones of the matrix are.
void RowLog::bring_masks(const Update& update, const Few& few, std::size_t active, Workspace& own) {
    own.masks.resize(std::max(own.masks.size(), update.masked.size()));
    for (std::size_t k = 0; k < update.masked.size(); ++k) {
        const Update::Masked& each = update.masked[k];
        const std::size_t row_bytes = update.columns.size() * each.bytes;
        std::vector<std::byte>& room = own.masks[k];
        room.resize(std::max(room.size(), Few::most * row_bytes));
        reference::dispatch_by_size(each.bytes, [&]<class T>() {
            for (std::size_t r = 0; r < active; ++r) {
                each.bits->pick(few.rows[r], update.columns, static_cast<T>(each.one),
                                reinterpret_cast<T*>(room.data() + r * row_bytes));
            }
        });
        own.words[each.word] = word_of(room.data());
        own.words[each.row_word] = row_bytes;
    }
}

void RowLog::replay(std::byte* data, Few& few, RowsAhead& ahead) {
    const auto next = [this](std::int32_t row) -> std::uint32_t& {
        return next_[static_cast<std::size_t>(row)];
    };
    std::sort(few.rows.begin(), few.rows.begin() + static_cast<std::ptrdiff_t>(few.count),
              [&](std::int32_t a, std::int32_t b) { return next(a) < next(b); });
    reference::dispatch_by_size(
        width_, [&]<class T>() { replay_elements(reinterpret_cast<T*>(data), few, ahead); });
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
    constexpr std::size_t near = std::size_t{128}
                                 << 10U;  // bytes that stay in the caches of a core
    const std::size_t row_bytes = static_cast<std::size_t>(columns_) * width_;
    const std::size_t most = std::clamp<std::size_t>(near / row_bytes, 8, Few::most);
    in_parallel(count, static_cast<std::ptrdiff_t>(most), elements * work_of_element,
                [&](std::ptrdiff_t first, std::ptrdiff_t last) {
                    const auto next_few = [&] {
                        Few few;
                        while (first < last && few.count < most) {
                            few.rows[few.count++] = row_at(first++);
                        }
                        return few;
                    };
                    Few few = next_few();
                    RowsAhead(data, row_bytes, few).fetch();
                    while (few.count > 0) {
                        const Few later = next_few();
                        RowsAhead ahead(data, row_bytes, later);
                        replay(data, few, ahead);
                        few = later;
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
    pays_.note_settled_after(used_);
    replay_all(data, rows_, [](std::ptrdiff_t row) { return static_cast<std::int32_t>(row); });
    std::ranges::fill(next_, 0U);
    for (std::size_t k = 0; k < used_; ++k) {
        updates_[k].masked.clear();
    }
    used_ = 0;
    bytes_ = 0;
}

}  // namespace monnto::cpu
