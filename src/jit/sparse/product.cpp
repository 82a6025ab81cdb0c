#include "count.hpp"
#include "kernels.hpp"
#include "operands.hpp"
#include "shares.hpp"

#include <monnto/array/executor.hpp>

namespace monnto::sparse {
namespace {

/// Rows of the sources that spike, added one after another to the targets of a share.
template <class T>
void add_rows(const Pattern& pattern, const Events<T>& events, const Weights<T>& weights, T* out) {
    std::int64_t touched = 0;
    for (const std::int32_t source : events.at) {
        const Pattern::Range row = pattern.row(source);
        touched += row.last - row.first;
    }
    counters().touched += static_cast<std::uint64_t>(touched);
    if (weights.is_single && events.are_ones && can_count(pattern, events.at.size(), touched)) {
        add_counted(pattern, events.at, weights.data[0], out);
        return;
    }
    pattern.with_targets([&](const auto* numbers) {
        in_shares(pattern, touched, [&](const Share& share) {
            std::fill(out + share.first, out + share.last, T(0));
            T* page = out + share.page_first;
            for (std::size_t e = 0; e < events.at.size(); ++e) {
                // A row is cut where it is sorted by target: in each block of a delay.
                for (std::ptrdiff_t k = 0; k < pattern.blocks(); ++k) {
                    const Pattern::Range part = share.part_of(pattern, events.at[e], k);
                    add_range(page, numbers, weights, events.factor[e], part.first, part.last);
                }
            }
        });
    });
}

}  // namespace

Value product_from_sources(const Node& node) {
    const Pattern& pattern = *node.attribute<SparseAttr>().pattern;
    Value result = reference::fresh(node.dtype, node.shape);
    const Value values = reference::contiguous(*node.inputs()[0]);
    const auto run = [&]<class T>(T /*type*/) {
        const Events<T> events(*node.inputs()[1]);
        const auto weights = weights_of_rows<T>(values, *node.inputs()[0], pattern,
                                                [&]() -> const auto& { return events.at; });
        add_rows<T>(pattern, events, weights, reference::elements<T>(result));
    };
    node.dtype == DType::f32 ? run(0.0F) : run(0.0);
    return result;
}

namespace {

/// Rows of few targets that have events, turned around: threads own sources.
template <class T>
void add_turned(const Pattern& pattern, const Events<T>& events, const Weights<T>& weights,
                T* out) {
    const Pattern::Turned& turned = pattern.turned();
    std::int64_t touched = 0;
    for (const std::int32_t target : events.at) {
        const auto row = static_cast<std::size_t>(target);
        touched += turned.starts[row + 1] - turned.starts[row];
    }
    counters().touched += static_cast<std::uint64_t>(touched);
    in_parallel(pattern.sources(), 64, touched * 4, [&](std::ptrdiff_t first, std::ptrdiff_t last) {
        std::fill(out + first, out + last, T(0));
        for (std::size_t e = 0; e < events.at.size(); ++e) {
            const auto row = static_cast<std::size_t>(events.at[e]);
            const auto begin = turned.sources.begin() + turned.starts[row];
            const auto end = turned.sources.begin() + turned.starts[row + 1];
            auto each = first == 0
                            ? begin
                            : std::lower_bound(begin, end, static_cast<std::uint32_t>(first));
            for (; each != end && static_cast<std::ptrdiff_t>(*each) < last; ++each) {
                const auto at = static_cast<std::size_t>(each - turned.sources.begin());
                const T value =
                    weights.is_single ? weights.data[0] : weights.data[turned.position(at)];
                out[*each] += value * events.factor[e];
            }
        }
    });
}

/// The whole row of each source, for vectors with many events.
template <class T>
void add_all(const Pattern& pattern, const Node& vector, const Weights<T>& weights, T* out) {
    std::vector<T> x(static_cast<std::size_t>(pattern.targets()), T(0));
    const Events<T> events(vector);
    for (std::size_t e = 0; e < events.at.size(); ++e) {
        x[static_cast<std::size_t>(events.at[e])] = events.factor[e];
    }
    counters().touched += static_cast<std::uint64_t>(pattern.size());
    in_parallel(pattern.sources(), 16, pattern.size() * 4, [&](auto first, auto last) {
        pattern.for_rows(first, last, [&](auto source, auto row, const auto* targets) {
            T total = T(0);
            for (std::int64_t k = row.first; k < row.last; ++k) {
                const T factor = x[targets[k - row.first]];
                const T value = weights.is_single ? weights.data[0] : weights.data[k];
                total += factor != T(0) ? value * factor : T(0);
            }
            out[source] = total;
        });
    });
}

}  // namespace

Value product_from_targets(const Node& node) {
    const Pattern& pattern = *node.attribute<SparseAttr>().pattern;
    Value result = reference::fresh(node.dtype, node.shape);
    const Value values = reference::contiguous(*node.inputs()[0]);
    const auto run = [&]<class T>(T /*type*/) {
        // A walk through the turned index jumps from row to row: as dear as this many synapses
        // read one after another.
        constexpr std::ptrdiff_t cost_of_jump = 8;
        const Node& vector = *node.inputs()[1];
        const Events<T> events(vector);
        const auto weights = weights_of<T>(values, *node.inputs()[0]);
        T* out = reference::elements<T>(result);
        const bool is_unsorted = pattern.delay_count() > 1;
        if (is_unsorted ||
            static_cast<std::ptrdiff_t>(events.at.size()) * cost_of_jump < pattern.targets()) {
            add_turned(pattern, events, weights, out);
        } else {
            add_all(pattern, vector, weights, out);
        }
    };
    node.dtype == DType::f32 ? run(0.0F) : run(0.0);
    return result;
}

}  // namespace monnto::sparse
