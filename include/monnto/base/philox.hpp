#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// Philox4x32-10: a bijection of 128-bit counters that looks random under every 64-bit key, so a
/// random number is a function of its position and there is no state. J. K. Salmon et al.,
/// "Parallel random numbers: as easy as 1, 2, 3", SC11, doi 10.1145/2063384.2063405.
namespace monnto::philox {

inline constexpr int rounds = 10;
inline constexpr std::uint32_t multiplier_0 = 0xD2511F53U;
inline constexpr std::uint32_t multiplier_1 = 0xCD9E8D57U;
inline constexpr std::uint32_t key_step_0 = 0x9E3779B9U;  // golden ratio
inline constexpr std::uint32_t key_step_1 = 0xBB67AE85U;  // sqrt(3) - 1

using Block = std::array<std::uint32_t, 4>;

/// Four random words for a counter. The key's lower half is the first key word.
[[nodiscard]] constexpr Block block(const Block& counter, std::uint64_t key) noexcept {
    Block c = counter;
    auto key_0 = static_cast<std::uint32_t>(key);
    auto key_1 = static_cast<std::uint32_t>(key >> 32U);
    for (int round = 0; round < rounds; ++round) {
        const std::uint64_t p0 = std::uint64_t{multiplier_0} * c[0];
        const std::uint64_t p1 = std::uint64_t{multiplier_1} * c[2];
        c = {static_cast<std::uint32_t>(p1 >> 32U) ^ c[1] ^ key_0, static_cast<std::uint32_t>(p1),
             static_cast<std::uint32_t>(p0 >> 32U) ^ c[3] ^ key_1, static_cast<std::uint32_t>(p0)};
        key_0 += key_step_0;
        key_1 += key_step_1;
    }
    return c;
}

inline constexpr std::size_t lanes = 16;

/// Word w of `lanes` blocks with consecutive counters, side by side: vector code needs no
/// transposition.
struct alignas(64) Lanes {
    std::array<std::array<std::uint32_t, lanes>, 4> word;
};

/// The blocks whose counters are `counter` with 0, 1, 2, ... added to the first word.
[[nodiscard]] inline Lanes block_lanes(const Block& counter, std::uint64_t key) noexcept {
    Lanes c;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled right below
    for (std::size_t i = 0; i < lanes; ++i) {
        c.word[0][i] = counter[0] + static_cast<std::uint32_t>(i);
        c.word[1][i] = counter[1];
        c.word[2][i] = counter[2];
        c.word[3][i] = counter[3];
    }
    auto key_0 = static_cast<std::uint32_t>(key);
    auto key_1 = static_cast<std::uint32_t>(key >> 32U);
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < lanes; ++i) {
            const std::uint64_t p0 = std::uint64_t{multiplier_0} * c.word[0][i];
            const std::uint64_t p1 = std::uint64_t{multiplier_1} * c.word[2][i];
            c.word[0][i] = static_cast<std::uint32_t>(p1 >> 32U) ^ c.word[1][i] ^ key_0;
            c.word[1][i] = static_cast<std::uint32_t>(p1);
            c.word[2][i] = static_cast<std::uint32_t>(p0 >> 32U) ^ c.word[3][i] ^ key_1;
            c.word[3][i] = static_cast<std::uint32_t>(p0);
        }
        key_0 += key_step_0;
        key_1 += key_step_1;
    }
    return c;
}

}  // namespace monnto::philox
