#include "kernels.hpp"
#include "operands.hpp"
#include "reference/reducers.hpp"
#include "shares.hpp"

#include <array>

// Sums along an axis, to the bits of the dense matrix (S17): 16 lanes by index, in blocks of 4,096.
namespace monnto::sparse {
namespace {

using reference::block_size;
using reference::lane_count;

template <class T>
T joined(T* lanes) noexcept {
    for (std::ptrdiff_t half = lane_count / 2; half > 0; half /= 2) {
        for (std::ptrdiff_t i = 0; i < half; ++i) {
            lanes[i] += lanes[i + half];
        }
    }
    return lanes[0];
}

/// Of `count` synapses whose targets ascend.
template <class T, class Index>
T row_sum(const Index* targets, const Weights<T>& weights, std::int64_t first,
          std::int64_t count) noexcept {
    T total = T(0);
    std::int64_t k = 0;
    while (k < count) {
        const auto block = static_cast<std::ptrdiff_t>(targets[k]) / block_size;
        std::array<T, lane_count> lanes{};
        for (; k < count && static_cast<std::ptrdiff_t>(targets[k]) / block_size == block; ++k) {
            lanes[targets[k] % static_cast<Index>(lane_count)] +=
                weights.is_single ? weights.data[0] : weights.data[first + k];
        }
        total += joined(lanes.data());
    }
    return total;
}

template <class T>
void sum_by_source(const Pattern& pattern, const Weights<T>& weights, T* out) {
    in_parallel(pattern.sources(), 16, pattern.size() * 4, [&](auto first, auto last) {
        pattern.for_rows(first, last, [&](auto source, auto row, const auto* targets) {
            out[source] = row_sum(targets, weights, row.first, row.last - row.first);
        });
    });
}

/// A share's targets, 16 lanes each, over blocks of sources.
template <class T, class Index>
void sum_share(const Pattern& pattern, const Index* numbers, const Weights<T>& weights,
               const Share& share, T* out) {
    std::vector<T> lanes(static_cast<std::size_t>((share.last - share.first) * lane_count));
    std::fill(out + share.first, out + share.last, T(0));
    const std::ptrdiff_t blocks = pattern.blocks();
    const std::ptrdiff_t shift = share.first - share.page_first;
    for (std::ptrdiff_t start = 0; start < pattern.sources(); start += block_size) {
        std::ranges::fill(lanes, T(0));
        const std::ptrdiff_t end = std::min<std::ptrdiff_t>(start + block_size, pattern.sources());
        for (std::ptrdiff_t number = start * blocks; number < end * blocks; ++number) {
            const std::ptrdiff_t source = number / blocks;
            const Pattern::Range part = share.part_of(pattern, source, number % blocks);
            T* lane = lanes.data() - shift * lane_count + source % lane_count;
            for (std::int64_t k = part.first; k < part.last; ++k) {
                lane[static_cast<std::ptrdiff_t>(numbers[k]) * lane_count] +=
                    weights.is_single ? weights.data[0] : weights.data[k];
            }
        }
        for (std::ptrdiff_t target = share.first; target < share.last; ++target) {
            out[target] += joined(lanes.data() + (target - share.first) * lane_count);
        }
    }
}

template <class T>
void sum_by_target(const Pattern& pattern, const Weights<T>& weights, T* out) {
    pattern.with_targets([&](const auto* numbers) {
        in_shares(pattern, pattern.size(),
                  [&](const Share& share) { sum_share(pattern, numbers, weights, share, out); });
    });
}

/// Rows sorted by delay first, whose targets do not ascend.
template <class T>
void sum_unsorted_by_source(const Pattern& pattern, const Weights<T>& weights, T* out) {
    std::vector<std::uint32_t> order;
    std::vector<std::uint32_t> sorted;
    std::vector<T> values;
    pattern.for_rows(0, pattern.sources(), [&](auto source, auto row, const auto* targets) {
        order.resize(static_cast<std::size_t>(row.last - row.first));
        for (std::size_t k = 0; k < order.size(); ++k) {
            order[k] = static_cast<std::uint32_t>(k);
        }
        std::ranges::stable_sort(order, {}, [&](auto k) { return targets[k]; });
        sorted.clear();
        values.clear();
        for (const std::uint32_t k : order) {
            sorted.push_back(targets[k]);
            values.push_back(weights.is_single ? weights.data[0] : weights.data[row.first + k]);
        }
        out[source] = row_sum<T>(sorted.data(), {values.data(), false}, 0, row.last - row.first);
    });
}

}  // namespace

Value sum(const Node& node) {
    const auto& attribute = node.attribute<SparseAttr>();
    const Pattern& pattern = *attribute.pattern;
    Value result = reference::fresh(node.dtype, node.shape);
    const Value values = reference::contiguous(*node.inputs()[0]);
    const auto run = [&]<class T>(T /*type*/) {
        const auto weights = weights_of<T>(values, *node.inputs()[0]);
        T* out = reference::elements<T>(result);
        if (attribute.side == Side::target) {
            sum_by_target(pattern, weights, out);
        } else if (pattern.delay_count() > 1) {
            sum_unsorted_by_source(pattern, weights, out);
        } else {
            sum_by_source(pattern, weights, out);
        }
    };
    node.dtype == DType::f32 ? run(0.0F) : run(0.0);
    return result;
}

}  // namespace monnto::sparse
