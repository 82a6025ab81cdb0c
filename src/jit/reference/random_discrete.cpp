#include "lookup.hpp"
#include "operand.hpp"
#include "random.hpp"

#include <cmath>
#include <limits>
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
        advances_ = !is_single;
    }
    [[nodiscard]] T operator[](std::uint64_t element) const noexcept {
        return values_[advances_ ? element : 0];
    }

private:
    std::vector<T> values_;
    bool advances_ = false;
};

/// Words for further attempts of one element, which has a whole block in each.
[[nodiscard]] philox::Block attempt_block(const RandomPosition& position, std::uint64_t element,
                                          std::uint64_t attempt) noexcept {
    const Place place = place_of(position, element, attempt);
    return philox::block(place.counter, place.key);
}
[[nodiscard]] std::uint64_t joined(std::uint32_t low, std::uint32_t high) noexcept {
    return low | (std::uint64_t{high} << 32U);
}

/// Uniform below `range`, without bias: D. Lemire, "Fast random integer generation in an interval",
/// ACM TOMACS 29 (2019), doi 10.1145/3230636. A second attempt has a probability of range / 2^64.
[[nodiscard]] std::uint64_t below(std::uint64_t range, std::uint64_t draw,
                                  const RandomPosition& position, std::uint64_t element) noexcept {
    __extension__ using Wide = unsigned __int128;
    Wide product = Wide{draw} * range;
    if (static_cast<std::uint64_t>(product) < range) {
        const std::uint64_t surplus = (0 - range) % range;
        for (std::uint64_t attempt = 1; static_cast<std::uint64_t>(product) < surplus; ++attempt) {
            const philox::Block words = attempt_block(position, element, attempt);
            product = Wide{joined(words[0], words[1])} * range;
        }
    }
    return static_cast<std::uint64_t>(product >> 64U);
}

/// The smallest k whose cumulative probability exceeds `u`. The sum stops growing where the terms
/// fall below its last bit, which may be below the largest u.
[[nodiscard]] std::int64_t poisson_by_inversion(double rate, double u) noexcept {
    double term = std::exp(-rate);
    double sum = term;
    std::int64_t k = 0;
    while (u >= sum) {
        ++k;
        term *= rate / static_cast<double>(k);
        if (sum + term == sum) {
            break;
        }
        sum += term;
    }
    return k;
}

/// Transformed rejection with squeeze, "PTRS": W. Hoermann, "The transformed rejection method for
/// generating Poisson random variables", Insurance: Mathematics and Economics 12 (1993),
/// doi 10.1016/0167-6687(93)90997-4. Exact for rates of 10 and more; takes 1.1 to 1.3 attempts.
[[nodiscard]] std::int64_t poisson_by_rejection(double rate, const RandomPosition& position,
                                                std::uint64_t element) noexcept {
    const double b = 0.931 + 2.53 * std::sqrt(rate);
    const double a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    const double squeeze = 0.9277 - 3.6224 / (b - 2.0);
    const double log_rate = std::log(rate);
    for (std::uint64_t attempt = 1;; ++attempt) {
        const philox::Block words = attempt_block(position, element, attempt);
        const double u = unit_double(joined(words[0], words[1])) - 0.5;
        const double v = unit_double(joined(words[2], words[3]));
        const double us = 0.5 - std::abs(u);
        const double k = std::floor((2.0 * a / us + b) * u + rate + 0.43);
        if (us >= 0.07 && v <= squeeze) {
            return static_cast<std::int64_t>(k);
        }
        if (k < 0.0 || (us < 0.013 && v > us)) {
            continue;
        }
        int sign = 0;  // lgamma itself writes a global variable
        const double log_probability = k * log_rate - rate - ::lgamma_r(k + 1.0, &sign);
        if (std::log(v) + std::log(inverse_alpha) - std::log(a / (us * us) + b) <=
            log_probability) {
            return static_cast<std::int64_t>(k);
        }
    }
}

}  // namespace

void draw_integers(const Node& node, std::int64_t* out) {
    const RandomPosition& position = node.attribute<RandomAttr>().position;
    const Parameter<std::int64_t> low(node, 0);
    const Parameter<std::int64_t> high(node, 1);
    Draws64 draws(position);
    const auto count = static_cast<std::uint64_t>(node.shape.product());
    for (std::uint64_t e = 0; e < count; ++e) {
        const auto range = static_cast<std::uint64_t>(high[e]) - static_cast<std::uint64_t>(low[e]);
        const std::uint64_t offset = high[e] > low[e] ? below(range, draws[e], position, e) : 0;
        out[e] = static_cast<std::int64_t>(static_cast<std::uint64_t>(low[e]) + offset);
    }
}

void draw_poisson(const Node& node, std::int64_t* out) {
    // Beyond this a double cannot tell neighbors apart and the result would leave int64 (NumPy
    // refuses it).
    constexpr double largest_rate = 9.2e18;
    constexpr double smallest_rate_for_rejection = 10.0;
    const RandomPosition& position = node.attribute<RandomAttr>().position;
    const Parameter<double> rates(node, 0);
    Draws64 draws(position);
    const auto count = static_cast<std::uint64_t>(node.shape.product());
    for (std::uint64_t e = 0; e < count; ++e) {
        const double rate = rates[e];
        if (!(rate > 0.0)) {  // negative rates and NaN are refused when recording
            out[e] = 0;
        } else if (rate < smallest_rate_for_rejection) {
            out[e] = poisson_by_inversion(rate, unit_double(draws[e]));
        } else {
            out[e] = poisson_by_rejection(std::min(rate, largest_rate), position, e);
        }
    }
}

void draw_bernoulli(const Node& node, bool* out) {
    const Parameter<double> probability(node, 0);
    Draws64 draws(node.attribute<RandomAttr>().position);
    const auto count = static_cast<std::uint64_t>(node.shape.product());
    for (std::uint64_t e = 0; e < count; ++e) {
        out[e] = unit_double(draws[e]) < probability[e];
    }
}

}  // namespace monnto::reference
