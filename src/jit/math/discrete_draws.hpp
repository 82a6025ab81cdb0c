#pragma once

#include "lane.hpp"
#include "rare_draws.hpp"

#include <cstdint>

/// Whole numbers and truth values from one random word per element, over lanes. A word U of 32 bits
/// is the upper part of a uniform number; where those bits do not decide, or a result is too seldom
/// to have a place in a table, a function of jit/math/rare_draws.hpp finds the result of that one
/// element.
///
/// `at` says which draw and which elements the words belong to. It is only handed on, to
/// `rarely_drawn(mask, fast, slow, word, parameter, at)`, which gives `fast` where the mask is off
/// and `slow.call(position, element, word, parameter)` where it is on.
namespace monnto::lane::inline MONNTO_LANE_TARGET {

/// `at` for plain numbers.
struct DrawPlace {
    const RandomPosition& position;
    std::uint64_t element;
};
template <class T, class Parameter>
[[nodiscard]] inline T rarely_drawn(bool mask, T fast, const RareDraw<T, Parameter>& slow,
                                    std::uint32_t word, Parameter parameter,
                                    const DrawPlace& at) noexcept {
    return mask ? slow.call(at.position, at.element, word, parameter) : fast;
}

/// Unsigned words as signed numbers of the same order: AVX2 compares only those.
template <class U>
[[nodiscard]] inline Rebind<U, std::int32_t> in_signed_order(U word) noexcept {
    return bits_as<std::int32_t>(word ^ U(std::uint32_t{0x80000000}));
}

/// True with that probability, one number for all: `threshold` is bernoulli_threshold(probability).
template <class U, class At>
[[nodiscard]] inline Mask<U> bernoulli(U word, U threshold, Rebind<U, double> probability,
                                       const At& at) noexcept {
    const auto order = in_signed_order(word);
    const auto bound = in_signed_order(threshold);
    return rarely_drawn(order == bound, order < bound, rare_bernoulli, word, probability, at);
}

/// The same for a probability per element.
template <class U, class At>
[[nodiscard]] inline Mask<U> bernoulli(U word, Rebind<U, double> probability,
                                       const At& at) noexcept {
    using D = Rebind<U, double>;
    const D scaled = probability * D(0x1p32);
    const D whole = floor(scaled);
    const D drawn = convert<double>(word);
    return rarely_drawn(drawn == whole, drawn < whole, rare_bernoulli, word, probability, at);
}

/// Uniform below `range`. A range above 2^24 is slow, because `range` of every 2^32 words need the
/// rest of their uniform number.
template <class U, class At>
[[nodiscard]] inline Rebind<U, std::int64_t> below(U word, Rebind<U, std::uint64_t> range,
                                                   const At& at) noexcept {
    using Wide = Rebind<U, std::uint64_t>;
    const Wide lower_half(std::uint64_t{0xFFFFFFFF});
    const Wide product = convert<std::uint64_t>(word) * (range & lower_half);
    // The rest would add less than `range` to the product: mostly too little for a carry.
    const Mask<U> may_carry = range >= Wide(std::uint64_t{1} << 32U) - (product & lower_half);
    return rarely_drawn(may_carry, bits_as<std::int64_t>(product >> Wide(std::uint64_t{32})),
                        rare_below, word, range, at);
}

/// One step of the search in a table: counts a threshold that the word, in signed order, has
/// passed.
template <class I>
[[nodiscard]] inline I count_passed(I count, I word, I threshold) noexcept {
    return select(word > threshold, count + I(1), count);
}

/// The poisson number of a word that has passed `count` thresholds of the PoissonTable with these
/// `first`, `lowest` and `span`.
template <class U, class At>
[[nodiscard]] inline Rebind<U, std::int64_t> poisson_of_count(Rebind<U, std::int32_t> count, U word,
                                                              Rebind<U, std::int32_t> first,
                                                              U lowest, U span,
                                                              Rebind<U, double> rate,
                                                              const At& at) noexcept {
    return rarely_drawn(in_signed_order(word - lowest) > in_signed_order(span),
                        convert<std::int64_t>(count + first), rare_poisson, word, rate, at);
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
