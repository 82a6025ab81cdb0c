#include "draw_loops.hpp"
#include "drawn_mask.hpp"
#include "kept_draws.hpp"
#include "operand.hpp"
#include "random.hpp"
#include "real.hpp"

#include <monnto/array/functions/sparse_draw.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <type_traits>

namespace monnto::reference {
namespace {

/// Calls `fill(chunk, values)` for every chunk; the last one is cut off after the last element.
template <std::size_t N, class T, class F>
void fill_by_chunks(const RandomPosition& position, const Extent& extent, T* out, F fill) {
    if (extent.mask != nullptr) {
        DrawnMask mask(*extent.mask, extent.count);
        return fill_kept<N>(position, extent.count, out, fill,
                            [&mask](std::uint64_t first) { return mask.from(first); });
    }
    if (extent.kept != nullptr) {
        return fill_kept<N>(position, extent.count, out, fill,
                            [&extent](std::uint64_t first) { return extent.kept + first; });
    }
    for (std::uint64_t done = 0; done < extent.count; done += N) {
        const philox::Lanes chunk = chunk_of(position, done / N);
        if (extent.count - done >= N) {
            fill(chunk, out + done);
        } else {
            std::array<T, N> rest{};
            fill(chunk, rest.data());
            std::copy_n(rest.data(), extent.count - done, out + done);
        }
    }
}

/// As many bits as the number format holds: with more, rounding would give 1.
template <Stored16 T>
void short_uniform(const philox::Lanes& chunk, T* values) noexcept {
    constexpr unsigned digits = std::is_same_v<T, Half> ? 11 : 8;
    for (std::size_t i = 0; i < draws32_per_chunk; ++i) {
        const auto kept = static_cast<float>(draw32(chunk, i) >> (32U - digits));
        values[i] = T(std::ldexp(kept, -static_cast<int>(digits)));
    }
}

using FloatLoop = decltype(DrawLoops::normal);
using DoubleLoop = decltype(DrawLoops::normal_double);

void fill_by_loop(const RandomPosition& position, const Extent& extent, double* out,
                  FloatLoop /*loop*/, DoubleLoop loop) {
    fill_by_chunks<draws64_per_chunk>(position, extent, out, loop);
}
void fill_by_loop(const RandomPosition& position, const Extent& extent, float* out, FloatLoop loop,
                  DoubleLoop /*double_loop*/) {
    fill_by_chunks<draws32_per_chunk>(position, extent, out, loop);
}
template <Stored16 T>
void fill_by_loop(const RandomPosition& position, const Extent& extent, T* out, FloatLoop loop,
                  DoubleLoop /*double_loop*/) {
    fill_by_chunks<draws32_per_chunk>(
        position, extent, out, [loop](const philox::Lanes& chunk, T* values) {
            std::array<float, draws32_per_chunk> computed{};
            loop(chunk, computed.data());
            std::transform(computed.begin(), computed.end(), values, [](float x) { return T(x); });
        });
}

template <class T>
void draw_reals(const RandomAttr& attribute, const Extent& extent, T* out) {
    const RandomPosition& position = attribute.position;
    const DrawLoops& loops = draw_loops();
    switch (attribute.distribution) {
        case Distribution::uniform:
            if constexpr (Stored16<T>) {
                return fill_by_chunks<draws32_per_chunk>(position, extent, out, short_uniform<T>);
            } else {
                return fill_by_loop(position, extent, out, loops.uniform, loops.uniform_double);
            }
        case Distribution::exponential:
            return fill_by_loop(position, extent, out, loops.exponential, loops.exponential_double);
        case Distribution::normal:
            return fill_by_loop(position, extent, out, loops.normal, loops.normal_double);
        default:
            throw InternalError("random: this distribution does not give floats");
    }
}

template <class T>
void draw_bits(const RandomPosition& position, const Extent& extent, T* out) {
    constexpr std::size_t per_chunk = sizeof(T) == 8 ? draws64_per_chunk : draws32_per_chunk;
    fill_by_chunks<per_chunk>(position, extent, out, [](const philox::Lanes& chunk, T* values) {
        for (std::size_t i = 0; i < per_chunk; ++i) {
            if constexpr (sizeof(T) == 8) {
                values[i] = static_cast<T>(draw64(chunk, i));
            } else {
                values[i] = static_cast<T>(draw32(chunk, i));
            }
        }
    });
}

[[nodiscard]] const Node& mask_of(const Node& random) {
    return *random.inputs()[random.inputs().size() - 1];
}

}  // namespace

bool draws_its_mask(const Node& random) {
    if (!is_float(random.dtype) || !has_mask(random) || mask_of(random).is_settled()) {
        return false;
    }
    const auto* attribute = std::get_if<RandomAttr>(&mask_of(random).attributes);
    return attribute != nullptr && attribute->distribution == Distribution::sparse_mask;
}

Value run_random(const Node& node) {
    const auto& attribute = node.attribute<RandomAttr>();
    Extent extent{.count = static_cast<std::uint64_t>(node.shape.product())};
    Value mask;  // holds what `extent` points to
    if (draws_its_mask(node)) {
        extent.mask = &mask_of(node).attribute<RandomAttr>();
    } else if (has_mask(node)) {
        mask = contiguous(mask_of(node));
        extent.kept = elements<bool>(mask);
    }
    Value result = place_for(node);
    switch (attribute.distribution) {
        case Distribution::integers:
            draw_integers(node, extent, elements<std::int64_t>(result));
            break;
        case Distribution::poisson:
            draw_poisson(node, extent, elements<std::int64_t>(result));
            break;
        case Distribution::bernoulli:
            draw_bernoulli(node, extent, elements<bool>(result));
            break;
        case Distribution::sparse_mask:
            draw_sparse_mask(attribute, extent.count, elements<bool>(result));
            break;
        default:
            dispatch(node.dtype, [&]<class T>() {
                if constexpr (Real<computed_t<T>>) {
                    draw_reals(attribute, extent, elements<T>(result));
                } else {
                    draw_bits(attribute.position, extent, elements<T>(result));
                }
            });
    }
    return result;
}

}  // namespace monnto::reference
