#pragma once

#include <monnto/array/node.hpp>
#include <monnto/base/philox.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Random numbers by counter (S18). A number is a function of the draw's position and the element's
/// index in C order, so an array may be drawn in pieces, in any order, on any device.
///
/// Draws of 32 bits (float and shorter, whole numbers, truth values): element e takes word (e % 64)
/// / 16 of block (e / 64) * 16 + e % 16. Draws of 64 bits (double): element e takes the words 2 p
/// (lower half) and 2 p + 1 with p = (e % 32) / 16, of block (e / 32) * 16 + e % 16. So 16 vector
/// lanes hold 16 blocks and write consecutive elements. The counter's words are: block, ordinal,
/// lower and upper half of the step. What becomes of the words is said in jit/math, once for all
/// executors (S16).
namespace monnto::reference {

[[nodiscard]] Value run_random(const Node& node);
/// Whether a draw of floats has a mask of independent entries that was not drawn yet: it is then
/// drawn block by block beside the floats, and never settled.
[[nodiscard]] bool draws_its_mask(const Node& random);

/// The counter of a block and the key it is encrypted with. Where an element needs more numbers
/// than its place holds (rejection), each further attempt has a key of its own; blocks beyond 2^32,
/// which the counter word cannot hold, take theirs in the same way.
struct Place {
    philox::Block counter;
    std::uint64_t key;
};
[[nodiscard]] inline Place place_of(const RandomPosition& position, std::uint64_t block,
                                    std::uint64_t attempt = 0) noexcept {
    constexpr std::uint64_t attempt_stride = 0x9E3779B97F4A7C15U;  // odd, bits well spread
    constexpr std::uint64_t overflow_stride = 0xD1B54A32D192ED03U;
    return {{static_cast<std::uint32_t>(block), position.ordinal,
             static_cast<std::uint32_t>(position.step),
             static_cast<std::uint32_t>(position.step >> 32U)},
            position.key + attempt * attempt_stride + (block >> 32U) * overflow_stride};
}

/// Words for an element that needs more than its place holds: a whole block per attempt, from 1.
[[nodiscard]] inline philox::Block attempt_block(const RandomPosition& position,
                                                 std::uint64_t element,
                                                 std::uint64_t attempt) noexcept {
    const Place place = place_of(position, element, attempt);
    return philox::block(place.counter, place.key);
}
[[nodiscard]] constexpr std::uint64_t joined(std::uint32_t low, std::uint32_t high) noexcept {
    return low | (std::uint64_t{high} << 32U);
}

/// What the counters of 16 blocks have beyond the first one's in their first word.
struct alignas(64) Offsets {
    std::array<std::uint32_t, philox::lanes> of_lane;
};
inline constexpr Offsets consecutive{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}};

/// The ways to encrypt 16 counters that this machine has, the fastest last.
using BlockLanes = void (*)(const philox::Block& first, const Offsets& offsets, std::uint64_t key,
                            philox::Lanes& lanes);
[[nodiscard]] std::vector<BlockLanes> all_block_lanes();
[[nodiscard]] philox::Lanes fast_block_lanes(const Place& first, const Offsets& offsets) noexcept;

/// 16 consecutive blocks: the words of 64 draws of 32 bits, or of 32 draws of 64 bits.
[[nodiscard]] inline philox::Lanes chunk_of(const RandomPosition& position,
                                            std::uint64_t chunk) noexcept {
    return fast_block_lanes(place_of(position, chunk * philox::lanes), consecutive);
}

inline constexpr std::size_t draws32_per_chunk = 64;
inline constexpr std::size_t draws64_per_chunk = 32;

/// Draw i of a chunk.
[[nodiscard]] inline std::uint32_t draw32(const philox::Lanes& chunk, std::size_t i) noexcept {
    return chunk.word[i / philox::lanes][i % philox::lanes];
}
[[nodiscard]] inline std::uint64_t draw64(const philox::Lanes& chunk, std::size_t i) noexcept {
    const std::size_t pair = 2 * (i / philox::lanes);
    const std::size_t lane = i % philox::lanes;
    return joined(chunk.word[pair][lane], chunk.word[pair + 1][lane]);
}

/// [0, 1) in steps of 2^-53.
[[nodiscard]] constexpr double unit_double(std::uint64_t draw) noexcept {
    return static_cast<double>(draw >> 11U) * 0x1p-53;
}

/// The elements to draw.
struct Extent {
    std::uint64_t count = 0;
    const bool* kept = nullptr;        // one per element, or all of them
    const RandomAttr* mask = nullptr;  // of floats: instead of `kept`, what it is drawn from

    /// How many of the elements [first, first + `most`) that exist are kept.
    [[nodiscard]] std::size_t kept_from(std::uint64_t first, std::size_t most) const noexcept {
        const std::size_t existing = std::min<std::uint64_t>(most, count - first);
        if (kept == nullptr) {
            return existing;
        }
        return static_cast<std::size_t>(std::count(kept + first, kept + first + existing, true));
    }
    [[nodiscard]] bool is_kept(std::uint64_t element) const noexcept {
        return kept == nullptr || kept[element];
    }
};

// The distributions, each in a file of its own; `out` is in C order. What is not kept becomes 0.
void draw_integers(const Node& node, const Extent& extent, std::int64_t* out);
void draw_poisson(const Node& node, const Extent& extent, std::int64_t* out);
void draw_bernoulli(const Node& node, const Extent& extent, bool* out);
void draw_sparse_mask(const RandomAttr& attribute, std::uint64_t count, bool* out);

}  // namespace monnto::reference
