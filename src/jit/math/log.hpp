#pragma once

#include "coefficients.hpp"
#include "format.hpp"
#include "polynomial.hpp"

/// log, log2, log10 and log1p: x = 2^n (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), so that f is
/// exact and nothing cancels near x = 1, and a polynomial for log(1 + f). It takes more
/// coefficients than the series in f / (2 + f), but no division.
namespace monnto::lane::inline MONNTO_LANE_TARGET {

template <class T>
struct LogConstants;
template <>
struct LogConstants<float> {
    static constexpr float ln2 = 0x1.62e43p-1F;
    static constexpr float ln2_rest = -0x1.05c61p-29F;
    /// 1 / ln 2, and log10 of 2 and e.
    static constexpr float log2e = 0x1.715476p+0F, log2e_rest = 0x1.4ae0cp-26F;
    static constexpr float log10_2 = 0x1.344136p-2F, log10_2_rest = -0x1.ec10cp-27F;
    static constexpr float log10e = 0x1.bcb7b2p-2F, log10e_rest = -0x1.5b235ep-27F;
};
template <>
struct LogConstants<double> {
    static constexpr double ln2 = 0x1.62e42fefa39efp-1;
    static constexpr double ln2_rest = 0x1.abc9e3b39803fp-56;
    static constexpr double log2e = 0x1.71547652b82fep+0, log2e_rest = 0x1.777d0ffda0d24p-56;
    static constexpr double log10_2 = 0x1.34413509f79ffp-2, log10_2_rest = -0x1.9dc1da994fd21p-59;
    static constexpr double log10e = 0x1.bcb7b1526e50ep-2, log10e_rest = 0x1.95355baaafad3p-57;
};
template <class F>
using LogConstantsOf = LogConstants<Element<F>>;

/// 2^n (1 + f), n as a float.
template <class F>
struct Split {
    F n;
    F f;
};

/// Of the bits of a positive normal number, n counted from `bias + offset`.
template <class F>
[[nodiscard]] inline Split<F> split_bits(UnsignedOf<F> bits, F offset) noexcept {
    using Bits = UnsignedOf<F>;
    using Format = FormatOf<F>;
    constexpr typename Format::Bits one = Format::bias << Format::mantissa;
    constexpr typename Format::Bits mantissa = (typename Format::Bits{1} << Format::mantissa) - 1;
    // Makes the exponent change at sqrt(1/2) instead of 1.
    const Bits moved = bits + Bits(one - Format::root_half);
    const F m = bits_as<Element<F>>((moved & Bits(mantissa)) + Bits(Format::root_half));
    // The exponent becomes a float as the last bits of a large one: AVX2 does not convert to
    // double.
    constexpr Element<F> large = Format::whole / Element<F>(1.5);
    constexpr auto large_bits = std::bit_cast<typename Format::Bits>(large);
    const Bits exponent = moved >> Bits(Format::mantissa);
    const F n = bits_as<Element<F>>(exponent | Bits(large_bits)) - (F(large) + offset);
    return {n, m - F(1)};
}
/// For positive numbers; subnormal ones are made normal.
template <class F>
[[nodiscard]] inline Split<F> split(F x) noexcept {
    using Format = FormatOf<F>;
    const Mask<F> subnormal = x < F(std::numeric_limits<Element<F>>::min());
    const F normal = x * select(subnormal, F(0x1p64F), F(1));
    return split_bits(
        bits_as<typename Format::Bits>(normal),
        select(subnormal, F(Element<F>(Format::bias + 64)), F(Element<F>(Format::bias))));
}

/// log(1 + f) - f.
template <class F>
[[nodiscard]] inline F log_rest(F f) noexcept {
    const F p = polynomial(f, coefficients::log_tail<Element<F>>);
    return f * f * fma(f, p, F(-0.5F));
}

/// A logarithm's result: its limits where the argument has no split. LLVM turns tests of ranges
/// into integer arithmetic, which is why there is one comparison after the other.
template <class F>
[[nodiscard]] inline F with_log_limits(F x, F result) noexcept {
    const F limit = select(x == F(0), F(-infinity<F>), F(not_a_number<F>));
    return select(x > F(0), select(x == F(infinity<F>), x, result), limit);
}

template <class F>
[[nodiscard]] inline F log_of_split(const Split<F>& s) noexcept {
    using C = LogConstantsOf<F>;
    return fma(s.n, F(C::ln2), s.f) + fma(s.n, F(C::ln2_rest), log_rest(s.f));
}

template <class F>
[[nodiscard]] inline F log(F x) noexcept {
    return with_log_limits(x, log_of_split(split(x)));
}

template <class F>
[[nodiscard]] inline F log2(F x) noexcept {
    using C = LogConstantsOf<F>;
    const Split<F> s = split(x);
    const F rest = log_rest(s.f);
    const F low = fma(rest, F(C::log2e), s.f * F(C::log2e_rest));
    return with_log_limits(x, s.n + fma(s.f, F(C::log2e), low));
}

template <class F>
[[nodiscard]] inline F log10(F x) noexcept {
    using C = LogConstantsOf<F>;
    const Split<F> s = split(x);
    const F rest = log_rest(s.f);
    const F low = fma(s.n, F(C::log10_2_rest), fma(rest, F(C::log10e), s.f * F(C::log10e_rest)));
    return with_log_limits(x, fma(s.n, F(C::log10_2), fma(s.f, F(C::log10e), low)));
}

/// 1 + x as 2^n (1 + f), and 2^-n.
template <class F>
struct Log1pSplit {
    Split<F> split;
    F scale;
};
/// The exponent is that of the rounded sum; x itself is then scaled by it, so that nothing is lost.
template <class F>
[[nodiscard]] inline Log1pSplit<F> log1p_split(F x) noexcept {
    using Bits = UnsignedOf<F>;
    using Format = FormatOf<F>;
    const F sum = x + F(1);
    const Bits sum_bits = bits_as<typename Format::Bits>(sum);
    const Split<F> rounded = split_bits(sum_bits, F(Element<F>(Format::bias)));
    constexpr typename Format::Bits one = Format::bias << Format::mantissa;
    const Bits n = (sum_bits + Bits(one - Format::root_half)) >> Bits(Format::mantissa);
    const F scale = power_of_two<F>(Bits(2 * Format::bias) - n);
    // Far out the 1 does not matter, and 2^-n has no normal number at the end.
    const F f = select(x > F(0x1p64F), rounded.f, fma(x, scale, scale - F(1)));
    return {{rounded.n, f}, scale};
}

template <class F>
[[nodiscard]] inline F log1p(F x) noexcept {
    const F y = log_of_split(log1p_split(x).split);
    const F limit = select(x == F(-1), F(-infinity<F>), F(not_a_number<F>));
    // The sum in `log_of_split` turns -0 into 0.
    const F kept = select(either(x == F(0), x == F(infinity<F>)), x, y);
    return select(x > F(-1), kept, limit);
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
