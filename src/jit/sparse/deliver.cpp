#include "count.hpp"
#include "history.hpp"
#include "kernels.hpp"
#include "operands.hpp"
#include "shares.hpp"

#include <monnto/array/executor.hpp>

#include <cstring>
#include <vector>

namespace monnto::sparse {
namespace {

/// A block of synapses that is due, and its number in order of sources and delays.
struct Due {
    Pattern::Range range;
    std::ptrdiff_t number;
};

/// All that is due comes from one step: its events.
[[nodiscard]] std::span<const std::int32_t> only_events(const Pattern& pattern,
                                                        const History& history) {
    return history.events(pattern.longest_delay() - 1);
}

/// Longest delays first, each in order of sources.
std::int64_t find_due(const Pattern& pattern, const History& history, std::vector<Due>& due) {
    due.clear();
    std::int64_t total = 0;
    const std::ptrdiff_t blocks = std::max<std::ptrdiff_t>(1, pattern.delay_count());
    for (std::ptrdiff_t k = blocks - 1; k >= 0; --k) {
        const std::int32_t delay =
            pattern.delays().empty() ? 1 : pattern.delays()[static_cast<std::size_t>(k)];
        for (const std::int32_t source : history.events(delay - 1)) {
            const Pattern::Range range = pattern.block(source, k);
            if (range.first != range.last) {
                due.push_back({range, source * blocks + k});
                total += range.last - range.first;
            }
        }
    }
    return total;
}

/// Asks for the lines of a block that will be added soon. Hardware follows long rows by itself, but
/// a block of a delay is over before it notices.
template <class T, class Index>
inline void fetch(const Index* targets, const Weights<T>& weights, Pattern::Range range) {
    constexpr std::int64_t most = 256;  // synapses; beyond, hardware has noticed
    constexpr std::int64_t line = 64;
    const std::int64_t last = std::min(range.last, range.first + most);
    constexpr auto per_line = static_cast<std::int64_t>(line / sizeof(Index));
    for (std::int64_t k = range.first; k < last; k += per_line) {
        __builtin_prefetch(targets + k);
    }
    if (!weights.is_single) {
        constexpr auto values_per_line = static_cast<std::int64_t>(line / sizeof(T));
        for (std::int64_t k = range.first; k < last; k += values_per_line) {
            __builtin_prefetch(weights.data + k);
        }
    }
}

template <class T>
void add_due(const Pattern& pattern, const std::vector<Due>& due, const Weights<T>& weights,
             std::int64_t total, T* out) {
    constexpr std::size_t ahead = 4;
    pattern.with_targets([&](const auto* targets) {
        in_shares(pattern, total, [&](const Share& share) {
            std::fill(out + share.first, out + share.last, T(0));
            for (std::size_t e = 0; e < due.size(); ++e) {
                if (e + ahead < due.size()) {
                    const Due& next = due[e + ahead];
                    fetch(targets, weights, share.part_of(next.range, next.number));
                }
                const Pattern::Range part = share.part_of(due[e].range, due[e].number);
                add_range(out, targets, weights, T(1), part.first, part.last);
            }
        });
    });
}

}  // namespace

Value deliver(const Node& node) {
    const auto& attribute = node.attribute<SparseAttr>();
    const Pattern& pattern = *attribute.pattern;
    const Value past = reference::contiguous(*node.inputs()[1]);
    const History history{reference::elements<std::int32_t>(past), pattern.sources(),
                          attribute.slots};
    static thread_local std::vector<Due> due;
    const std::int64_t total = find_due(pattern, history, due);
    counters().touched += static_cast<std::uint64_t>(total);
    Value result = reference::fresh(node.dtype, node.shape);
    const Value values = reference::contiguous(*node.inputs()[0]);
    const bool is_single = node.inputs()[0]->shape.empty();
    const auto run = [&]<class T>(T /*type*/) {
        const Weights<T> weights = weights_of<T>(values, *node.inputs()[0]);
        T* out = reference::elements<T>(result);
        if (is_single && can_count(pattern, due.size(), total)) {
            add_counted(pattern, only_events(pattern, history), weights.data[0], out);
        } else {
            add_due<T>(pattern, due, weights, total, out);
        }
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
