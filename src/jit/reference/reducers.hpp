#pragma once

#include "scalar.hpp"
#include "vector.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

/// What a reduction does with its elements. A reducer of elements T has a `State` and
///
///     start()                     before the first element
///     step(state, x, i)           takes element i of the reduced axes (C order); i ascends
///     take(state, x, count, i)    takes a block of consecutive elements i, i + 1, ...
///     join(a, b)                  the state of a's elements followed by b's
///     finish(state)               the element of the result
///
/// and `lanes`: element i goes by `step` to lane i % lanes, whose states `join_lanes` combines.
namespace monnto::reference {

/// S17. The reduced axes flattened in C order are cut into blocks of 4096 elements. Element i of a
/// block belongs to lane i % 16; a lane starts at the identity (+0 or 1, so the sum of -0.0 alone
/// is +0.0, as in NumPy) and takes its elements in ascending order. Lanes l and l+8 are combined,
/// then l+4, l+2, l+1; blocks are combined in ascending order. Every layout and executor follows
/// this.
inline constexpr std::ptrdiff_t block_size = 4096;
inline constexpr std::ptrdiff_t lane_count = 16;

/// Combines lanes 0 ... used-1 of `width` states each into the first. Lanes that took nothing are
/// left out: combining with the identity changes no bit.
template <class R>
void join_lanes(typename R::State* lane, std::ptrdiff_t used, std::ptrdiff_t width) noexcept {
    for (std::ptrdiff_t half = R::lanes / 2; half > 0; half /= 2) {
        for (std::ptrdiff_t l = 0; l < half && l + half < used; ++l) {
            auto* to = lane + l * width;
            const auto* from = to + half * width;
            for (std::ptrdiff_t c = 0; c < width; ++c) {
                to[c] = R::join(to[c], from[c]);
            }
        }
    }
}

template <class T, T (*combine)(T, T) noexcept, int identity>
struct Fold {
    using Element = T;
    using Result = T;
    using State = T;
    static constexpr std::ptrdiff_t lanes = lane_count;

    static State start() noexcept {
        if constexpr (std::integral<T>) {
            return static_cast<T>(identity);
        } else {
            return T(static_cast<float>(identity));
        }
    }
    static void step(State& state, T x, std::ptrdiff_t /*i*/) noexcept {
        state = combine(state, x);
    }
    static State join(State a, State b) noexcept { return combine(a, b); }
    static T finish(State state) noexcept { return state; }

    static void take(State& state, const T* x, std::ptrdiff_t count,
                     std::ptrdiff_t /*first*/) noexcept {
        std::array<T, lane_count> lane;  // NOLINT(cppcoreguidelines-pro-type-member-init)
        lane.fill(start());
        const std::ptrdiff_t used = std::min(count, lane_count);
        for (; count >= lane_count; count -= lane_count, x += lane_count) {
            for (std::size_t l = 0; l < lane.size(); ++l) {
                lane[l] = combine(lane[l], x[l]);
            }
        }
        for (std::size_t l = 0; l < lane.size() && std::cmp_less(l, count); ++l) {
            lane[l] = combine(lane[l], x[l]);
        }
        join_lanes<Fold>(lane.data(), used, 1);
        state = combine(state, lane[0]);
    }
};

template <class T>
using Sum = Fold<T, added<T>, 0>;
template <class T>
using Product = Fold<T, multiplied<T>, 1>;

/// any (`wanted` true: is there a true) and all (false: is there no false).
template <bool wanted>
struct Quantifier {
    using Element = bool;
    using Result = bool;
    using State = bool;
    static constexpr std::ptrdiff_t lanes = 1;

    static State start() noexcept { return !wanted; }
    static void step(State& state, bool x, std::ptrdiff_t /*i*/) noexcept {
        state = join(state, x);
    }
    static State join(State a, State b) noexcept { return wanted ? a || b : a && b; }
    static bool finish(State state) noexcept { return state; }
    static void take(State& state, const bool* x, std::ptrdiff_t count,
                     std::ptrdiff_t /*first*/) noexcept {
        if (state != wanted &&
            std::memchr(x, wanted ? 1 : 0, static_cast<std::size_t>(count)) != nullptr) {
            state = wanted;
        }
    }
};

template <class T, bool greatest>
[[nodiscard]] inline T before_every_number() noexcept {
    if constexpr (std::integral<T>) {
        return greatest ? std::numeric_limits<T>::min() : std::numeric_limits<T>::max();
    } else {
        constexpr float infinity = std::numeric_limits<float>::infinity();
        return T(greatest ? -infinity : infinity);
    }
}

template <bool greatest, class T>
[[nodiscard]] inline bool beats(T a, T b) noexcept {
    return greatest ? a > b : a < b;
}

/// The extreme of `count` numbers, a multiple of four vectors, or a NaN if there is one. Spelled
/// out, because the vectorizer keeps its hands off comparisons that NaN can meet.
template <bool greatest, std::floating_point T>
[[nodiscard]] T extreme_of_vectors(const T* x, std::ptrdiff_t count) noexcept {
    constexpr std::ptrdiff_t width = vector_width<T>;
    T found = before_every_number<T, greatest>();
    std::array<Vector<T>, 4> extreme;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    extreme.fill(Vector<T>{} + found);
    using Mask = decltype(extreme[0] != extreme[0]);
    std::array<Mask, 4> odd{};  // where a lane has seen a NaN
    for (; count > 0; count -= 4 * width) {
        for (std::size_t k = 0; k < 4; ++k, x += width) {
            const Vector<T> each = load(x);
            extreme[k] = (greatest ? each > extreme[k] : each < extreme[k]) ? each : extreme[k];
            odd[k] |= each != each;  // NOLINT(misc-redundant-expression): a NaN is
        }
    }
    for (std::ptrdiff_t l = 0; l < 4 * width; ++l) {
        const auto k = static_cast<std::size_t>(l / width);
        if (odd[k][l % width] != 0) {
            return std::numeric_limits<T>::quiet_NaN();
        }
        found = beats<greatest>(extreme[k][l % width], found) ? extreme[k][l % width] : found;
    }
    return found;
}

/// The extreme of a block with either sign if it is zero, or a NaN if there is one: the order is
/// left open, so that this runs in vectors.
template <class T, bool greatest>
[[nodiscard]] T extreme_value(const T* x, std::ptrdiff_t count) noexcept {
    T found = before_every_number<T, greatest>();
    std::ptrdiff_t done = 0;
    if constexpr (std::floating_point<T>) {
        done = count - count % (4 * vector_width<T>);
        found = extreme_of_vectors<greatest>(x, done);
    }
    for (; done < count; ++done) {
        found = is_nan(x[done]) || beats<greatest>(x[done], found) ? x[done] : found;
    }
    return found;
}

/// min and max. Among equals (-0.0 and 0.0 are) the last stays, as where NumPy folds with x86's
/// minps and maxps; the first NaN stays whatever follows.
template <class T, bool greatest>
struct Extreme {
    using Element = T;
    using Result = T;
    using State = T;
    static constexpr std::ptrdiff_t lanes = 1;

    static State start() noexcept { return before_every_number<T, greatest>(); }
    static void step(State& state, T x, std::ptrdiff_t /*i*/) noexcept { state = join(state, x); }
    static State join(State a, State b) noexcept {
        return beats<greatest>(a, b) || is_nan(a) ? a : b;
    }
    static T finish(State state) noexcept { return state; }

    static void take(State& state, const T* x, std::ptrdiff_t count,
                     std::ptrdiff_t /*first*/) noexcept {
        T extreme = extreme_value<T, greatest>(x, count);
        if constexpr (!std::integral<T>) {
            if (is_nan(extreme)) {
                extreme = *std::find_if(x, x + count, is_nan<T>);
            } else if (extreme == T(0.0F)) {
                while (!(x[count - 1] == extreme)) {
                    --count;
                }
                extreme = x[count - 1];
            }
        }
        state = join(state, extreme);
    }
};

/// argmin and argmax: the position of the first extreme; the first NaN counts as one.
template <class T, bool greatest>
struct ArgExtreme {
    using Element = T;
    using Result = std::int64_t;
    struct State {
        T value{};
        std::int64_t at = -1;  // -1 before the first element
    };
    static constexpr std::ptrdiff_t lanes = 1;

    static State start() noexcept { return {before_every_number<T, greatest>(), -1}; }
    static bool replaces(T x, const State& state) noexcept {
        return state.at < 0 || beats<greatest>(x, state.value) ||
               (is_nan(x) && !is_nan(state.value));
    }
    static void step(State& state, T x, std::ptrdiff_t i) noexcept {
        if (replaces(x, state)) {
            state = {x, i};
        }
    }
    static State join(State a, State b) noexcept { return replaces(b.value, a) ? b : a; }
    static std::int64_t finish(State state) noexcept { return state.at; }

    static void take(State& state, const T* x, std::ptrdiff_t count,
                     std::ptrdiff_t first) noexcept {
        // In pieces, so that only one of them is searched for the position.
        constexpr std::ptrdiff_t piece = 256;
        const T* found = nullptr;
        for (std::ptrdiff_t i = 0; i < count; i += piece) {
            const T extreme = extreme_value<T, greatest>(x + i, std::min(piece, count - i));
            if (replaces(extreme, state)) {
                state = {extreme, first};
                found = x + i;
            }
        }
        if (found != nullptr) {
            const T* at = is_nan(state.value) ? std::find_if(found, x + count, is_nan<T>)
                                              : std::find(found, x + count, state.value);
            state.at = first + (at - x);
        }
    }
};

}  // namespace monnto::reference
