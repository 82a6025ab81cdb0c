#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace monnto {

/// Events that nobody looked at yet: 4 bytes each, and 16 per moment, instead of a row of 16 bytes
/// each. Most are looked at once, when a run is over.
class EventNews {
public:
    void add(std::int64_t time, std::span<const std::int32_t> indices);
    [[nodiscard]] std::int64_t size() const noexcept {
        return static_cast<std::int64_t>(indices_.size());
    }
    [[nodiscard]] std::size_t bytes() const noexcept;
    /// Rows (time, index) of int64, in the order in which they came; forgets them.
    void move_rows_to(std::byte* to);
    void clear() noexcept;

private:
    struct Moment {
        std::int64_t time = 0;
        std::int64_t count = 0;
    };
    std::vector<Moment> moments_;
    std::vector<std::int32_t> indices_;
};

}  // namespace monnto
