#include "../math/discrete_draws.hpp"
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
    [[nodiscard]] T single() const noexcept { return values_.front(); }
    [[nodiscard]] T operator[](std::uint64_t element) const noexcept {
        return values_[is_single_ ? 0 : element];
    }

private:
    std::vector<T> values_;
    bool is_single_ = true;
};

/// `at` that only notes whether any element needs its rare function: a loop that calls none is one
/// that compilers turn into vectors.
struct Notes {
    bool* rare;
};
template <class T, class P>
[[nodiscard]] inline T rarely_drawn(bool mask, T fast, const lane::RareDraw<T, P>& /*slow*/,
                                    std::uint32_t /*word*/, P /*parameter*/,
                                    const Notes& at) noexcept {
    *at.rare = *at.rare | mask;
    return fast;
}

using Words = std::array<std::uint32_t, draws32_per_chunk>;

/// Calls `fill(words, first_element, count, out)` for every chunk.
template <class T, class F>
void fill_from_words(const RandomPosition& position, std::uint64_t count, T* out, F fill) {
    for (std::uint64_t done = 0; done < count; done += draws32_per_chunk) {
        const philox::Lanes chunk = chunk_of(position, done / draws32_per_chunk);
        Words words;
        for (std::size_t i = 0; i < words.size(); ++i) {
            words[i] = draw32(chunk, i);
        }
        fill(words, done, std::min<std::uint64_t>(words.size(), count - done), out + done);
    }
}

/// `draw(i, element, at)` for all words: quickly, and once more with care where that was not
/// enough.
template <class T, class F>
void draw_each(const RandomPosition& position, std::uint64_t first, std::uint64_t count, T* out,
               F draw) {
    bool rare = false;
    const Notes notes{&rare};
    for (std::uint64_t i = 0; i < count; ++i) {
        out[i] = draw(i, first + i, notes);
    }
    if (rare) {
        for (std::uint64_t i = 0; i < count; ++i) {
            out[i] = draw(i, first + i, lane::DrawPlace{position, first + i});
        }
    }
}

void draw_poisson_by_table(const RandomPosition& position, double rate, std::uint64_t count,
                           std::int64_t* out) {
    const lane::PoissonTable table = lane::poisson_table(rate);
    fill_from_words(
        position, count, out,
        [&](const Words& words, std::uint64_t first, std::uint64_t n, auto* values) {
            std::array<std::int32_t, draws32_per_chunk> order;
            std::array<std::int32_t, draws32_per_chunk> passed{};
            std::transform(words.begin(), words.end(), order.begin(),
                           lane::in_signed_order<std::uint32_t>);
            for (int k = 0; k < table.count; ++k) {
                const std::int32_t threshold = table.thresholds[static_cast<std::size_t>(k)];
                for (std::size_t i = 0; i < order.size(); ++i) {
                    passed[i] = lane::count_passed(passed[i], order[i], threshold);
                }
            }
            draw_each(position, first, n, values,
                      [&](std::uint64_t i, std::uint64_t, const auto& at) {
                          return lane::poisson_of_count(passed[i], words[i], table.first,
                                                        table.lowest, table.span, rate, at);
                      });
        });
}

}  // namespace

void draw_integers(const Node& node, std::int64_t* out) {
    const RandomPosition& position = node.attribute<RandomAttr>().position;
    const Parameter<std::int64_t> low(node, 0);
    const Parameter<std::int64_t> high(node, 1);
    const auto count = static_cast<std::uint64_t>(node.shape.product());
    fill_from_words(
        position, count, out,
        [&](const Words& words, std::uint64_t first, std::uint64_t n, std::int64_t* values) {
            draw_each(position, first, n, values,
                      [&](std::uint64_t i, std::uint64_t e, const auto& at) {
                          const auto start = static_cast<std::uint64_t>(low[e]);
                          const std::uint64_t range =
                              high[e] > low[e] ? static_cast<std::uint64_t>(high[e]) - start : 0;
                          return static_cast<std::int64_t>(
                              start + static_cast<std::uint64_t>(lane::below(words[i], range, at)));
                      });
        });
}

void draw_poisson(const Node& node, std::int64_t* out) {
    const RandomPosition& position = node.attribute<RandomAttr>().position;
    const Parameter<double> rates(node, 0);
    const auto count = static_cast<std::uint64_t>(node.shape.product());
    if (rates.is_single() && rates.single() >= 0.0 && rates.single() <= lane::largest_table_rate) {
        return draw_poisson_by_table(position, rates.single(), count, out);
    }
    fill_from_words(position, count, out,
                    [&](const Words& words, std::uint64_t first, std::uint64_t n, auto* values) {
                        for (std::uint64_t i = 0; i < n; ++i) {
                            values[i] =
                                lane::draw_poisson(position, first + i, words[i], rates[first + i]);
                        }
                    });
}

void draw_bernoulli(const Node& node, bool* out) {
    const RandomPosition& position = node.attribute<RandomAttr>().position;
    const Parameter<double> probability(node, 0);
    const auto count = static_cast<std::uint64_t>(node.shape.product());
    fill_from_words(position, count, out,
                    [&](const Words& words, std::uint64_t first, std::uint64_t n, bool* values) {
                        if (probability.is_single()) {
                            const double p = probability.single();
                            const std::uint32_t threshold = lane::bernoulli_threshold(p);
                            draw_each(position, first, n, values,
                                      [&](std::uint64_t i, std::uint64_t, const auto& at) {
                                          return lane::bernoulli(words[i], threshold, p, at);
                                      });
                        } else {
                            draw_each(position, first, n, values,
                                      [&](std::uint64_t i, std::uint64_t e, const auto& at) {
                                          return lane::bernoulli(words[i], probability[e], at);
                                      });
                        }
                    });
}

}  // namespace monnto::reference
