#pragma once

#include "lane.hpp"

#include <monnto/base/philox.hpp>

#include <array>
#include <cstdint>

namespace monnto::lane::inline MONNTO_LANE_TARGET {

/// The four words of Philox4x32-10 (monnto/base/philox.hpp) for lanes U of 32 bits, each with a
/// counter of its own.
///
/// The state stands in lanes of 64 bits whose upper halves are garbage: the widening product of
/// machines (vpmuludq) reads only the lower halves, so no round puts halves side by side. LLVM
/// finds that instruction because of the mask, which then costs nothing.
template <class U>
[[nodiscard]] inline std::array<U, 4> philox(const std::array<U, 4>& counter,
                                             const std::array<U, 2>& key) noexcept {
    using Wide = Rebind<U, std::uint64_t>;
    const auto product = [](const Wide& c, std::uint32_t multiplier) {
        return (c & Wide(std::uint64_t{0xFFFFFFFF})) * Wide(std::uint64_t{multiplier});
    };
    const auto upper = [](const Wide& c) { return c >> Wide(std::uint64_t{32}); };
    Wide c0 = convert<std::uint64_t>(counter[0]);
    Wide c1 = convert<std::uint64_t>(counter[1]);
    Wide c2 = convert<std::uint64_t>(counter[2]);
    Wide c3 = convert<std::uint64_t>(counter[3]);
    Wide key_0 = convert<std::uint64_t>(key[0]);
    Wide key_1 = convert<std::uint64_t>(key[1]);
    for (int round = 0; round < monnto::philox::rounds; ++round) {
        const Wide left = product(c0, monnto::philox::multiplier_0);
        const Wide right = product(c2, monnto::philox::multiplier_1);
        c0 = upper(right) ^ c1 ^ key_0;
        c1 = right;
        c2 = upper(left) ^ c3 ^ key_1;
        c3 = left;
        key_0 = key_0 + Wide(std::uint64_t{monnto::philox::key_step_0});
        key_1 = key_1 + Wide(std::uint64_t{monnto::philox::key_step_1});
    }
    return {convert<std::uint32_t>(c0), convert<std::uint32_t>(c1), convert<std::uint32_t>(c2),
            convert<std::uint32_t>(c3)};
}

}  // namespace monnto::lane::inline MONNTO_LANE_TARGET
