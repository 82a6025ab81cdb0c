#pragma once

#include <cstdint>

namespace monnto {

/// Counts what is done to arrays, attributes and settings between iterations, so that a plan knows
/// whether the iteration that it replays is still the one to do (S21). What behaviors do inside an
/// iteration is their ordinary work and does not count.
class Changes {
public:
    static void note() noexcept;
    [[nodiscard]] static std::uint64_t count() noexcept;

    /// While one lives on this thread, nothing counts.
    class Pause {
    public:
        Pause() noexcept;
        Pause(const Pause&) = delete;
        Pause& operator=(const Pause&) = delete;
        ~Pause();
    };
};

}  // namespace monnto
