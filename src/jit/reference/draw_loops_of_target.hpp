#pragma once

#include "../math/discrete_draws.hpp"
#include "../math/real_draws.hpp"
#include "draw_loops.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

/// Included once by each source that is compiled for some target, see
/// function_loops_of_target.hpp. The functions are flattened because GCC leaves calls of the longer
/// polynomials in their loops, and then makes no vectors.
namespace monnto::reference::MONNTO_LANE_TARGET {

constexpr std::size_t lanes = philox::lanes;

template <class F>
void each_word(const philox::Lanes& words, F f) noexcept {
    for (std::size_t word = 0; word < 4; ++word) {
        const std::uint32_t* from = words.word[word].data();
#pragma GCC ivdep
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            f(word * lanes + lane, from[lane]);
        }
    }
}
/// Words 2 `pair` and 2 `pair` + 1 as words of 64 bits.
inline void join(const philox::Lanes& words, std::size_t pair, std::uint64_t* out) noexcept {
    const std::uint32_t* low = words.word[2 * pair].data();
    const std::uint32_t* high = words.word[2 * pair + 1].data();
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        out[lane] = low[lane] | (std::uint64_t{high[lane]} << 32U);
    }
}
template <class F>
void each_wide_word(const philox::Lanes& words, F f) noexcept {
    std::array<std::uint64_t, 2 * lanes> wide{};
    join(words, 0, wide.data());
    join(words, 1, wide.data() + lanes);
#pragma GCC ivdep
    for (std::size_t i = 0; i < 2 * lanes; ++i) {
        f(i, wide[i]);
    }
}

[[gnu::flatten]] inline void uniform(const philox::Lanes& words, float* out) noexcept {
    each_word(words, [out](std::size_t i, std::uint32_t w) { out[i] = lane::unit_interval(w); });
}
[[gnu::flatten]] inline void exponential(const philox::Lanes& words, float* out) noexcept {
    each_word(words, [out](std::size_t i, std::uint32_t w) { out[i] = lane::exponential(w); });
}
[[gnu::flatten]] inline void normal(const philox::Lanes& words, float* out) noexcept {
    for (std::size_t word = 0; word < 4; word += 2) {
        const std::uint32_t* radius = words.word[word].data();
        const std::uint32_t* angle = words.word[word + 1].data();
        float* first = out + word * lanes;
        float* second = first + lanes;
#pragma GCC ivdep
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            lane::normal_pair(radius[lane], angle[lane], first[lane], second[lane]);
        }
    }
}
[[gnu::flatten]] inline void uniform_double(const philox::Lanes& words, double* out) noexcept {
    each_wide_word(words,
                   [out](std::size_t i, std::uint64_t w) { out[i] = lane::unit_interval(w); });
}
[[gnu::flatten]] inline void exponential_double(const philox::Lanes& words, double* out) noexcept {
    each_wide_word(words, [out](std::size_t i, std::uint64_t w) { out[i] = lane::exponential(w); });
}
[[gnu::flatten]] inline void normal_double(const philox::Lanes& words, double* out) noexcept {
    std::array<std::uint64_t, lanes> radius{};
    std::array<std::uint64_t, lanes> angle{};
    join(words, 0, radius.data());
    join(words, 1, angle.data());
    double* second = out + lanes;
#pragma GCC ivdep
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        lane::normal_pair(radius[lane], angle[lane], out[lane], second[lane]);
    }
}
[[gnu::flatten]] inline void gaps(const philox::Lanes& words, double scale,
                                  std::int32_t* out) noexcept {
    std::array<double, 2 * lanes> waits{};
    exponential_double(words, waits.data());
    for (std::size_t i = 0; i < 2 * lanes; ++i) {
        const double gap = waits[i] * -scale;
        // A product of 0 and infinity, at subnormal probabilities, takes the limit too.
        out[i] = lane::convert<std::int32_t>(
            lane::select(gap < double{longest_gap}, gap, double{longest_gap}));
    }
}

/// `at` that only notes whether any element needs its rare function: compilers turn a loop into
/// vectors if it calls none.
struct Notes {
    std::uint32_t* rare;
};
template <class T, class P>
[[nodiscard]] inline T rarely_drawn(bool mask, T fast, const lane::RareDraw<T, P>& /*slow*/,
                                    std::uint32_t /*word*/, P /*parameter*/,
                                    const Notes& at) noexcept {
    *at.rare |= mask ? 1U : 0U;
    return fast;
}
template <class F>
[[nodiscard]] bool note_rare(const philox::Lanes& words, F f) noexcept {
    std::uint32_t rare = 0;
    each_word(words, [&](std::size_t i, std::uint32_t w) { f(i, w, Notes{&rare}); });
    return rare != 0;
}

[[gnu::flatten]] inline bool bernoulli(const philox::Lanes& words, double probability,
                                       bool* out) noexcept {
    const std::uint32_t threshold = lane::bernoulli_threshold(probability);
    return note_rare(words, [=](std::size_t i, std::uint32_t w, const Notes& at) {
        out[i] = lane::bernoulli(w, threshold, probability, at);
    });
}
[[gnu::flatten]] inline bool bernoulli_each(const philox::Lanes& words, const double* probabilities,
                                            bool* out) noexcept {
    return note_rare(words, [=](std::size_t i, std::uint32_t w, const Notes& at) {
        out[i] = lane::bernoulli(w, probabilities[i], at);
    });
}
[[gnu::flatten]] inline bool below(const philox::Lanes& words, const std::uint64_t* ranges,
                                   std::int64_t* out) noexcept {
    return note_rare(words, [=](std::size_t i, std::uint32_t w, const Notes& at) {
        out[i] = lane::below(w, ranges[i], at);
    });
}
[[gnu::flatten]] inline bool poisson(const philox::Lanes& words, const lane::PoissonTable& table,
                                     std::int64_t* out) noexcept {
    std::array<std::int32_t, 4 * lanes> order{};
    std::array<std::int32_t, 4 * lanes> passed{};
    each_word(words, [&](std::size_t i, std::uint32_t w) { order[i] = lane::in_signed_order(w); });
    for (std::int32_t k = 0; k < table.count; ++k) {
        const std::int32_t threshold = table.thresholds[static_cast<std::size_t>(k)];
        for (std::size_t i = 0; i < 4 * lanes; ++i) {
            passed[i] = lane::count_passed(passed[i], order[i], threshold);
        }
    }
    return note_rare(words, [&](std::size_t i, std::uint32_t w, const Notes& at) {
        out[i] =
            lane::poisson_of_count(passed[i], w, table.first, table.lowest, table.span, 0.0, at);
    });
}

// NOLINTNEXTLINE(misc-definitions-in-headers): one source per target includes this
DrawLoops draw_loops() noexcept {
    return {.uniform = uniform,
            .exponential = exponential,
            .normal = normal,
            .uniform_double = uniform_double,
            .exponential_double = exponential_double,
            .normal_double = normal_double,
            .gaps = gaps,
            .bernoulli = bernoulli,
            .bernoulli_each = bernoulli_each,
            .below = below,
            .poisson = poisson};
}

}  // namespace monnto::reference::MONNTO_LANE_TARGET
