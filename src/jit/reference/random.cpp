#include "../math/real_draws.hpp"
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

/// As many bits as the number format holds: with more, rounding would give 1.
template <Stored16 T>
[[nodiscard]] T short_unit_interval(std::uint32_t draw) noexcept {
    constexpr unsigned digits = std::is_same_v<T, Half> ? 11 : 8;
    return T(std::ldexp(static_cast<float>(draw >> (32U - digits)), -static_cast<int>(digits)));
}

/// Both halves of a block make a pair, which takes the two places of the words it came from.
void normal_chunk(const philox::Lanes& chunk, float* values) noexcept {
    for (std::size_t word = 0; word < 4; word += 2) {
        float* first = values + word * philox::lanes;
        for (std::size_t lane = 0; lane < philox::lanes; ++lane) {
            lane::normal_pair(chunk.word[word][lane], chunk.word[word + 1][lane], first[lane],
                              first[lane + philox::lanes]);
        }
    }
}
void normal_chunk(const philox::Lanes& chunk, double* values) noexcept {
    for (std::size_t lane = 0; lane < philox::lanes; ++lane) {
        lane::normal_pair(draw64(chunk, lane), draw64(chunk, lane + philox::lanes), values[lane],
                          values[lane + philox::lanes]);
    }
}
template <Stored16 T>
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
            return fill_from_draws(position, count, out, [](auto draw) {
                if constexpr (Stored16<T>) {
                    return short_unit_interval<T>(draw);
                } else {
                    return lane::unit_interval(draw);
                }
            });
        case Distribution::exponential:
            return fill_from_draws(position, count, out,
                                   [](auto draw) { return T(lane::exponential(draw)); });
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
