#include "../math/exp.hpp"
#include "../math/log.hpp"
#include "../math/rare_draws.hpp"
#include "random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace monnto::lane {
namespace {

using reference::attempt_block;
using reference::joined;
using reference::unit_double;

constexpr double words = 0x1p32;  // all there are

/// The lower bits of an element's uniform number.
[[nodiscard]] std::uint64_t rest_of(const RandomPosition& position,
                                    std::uint64_t element) noexcept {
    const philox::Block block = attempt_block(position, element, 1);
    return joined(block[0], block[1]);
}

/// The probabilities of 0, 1, 2, ..., times 2^32.
class PoissonTerms {
public:
    explicit PoissonTerms(double rate) : rate_(rate), term_(words * exp(-rate)) {}
    [[nodiscard]] std::int64_t k() const noexcept { return k_; }
    [[nodiscard]] std::uint64_t whole() const noexcept { return static_cast<std::uint64_t>(term_); }
    [[nodiscard]] double rest() const noexcept { return term_ - std::floor(term_); }
    /// All further terms are smaller than 1 and fall.
    [[nodiscard]] bool is_beyond_words() const noexcept {
        return term_ < 1.0 && static_cast<double>(k_) > rate_;
    }
    void advance() noexcept {
        ++k_;
        term_ *= rate_ / static_cast<double>(k_);
    }

private:
    double rate_;
    double term_;
    std::int64_t k_ = 0;
};

[[nodiscard]] std::int64_t poisson_by_words(double rate, const RandomPosition& position,
                                            std::uint64_t element, std::uint32_t word) noexcept {
    std::uint64_t dealt = 0;
    for (PoissonTerms terms(rate); !terms.is_beyond_words(); terms.advance()) {
        dealt += terms.whole();
        if (word < dealt) {
            return terms.k();
        }
    }
    const double place =
        static_cast<double>(word - dealt) + unit_double(rest_of(position, element));
    double sum = 0.0;
    PoissonTerms terms(rate);
    for (;; terms.advance()) {
        const double before = sum;
        sum += terms.rest();
        // The sum stops growing at its last bit, which may be a little below the largest place.
        if (place < sum || (sum == before && terms.is_beyond_words())) {
            return terms.k();
        }
    }
}

/// ln(k!) to 1e-12 for k >= 7 (Stirling's series).
[[nodiscard]] double log_factorial(double k) noexcept {
    constexpr double half_log_of_turn = 0.91893853320467274178;
    const double x = k + 1.0;
    const double inverse = 1.0 / x;
    const double square = inverse * inverse;
    const double series =
        inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
    return (x - 0.5) * log(x) - x + half_log_of_turn + series;
}

/// Transformed rejection with squeeze, "PTRS": W. Hoermann, "The transformed rejection method for
/// generating Poisson random variables", Insurance: Mathematics and Economics 12 (1993),
/// doi 10.1016/0167-6687(93)90997-4. Takes 1.1 to 1.2 attempts.
[[nodiscard]] std::int64_t poisson_by_rejection(double rate, const RandomPosition& position,
                                                std::uint64_t element) noexcept {
    const double b = 0.931 + 2.53 * std::sqrt(rate);
    const double a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    const double squeeze = 0.9277 - 3.6224 / (b - 2.0);
    for (std::uint64_t attempt = 1;; ++attempt) {
        const philox::Block block = attempt_block(position, element, attempt);
        const double u = unit_double(joined(block[0], block[1])) - 0.5;
        const double v = unit_double(joined(block[2], block[3]));
        const double us = 0.5 - std::abs(u);
        const double k = std::floor((2.0 * a / us + b) * u + rate + 0.43);
        if (us >= 0.07 && v <= squeeze) {
            return static_cast<std::int64_t>(k);
        }
        if (k < 0.0 || (us < 0.013 && v > us)) {
            continue;
        }
        const double log_probability = k * log(rate) - rate - log_factorial(k);
        if (log(v * inverse_alpha / (a / (us * us) + b)) <= log_probability) {
            return static_cast<std::int64_t>(k);
        }
    }
}

[[nodiscard]] std::int32_t in_signed_order_of(std::uint64_t word) noexcept {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(word) ^ 0x80000000U);
}

}  // namespace

bool draw_bernoulli(const RandomPosition& position, std::uint64_t element, std::uint32_t word,
                    double probability) noexcept {
    const double scaled = probability * words;
    const double whole = std::floor(scaled);
    const auto drawn = static_cast<double>(word);
    return drawn == whole ? unit_double(rest_of(position, element)) < scaled - whole
                          : drawn < whole;
}

std::uint32_t bernoulli_threshold(double probability) noexcept {
    const double scaled = probability * words;
    if (scaled >= words) {
        return std::numeric_limits<std::uint32_t>::max();
    }
    return scaled > 0.0 ? static_cast<std::uint32_t>(scaled) : 0;
}

std::int64_t draw_below(const RandomPosition& position, std::uint64_t element, std::uint32_t word,
                        std::uint64_t range) noexcept {
    __extension__ using Wide = unsigned __int128;
    const Wide upper = Wide{word} * range;
    const Wide lower = Wide{rest_of(position, element)} * range;
    return static_cast<std::int64_t>(static_cast<std::uint64_t>((upper + (lower >> 64U)) >> 32U));
}

std::int64_t draw_poisson(const RandomPosition& position, std::uint64_t element, std::uint32_t word,
                          double rate) noexcept {
    // Beyond this a double cannot tell neighbors apart and the result would leave int64 (NumPy
    // refuses it).
    constexpr double largest_rate = 9.2e18;
    if (!(rate > 0.0)) {  // negative rates and NaN are refused when recording
        return 0;
    }
    return rate <= largest_table_rate
               ? poisson_by_words(rate, position, element, word)
               : poisson_by_rejection(std::min(rate, largest_rate), position, element);
}

PoissonTable poisson_table(double rate) noexcept {
    // What either end may leave out: a call of 50 ns that often costs 0.03 ns a draw.
    constexpr std::uint64_t left_out = std::uint64_t{1} << 20U;
    constexpr std::uint64_t all = std::uint64_t{1} << 32U;
    PoissonTable table;
    table.thresholds.fill(std::numeric_limits<std::int32_t>::max());  // passed by no word
    std::uint64_t dealt = 0;
    for (PoissonTerms terms(rate); dealt < all - left_out; terms.advance()) {
        if (dealt <= left_out) {
            table.first = static_cast<std::int32_t>(terms.k());
            table.lowest = static_cast<std::uint32_t>(dealt);
            table.count = 0;
        } else {
            table.thresholds[static_cast<std::size_t>(table.count++)] =
                in_signed_order_of(dealt - 1);
        }
        dealt += terms.whole();
    }
    table.span = static_cast<std::uint32_t>(dealt - 1) - table.lowest;
    return table;
}

}  // namespace monnto::lane
