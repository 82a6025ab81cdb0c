#include <monnto/recorders/event_news.hpp>

#include <array>
#include <cstring>

namespace monnto {

void EventNews::add(std::int64_t time, std::span<const std::int32_t> indices) {
    moments_.push_back({.time = time, .count = static_cast<std::int64_t>(indices.size())});
    indices_.insert(indices_.end(), indices.begin(), indices.end());
}

std::size_t EventNews::bytes() const noexcept {
    return moments_.capacity() * sizeof(Moment) + indices_.capacity() * sizeof(std::int32_t);
}

void EventNews::move_rows_to(std::byte* to) {
    const std::int32_t* index = indices_.data();
    for (const Moment& moment : moments_) {
        for (std::int64_t i = 0; i < moment.count; ++i, ++index) {
            const std::array<std::int64_t, 2> row{moment.time, *index};
            std::memcpy(to, row.data(), sizeof(row));
            to += sizeof(row);
        }
    }
    clear();
}

void EventNews::clear() noexcept {
    moments_.clear();
    indices_.clear();
}

}  // namespace monnto
