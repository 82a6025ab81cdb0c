#include "cast.hpp"
#include "dispatch.hpp"
#include "half.hpp"
#include "lane.hpp"

#include <limits>

namespace monnto::emit {
namespace {

/// LLVM leaves what does not fit undefined, so only what fits is converted.
template <class I, class T>
[[nodiscard]] Lane<I> truncated(const Lane<T>& x) {
    constexpr T limit = -static_cast<T>(std::numeric_limits<I>::min());
    const Lane<bool> fits = both(x >= Lane<T>(-limit), x < Lane<T>(limit));
    const Lane<T> safe = select(fits, x, Lane<T>(0));
    return select(fits, convert<I>(safe), Lane<I>(std::numeric_limits<I>::min()));
}

template <class I, class T>
[[nodiscard]] Lane<I> to_integer(const Lane<T>& x) {
    if constexpr (std::is_same_v<I, bool>) {
        return x != Lane<T>(0);
    } else if constexpr (sizeof(I) < 4) {
        return convert<I>(truncated<std::int32_t>(x));
    } else if constexpr (std::is_signed_v<I>) {
        return truncated<I>(x);
    } else if constexpr (sizeof(I) == 4) {
        return convert<I>(truncated<std::int64_t>(x));
    } else {
        constexpr std::uint64_t top = std::uint64_t{1} << 63U;
        const Lane<T> half(static_cast<T>(top));
        const Lane<bool> is_large = x >= half;
        const Lane<std::int64_t> low = truncated<std::int64_t>(select(is_large, x - half, x));
        const Lane<std::uint64_t> bits = bits_as<std::uint64_t>(low);
        return select(is_large, bits ^ Lane<std::uint64_t>(top), bits);
    }
}

template <class From, class To>
[[nodiscard]] Lane<To> cast(const Lane<From>& x) {
    if constexpr (is_real<From> && !is_real<To>) {
        return to_integer<To>(x);
    } else if constexpr (std::is_same_v<From, bool> && is_real<To>) {
        return select(x, Lane<To>(1), Lane<To>(0));
    } else {
        return convert<To>(x);
    }
}

}  // namespace

std::string emit_cast(DType from, DType to, const std::string& x) {
    if (from == to) {
        return x;
    }
    if (is_half(to)) {
        // As the interpreter: from double where float could round a first time.
        const bool is_wide = from == DType::f64 || (to == DType::bf16 && !is_float(from) &&
                                                    size_of(from) >= sizeof(float));
        return is_wide ? rounded(to, Lane<double>(emit_cast(from, DType::f64, x))).text()
                       : rounded(to, Lane<float>(emit_cast(from, DType::f32, x))).text();
    }
    if (is_half(from)) {
        return emit_cast(DType::f32, to, x);
    }
    return dispatch(from, [&]<class From>() {
        return dispatch(to, [&]<class To>() { return cast<From, To>(Lane<From>(x)).text(); });
    });
}

}  // namespace monnto::emit
