#include <monnto/array/pattern.hpp>

#include <monnto/array/parallel.hpp>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <limits>
#include <utility>

namespace monnto {
namespace {

std::atomic<std::uint64_t> next_id{1};

template <class T>
[[nodiscard]] std::size_t bytes_of(const std::vector<T>& list) noexcept {
    return list.capacity() * sizeof(T);
}

}  // namespace

Pattern::Pattern(Parts parts)
    : parts_(std::move(parts)), id_(next_id.fetch_add(1, std::memory_order_relaxed)) {}

Pattern::~Pattern() = default;

void Pattern::targets_of(std::ptrdiff_t source, std::vector<std::uint32_t>& out) const {
    out.clear();
    with_targets([&](const auto* numbers) {
        for (std::ptrdiff_t k = 0; k < blocks(); ++k) {
            for (std::ptrdiff_t page = 0; page < pages(); ++page) {
                const Range range = segment(source, k, page);
                const auto first = static_cast<std::uint32_t>(page_first(page));
                std::transform(numbers + range.first, numbers + range.last, std::back_inserter(out),
                               [first](auto number) { return first + number; });
            }
        }
    });
}

void Pattern::delays_of(std::ptrdiff_t source, std::int32_t* out) const {
    if (parts_.delays.empty()) {
        const Range all = row(source);
        std::fill_n(out, all.last - all.first, 1);
        return;
    }
    for (std::ptrdiff_t k = 0; k < delay_count(); ++k) {
        const Range part = block(source, k);
        out = std::fill_n(out, part.last - part.first, parts_.delays[static_cast<std::size_t>(k)]);
    }
}

namespace {

/// Fills in what ends at targets [first, last): by counting, then in a second walk over all rows,
/// of which each looks up its share.
class Turner {
public:
    Turner(const Pattern& pattern, Pattern::Turned& turned) : pattern_(pattern), turned_(turned) {}

    void run() {
        const auto targets = static_cast<std::size_t>(pattern_.targets());
        turned_.starts.assign(targets + 1, 0);
        turned_.sources.resize(static_cast<std::size_t>(pattern_.size()));
        const bool is_long = pattern_.size() > std::numeric_limits<std::uint32_t>::max();
        (is_long ? turned_.long_positions.resize(turned_.sources.size())
                 : turned_.positions.resize(turned_.sources.size()));
        constexpr std::ptrdiff_t block = 64;
        // Each piece walks all rows for its targets: cheap beside the writes, and in order.
        in_parallel(pattern_.targets(), block, pattern_.size() * 4,
                    [&](std::ptrdiff_t first, std::ptrdiff_t last) {
                        for_each(first, last, [&](std::size_t target, std::int64_t, std::uint32_t) {
                            ++turned_.starts[target + 1];
                        });
                    });
        for (std::size_t i = 0; i < targets; ++i) {
            turned_.starts[i + 1] += turned_.starts[i];
        }
        std::vector<std::int64_t> at(turned_.starts.begin(), turned_.starts.end() - 1);
        in_parallel(pattern_.targets(), block, pattern_.size() * 8,
                    [&](std::ptrdiff_t first, std::ptrdiff_t last) { place(first, last, at); });
    }

private:
    void place(std::ptrdiff_t first, std::ptrdiff_t last, std::vector<std::int64_t>& at) {
        for_each(first, last, [&](std::size_t target, std::int64_t position, std::uint32_t source) {
            const auto to = static_cast<std::size_t>(at[target]++);
            turned_.sources[to] = source;
            if (turned_.long_positions.empty()) {
                turned_.positions[to] = static_cast<std::uint32_t>(position);
            } else {
                turned_.long_positions[to] = position;
            }
        });
    }

    template <class F>
    void for_each(std::ptrdiff_t first, std::ptrdiff_t last, const F& use) const {
        pattern_.for_rows(0, pattern_.sources(), [&](auto source, auto row, const auto* targets) {
            using T = std::remove_cvref_t<decltype(*targets)>;
            for (std::ptrdiff_t k = 0; k < pattern_.blocks(); ++k) {
                const Pattern::Range range = pattern_.block(source, k);
                const T* end = targets + (range.last - row.first);
                const T* each = targets + (range.first - row.first);
                each = first == 0 ? each : std::lower_bound(each, end, static_cast<T>(first));
                for (; each != end && static_cast<std::ptrdiff_t>(*each) < last; ++each) {
                    use(*each, row.first + (each - targets), static_cast<std::uint32_t>(source));
                }
            }
        });
    }

    const Pattern& pattern_;
    Pattern::Turned& turned_;
};

}  // namespace

const Pattern::Turned& Pattern::turned() const {
    const EngineLock engine;  // before the own one: the team may be at work for somebody else
    const std::lock_guard guard(lock_);
    if (!turned_) {
        auto made = std::make_unique<Turned>();
        Turner(*this, *made).run();
        turned_ = std::move(made);
    }
    return *turned_;
}

bool Pattern::has_turned() const noexcept {
    const std::lock_guard guard(lock_);
    return turned_ != nullptr;
}

std::span<const std::uint32_t> Pattern::cuts(int parts) const {
    const std::lock_guard guard(lock_);
    const auto [found, is_new] = cuts_.try_emplace(parts);
    if (!is_new || parts < 2) {
        return found->second;
    }
    std::vector<std::uint32_t>& cuts = found->second;
    cuts.reserve(static_cast<std::size_t>(sources() * blocks() * pages() * (parts - 1)));
    with_targets([&](const auto* numbers) {
        const auto cut_segment = [&](Range range, std::ptrdiff_t extent) {
            const auto* from = numbers + range.first;
            for (int part = 1; part < parts; ++part) {
                const std::ptrdiff_t first = share(extent, parts, part);
                from = std::partition_point(from, numbers + range.last, [&](auto number) {
                    return static_cast<std::ptrdiff_t>(number) < first;
                });
                cuts.push_back(static_cast<std::uint32_t>(from - numbers - range.first));
            }
        };
        for (std::ptrdiff_t source = 0; source < sources(); ++source) {
            for (std::ptrdiff_t k = 0; k < blocks(); ++k) {
                for (std::ptrdiff_t page = 0; page < pages(); ++page) {
                    cut_segment(segment(source, k, page), page_first(page + 1) - page_first(page));
                }
            }
        }
    });
    return cuts;
}

std::size_t Pattern::bytes() const noexcept {
    const std::lock_guard guard(lock_);
    std::size_t total = bytes_of(parts_.starts) + parts_.indices->bytes() +
                        bytes_of(parts_.delays) + bytes_of(parts_.segment_ends);
    if (turned_) {
        total += bytes_of(turned_->starts) + bytes_of(turned_->positions) +
                 bytes_of(turned_->long_positions) + bytes_of(turned_->sources);
    }
    if (bits_) {
        total += bits_->rows->bytes() + bytes_of(bits_->row_of) + bytes_of(bits_->extra_starts) +
                 bytes_of(bits_->extras);
    }
    for (const auto& [parts, cuts] : cuts_) {
        total += bytes_of(cuts);
    }
    return total;
}

}  // namespace monnto
