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
/// Costs 2 bytes per synapse where there are at most 65,536 targets, else 4.
class Pattern {
public:
    struct Parts {
        std::ptrdiff_t sources = 0, targets = 0;
        std::vector<std::int64_t> starts;       // of rows, and the end of the last
        Ref<Buffer> indices;                    // targets: u16 where is_narrow(targets), else u32
        std::vector<std::int32_t> delays;       // distinct ones, ascending, in steps; may be empty
        std::vector<std::uint32_t> block_ends;  // by (source, delay), from the start of the row
    };
    /// Contract: consistent parts, sorted rows (the builders of the synapse module check).
    /// `block_ends` may be left out where there is at most one delay.
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
    [[nodiscard]] bool is_narrow() const noexcept { return is_narrow(parts_.targets); }
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
    [[nodiscard]] const Ref<Buffer>& indices() const noexcept { return parts_.indices; }

    /// Calls `use(targets)` with the targets of all synapses, as pointer to u16 or to u32.
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
    /// The synapses of a source with the delay of that index.
    [[nodiscard]] Range block(std::ptrdiff_t source, std::ptrdiff_t delay) const noexcept {
        if (parts_.block_ends.empty()) {
            return row(source);
        }
        const auto at = static_cast<std::size_t>(source * delay_count() + delay);
        const std::int64_t start = parts_.starts[static_cast<std::size_t>(source)];
        return {start + (delay == 0 ? 0 : parts_.block_ends[at - 1]),
                start + parts_.block_ends[at]};
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

    /// Where blocks are cut when `parts` threads own equal shares of the targets: of every (source,
    /// delay), parts - 1 numbers counted from the start of the block. Kept for each `parts` asked
    /// for.
    [[nodiscard]] std::span<const std::uint32_t> cuts(int parts) const;
    /// First target of a thread's share.
    [[nodiscard]] static std::ptrdiff_t share(std::ptrdiff_t targets, int parts,
                                              int part) noexcept {
        return targets * part / parts;
    }

    /// Memory in use, what was made on demand included.
    [[nodiscard]] std::size_t bytes() const noexcept;

private:
    Parts parts_;
    std::uint64_t id_;
    mutable std::mutex lock_;
    mutable std::unique_ptr<Turned> turned_;
    mutable std::unique_ptr<Bits> bits_;
    mutable std::map<int, std::vector<std::uint32_t>> cuts_;
};

using PatternRef = std::shared_ptr<const Pattern>;

}  // namespace monnto
