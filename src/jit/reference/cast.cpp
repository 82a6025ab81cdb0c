#include "lookup.hpp"
#include "operand.hpp"
#include "real.hpp"

#include <type_traits>

namespace monnto::reference {
namespace {

template <class From, class To>
[[nodiscard]] To cast_element(From x) noexcept {
    if constexpr (std::is_same_v<From, To>) {
        return x;
    } else if constexpr (Stored16<From>) {
        return cast_element<float, To>(x);
    } else if constexpr (Stored16<To>) {
        // From double where float could round a first time; binary16 ends before float's integers
        // do.
        constexpr bool through_double =
            std::is_same_v<From, double> || (std::is_same_v<To, BFloat> && sizeof(From) >= 4);
        return To(static_cast<std::conditional_t<through_double, double, float>>(x));
    } else if constexpr (std::floating_point<From> && std::integral<To>) {
        return to_integer<To>(x);
    } else if constexpr (std::is_same_v<To, bool>) {
        return x != 0;
    } else {
        return static_cast<To>(x);
    }
}

template <class From, class To>
void cast_row(const Row& row) {
    auto* out = static_cast<To*>(row.out);
    const auto* in = static_cast<const From*>(row.in[0]);
    const std::ptrdiff_t count = row.count;
    const std::ptrdiff_t step = row.step[0];
    if (step == 1) {
#pragma GCC ivdep
        for (std::ptrdiff_t i = 0; i < count; ++i) {
            out[i] = cast_element<From, To>(in[i]);
        }
        return;
    }
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        out[i] = cast_element<From, To>(in[i * step]);
    }
}

}  // namespace

Kernel cast_kernel(DType from, DType to) {
    return dispatch(from, [to]<class From>() {
        return dispatch(to, []<class To>() -> Kernel {
            // A bool is a byte of 0 or 1, and GCC vectorizes conversions of bytes but not of bools.
            constexpr bool as_byte = std::is_same_v<From, bool> && !std::is_same_v<To, bool>;
            return &cast_row<std::conditional_t<as_byte, std::uint8_t, From>, To>;
        });
    });
}

}  // namespace monnto::reference
