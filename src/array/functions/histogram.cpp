#include "made.hpp"

#include <monnto/array/functions/create.hpp>
#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/reduce.hpp>
#include <monnto/array/functions/sort.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace monnto {
namespace {

using Range = std::optional<std::pair<double, double>>;

struct Bounds {
    double first = 0.0, last = 1.0;
};

/// The lowest and highest edge. float32 data has float32 edges unless a range was given.
template <class T>
Bounds bounds_of(const std::vector<T>& values, const Range& range) {
    Bounds result;
    if (range) {
        result = {.first = range->first, .last = range->second};
        if (result.first > result.last) {
            throw BadParameter("range", Number(result.first).to_string(),
                               "its start must not lie above its end");
        }
    } else if (!values.empty()) {
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        const bool has_nan =
            std::any_of(values.begin(), values.end(), [](T x) { return std::isnan(x); });
        result = {.first = has_nan ? std::nan("") : static_cast<double>(*low),
                  .last = static_cast<double>(*high)};
    }
    if (!std::isfinite(result.first) || !std::isfinite(result.last)) {
        throw BadParameter("range", Number(result.first).to_string(),
                           "the range is not finite; give one that is");
    }
    if (result.first == result.last) {
        result = {.first = result.first - 0.5, .last = result.last + 0.5};
    }
    return result;
}

/// T is the dtype of the edges; Step that in which NumPy computes them and the bins.
template <class T, class Step>
std::vector<T> edges_of(const Bounds& bounds, std::ptrdiff_t bins) {
    const auto first = static_cast<Step>(bounds.first);
    const auto last = static_cast<Step>(bounds.last);
    const Step step = (last - first) / static_cast<Step>(bins);
    std::vector<T> edges(static_cast<std::size_t>(bins) + 1);
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const auto at = static_cast<Step>(i);
        const Step way = step == 0 ? at / static_cast<Step>(bins) * (last - first) : at * step;
        edges[i] = static_cast<T>(way + first);
    }
    edges.back() = static_cast<T>(last);
    if (std::adjacent_find(edges.begin(), edges.end(), std::greater_equal<>()) != edges.end()) {
        throw BadParameter("bins", std::to_string(bins), "too many for the range of the data");
    }
    return edges;
}

template <class T, class Step>
std::pair<Array, Array> counted(const std::vector<T>& values, std::ptrdiff_t bins,
                                const Range& range) {
    const Bounds bounds = bounds_of(values, range);
    const std::vector<T> edges = edges_of<T, Step>(bounds, bins);
    const auto first = static_cast<T>(bounds.first);
    const auto last = static_cast<T>(bounds.last);
    const Step width = static_cast<Step>(bounds.last) - static_cast<Step>(bounds.first);
    std::vector<std::int64_t> counts(static_cast<std::size_t>(bins));
    for (const T value : values) {
        if (!(value >= first && value <= last)) {
            continue;
        }
        const Step at = static_cast<Step>(value - first) / width * static_cast<Step>(bins);
        auto bin = static_cast<std::size_t>(at);
        bin -= bin == counts.size() ? 1 : 0;
        // The quotient may be off by a rounding next to an edge; the edges themselves decide.
        if (value < edges[bin]) {
            --bin;
        } else if (value >= edges[bin + 1] && bin + 1 != counts.size()) {
            ++bin;
        }
        ++counts[bin];
    }
    return {Array::from(counts), Array::from(edges)};
}

/// The elements as whole numbers, checked. The result is as long as the counts must be.
std::vector<std::int64_t> checked_bins(const Array& a, std::ptrdiff_t& length) {
    if (a.rank() != 1) {
        throw BadParameter("bincount", a.shape().to_string(), "give an array of one axis");
    }
    if (is_float(a.dtype())) {
        throw TypeMismatch("bincount", std::string(name_of(a.dtype())),
                           "give integers, or cast with astype() first");
    }
    if (length < 0) {
        throw BadParameter("min_length", std::to_string(length), "it must not be negative");
    }
    std::vector<std::int64_t> bins = a.astype(DType::i64).host<std::int64_t>();
    for (const std::int64_t bin : bins) {
        if (bin < 0) {
            throw BadParameter("bincount", std::to_string(bin), "elements must not be negative");
        }
        length = std::max(length, static_cast<std::ptrdiff_t>(bin) + 1);
    }
    return bins;
}

}  // namespace

std::pair<Array, Array> histogram(const Array& a, std::ptrdiff_t bins, const Range range) {
    if (bins < 1) {
        throw BadParameter("bins", std::to_string(bins), "there must be at least one");
    }
    const bool is_short = is_float(a.dtype()) && a.dtype() != DType::f64;
    if (!is_short) {
        return counted<double, double>(a.astype(DType::f64).host<double>(), bins, range);
    }
    const std::vector<float> values = a.astype(DType::f32).host<float>();
    return range ? counted<float, double>(values, bins, range)
                 : counted<float, float>(values, bins, range);
}

std::pair<Array, Array> histogram(const Array& a, const Array& edges) {
    if (edges.rank() != 1) {
        throw BadParameter("edges", edges.shape().to_string(), "give an array of one axis");
    }
    if (!all_of(diff(edges) >= 0).truth()) {
        throw BadParameter("edges", "unordered", "they must ascend");
    }
    const std::ptrdiff_t bins = std::max<std::ptrdiff_t>(edges.size() - 1, 0);
    const Array sorted = sort(a, std::nullopt);
    const Array inner(detail::part_of(edges.node(), 0, 0, bins));
    const Array outer(detail::part_of(edges.node(), 0, bins, edges.size() - bins));
    // The last bin holds its right edge too, the others only their left one.
    const Array below = detail::made(
        Op::concatenate, DType::i64, edges.shape(), AxisAttr{0},
        {searchsorted(sorted, inner).node(), searchsorted(sorted, outer, true).node()});
    return {diff(below), edges};
}

Array bincount(const Array& a, std::ptrdiff_t min_length) {
    const std::vector<std::int64_t> bins = checked_bins(a, min_length);
    std::vector<std::int64_t> counts(static_cast<std::size_t>(min_length));
    for (const std::int64_t bin : bins) {
        ++counts[static_cast<std::size_t>(bin)];
    }
    return Array::from(counts);
}

Array bincount(const Array& a, const Array& weights, std::ptrdiff_t min_length) {
    if (weights.shape() != a.shape()) {
        throw ShapeMismatch("bincount", a.shape().to_vector(), weights.shape().to_vector(),
                            "give one weight per element");
    }
    const std::vector<std::int64_t> bins = checked_bins(a, min_length);
    const std::vector<double> added = weights.astype(DType::f64).host<double>();
    std::vector<double> sums(static_cast<std::size_t>(min_length));
    for (std::size_t i = 0; i < bins.size(); ++i) {
        sums[static_cast<std::size_t>(bins[i])] += added[i];
    }
    return Array::from(sums);
}

}  // namespace monnto
