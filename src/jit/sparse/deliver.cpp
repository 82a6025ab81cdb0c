#include "count.hpp"
#include "history.hpp"
#include "kernels.hpp"
#include "operands.hpp"
#include "shares.hpp"

#include <monnto/array/executor.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <vector>

namespace monnto::sparse {
namespace {

/// All that is due comes from one step: its events.
[[nodiscard]] std::span<const std::int32_t> only_events(const Pattern& pattern,
                                                        const History& history) {
    return history.events(pattern.longest_delay() - 1);
}

/// Calls `use(events, block)` for each delay, longest first: sources whose synapses of it are due.
template <class F>
void for_each_delay(const Pattern& pattern, const History& history, const F& use) {
    for (std::ptrdiff_t block = pattern.blocks() - 1; block >= 0; --block) {
        const std::int32_t delay =
            pattern.delays().empty() ? 1 : pattern.delays()[static_cast<std::size_t>(block)];
        use(history.events(delay - 1), block);
    }
}

/// How many synapses are due, about: what decides whether threads are worth it.
[[nodiscard]] std::int64_t expected_events(const Pattern& pattern, const History& history) {
    std::size_t blocks = 0;
    for_each_delay(pattern, history, [&](auto events, auto) { blocks += events.size(); });
    const std::ptrdiff_t all = std::max<std::ptrdiff_t>(1, pattern.sources() * pattern.blocks());
    return static_cast<std::int64_t>(static_cast<double>(blocks) *
                                     static_cast<double>(pattern.size()) /
                                     static_cast<double>(all));
}

/// Synapses of a source that are due: those with the delay of that index.
struct Due {
    std::int32_t source, block;
};

/// Longest delays first, each in order of sources.
void find_due(const Pattern& pattern, const History& history, std::vector<Due>& due) {
    due.clear();
    for_each_delay(pattern, history, [&](auto events, auto block) {
        for (const std::int32_t source : events) {
            due.push_back({source, static_cast<std::int32_t>(block)});
        }
    });
}

/// Their sources, each once, ascending.
[[nodiscard]] std::vector<std::int32_t> due_sources(const Pattern& pattern,
                                                    const History& history) {
    std::vector<std::int32_t> sources;
    for_each_delay(pattern, history, [&](auto events, auto) {
        sources.insert(sources.end(), events.begin(), events.end());
    });
    std::ranges::sort(sources);
    const auto repeated = std::ranges::unique(sources);
    sources.erase(repeated.begin(), repeated.end());
    return sources;
}

/// Asks for the lines of a block that will be added soon. Hardware follows long rows by itself, but
/// a block of a delay is over before it notices. Into the second cache: the first would lose them.
/// Inlined by force: GCC takes functions that only ask for memory for such without effect, and
/// drops their calls.
template <class T, class Index>
[[gnu::always_inline]] inline void fetch(const Index* numbers, const Weights<T>& weights,
                                         Pattern::Range range) {
    constexpr std::int64_t most = 256;  // synapses; beyond, hardware has noticed
    const auto lines = [] [[gnu::always_inline]] (const auto* from, std::int64_t first,
                                                  std::int64_t last) {
        constexpr auto per_line = static_cast<std::int64_t>(64 / sizeof(*from));
        for (std::int64_t k = first; k < last; k += per_line) {
            __builtin_prefetch(from + k, 0, 2);
        }
        __builtin_prefetch(from + last - 1, 0, 2);
    };
    const std::int64_t last = std::min(range.last, range.first + most);
    if (range.first == last) {
        return;
    }
    lines(numbers, range.first, last);
    if (!weights.is_single) {
        lines(weights.data, range.first, last);
    }
}

/// Adds what is due in a share. Three things happen at a time, because each has to wait for memory:
/// where synapses lie is looked up, they are fetched, and those fetched before are added.
template <class T, class Index>
std::int64_t add_share(const Pattern& pattern, const std::vector<Due>& due, const Share& share,
                       const Index* numbers, const Weights<T>& weights, T* out) {
    constexpr std::size_t ahead = 8;
    const bool has_segments = !pattern.parts().segment_ends.empty();
    std::array<Pattern::Range, ahead> ranges{};
    std::int64_t total = 0;
    const auto look_up = [&](std::size_t e) {
        const Due& each = due[e];
        ranges[e % ahead] = share.part_of(pattern, each.source, each.block);
        fetch(numbers, weights, ranges[e % ahead]);
    };
    for (std::size_t e = 0; e < std::min(ahead, due.size()); ++e) {
        look_up(e);
    }
    for (std::size_t e = 0; e < due.size(); ++e) {
        if (has_segments && e + 2 * ahead < due.size()) {
            const Due& later = due[e + 2 * ahead];
            pattern.fetch_segment(later.source, later.block, share.page);
        }
        const Pattern::Range range = ranges[e % ahead];
        if (e + ahead < due.size()) {
            look_up(e + ahead);
        }
        add_range(out, numbers, weights, T(1), range.first, range.last);
        total += range.last - range.first;
    }
    return total;
}

/// Each thread looks up and adds what ends in its share of the targets. Returns how much there was.
template <class T>
std::int64_t add_due(const Pattern& pattern, const History& history, const Weights<T>& weights,
                     T* out) {
    std::atomic<std::int64_t> total{0};
    pattern.with_targets([&](const auto* numbers) {
        in_shares(pattern, expected_events(pattern, history), [&](const Share& share) {
            static thread_local std::vector<Due> due;
            find_due(pattern, history, due);
            std::fill(out + share.first, out + share.last, T(0));
            total += add_share(pattern, due, share, numbers, weights, out + share.page_first);
        });
    });
    return total;
}

/// All that is due at once, where all synapses share a delay.
[[nodiscard]] std::int64_t due_together(const Pattern& pattern,
                                        std::span<const std::int32_t> events) {
    std::int64_t total = 0;
    for (const std::int32_t source : events) {
        const Pattern::Range row = pattern.row(source);
        total += row.last - row.first;
    }
    return total;
}

template <class T>
std::int64_t add_all(const Pattern& pattern, const History& history, const Weights<T>& weights,
                     T* out) {
    if (weights.is_single && pattern.delay_count() <= 1) {
        const std::span<const std::int32_t> events = only_events(pattern, history);
        const std::int64_t total = due_together(pattern, events);
        if (can_count(pattern, events.size(), total)) {
            add_counted(pattern, events, weights.data[0], out);
            return total;
        }
    }
    return add_due(pattern, history, weights, out);
}

}  // namespace

Value deliver(const Node& node) {
    const auto& attribute = node.attribute<SparseAttr>();
    const Pattern& pattern = *attribute.pattern;
    const Value past = reference::contiguous(*node.inputs()[1]);
    const History history{reference::elements<std::int32_t>(past), pattern.sources(),
                          attribute.slots};
    Value result = reference::fresh(node.dtype, node.shape);
    const Value values = reference::contiguous(*node.inputs()[0]);
    const auto run = [&]<class T>(T /*type*/) {
        const auto weights = weights_of_rows<T>(values, *node.inputs()[0], pattern,
                                                [&] { return due_sources(pattern, history); });
        counters().touched += static_cast<std::uint64_t>(
            add_all<T>(pattern, history, weights, reference::elements<T>(result)));
    };
    node.dtype == DType::f32 ? run(0.0F) : run(0.0);
    return result;
}

Value push(const Node& node) {
    const NodeRef& before = node.inputs()[0];
    const Node& vector = *node.inputs()[1];
    Value result;
    if (can_donate(before)) {
        ++counters().donated;
        result = before->value();
    } else {
        const Value old = reference::contiguous(*before);
        result = reference::fresh(node.dtype, node.shape);
        std::memcpy(result.buffer->data(), reference::elements<std::int32_t>(old),
                    static_cast<std::size_t>(node.shape.product()) * sizeof(std::int32_t));
    }
    const History history{reference::elements<std::int32_t>(result), vector.shape[0],
                          node.attribute<SparseAttr>().slots};
    *history.data = (*history.data + 1) % history.slots;
    static thread_local std::vector<std::int32_t> events;
    const reference::Operand x = reference::operand(vector);
    events::find_events({vector.dtype, x.data, x.strides[0], vector.shape[0]}, 0, events);
    std::int32_t* slot = history.slot(*history.data);
    slot[0] = static_cast<std::int32_t>(events.size());
    std::ranges::copy(events, slot + 1);
    return result;
}

}  // namespace monnto::sparse
