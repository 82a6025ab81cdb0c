#include "operand.hpp"
#include "random.hpp"
#include "real.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace monnto::reference {
namespace {

/// Calls `fill(chunk, values)` for every chunk; the last one is cut off after `count` elements.
template <std::size_t N, class T, class F>
void fill_by_chunks(const RandomPosition& position, std::uint64_t count, T* out, F fill) {
    for (std::uint64_t done = 0; done < count; done += N) {
        const philox::Lanes chunk = chunk_of(position, done / N);
        if (count - done >= N) {
            fill(chunk, out + done);
        } else {
            T rest[N];
            fill(chunk, rest);
            std::copy_n(rest, count - done, out + done);
        }
    }
}

/// Every draw on its own, through `f`.
template <class T, class F>
void fill_from_draws(const RandomPosition& position, std::uint64_t count, T* out, F f) {
    constexpr std::size_t per_chunk = sizeof(T) == 8 ? draws64_per_chunk : draws32_per_chunk;
    fill_by_chunks<per_chunk>(position, count, out, [f](const philox::Lanes& chunk, T* values) {
        for (std::size_t i = 0; i < per_chunk; ++i) {
            if constexpr (sizeof(T) == 8) {
                values[i] = f(draw64(chunk, i));
            } else {
                values[i] = f(draw32(chunk, i));
            }
        }
    });
}

/// As many bits as T's mantissa holds: with more, rounding would give 1.
template <class T>
[[nodiscard]] T unit_interval(
    std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t> draw) {
    if constexpr (std::is_same_v<T, double>) {
        return unit_double(draw);
    } else if constexpr (std::is_same_v<T, float>) {
        return unit_float(draw);
    } else {
        constexpr unsigned digits = std::is_same_v<T, Half> ? 11 : 8;
        return T(std::ldexp(static_cast<float>(draw >> (32U - digits)), -static_cast<int>(digits)));
    }
}

template <class T>
[[nodiscard]] T exponential(std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t> draw) {
    if constexpr (std::is_same_v<T, double>) {
        return -std::log1p(-unit_double(draw));
    } else {
        return T(-std::log1p(-unit_float(draw)));
    }
}

/// Two independent standard normal numbers (Box and Muller 1958): a radius, whose uniform number
/// must not be 0, and an angle.
template <Real T>
void normal_pair(T radius_uniform, T angle_uniform, T& first, T& second) noexcept {
    const T radius = std::sqrt(-2 * std::log(radius_uniform));
    const T angle = T(6.283185307179586476925286766559) * angle_uniform;
    first = radius * std::cos(angle);
    second = radius * std::sin(angle);
}

/// Both halves of a block make a pair, which takes the two places of the words it came from. The
/// radius keeps the low bits of small uniform numbers: without them nothing beyond 5.8 deviations
/// would be drawn.
void normal_chunk(const philox::Lanes& chunk, float* values) noexcept {
    for (std::size_t word = 0; word < 4; word += 2) {
        for (std::size_t lane = 0; lane < philox::lanes; ++lane) {
            const float radius = (static_cast<float>(chunk.word[word][lane]) + 1.0F) * 0x1p-32F;
            float* place = values + word * philox::lanes + lane;
            normal_pair(radius, unit_float(chunk.word[word + 1][lane]), place[0],
                        place[philox::lanes]);
        }
    }
}

void normal_chunk(const philox::Lanes& chunk, double* values) noexcept {
    for (std::size_t lane = 0; lane < philox::lanes; ++lane) {
        const double radius = (static_cast<double>(draw64(chunk, lane) >> 11U) + 1.0) * 0x1p-53;
        const double angle = unit_double(draw64(chunk, lane + philox::lanes));
        normal_pair(radius, angle, values[lane], values[lane + philox::lanes]);
    }
}

template <class T>
void normal_chunk(const philox::Lanes& chunk, T* values) noexcept {
    float computed[draws32_per_chunk];
    normal_chunk(chunk, computed);
    std::transform(std::begin(computed), std::end(computed), values, [](float x) { return T(x); });
}

template <class T>
void draw_reals(const RandomAttr& attribute, std::uint64_t count, T* out) {
    const RandomPosition& position = attribute.position;
    constexpr std::size_t per_chunk = sizeof(T) == 8 ? draws64_per_chunk : draws32_per_chunk;
    switch (attribute.distribution) {
        case Distribution::uniform:
            return fill_from_draws(position, count, out,
                                   [](auto draw) { return unit_interval<T>(draw); });
        case Distribution::exponential:
            return fill_from_draws(position, count, out,
                                   [](auto draw) { return exponential<T>(draw); });
        case Distribution::normal:
            return fill_by_chunks<per_chunk>(
                position, count, out,
                [](const philox::Lanes& chunk, T* values) { normal_chunk(chunk, values); });
        default:
            throw InternalError("random: this distribution does not give floats");
    }
}

template <class T>
void draw_bits(const RandomPosition& position, std::uint64_t count, T* out) {
    fill_from_draws(position, count, out, [](auto draw) { return static_cast<T>(draw); });
}

}  // namespace

Value run_random(const Node& node) {
    const auto& attribute = node.attribute<RandomAttr>();
    const auto count = static_cast<std::uint64_t>(node.shape.product());
    Value result = fresh(node.dtype, node.shape);
    switch (attribute.distribution) {
        case Distribution::integers:
            draw_integers(node, elements<std::int64_t>(result));
            break;
        case Distribution::poisson:
            draw_poisson(node, elements<std::int64_t>(result));
            break;
        case Distribution::bernoulli:
            draw_bernoulli(node, elements<bool>(result));
            break;
        case Distribution::sparse_mask:
            draw_sparse_mask(attribute, count, elements<bool>(result));
            break;
        default:
            dispatch(node.dtype, [&]<class T>() {
                if constexpr (Real<computed_t<T>>) {
                    draw_reals(attribute, count, elements<T>(result));
                } else {
                    draw_bits(attribute.position, count, elements<T>(result));
                }
            });
    }
    return result;
}

}  // namespace monnto::reference
