#include "draw_loops.hpp"
#include "lookup.hpp"
#include "operand.hpp"
#include "random.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace monnto::reference {
namespace {

/// A parameter of a distribution: one number, or one per element in C order.
template <class T>
class Parameter {
public:
    Parameter(const Node& node, std::size_t input) {
        const Node& from = *node.inputs()[input];
        const Kernel cast = cast_kernel(from.dtype, dtype_of<T>);
        const auto width = static_cast<std::ptrdiff_t>(size_of(from.dtype));
        const bool is_single = from.shape.product() == 1;
        const Shape shape = is_single ? Shape{1} : node.shape;
        const Operand in =
            is_single ? Operand{operand(from).data, Strides{0}} : operand(from, shape);
        values_.resize(static_cast<std::size_t>(shape.product()));
        T* out = values_.data();
        for_each_row<1>(shape, {in.strides},
                        [&](const auto& at, std::ptrdiff_t count, const auto& step) {
                            cast({out, {in.data + at[0] * width}, {step[0]}, count});
                            out += count;
                        });
        is_single_ = is_single;
    }
    [[nodiscard]] bool is_single() const noexcept { return is_single_; }
    [[nodiscard]] T operator[](std::uint64_t element) const noexcept {
        return values_[is_single_ ? 0 : element];
    }

private:
    std::vector<T> values_;
    bool is_single_ = true;
};

template <class T>
void zero_unkept(const Extent& extent, std::uint64_t first, std::uint64_t count, T* values) {
    for (std::uint64_t i = 0; extent.kept != nullptr && i < count; ++i) {
        values[i] = extent.kept[first + i] ? values[i] : T{};
    }
}

/// Calls `fill(words, first_element, values)` for every chunk, which gives whether some element of
/// it needs `draw_one(element, word)`.
template <class T, class Fill, class DrawOne>
void draw_chunks(const RandomPosition& position, const Extent& extent, T* out, Fill fill,
                 DrawOne draw_one) {
    for (std::uint64_t first = 0; first < extent.count; first += draws32_per_chunk) {
        const std::uint64_t n = std::min<std::uint64_t>(draws32_per_chunk, extent.count - first);
        std::array<T, draws32_per_chunk> values{};
        if (extent.kept_from(first, n) != 0) {
            const philox::Lanes words = chunk_of(position, first / draws32_per_chunk);
            const bool is_rare = fill(words, first, values.data());
            if (is_rare) {
                for (std::uint64_t i = 0; i < n; ++i) {
                    values[i] = draw_one(first + i, draw32(words, i));
                }
            }
            zero_unkept(extent, first, n, values.data());
        }
        std::copy_n(values.data(), n, out + first);
    }
}

/// A parameter of the elements of a chunk. Beyond the last element it is 0.
template <class T>
using OfChunk = std::array<T, draws32_per_chunk>;

}  // namespace

void draw_integers(const Node& node, const Extent& extent, std::int64_t* out) {
    const RandomPosition& position = node.attribute<RandomAttr>().position;
    const Parameter<std::int64_t> low(node, 0);
    const Parameter<std::int64_t> high(node, 1);
    const auto range = [&](std::uint64_t e) {
        return high[e] > low[e]
                   ? static_cast<std::uint64_t>(high[e]) - static_cast<std::uint64_t>(low[e])
                   : 0;
    };
    const bool is_single = low.is_single() && high.is_single();
    OfChunk<std::uint64_t> ranges{};
    ranges.fill(is_single ? range(0) : 0);
    draw_chunks(
        position, extent, out,
        [&](const philox::Lanes& words, std::uint64_t first, std::int64_t* values) {
            const std::uint64_t last =
                is_single ? first : std::min(extent.count, first + ranges.size());
            for (std::uint64_t e = first; e < last; ++e) {
                ranges[e - first] = range(e);
            }
            return draw_loops().below(words, ranges.data(), values);
        },
        [&](std::uint64_t e, std::uint32_t word) {
            return lane::draw_below(position, e, word, range(e));
        });
    for (std::uint64_t e = 0; e < extent.count; ++e) {
        const auto start = static_cast<std::uint64_t>(extent.is_kept(e) ? low[e] : 0);
        out[e] = static_cast<std::int64_t>(start + static_cast<std::uint64_t>(out[e]));
    }
}

void draw_poisson(const Node& node, const Extent& extent, std::int64_t* out) {
    const RandomPosition& position = node.attribute<RandomAttr>().position;
    const Parameter<double> rates(node, 0);
    const auto draw_one = [&](std::uint64_t e, std::uint32_t word) {
        return lane::draw_poisson(position, e, word, rates[e]);
    };
    if (rates.is_single() && rates[0] >= 0.0 && rates[0] <= lane::largest_table_rate) {
        const lane::PoissonTable table = lane::poisson_table(rates[0]);
        draw_chunks(
            position, extent, out,
            [&table](const philox::Lanes& words, std::uint64_t /*first*/, std::int64_t* values) {
                return draw_loops().poisson(words, table, values);
            },
            draw_one);
    } else {
        draw_chunks(position, extent, out, [](const auto&...) { return true; }, draw_one);
    }
}

void draw_bernoulli(const Node& node, const Extent& extent, bool* out) {
    const RandomPosition& position = node.attribute<RandomAttr>().position;
    const Parameter<double> probabilities(node, 0);
    draw_chunks(
        position, extent, out,
        [&](const philox::Lanes& words, std::uint64_t first, bool* values) {
            if (probabilities.is_single()) {
                return draw_loops().bernoulli(words, probabilities[0], values);
            }
            OfChunk<double> own{};
            for (std::uint64_t e = first; e < std::min(extent.count, first + own.size()); ++e) {
                own[e - first] = probabilities[e];
            }
            return draw_loops().bernoulli_each(words, own.data(), values);
        },
        [&](std::uint64_t e, std::uint32_t word) {
            return lane::draw_bernoulli(position, e, word, probabilities[e]);
        });
}

}  // namespace monnto::reference
