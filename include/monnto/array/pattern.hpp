#pragma once

#include <monnto/array/buffer.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace monnto {

/// The ends of a synapse.
enum class Side : std::uint8_t { source, target };

/// Where synapses are: for each source its targets, and when their spikes arrive. Never changes
/// once it is made, so any number of matrices, threads and snapshots may share one.
///
/// The synapses of a source lie side by side, its row. Within a row they are sorted by target, in a
/// pattern with delays by (delay, target): those that are due together lie together, one block per
/// delay. A synapse's number is its position; values are arrays of one element per position.
///
/// Costs 2 bytes per synapse where there are at most 65,536 targets. More of them may be cut into
/// *pages*, equal shares of the targets, within which 16 bits do again: a block then consists of a
/// segment for each page, of which 4 bytes tell the end. Without pages 4 bytes per synapse.
class Pattern {
public:
    struct Parts {
        std::ptrdiff_t sources = 0, targets = 0;
        std::vector<std::int64_t> starts;  // of rows, and the end of the last
        Ref<Buffer> indices;  // targets: u16 where is_narrow(targets) or paged, else u32
        std::vector<std::int32_t> delays;  // distinct ones, ascending, in steps; may be empty
        /// By (source, delay, page), from the start of the row.
        std::vector<std::uint32_t> segment_ends;
        std::ptrdiff_t pages = 1;  // more than one: indices count from the page's first target
    };
    /// Contract: consistent parts, sorted rows (the builders of the synapse module check).
    /// `segment_ends` may be left out where there is at most one delay and one page.
    explicit Pattern(Parts parts);
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;
    ~Pattern();

    /// Whether numbers below `targets` are stored in 16 bits.
    [[nodiscard]] static constexpr bool is_narrow(std::ptrdiff_t targets) noexcept {
        return targets <= 65536;
    }

    [[nodiscard]] std::ptrdiff_t sources() const noexcept { return parts_.sources; }
    [[nodiscard]] std::ptrdiff_t targets() const noexcept { return parts_.targets; }
    [[nodiscard]] std::ptrdiff_t count(Side side) const noexcept {
        return side == Side::source ? parts_.sources : parts_.targets;
    }
    /// Number of synapses.
    [[nodiscard]] std::ptrdiff_t size() const noexcept { return parts_.starts.back(); }
    /// Whether targets are stored in 16 bits.
    [[nodiscard]] bool is_narrow() const noexcept {
        return is_narrow(parts_.targets) || parts_.pages > 1;
    }
    /// Tells patterns apart, also from those that died.
    [[nodiscard]] std::uint64_t id() const noexcept { return id_; }

    [[nodiscard]] const std::vector<std::int64_t>& starts() const noexcept { return parts_.starts; }
    [[nodiscard]] const std::vector<std::int32_t>& delays() const noexcept { return parts_.delays; }
    /// The longest delay; 1 without.
    [[nodiscard]] std::int32_t longest_delay() const noexcept {
        return parts_.delays.empty() ? 1 : parts_.delays.back();
    }
    [[nodiscard]] std::ptrdiff_t delay_count() const noexcept {
        return static_cast<std::ptrdiff_t>(parts_.delays.size());
    }
    [[nodiscard]] const Parts& parts() const noexcept { return parts_; }
    [[nodiscard]] const Ref<Buffer>& indices() const noexcept { return parts_.indices; }

    /// Calls `use(numbers)` with what is stored for all synapses, as pointer to u16 or to u32:
    /// their targets, in a pattern of several pages counted from the first target of the page.
    template <class F>
    decltype(auto) with_targets(const F& use) const {
        const std::byte* data = parts_.indices->data();
        return is_narrow() ? use(reinterpret_cast<const std::uint16_t*>(data))
                           : use(reinterpret_cast<const std::uint32_t*>(data));
    }

    /// Positions [first, last).
    struct Range {
        std::int64_t first, last;
    };
    [[nodiscard]] Range row(std::ptrdiff_t source) const noexcept {
        const auto at = static_cast<std::size_t>(source);
        return {parts_.starts[at], parts_.starts[at + 1]};
    }
    /// Calls `use(source, row, targets)` for the rows of sources [first, last): `targets[i]` is the
    /// target of the synapse at position row.first + i, whatever is stored.
    template <class F>
    void for_rows(std::ptrdiff_t first, std::ptrdiff_t last, const F& use) const {
        if (pages() > 1) {
            std::vector<std::uint32_t> plain;
            for (std::ptrdiff_t source = first; source < last; ++source) {
                targets_of(source, plain);
                use(source, row(source), static_cast<const std::uint32_t*>(plain.data()));
            }
            return;
        }
        with_targets([&](const auto* targets) {
            for (std::ptrdiff_t source = first; source < last; ++source) {
                use(source, row(source), targets + row(source).first);
            }
        });
    }
    /// Targets of a source's synapses, in the order of their positions.
    void targets_of(std::ptrdiff_t source, std::vector<std::uint32_t>& out) const;

    /// Shares of the targets within which numbers of 16 bits do; 1 where all are stored alike.
    [[nodiscard]] std::ptrdiff_t pages() const noexcept { return parts_.pages; }
    [[nodiscard]] std::ptrdiff_t page_first(std::ptrdiff_t page) const noexcept {
        return share(parts_.targets, static_cast<int>(parts_.pages), static_cast<int>(page));
    }
    /// Blocks of a row, one per delay; 1 without delays.
    [[nodiscard]] std::ptrdiff_t blocks() const noexcept {
        return parts_.delays.empty() ? 1 : delay_count();
    }
    /// The synapses of a source with the delay of that index.
    [[nodiscard]] Range block(std::ptrdiff_t source, std::ptrdiff_t delay) const noexcept {
        return segments(source, delay * parts_.pages, (delay + 1) * parts_.pages);
    }
    /// Those of them that end in a page.
    [[nodiscard]] Range segment(std::ptrdiff_t source, std::ptrdiff_t delay,
                                std::ptrdiff_t page) const noexcept {
        return segments(source, delay * parts_.pages + page, delay * parts_.pages + page + 1);
    }
    /// Asks for the memory that `segment` reads.
    void fetch_segment(std::ptrdiff_t source, std::ptrdiff_t delay,
                       std::ptrdiff_t page) const noexcept {
        __builtin_prefetch(parts_.starts.data() + source);
        __builtin_prefetch(parts_.segment_ends.data() + (source * blocks() + delay) * parts_.pages +
                           page);
    }
    /// Delay in steps of the synapse at each position of a row; `out` has room for the row.
    void delays_of(std::ptrdiff_t source, std::int32_t* out) const;

    /// The same synapses by target: what rules of post-synaptic events walk. Made when it is asked
    /// for first; 6 or 8 bytes per synapse (more beyond 4 billion).
    struct Turned {
        std::vector<std::int64_t> starts;  // by target, and the end of the last
        /// Of each synapse, by (target, source, delay): its position and its source.
        std::vector<std::uint32_t> positions;
        std::vector<std::int64_t> long_positions;  // instead, where 32 bits do not do
        std::vector<std::uint32_t> sources;

        [[nodiscard]] std::int64_t position(std::size_t at) const noexcept {
            return long_positions.empty() ? positions[at] : long_positions[at];
        }
    };
    [[nodiscard]] const Turned& turned() const;
    [[nodiscard]] bool has_turned() const noexcept;

    /// Rows of many synapses as bits, one for each target: for matrices whose synapses share one
    /// value, events are counted 64 targets at a time. Made when it is asked for first.
    struct Bits {
        std::ptrdiff_t words = 0;          // of 64 bits per row; a multiple of 8
        std::vector<std::int32_t> row_of;  // of each source; -1 where its synapses are few
        Ref<Buffer> rows;
        /// Further synapses with a target that a row has already, ascending within each source.
        std::vector<std::int64_t> extra_starts;
        std::vector<std::uint32_t> extras;
        std::int32_t most = 1;  // synapses that share source and target
    };
    /// Contract: at most one delay.
    [[nodiscard]] const Bits& bits() const;

    /// Where segments are cut when `parts` threads own equal shares of each page's targets: of
    /// every (source, delay, page), parts - 1 numbers counted from the start of the segment. Kept
    /// for each `parts` asked for.
    [[nodiscard]] std::span<const std::uint32_t> cuts(int parts) const;
    /// First target of a thread's share.
    [[nodiscard]] static std::ptrdiff_t share(std::ptrdiff_t targets, int parts,
                                              int part) noexcept {
        return targets * part / parts;
    }

    /// How many pages are worth it: 1 where 16 bits do without, or where rows are so short that the
    /// ends of segments would cost half of what is saved.
    [[nodiscard]] static std::ptrdiff_t pages_for(std::ptrdiff_t sources, std::ptrdiff_t targets,
                                                  std::ptrdiff_t synapses,
                                                  std::ptrdiff_t delays) noexcept;
    /// The same synapses in so many pages. Contract: one page, of which 65,536 targets fit.
    [[nodiscard]] static Parts in_pages(Parts parts, std::ptrdiff_t pages);

    /// Memory in use, what was made on demand included.
    [[nodiscard]] std::size_t bytes() const noexcept;

private:
    /// Segments [first, last) of a row.
    [[nodiscard]] Range segments(std::ptrdiff_t source, std::ptrdiff_t first,
                                 std::ptrdiff_t last) const noexcept {
        const std::int64_t start = parts_.starts[static_cast<std::size_t>(source)];
        if (parts_.segment_ends.empty()) {
            return {start, parts_.starts[static_cast<std::size_t>(source) + 1]};
        }
        const std::uint32_t* ends = parts_.segment_ends.data() + source * blocks() * parts_.pages;
        return {start + (first == 0 ? 0 : ends[first - 1]), start + ends[last - 1]};
    }

    Parts parts_;
    std::uint64_t id_;
    mutable std::mutex lock_;
    mutable std::unique_ptr<Turned> turned_;
    mutable std::unique_ptr<Bits> bits_;
    mutable std::map<int, std::vector<std::uint32_t>> cuts_;
};

using PatternRef = std::shared_ptr<const Pattern>;

}  // namespace monnto
