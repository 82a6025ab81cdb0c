#pragma once

#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <type_traits>

/// The vocabulary in which elementary functions and random numbers are written once (S16): a
/// function template over lanes runs on plain numbers in the interpreter, and on `Lane<T>` of
/// jit/cpu it writes the machine code of a kernel. Both round in the same places because they are
/// the same operations in the same order.
///
/// A lane type is a plain number (float, double, bool, int32_t, int64_t, uint32_t, uint64_t) or
/// something that behaves like one: the operators + - * / (floats; integers wrap, and have & | ^ ~
/// << >>, with >> arithmetic for signed ones), comparisons that give a mask, construction from a
/// plain number, and the functions below, all found by argument-dependent lookup or here. There is
/// no branching on lanes: use `select`, and `rarely` for what is too slow to compute always.
///
/// The inline namespace keeps copies apart: the interpreter compiles these templates once more for
/// newer processors, and the linker must not take a function from there for one of the baseline.
#ifndef MONNTO_LANE_TARGET
#define MONNTO_LANE_TARGET baseline
#endif
namespace monnto::lane::inline MONNTO_LANE_TARGET {

template <class L>
struct Traits {
    using Element = L;
    template <class U>
    using Rebind = U;
};
/// The number type of one lane: float for float and for Lane<float>.
template <class L>
using Element = typename Traits<L>::Element;
/// Lanes of another number type: double for float, Lane<double> for Lane<float>.
template <class L, class U>
using Rebind = typename Traits<L>::template Rebind<U>;
template <class L>
using Mask = Rebind<L, bool>;
/// The signed and unsigned integers as wide as a lane.
template <class L>
using SignedOf = Rebind<L, std::conditional_t<sizeof(Element<L>) == 8, std::int64_t, std::int32_t>>;
template <class L>
using UnsignedOf =
    Rebind<L, std::conditional_t<sizeof(Element<L>) == 8, std::uint64_t, std::uint32_t>>;

template <class T>
concept Plain = std::is_arithmetic_v<T>;

template <Plain T>
[[nodiscard]] inline T select(bool condition, T yes, T no) noexcept {
    return condition ? yes : no;
}
/// One rounding. Only our own functions may use it.
template <std::floating_point T>
[[nodiscard]] inline T fma(T a, T b, T c) noexcept {
    return std::fma(a, b, c);
}
template <std::floating_point T>
[[nodiscard]] inline T sqrt(T x) noexcept {
    return std::sqrt(x);
}
template <std::floating_point T>
[[nodiscard]] inline T abs(T x) noexcept {
    return std::fabs(x);
}
/// Magnitude of the first, sign of the second.
template <std::floating_point T>
[[nodiscard]] inline T copysign(T magnitude, T sign) noexcept {
    return std::copysign(magnitude, sign);
}
/// To the nearest whole number, halves to even.
template <std::floating_point T>
[[nodiscard]] inline T rint(T x) noexcept {
    return std::rint(x);
}
template <std::floating_point T>
[[nodiscard]] inline T floor(T x) noexcept {
    return std::floor(x);
}
template <std::floating_point T>
[[nodiscard]] inline T trunc(T x) noexcept {
    return std::trunc(x);
}

/// x 2^n for a whole n, rounded once: one instruction where the processor has it, else what
/// `otherwise` gives, which has the same bits.
template <std::floating_point T, class Otherwise>
[[nodiscard]] inline T scaled(T /*x*/, T /*n*/, const Otherwise& otherwise) noexcept {
    return otherwise();
}

/// The same bits as another number type of equal width.
template <Plain U, Plain T>
[[nodiscard]] inline U bits_as(T x) noexcept {
    return std::bit_cast<U>(x);
}
/// As static_cast. Contract: a float that becomes an integer fits.
template <Plain U, Plain T>
[[nodiscard]] inline U convert(T x) noexcept {
    return static_cast<U>(x);
}

/// Masks: no short circuit.
[[nodiscard]] inline bool both(bool a, bool b) noexcept {
    return a && b;
}
[[nodiscard]] inline bool either(bool a, bool b) noexcept {
    return a || b;
}
[[nodiscard]] inline bool negated(bool a) noexcept {
    return !a;
}

/// A function of plain numbers that kernels call for single lanes. The name is its symbol in
/// kernels and has to be unique.
template <class T>
struct Rare {
    const char* name;
    T (*call)(T x, T y) noexcept;
};

/// `fast` where the mask is off; where it is on, what the function gives for that lane. A kernel
/// skips the call where no lane of a vector needs it.
template <std::floating_point T>
[[nodiscard]] inline T rarely(bool mask, T fast, const Rare<T>& slow, T x, T y) noexcept {
    return mask ? slow.call(x, y) : fast;
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
