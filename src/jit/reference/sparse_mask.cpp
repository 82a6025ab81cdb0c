#include "../math/log.hpp"
#include "draw_loops.hpp"
#include "random.hpp"

#include <algorithm>
#include <array>

namespace monnto::reference {
namespace {

/// Elements that share one sequence of skips: long enough that few draws are left over at the end,
/// short enough that threads and pieces have blocks to share out.
constexpr std::uint64_t block_length = 4096;

static_assert(longest_gap > block_length);

/// `scale` is 1 / log(1 - probability).
void draw_block(const RandomPosition& position, double scale, std::uint64_t first,
                std::uint64_t last, bool* out) {
    std::uint64_t at = first;
    for (std::uint64_t chunk = first / draws64_per_chunk;; ++chunk) {
        std::array<std::int32_t, draws64_per_chunk> gaps{};
        draw_loops().gaps(chunk_of(position, chunk), scale, gaps.data());
        for (const std::int32_t gap : gaps) {
            at += static_cast<std::uint64_t>(gap);
            if (at >= last) {
                return;
            }
            out[at++] = true;
        }
    }
}

}  // namespace

/// Gaps between independent events of probability p are geometric, so one logarithm per event
/// replaces one draw per element. Gap k of block b comes from the draw that element b *
/// block_length + k would take: a block has at most as many events as elements, so blocks never
/// share a draw.
void draw_sparse_mask(const RandomAttr& attribute, std::uint64_t count, bool* out) {
    const double probability = attribute.probability;
    if (!(probability > 0.0) || probability >= 1.0) {
        std::fill_n(out, count, probability >= 1.0);
        return;
    }
    std::fill_n(out, count, false);
    const double scale = 1.0 / lane::log1p(-probability);
    for (std::uint64_t first = 0; first < count; first += block_length) {
        draw_block(attribute.position, scale, first, std::min(first + block_length, count), out);
    }
}

}  // namespace monnto::reference
