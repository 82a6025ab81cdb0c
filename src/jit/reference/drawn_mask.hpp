#pragma once

#include "random.hpp"

#include <array>
#include <cstdint>

namespace monnto::reference {

/// A random mask of independent entries, block by block, so that nobody needs the memory of all of
/// it. Gaps between independent events of probability p are geometric, so one logarithm per event
/// replaces one draw per element. Gap k of block b comes from the draw that element b *
/// block_length + k would take: a block has at most as many events as elements, so blocks never
/// share a draw.
class DrawnMask {
public:
    /// Elements that share one sequence of skips: long enough that few draws are left over at the
    /// end, short enough that threads and pieces have blocks to share out.
    static constexpr std::uint64_t block_length = 4096;

    DrawnMask(const RandomAttr& attribute, std::uint64_t count);

    /// The flags from that element on to the end of its block, until the next call.
    [[nodiscard]] const bool* from(std::uint64_t element) {
        if (element / block_length != block_) {
            draw(element / block_length);
        }
        return flags_.data() + element % block_length;
    }

private:
    void draw(std::uint64_t block);

    RandomPosition position_;
    bool is_constant_;
    double scale_;  // 1 / log(1 - probability)
    std::uint64_t count_;
    std::uint64_t block_ = ~std::uint64_t{0};
    std::array<bool, block_length> flags_{};
};

}  // namespace monnto::reference
