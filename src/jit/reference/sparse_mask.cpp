#include "random.hpp"

#include <algorithm>
#include <cmath>

namespace monnto::reference {
namespace {

/// Elements that share one sequence of skips: long enough that few draws are left over at the end,
/// short enough that threads and pieces have blocks to share out.
constexpr std::uint64_t block_length = 4096;

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
    const double scale = 1.0 / std::log1p(-probability);
    Draws64 draws(attribute.position);
    for (std::uint64_t first = 0; first < count; first += block_length) {
        const std::uint64_t last = std::min(first + block_length, count);
        std::uint64_t at = first;
        for (std::uint64_t k = first;; ++k) {
            const double gap = std::floor(std::log1p(-unit_double(draws[k])) * scale);
            if (!(gap < static_cast<double>(
                            last - at))) {  // NaN: no draw but 0 at a subnormal probability
                break;
            }
            at += static_cast<std::uint64_t>(gap);
            out[at] = true;
            if (++at == last) {
                break;
            }
        }
    }
}

}  // namespace monnto::reference
