#include "move.hpp"
#include "scalar.hpp"
#include "scan.hpp"

#include <algorithm>
#include <vector>

namespace monnto::reference {
namespace {

/// Calls `sorted(row)` with the elements of each line along the axis, in a row that it may
/// overwrite, and stores them to the same line of the result.
template <class T, class R, class F>
void for_each_line(const T* in, R* out, const AxisShape& shape, F sorted) {
    std::vector<std::conditional_t<std::same_as<T, bool>, std::uint8_t, T>> line(
        static_cast<std::size_t>(shape.length));
    T* x = reinterpret_cast<T*>(line.data());
    if (shape.length == 0) {
        return;
    }
    for (std::ptrdiff_t o = 0; o < shape.outer; ++o) {
        for (std::ptrdiff_t i = 0; i < shape.inner; ++i) {
            const std::ptrdiff_t first = o * shape.length * shape.inner + i;
            move_row(x, 1, in + first, shape.inner, shape.length);
            move_row(out + first, shape.inner, sorted(x), 1, shape.length);
        }
    }
}

/// NaN goes behind first, so that the sort compares with one instruction.
template <class T>
void sort_row(T* x, std::ptrdiff_t count) {
    T* end = std::stable_partition(x, x + count, [](T each) { return !is_nan(each); });
    if constexpr (std::integral<T>) {
        std::sort(x, end);
    } else {
        std::stable_sort(x, end);  // -0.0 and 0.0 keep their order
    }
}

/// Positions in sorted order; equal elements keep theirs. Sorting pairs keeps the keys next to what
/// is compared, where sorting positions alone would miss the cache for each comparison.
template <class T>
class Positions {
public:
    explicit Positions(std::ptrdiff_t count)
        : pairs_(static_cast<std::size_t>(count)), positions_(pairs_.size()) {}

    const std::int64_t* of(const T* x) {
        for (std::size_t i = 0; i < pairs_.size(); ++i) {
            pairs_[i] = {x[i], static_cast<std::int64_t>(i)};
        }
        std::sort(pairs_.begin(), pairs_.end(), [](const Pair& a, const Pair& b) {
            return comes_before(a.key, b.key) || (!comes_before(b.key, a.key) && a.at < b.at);
        });
        std::transform(pairs_.begin(), pairs_.end(), positions_.begin(),
                       [](const Pair& pair) { return pair.at; });
        return positions_.data();
    }

private:
    struct Pair {
        T key{};
        std::int64_t at = 0;
    };
    std::vector<Pair> pairs_;
    std::vector<std::int64_t> positions_;
};

}  // namespace

Value run_sort(const Node& node) {
    const Value input = contiguous(*node.inputs()[0]);
    Value result = fresh(node.dtype, node.shape);
    const AxisShape shape(node.shape, node.attribute<AxisAttr>().axis);
    dispatch(node.dtype, [&]<class T>() {
        for_each_line(elements<T>(input), elements<T>(result), shape, [&shape](T* x) {
            sort_row(x, shape.length);
            return static_cast<const T*>(x);
        });
    });
    return result;
}

Value run_argsort(const Node& node) {
    const Node& input_node = *node.inputs()[0];
    const Value input = contiguous(input_node);
    Value result = fresh(node.dtype, node.shape);
    const AxisShape shape(node.shape, node.attribute<AxisAttr>().axis);
    dispatch(input_node.dtype, [&]<class T>() {
        Positions<T> positions(shape.length);
        for_each_line(elements<T>(input), elements<std::int64_t>(result), shape,
                      [&positions](const T* x) { return positions.of(x); });
    });
    return result;
}

Value run_searchsorted(const Node& node) {
    const Node& sorted_node = *node.inputs()[0];
    const Node& values_node = *node.inputs()[1];
    const Value sorted = contiguous(sorted_node);
    const Value values = contiguous(values_node);
    Value result = fresh(node.dtype, node.shape);
    auto* out = elements<std::int64_t>(result);
    const bool right = node.attribute<SideAttr>().right;
    dispatch(values_node.dtype, [&]<class T>() {
        const T* begin = elements<T>(sorted);
        const T* end = begin + sorted_node.shape.product();
        const T* value = elements<T>(values);
        for (std::ptrdiff_t i = 0; i < node.shape.product(); ++i) {
            const T* at = right ? std::upper_bound(begin, end, value[i], comes_before<T>)
                                : std::lower_bound(begin, end, value[i], comes_before<T>);
            out[i] = at - begin;
        }
    });
    return result;
}

}  // namespace monnto::reference
