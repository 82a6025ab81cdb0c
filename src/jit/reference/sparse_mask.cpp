#include "../math/log.hpp"
#include "draw_loops.hpp"
#include "drawn_mask.hpp"

#include <algorithm>

namespace monnto::reference {

static_assert(longest_gap > DrawnMask::block_length);

DrawnMask::DrawnMask(const RandomAttr& attribute, std::uint64_t count)
    : position_(attribute.position),
      is_constant_(!(attribute.probability > 0.0) || attribute.probability >= 1.0),
      scale_(is_constant_ ? 0.0 : 1.0 / lane::log1p(-attribute.probability)),
      count_(count) {
    std::ranges::fill(flags_, attribute.probability >= 1.0);
}

void DrawnMask::draw(std::uint64_t block) {
    block_ = block;
    if (is_constant_) {
        return;
    }
    std::ranges::fill(flags_, false);
    const std::uint64_t first = block * block_length;
    const std::uint64_t last = std::min(block_length, count_ - first);
    std::uint64_t at = 0;
    for (std::uint64_t chunk = first / draws64_per_chunk;; ++chunk) {
        std::array<std::int32_t, draws64_per_chunk> gaps{};
        draw_loops().gaps(chunk_of(position_, chunk), scale_, gaps.data());
        for (const std::int32_t gap : gaps) {
            at += static_cast<std::uint64_t>(gap);
            if (at >= last) {
                return;
            }
            flags_[at++] = true;
        }
    }
}

void draw_sparse_mask(const RandomAttr& attribute, std::uint64_t count, bool* out) {
    DrawnMask mask(attribute, count);
    for (std::uint64_t first = 0; first < count; first += DrawnMask::block_length) {
        std::copy_n(mask.from(first), std::min(DrawnMask::block_length, count - first),
                    out + first);
    }
}

}  // namespace monnto::reference
