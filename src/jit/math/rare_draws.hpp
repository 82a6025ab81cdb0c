#pragma once

#include <monnto/array/random_key.hpp>

#include <array>
#include <cstdint>

/// Draws of single elements by their definition, for the cases that jit/math/discrete_draws.hpp
/// leaves over. Every result is a function of a uniform number whose upper 32 bits are the
/// element's word and whose lower 64 are the first two words of the element's attempt block 1.
namespace monnto::lane {

/// A function that kernels call for single elements. The name is its symbol in kernels.
template <class T, class Parameter>
struct RareDraw {
    const char* name;
    T (*call)(const RandomPosition& position, std::uint64_t element, std::uint32_t word,
              Parameter parameter) noexcept;
};

[[nodiscard]] bool draw_bernoulli(const RandomPosition& position, std::uint64_t element,
                                  std::uint32_t word, double probability) noexcept;
inline constexpr RareDraw<bool, double> rare_bernoulli{"rare_bernoulli", &draw_bernoulli};

/// Of every range: the upper part of (uniform number) * range. What 96 bits leave of bias is below
/// range / 2^96.
[[nodiscard]] std::int64_t draw_below(const RandomPosition& position, std::uint64_t element,
                                      std::uint32_t word, std::uint64_t range) noexcept;
inline constexpr RareDraw<std::int64_t, std::uint64_t> rare_below{"rare_below", &draw_below};

/// Of every rate. To `largest_table_rate`, the 2^32 words are dealt out: k gets floor(2^32 P(k)) of
/// them in ascending order, and the few left over are shared by what the floors cut off, which the
/// lower bits decide. Beyond, transformed rejection with attempt blocks alone.
[[nodiscard]] std::int64_t draw_poisson(const RandomPosition& position, std::uint64_t element,
                                        std::uint32_t word, double rate) noexcept;
inline constexpr RareDraw<std::int64_t, double> rare_poisson{"rare_poisson", &draw_poisson};

/// Words below it are true.
[[nodiscard]] std::uint32_t bernoulli_threshold(double probability) noexcept;

inline constexpr double largest_table_rate = 64;

/// Poisson numbers by a search among thresholds. Results that are seldom (4e-4 in all) have no
/// place in it: they cost each vector two instructions per threshold, and a call costs nothing that
/// seldom.
struct PoissonTable {
    static constexpr int capacity = 80;
    std::int32_t count = 0;    // of thresholds
    std::int32_t first = 0;    // the result of a word that has passed none
    std::uint32_t lowest = 0;  // the table holds the words `lowest` to `lowest` + `span`
    std::uint32_t span = 0;
    std::array<std::int32_t, capacity> thresholds{};  // in signed order, ascending
};
/// Contract: 0 <= rate <= largest_table_rate.
[[nodiscard]] PoissonTable poisson_table(double rate) noexcept;

}  // namespace monnto::lane
