#pragma once

#include <cstdint>
#include <limits>

namespace monnto {

/// What is known about all elements of a settled node, found by looking or derived from what they
/// were computed from; rewrites are guarded by it (S20). It speaks of content, which never changes,
/// so it stays true for whoever holds the node. Bytes that somebody outside can write carry none
/// (S8).
struct Facts {
    double low = -std::numeric_limits<double>::infinity();  // bounds of all elements but NaN
    double high = std::numeric_limits<double>::infinity();
    bool may_be_nan = true;
    bool may_be_negative_zero = true;
    /// Whether the above says anything; without, it is only the history below.
    bool is_known = false;

    /// Where the mask of that number is 0, so are all elements; 0: no mask.
    std::uint64_t zeros_of = 0;
    bool zeros_may_be_negative = false;  // they may be -0
    /// Of masks, which hold nothing but +0 and 1 (or truth values): a number that no other content
    /// has, whatever node it passes through; 0 before somebody asked.
    std::uint64_t mask = 0;
    bool is_no_mask = false;

    /// How often products asked for elements across the way the matrix lies in memory, since it was
    /// laid out last; results that take over a matrix take over its history.
    std::uint32_t crossings = 0;
    bool wants_turning = false;  // executors lay it out along the other axis before the next run

    [[nodiscard]] bool is_finite() const noexcept {
        constexpr double infinite = std::numeric_limits<double>::infinity();
        return is_known && !may_be_nan && low > -infinite && high < infinite;
    }
};

}  // namespace monnto
